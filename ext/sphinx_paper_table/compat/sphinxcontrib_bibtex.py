r"""sphinxcontrib-bibtex (https://github.com/mcmtroffaes/sphinxcontrib-bibtex), 2.7.

It documents its directives, roles, options and the plugins for styles
(https://sphinxcontrib-bibtex.readthedocs.io/en/2.7.0/usage.html). The engine stands behind these, and so it takes the
place of classes that are not documented. All that it knows of them is named here:

- `BibtexDomain`, `BibtexFootDomain`: the domains ``cite`` and ``footcite`` that it overrides. ``data["bibdata"]`` is
  a `BibData` with a `BibFile` for each file; ``bibliographies`` maps a `BibliographyKey` to a `BibliographyValue`.
- `BibliographyDirective`, `CiteRole`, `FootCiteRole`: overridden too; `bibliography` is the node that waits for the
  transform of the stock package, of priority 5 (``BibliographyTransform``, sphinxcontrib/bibtex/transforms.py:41).
- `CitationRef`, `CitationTarget`, `parse_citation_targets`: what a role cites.
- `AuthorYearReferenceStyle`, `SphinxReferenceInfo`, `FootReferenceInfo`, `format_references`: the text of a link, and
  of the mark of a footnote. `PageFootnotes` is what the page that is read has of these.
- `node_text_transform`: ``\url`` in a formatted entry becomes a link.
- `get_mtime`: the time by which it decides whether a file has changed.
- `get_docnames`: the pages in the order of the toctrees.
- `register_plugin`: the registry of styles of references, which is documented for entry points only.

Each can go when the stock package does what the engine does; the head of `citations.domain` lists that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from docutils import nodes
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, _make_ids, get_mtime
from sphinxcontrib.bibtex.citation_target import CitationTarget, parse_citation_targets
from sphinxcontrib.bibtex.directives import BibliographyDirective, BibliographyKey, BibliographyValue
from sphinxcontrib.bibtex.domain import BibtexDomain, _FilterVisitor
from sphinxcontrib.bibtex.domain import get_docnames as _get_docnames
from sphinxcontrib.bibtex.foot_domain import BibtexFootDomain
from sphinxcontrib.bibtex.foot_roles import FootCiteRole
from sphinxcontrib.bibtex.nodes import bibliography
from sphinxcontrib.bibtex.plugin import find_plugin, register_plugin
from sphinxcontrib.bibtex.roles import CitationRef, CiteRole
from sphinxcontrib.bibtex.style.referencing import format_references
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle
from sphinxcontrib.bibtex.style.template import FootReferenceInfo, SphinxReferenceInfo
from sphinxcontrib.bibtex.transforms import node_text_transform

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from pybtex.database import Entry
    from sphinx.environment import BuildEnvironment

__all__ = [
    "AuthorYearReferenceStyle",
    "BibData",
    "BibFile",
    "BibliographyDirective",
    "BibliographyKey",
    "BibliographyValue",
    "BibtexDomain",
    "BibtexFootDomain",
    "CitationRef",
    "CitationTarget",
    "CiteRole",
    "FootCiteRole",
    "FootReferenceInfo",
    "PageFootnotes",
    "SphinxReferenceInfo",
    "admits",
    "bibliography",
    "filter_of",
    "format_references",
    "get_docnames",
    "get_mtime",
    "is_reference_style",
    "next_bibliography",
    "next_enumerated",
    "node_text_transform",
    "note_of_footnote",
    "page_footnotes",
    "parse_citation_targets",
    "placeholder_ids",
    "register_plugin",
]

_BIBLIOGRAPHIES: Final = "bibtex_bibliography_count"
_ENUMERATED: Final = "bibtex_enum_count"


def get_docnames(env: BuildEnvironment) -> list[str]:
    """Return all pages in the order of the toctrees, those in none behind them (sphinxcontrib/bibtex/domain.py:198)."""
    names: Iterable[str] = _get_docnames(env)  # type: ignore[no-untyped-call]
    return list(names)


def admits(expression: ast.AST, entry: Entry, docname: str, citing: AbstractSet[str]) -> bool:
    """Return whether a filter admits *entry* to a bibliography on *docname*; *citing* are the pages that cite it.

    Raises ValueError for an *expression* that is no filter. ``_FilterVisitor`` (sphinxcontrib/bibtex/domain.py:70).
    """
    visitor: Any = _FilterVisitor(entry, docname, citing)  # type: ignore[no-untyped-call]
    return bool(visitor.visit(expression))


def filter_of(directive: BibliographyDirective) -> ast.AST:
    """Return the filter that a directive's options ask for (``_get_filter``, sphinxcontrib/bibtex/directives.py:94)."""
    return directive._get_filter()


def placeholder_ids(directive: BibliographyDirective, taken: AbstractSet[str], name: str) -> list[str]:
    """Return *name* as the ids of a bibliography; none, with a warning, when it is *taken* on the page.

    ``_make_ids`` (sphinxcontrib/bibtex/bibfile.py:110).
    """
    return _make_ids(directive.env.docname, directive.lineno, set(taken), name)


def next_bibliography(env: BuildEnvironment) -> int:
    """Count a bibliography of the present page, from 1 on (sphinxcontrib/bibtex/directives.py:184)."""
    before: int = env.temp_data.get(_BIBLIOGRAPHIES, 0)  # type: ignore[assignment]
    env.temp_data[_BIBLIOGRAPHIES] = before + 1
    return before + 1


def next_enumerated(env: BuildEnvironment, start: int, count: int) -> int:
    """Return the number that an enumerated list of *count* references starts with.

    *start* is that of its directive; where it is not positive, the list goes on from the one before
    (sphinxcontrib/bibtex/transforms.py:76).
    """
    first: int = start if start >= 1 else env.temp_data.get(_ENUMERATED, 1)  # type: ignore[assignment]
    env.temp_data[_ENUMERATED] = first + count
    return first


def is_reference_style(name: str) -> bool:
    """Return whether there is a style of references of this name; its look-up ends the build where there is none."""
    try:
        find_plugin("sphinxcontrib.bibtex.style.referencing", name)
    except ImportError:
        return False
    return True


class PageFootnotes(NamedTuple):
    """The references in footnotes of the page that is read."""

    waiting: nodes.Element
    """The footnotes that the next ``footbibliography`` shows."""
    new: set[str]
    """Their keys."""
    names: dict[str, str]
    """The name of every footnote of the page, by key."""
    lists: int
    """The number of lists of footnotes before."""


def page_footnotes(env: BuildEnvironment) -> PageFootnotes:
    """Return the footnotes of the present page, as the stock role keeps them (sphinxcontrib/bibtex/foot_roles.py)."""
    kept: Any = env.temp_data
    return PageFootnotes(
        kept.setdefault("bibtex_foot_bibliography", nodes.container()),
        kept.setdefault("bibtex_foot_new_refs", set()),
        kept.setdefault("bibtex_footcite_names", {}),
        kept.setdefault("bibtex_footbibliography_count", 0),
    )


def note_of_footnote(footnote: nodes.footnote, key: str, notes: PageFootnotes, document: nodes.document) -> None:
    """Let the next list of footnotes show that of *key*, as the stock role does."""
    footnote["footcite"] = True
    notes.names[key] = footnote["names"][0]
    document.note_autofootnote(footnote)
    document.note_explicit_target(footnote, footnote)
    node_text_transform(footnote)
    notes.waiting.append(footnote)
    notes.new.add(key)
