"""Citations on pages that lead nowhere: what a build says of them, and a check of the pages' sources.

A build says it in the words and under the type of sphinxcontrib-bibtex, ``bibtex.key_not_found``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_paper_table.survey.characters import visible
from sphinx_paper_table.survey.citation_lists import cited_keys, list_fault
from sphinx_paper_table.survey.problems import Code, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.located import Position

WARNING: Final = "bibtex.key_not_found"
"""The type of the warning."""
_CHOOSING: Final = frozenset({"filter", "all", "notcited", "keyprefix"})
"""Options of ``bibliography`` with which it may list less than what is cited, or other things."""


def unresolved(key: str, file: str, keys: Collection[str]) -> tuple[str, str]:
    """Return the message and the remedy for a *key* that is in no list: one of a *file*, or of none that has *keys*."""
    message = f'could not find bibtex key "{visible(key)}"'
    if file:
        message += f" in a list: {Path(file).name} has it, but no bibliography lists it"
        return message, "add a bibliography whose filter admits it"
    return message, nearest(key, keys) if keys else "the files of bibtex_bibfiles have no entry"


class _Cited(NamedTuple):
    """A citation on a page: *is_note* is one whose reference is a footnote."""

    text: str
    place: Position
    is_note: bool


@dataclass(slots=True)
class PageCitations:
    """The citations and the bibliographies of all pages, as they are read."""

    found: list[_Cited] = field(default_factory=list)
    lists: list[Mapping[str, str]] = field(default_factory=list)
    """The options of each bibliography."""
    may_have_more_lists: bool = False

    def add(self, role: str, text: str, place: Position) -> None:
        """Take in a role."""
        self.found.append(_Cited(text, place, role.startswith("foot")))

    def add_list(self, options: Mapping[str, str], argument: str, body: str) -> None:
        """Take in a bibliography; one of which it is not known what it lists may list everything."""
        self.lists.append(options)
        self.may_have_more_lists |= bool(argument or body.strip()) or not _CHOOSING.isdisjoint(options)

    @property
    def keys(self) -> set[str]:
        """The keys that roles on pages cite in the text."""
        return {key for cited in self.found if not cited.is_note for key in _keys(cited)}

    def while_reading(self, catalogue: Catalogue) -> Iterator[Problem]:
        """Yield what a build says while it reads pages: of citations that are no lists of keys, and of footnotes."""
        for cited in self.found:
            if not cited_keys(cited.text):
                message, hint = map(visible, list_fault(cited.text))
                yield Problem(cited.place, Code.UNKNOWN_CITATION, message, hint)
            elif cited.is_note:
                yield from _missing([cited], catalogue)

    def while_writing(self, catalogue: Catalogue) -> Iterator[Problem]:
        """Yield what a build says when all pages are read."""
        in_text = [cited for cited in self.found if not cited.is_note]
        has_list = bool(self.lists) or self.may_have_more_lists
        for cited in in_text:
            yield from _missing([cited], catalogue)
            for key in () if has_list else _keys(cited):
                known = catalogue.references.get(catalogue.former_keys.get(key, key))
                if known is not None:
                    yield _problem(key, known.position.path, cited.place, catalogue)


def _keys(cited: _Cited) -> Iterable[str]:
    return dict.fromkeys(cited_keys(cited.text))


def _missing(some: Iterable[_Cited], catalogue: Catalogue) -> Iterator[Problem]:
    for cited in some:
        for key in _keys(cited):
            if catalogue.former_keys.get(key, key) not in catalogue.references:
                yield _problem(key, "", cited.place, catalogue)


def _problem(key: str, file: str, place: Position, catalogue: Catalogue) -> Problem:
    message, hint = unresolved(key, file, catalogue.references)
    return Problem(place, Code.UNKNOWN_CITATION, message, hint, warning=WARNING)
