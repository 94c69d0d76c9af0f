"""Papers on other sites, by the inventories that intersphinx has: nothing else of these sites is asked or believed.

`citations.remote` has cleaned the inventories: titles are one line of text, addresses those of their own site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx_paper_table.compat.sphinx import application_of, named_inventory_of, named_projects
from sphinx_paper_table.reading.other_sites import check_methods, check_sites, targets_elsewhere
from sphinx_paper_table.sphinx_host.session import session_of
from sphinx_paper_table.survey.elsewhere import is_elsewhere, parted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.environment import BuildEnvironment

    from sphinx_paper_table.survey.located import Located
    from sphinx_paper_table.survey.problems import Problems

_METHODS = "paper:method"


class RemotePaper(NamedTuple):
    """A paper on another site: the name of the site, that of the paper, and its address.

    The name is the id and the address empty where no inventory has it. An address of a site beside this one begins at
    the root of this one.
    """

    site: str
    name: str
    uri: str = ""

    def seen_from(self, docname: str) -> str:
        """Return the address for a page of this site."""
        return self.uri if not self.uri or "://" in self.uri else "../" * docname.count("/") + self.uri


def remote_paper(env: BuildEnvironment, target: str) -> RemotePaper | None:
    """Return the paper that ``SITE:ID`` names; None for an id of this site."""
    if not is_elsewhere(target):
        return None
    site, name = parted(target)
    item = named_inventory_of(env, site).get(_METHODS, {}).get(name)
    if item is None:
        return RemotePaper(site, name)
    return RemotePaper(site, name if item.display_name == "-" else item.display_name, item.uri)


def remote_targets(env: BuildEnvironment) -> tuple[Located, ...]:
    """Return what the relations of all records name on other sites; kept from build to build."""
    session = session_of(env)

    def found() -> tuple[Located, ...]:
        catalogue = session.catalogue
        return tuple(targets_elsewhere(catalogue.papers[name] for name in catalogue.elsewhere))

    return tuple(session.findings.of_pages("elsewhere", found)) if session.findings is not None else found()


def check_remote(env: BuildEnvironment, targets: Iterable[Located], problems: Problems) -> None:
    """Note targets on sites that the project does not know, and those that their sites do not have."""
    for target in check_sites(targets, named_projects(application_of(env).config), problems):
        check_methods(target, named_inventory_of(env, parted(target)[0]).get(_METHODS, {}), problems)
