"""Lists that their authors have cut into parts, by years or by letters, and the way from each part to the others.

The options ``years`` and ``letters`` cut a list. What else two directives ask for says whether they show parts of one
list; its parts are known when all pages are read, and a page is written again when they change.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final, cast

from docutils import nodes
from sphinx.locale import get_translation
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_paper_table.compat.sphinx import application_of
from sphinx_paper_table.compat.sphinxcontrib_bibtex import get_docnames
from sphinx_paper_table.survey.initials import letters_label
from sphinx_paper_table.survey.selection import UNDATED

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_paper_table.compat.sphinxcontrib_bibtex import BibliographyKey, BibtexDomain

_ = get_translation("sphinx_paper_table")
_WHOLE: Final = ("singlehtml",)
"""Builders of HTML whose one page has all parts."""


@dataclass(frozen=True, slots=True)
class ListPart:
    """A part of a list."""

    of: str
    """A digest of what the whole list is."""
    docname: str
    years: tuple[int, int] | None
    letters: tuple[str, ...]
    owner: str = ""
    """The id of its bibliography; empty for lists of other kinds."""

    @property
    def label(self) -> str:
        """What readers see of it: "2018–2020", "A–F"."""
        said = [letters_label(self.letters, str(_("other")))] if self.letters else []
        return ", ".join([*said, _years_label(self.years)] if self.years else said)


def _years_label(years: tuple[int, int]) -> str:
    first, last = years
    if years == UNDATED:
        return str(_("n.d."))
    most = 9999
    return f"{first}" if first == last else f"{first or ''}–{last if last < most else ''}"


class list_parts(nodes.General, nodes.Element):  # noqa: N801 (docutils names node classes in lower case)
    """The place for the way to the other parts: ``part``; ``ways`` as (label, address), filled when a page is written.

    The part that the page itself shows has no address.
    """


def with_parts(domain: BibtexDomain, part: ListPart) -> list_parts:
    """Note a *part* that the present page shows, and return the node that stands before it."""
    _noted(domain).setdefault(part.docname, []).append(part)
    return list_parts("", part=part, ways=())


def part_of(domain: BibtexDomain, key: BibliographyKey) -> ListPart | None:
    """Return the part of a list that a bibliography shows; None where it shows the whole."""
    return next((part for part in _noted(domain).get(key.docname, ()) if part.owner == key.id_), None)


def parts_of(domain: BibtexDomain, whole: str) -> list[ListPart]:
    """Return the parts of a list in the order of the pages that show them."""
    order = {docname: number for number, docname in enumerate(get_docnames(domain.env))}
    noted = _noted(domain)
    pages = sorted(noted, key=lambda name: (order.get(name, len(order)), name))
    return [part for docname in pages for part in noted[docname] if part.of == whole]


def _noted(domain: BibtexDomain) -> dict[str, list[ListPart]]:
    """Return the parts by page, as the ``cite`` domain keeps them."""
    found: dict[str, list[ListPart]] = domain.data["parts"]
    return found


class FillListParts(SphinxPostTransform):
    """Find the other parts of each list on a page; formats that are one document have them all, and get no way."""

    default_priority = 3

    def run(self, **_kwargs: Any) -> None:
        """Fill the nodes, or take them away."""
        builder = application_of(self.env).builder
        domain = cast("BibtexDomain", self.env.get_domain("cite"))
        for node in list(self.document.findall(list_parts)):
            part: ListPart = node["part"]
            parts = parts_of(domain, part.of)
            is_apart = builder.format == "html" and builder.name not in _WHOLE
            if not is_apart or len({other.docname for other in parts}) == 1:
                node.parent.remove(node)
                continue
            node["ways"] = tuple(
                (other.label, "" if other == part else builder.get_relative_uri(part.docname, other.docname))
                for other in parts
            )


def visit_parts(self: HTML5Translator, node: nodes.Element) -> None:
    """Print the way as a line of links."""
    ways = (
        f'<a href="{escape(uri)}">{escape(label)}</a>'
        if uri
        else f'<strong aria-current="page">{escape(label)}</strong>'
        for label, uri in node["ways"]
    )
    name = escape(str(_("Parts of this list")))
    self.body.append(f'<nav class="pt-parts" aria-label="{name}"><p>{" · ".join(ways)}</p></nav>\n')
    raise nodes.SkipNode


def setup_list_parts(app: Sphinx) -> None:
    """Register the node and what fills it."""
    app.add_node(list_parts, html=(visit_parts, None))
    app.add_post_transform(FillListParts)
