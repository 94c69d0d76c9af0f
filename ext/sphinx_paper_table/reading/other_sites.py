"""Relations to papers on other sites: whether the project knows the site, and what only a build can know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_paper_table.survey.elsewhere import is_elsewhere, parted
from sphinx_paper_table.survey.entities import Paper, Placement
from sphinx_paper_table.survey.problems import Code, Problems, Severity, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.located import Located

MAPPING: Final = "intersphinx_mapping"


def targets_elsewhere(items: Iterable[Paper | Placement]) -> Iterator[Located]:
    """Yield what the relations of *items* name on other sites, each with its place."""
    for item in items:
        for relations in item.relations.values() if isinstance(item, Paper) else ():
            yield from (relation.to for relation in relations if is_elsewhere(relation.to))


def check_sites(targets: Iterable[Located], sites: Collection[str], problems: Problems) -> list[Located]:
    """Note targets on sites that the project does not know; return the others."""
    found = []
    for target in targets:
        site, name = parted(target)
        if site in sites:
            found.append(target)
            continue
        if site in {"http", "https"}:
            hint = "write its id; for one of another site, the site's name in intersphinx_mapping and a colon before it"
            problems.add(Code.DANGLING, "a relation names a paper by its id, not by an address", target.position, hint)
            continue
        message = f"'{target}' names a paper of another site, and {MAPPING} in conf.py has no '{site}'"
        hint = nearest(site, sites) if sites else f"name the site there, or write {name} for a paper of this one"
        problems.add(Code.DANGLING, message, target.position, hint)
    return found


def check_methods(target: Located, known: Collection[str], problems: Problems) -> None:
    """Note a paper that the inventory of its site does not have; *known* are those that it has."""
    if not known:
        message = f"there is no inventory of papers of '{parted(target)[0]}', where '{target}' is looked up"
        hint = "build that site first, and see what Sphinx says of its address"
        problems.add(Code.DANGLING, message, target.position, hint)
    elif parted(target)[1] not in known:
        site, name = parted(target)
        message = f"the site '{site}' has no paper '{name}'"
        problems.add(Code.DANGLING, message, target.position, lambda: nearest(name, known))


def check_without_network(catalogue: Catalogue, sites: Collection[str] | None, problems: Problems) -> None:
    """Check the sites of all relations; whether these have the papers, a build reads from their inventories.

    That is said once, as advice. *sites* is None where only running ``conf.py`` would tell.
    """
    targets = list(targets_elsewhere(catalogue.papers.values()))
    if sites is not None:
        targets = check_sites(targets, sites, problems)
    if targets:
        number = len(targets)
        message = f"{number} relation{'s lead' if number > 1 else ' leads'} to papers of other sites"
        hint = "a build says whether these have them"
        problems.add(Code.DANGLING, message, targets[0].position, hint, Severity.ADVICE)
