"""Keys that this project's files lack but another project's inventory has: linked there, in a list with others too.

intersphinx alone cannot do it: the stock domain resolves a missing key to an empty node, so that no
``missing-reference`` is ever emitted (sphinxcontrib-bibtex 2.7).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from pybtex.database import Entry, Person
from pybtex.style import FormattedEntry

from sphinx_paper_table.model.addresses import is_linkable

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_LABEL: Final = re.compile(r"^(?P<names>.*?)(?:(?:, |，)(?P<year>\d{4}[a-z]*))?$")
_TWO: Final = re.compile(r"^(.+?)(?: and | 和 )(.+)$")
_MANY: Final = re.compile(r"^(.+?) (?:et al\.|等)$")


@dataclass(frozen=True, slots=True)
class RemoteBuilder:
    """Stands for the builder where the stock package makes a link: the address is known already."""

    uri: str
    name: str = "remote"

    def get_relative_uri(self, _from: str, _to: str, _typ: str | None = None) -> str:
        """Return the page's address."""
        return self.uri


@dataclass(frozen=True, slots=True)
class Remote:
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
        found = _LABEL.match(self.label)
        names, year = (found["names"], found["year"] or "") if found else (self.label, "")
        return Entry("misc", fields={"year": year, "title": self.label}, persons={"author": _persons(names)})

    @property
    def formatted_entry(self) -> FormattedEntry:
        """The label as a formatted entry."""
        return FormattedEntry(self.key, None, self.label)


def _persons(names: str) -> list[Person]:
    """Return as many persons as it takes for a style to print *names*."""
    if many := _MANY.match(names):
        return [Person(last=f"{{{many[1]}}}"), Person(last="{others}"), Person(last="{others}")]
    two = _TWO.match(names)
    return [Person(last=f"{{{name}}}") for name in (two.groups() if two else (names,))]


def find_remote(env: BuildEnvironment, key: str) -> Remote | None:
    """Return the reference *key* of another project, or None when no inventory has it."""
    if not hasattr(env, "intersphinx_inventory"):
        return None
    # Here, because it imports requests: a tenth of a small project's no-op build, which needs neither.
    from sphinx.ext.intersphinx import InventoryAdapter  # noqa: PLC0415

    item: Any = InventoryAdapter(env).main_inventory.get("cite:citation", {}).get(key)
    if item is None:
        return None
    _project, _version, uri, label = item
    page, _, anchor = uri.partition("#")
    if not is_linkable(page):
        return None
    return Remote(key, page, anchor, key if label == "-" else label)


def mark_external(node: nodes.Element) -> None:
    """Let links that lead elsewhere say so."""
    for reference in node.findall(nodes.reference):
        if "://" in reference.get("refuri", ""):
            reference["internal"] = False
