"""Keys that this project's files lack but another project's inventory has: linked there, in a list with others too.

intersphinx alone cannot do it: the stock domain resolves a missing key to an empty node, so that no
``missing-reference`` is ever emitted (sphinxcontrib-bibtex 2.7).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from docutils import nodes
from pybtex.database import Entry, Person
from pybtex.richtext import Protected, Text
from pybtex.style import FormattedEntry

from sphinx_paper_table.compat.sphinx import inventories_of, inventory_of, project_addresses, retitled
from sphinx_paper_table.survey.addresses import WEB, host_of, is_linkable, scheme_of
from sphinx_paper_table.survey.characters import one_line, printable

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_YEAR: Final = re.compile(r"(?:, |，)(\d{4}[a-z]{0,9})$")
_AND: Final = (" and ", " 和 ")
_OTHERS: Final = (" et al.", " 等")
_LONGEST: Final = 200
"""Characters of a title that another site's inventory gives."""
_LONGEST_ADDRESS: Final = 2000


@dataclass(frozen=True, slots=True)
class RemoteBuilder:
    """Stands for the builder where the stock package makes a link: the address is known already."""

    uri: str
    name: str = "remote"

    def get_relative_uri(self, _from: str, _to: str, _typ: str | None = None) -> str:
        """Return the page's address."""
        return self.uri


@dataclass(frozen=True, slots=True)
class RemoteReference:
    """A reference in another project, by what its inventory says: address and label."""

    key: str
    uri: str
    anchor: str
    label: str

    @property
    def builder(self) -> RemoteBuilder:
        """What makes the link."""
        return RemoteBuilder(self.uri)

    @property
    def entry(self) -> Entry:
        """An entry that reference styles print as the label reads."""
        year = _YEAR.search(self.label)
        names = self.label[: year.start()] if year else self.label
        return Entry("misc", fields={"year": year[1] if year else ""}, persons={"author": _persons(names)})

    @property
    def formatted_entry(self) -> FormattedEntry:
        """The label as a formatted entry."""
        return FormattedEntry(self.key, None, self.label)


class _VerbatimName(Person):  # type: ignore[misc]  # pybtex has no types
    """A name that is text: what another site calls its authors is not read as LaTeX."""

    def __init__(self, text: str) -> None:
        """Take *text* for a family name."""
        super().__init__()
        self.last_names = [text]

    @property
    def rich_last_names(self) -> list[Text]:
        """The name, as it is."""
        return [Text(Protected(name)) for name in self.last_names]


def _persons(names: str) -> list[Person]:
    """Return as many persons as it takes for a style to print *names*."""
    if others := next((end for end in _OTHERS if names.endswith(end) and names != end), ""):
        return [_VerbatimName(names.removesuffix(others)), _VerbatimName("others"), _VerbatimName("others")]
    for between in _AND:
        first, found, second = names.partition(between)
        if found and first and second:
            return [_VerbatimName(first), _VerbatimName(second)]
    return [_VerbatimName(names)]


def find_remote(env: BuildEnvironment, key: str) -> RemoteReference | None:
    """Return the reference *key* of another project, or None when no inventory has it."""
    item = inventory_of(env).get("cite:citation", {}).get(key)
    if item is None:
        return None
    page, _, anchor = item.uri.partition("#")
    return RemoteReference(
        key, page, anchor, key if item.display_name == "-" else one_line_title(item.display_name) or key
    )


def one_line_title(name: str) -> str:
    """Return a title from another site's inventory as one line of text, and not without end."""
    text = printable(one_line(name[: 2 * _LONGEST])).strip()
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def clean_inventories(app: Sphinx) -> None:
    """Clean what other sites give, once it is loaded: Sphinx makes links of it.

    Titles become one line of text. An inventory names pages of its own project: an entry that leads elsewhere, or whose
    address must not be linked, has no end, or has a character that no format can hold, is refused.
    """
    some_are_local = any("://" not in address for address in project_addresses(app.config))
    for inventory in inventories_of(app.env):
        for objects in inventory.values():
            for name, item in list(objects.items()):
                title = item.display_name
                if not _is_own(item.uri, some_are_local=some_are_local):
                    del objects[name]
                elif len(title) > _LONGEST or not title.isprintable():
                    objects[name] = retitled(item, one_line_title(title) or "-")


def _is_own(address: str, *, some_are_local: bool) -> bool:
    """Return whether *address* may be linked and still begins with that of its project, to which Sphinx has joined it.

    Joining keeps the beginning, with its scheme, unless the inventory says an address from the root or of a host. The
    host itself says nothing: a project may have moved, and then is where the web has led Sphinx to.
    """
    if len(address) > _LONGEST_ADDRESS or printable(address) != address or not is_linkable(address):
        return False
    return scheme_of(address) in WEB or (some_are_local and host_of(address) is None)


def mark_external(node: nodes.Element) -> None:
    """Let links that lead elsewhere say so."""
    for reference in node.findall(nodes.reference):
        if "://" in reference.get("refuri", ""):
            reference["internal"] = False
