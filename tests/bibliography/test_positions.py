"""Places in BibTeX files: right everywhere, and cheap in large files."""

from __future__ import annotations

from time import process_time

import pytest

from sphinx_paper_table.bibliography.reader import parse_bibtex
from sphinx_paper_table.survey.problems import Problems


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


def test_time_grows_with_the_number_of_entries_and_not_with_its_square() -> None:
    """Eight times the entries took 30 times as long when lines were counted for each."""
    small, large = (_seconds(count) for count in (500, 4_000))
    assert large < 14 * small


def _seconds(count: int) -> float:
    padding = " " * 300
    text = "\n".join(
        f"@misc{{key{number}, author = {{A}}, title = {{T}}, year = 2000, {padding} }}" for number in range(count)
    )
    start = process_time()
    assert len(parse_bibtex({"refs.bib": text}, Problems()).references) == count
    return process_time() - start
