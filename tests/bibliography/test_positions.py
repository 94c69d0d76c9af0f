"""Places in BibTeX files: right everywhere, and cheap in large files."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from sphinx_paper_table.bibliography import file_parts
from sphinx_paper_table.bibliography.reader import parse_bibtex
from sphinx_paper_table.bibliography.scanner import _Parser
from sphinx_paper_table.survey.problems import Problems

if TYPE_CHECKING:
    from sphinx_paper_table.survey.located import Position


@pytest.mark.parametrize("gap", ["", "\n", "  ", "\n\n \n", "% a comment é\n"])
def test_entries_stand_where_an_editor_shows_them(gap: str) -> None:
    entries = [
        f"@book{{key{number}, author = {{A}}, title = {{T}}, publisher = {{P}}, year = 2000}}" for number in range(4)
    ]
    text = gap.join(entries)
    references = parse_bibtex({"refs.bib": text}, Problems()).references
    assert len(references) == 4
    for number, reference in enumerate(references.values()):
        before = text[: text.index(entries[number])].split("\n")
        assert str(reference.position) == f"refs.bib:{len(before)}:{len(before[-1]) + 1}"


def test_the_lines_of_a_file_are_found_once_and_not_for_each_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight times the entries took 30 times as long when lines were counted for each."""
    found: list[str] = []
    starts, place = file_parts._line_starts.__wrapped__, _Parser.place

    @lru_cache(maxsize=1)
    def noted(text: str) -> tuple[int, ...]:
        found.append(text)
        return starts(text)

    def noted_place(self: _Parser, offset: int) -> Position:
        found.append(self.text)
        return place(self, offset)

    monkeypatch.setattr(file_parts, "_line_starts", noted)
    monkeypatch.setattr(_Parser, "place", noted_place)
    entry = "@misc{{key{number}, author = {{A}}, title = {{T}}, month = unknown{number}, year = 2000}}\n"
    text = "".join(entry.format(number=number) for number in range(100))
    assert len(parse_bibtex({"refs.bib": text}, Problems()).references) == 100
    assert found.count(text) == 1
    assert len(found) > 100, "each problem has its place"
    assert all(len(part) < 2 * len(entry) for part in found if part != text)
