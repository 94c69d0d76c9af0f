"""What pybtex's styles leave out or misprint, put right in those of their templates that a style has not replaced.

pybtex 0.26, ``pybtex/style/formatting/unsrt.py``, beside BibTeX's ``unsrt.bst``, which it is a translation of: it
loses the note of ``@incollection``, the volume of an ``@article`` without pages, the ``type`` of a ``@mastersthesis``
and the editors of a ``@misc``; pages of ``@inproceedings`` are bare numbers, and a single one is "pages 7".
Needless when pybtex prints these.
"""

from __future__ import annotations

import copy
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from pybtex.style.formatting import toplevel
from pybtex.style.formatting.unsrt import Style as Unsrt
from pybtex.style.formatting.unsrt import date, pages

from sphinx_paper_table.bibliography.names import is_others
from sphinx_paper_table.compat.pybtex import (
    FieldIsMissing,
    field,
    first_of,
    href,
    join,
    node,
    optional,
    optional_field,
    sentence,
    tag,
    together,
    words,
)
from sphinx_paper_table.compat.pybtex_texts import PRINTERS, joined
from sphinx_paper_table.survey.references import OTHERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pybtex.database import Entry, Person
    from pybtex.style.formatting import BaseStyle

    from sphinx_paper_table.compat.pybtex_texts import Printing

_SEVERAL: Final = re.compile(r"[-–—,+;]|\band\b|ff?\b")

_MOST_KNOWN: Final = 4096
_names_known: dict[tuple[Any, ...], str] = {}
"""Names as they are printed: most people have written more than one entry."""


def _pages(entry: Entry) -> Any:
    """Return "page 7" or "pages 7–9"."""
    return optional[together["pages" if _has_several_pages(entry) else "page", pages]]


def _has_several_pages(entry: Entry) -> bool:
    return _SEVERAL.search(entry.fields.get("pages", "").strip("-")) is not None


@node  # type: ignore[untyped-decorator]
def _names(children: Any, context: Any, role: str) -> Any:
    """Return names as BibTeX's styles do: "and others" is "et al."."""
    style, persons = context["style"], _people(context["entry"], role)
    named = [style.format_name(person, style.abbreviate_names) for person in persons]
    if not persons or not is_others(persons[-1]):
        return join(sep=", ", sep2=" and ", last_sep=", and ")[named].format_data(context)
    return join[join(sep=", ")[named[:-1]], _and_others(named)].format_data(context)


def _people(entry: Entry, role: str) -> Any:
    try:
        return entry.persons[role]
    except KeyError:
        raise FieldIsMissing(role, entry) from None


def _and_others(named: Sequence[Any]) -> str:
    """Return what follows the last of those who are named."""
    comma = "," if len(named) > 2 else ""  # noqa: PLR2004 (a list has one before its end, two names have none)
    return f"{comma} {OTHERS}"


def _printed_names(printing: Printing, children: Sequence[Any], role: str) -> str:
    """Return what `_names` does."""
    persons = _people(printing.entry, role)
    named = [_printed_name(printing, person) for person in persons]
    if not persons or not is_others(persons[-1]):
        return joined([name for name in named if name], ", ", " and ", ", and ")
    return f"{', '.join(name for name in named[:-1] if name)}{_and_others(named)}"


PRINTERS[_names.f] = _printed_names


def _printed_name(printing: Printing, person: Person) -> str:
    """Return a name as the style prints it; pybtex's own styles of names look at nothing but its parts."""
    style = printing.style
    if not type(style.name_style).__module__.startswith("pybtex."):
        return printing.of(style.format_name(person, style.abbreviate_names))
    given, last = (tuple(person.first_names), tuple(person.middle_names)), tuple(person.last_names)
    more = tuple(person.prelast_names), tuple(person.lineage_names)
    key = type(style.name_style), style.abbreviate_names, given, last, more
    if key not in _names_known:
        if len(_names_known) >= _MOST_KNOWN:
            _names_known.clear()
        _names_known[key] = printing.of(style.format_name(person, style.abbreviate_names))
    return _names_known[key]


class Templates(Unsrt):  # type: ignore[misc]  # pybtex has no types
    """The templates that are put right."""

    def format_names(self, role: str, as_sentence: bool = True) -> Any:  # noqa: FBT001, FBT002 (pybtex's signature)
        """Return the people of a role."""
        return sentence[_names(role)] if as_sentence else _names(role)

    def get_article_template(self, e: Entry) -> Any:
        """Return an article with whatever it has of volume, number and pages."""
        issue = join[field("volume"), optional["(", field("number"), ")"]]
        number = together["number", field("number")]
        placed = first_of[
            optional[join[issue, ":", pages]],
            optional[issue],
            optional[words[join[number, ","], _pages(e)] if e.fields.get("pages") else number],
            _pages(e),
        ]
        return toplevel[
            optional[self.format_author_or_editor(e)],
            self.format_title(e, "title"),
            sentence[optional[tag("em")[field("journal")]], placed, optional[date]],
            sentence[optional_field("note")],
            self.format_web_refs(e),
        ]

    def get_booklet_template(self, e: Entry) -> Any:
        """Return a booklet, its note in a sentence of its own."""
        return toplevel[
            optional[self.format_author_or_editor(e)],
            self.format_title(e, "title"),
            sentence[optional_field("howpublished"), optional_field("address"), optional[date]],
            sentence[optional_field("note")],
            self.format_web_refs(e),
        ]

    def get_inbook_template(self, e: Entry) -> Any:
        """Return a part of a book, with the edition as books have it and the note in a sentence of its own."""
        return toplevel[
            optional[self.format_author_or_editor(e)],
            sentence[self.format_btitle(e, "title", as_sentence=False), self.format_chapter_and_pages(e)],
            self.format_volume_and_series(e),
            sentence[optional_field("publisher"), optional_field("address"), self.format_edition(e), optional[date]],
            sentence[optional_field("note")],
            self.format_web_refs(e),
        ]

    def get_incollection_template(self, e: Entry) -> Any:
        """Return a part of a collection, with its note."""
        return toplevel[
            optional[sentence[self.format_names("author")]],
            self.format_title(e, "title"),
            words["In", self._whole(e)],
            sentence[optional_field("publisher"), optional_field("address"), self.format_edition(e), optional[date]],
            sentence[optional_field("note")],
            self.format_web_refs(e),
        ]

    def get_inproceedings_template(self, e: Entry) -> Any:
        """Return a paper of a conference, its pages told as such."""
        return toplevel[
            optional[sentence[self.format_names("author")]],
            self.format_title(e, "title"),
            words["In", self._whole(e), self.format_address_organization_publisher_date(e)],
            sentence[optional_field("note")],
            self.format_web_refs(e),
        ]

    def _whole(self, e: Entry) -> Any:
        """Return the book that something is a part of."""
        by = field("bookauthor") if e.fields.get("bookauthor") else self.format_editor(e, as_sentence=False)
        return sentence[
            optional[by],
            self.format_btitle(e, "booktitle", as_sentence=False),
            self.format_volume_and_series(e, as_sentence=False),
            self.format_chapter_and_pages(e),
        ]

    def get_mastersthesis_template(self, e: Entry) -> Any:
        """Return a thesis, of the kind that it says."""
        return toplevel[
            sentence[self.format_names("author")],
            self.format_title(e, "title"),
            sentence[
                first_of[optional_field("type"), "Master's thesis"],
                optional_field("school"),
                optional_field("address"),
                optional[date],
            ],
            sentence[optional_field("note")],
            self.format_web_refs(e),
        ]

    def get_misc_template(self, e: Entry) -> Any:
        """Return whatever it is, by its authors or its editors."""
        return toplevel[
            optional[self.format_author_or_editor(e)],
            optional[self.format_title(e, "title")],
            sentence[optional[field("howpublished")], optional[date]],
            sentence[optional_field("note")],
            self.format_web_refs(e),
        ]

    def format_chapter_and_pages(self, e: Entry) -> Any:
        """Return chapter and pages; the type says what a chapter is called."""
        word = field("type", apply_func=lambda text: text.lower()) if e.fields.get("type") else "chapter"
        return join(sep=", ")[optional[together[word, field("chapter")]], _pages(e)]

    def format_eprint(self, e: Entry) -> Any:
        """Return an identifier of arXiv, with the class that goes with it."""
        url = join["https://arxiv.org/abs/", field("eprint", raw=True)]
        name = join["arXiv:", field("eprint", raw=True)]
        return words[href(url)[name], optional[join["[", field("primaryclass"), "]"]]]


_OURS: Final = {name: member for name, member in vars(Templates).items() if not name.startswith("__")}


def corrected(style: BaseStyle) -> BaseStyle:
    """Return *style* with these templates in the place of pybtex's own; those of a project's style stay."""
    if not isinstance(style, Unsrt):
        return style
    own: Any = type(style)
    found = copy.copy(style)
    found.__class__ = _corrected(own)
    return found


@cache
def _corrected(style: Any) -> Any:
    missing = object()
    members = {
        name: member for name, member in _OURS.items() if getattr(style, name, missing) is getattr(Unsrt, name, missing)
    }
    return type(style.__name__, (style,), members)


_templates: dict[tuple[Any, ...], Any] = {}
"""Templates that were made, by all that they depend on."""


def template_of(style: BaseStyle, entry: Entry) -> Any:
    """Return the template of *style* for *entry*, which pybtex's styles and ours make anew for each.

    It takes a third of what printing it takes, and they look at little of an entry. What a style of a project looks at
    is not known.
    """
    make, kind = getattr(style, f"get_{entry.type}_template"), cast("Any", type(style))
    if not _is_known(kind):
        return make(entry)
    editors = len(entry.persons.get("editor", ())) if "editor" in entry.persons else -1
    said = tuple(bool(entry.fields.get(name)) for name in ("pages", "bookauthor", "type"))
    key = kind, entry.type, min(editors, 2), _has_several_pages(entry), said
    if key not in _templates:
        _templates[key] = make(entry)
    return _templates[key]


@cache
def _is_known(style: Any) -> bool:
    """Return whether all methods of a style are pybtex's or ours."""
    packages = {base.__module__.partition(".")[0] for base in style.__mro__}
    return packages <= {"builtins", "pybtex", "sphinx_paper_table"}
