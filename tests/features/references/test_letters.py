"""Which letters a list of references has to jump to, and which order it has."""

from __future__ import annotations

import pytest
from pybtex.database import Entry, Person

from sphinx_paper_table.citations.style_registry import in_order, style_of
from sphinx_paper_table.features.references.transform import letters


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (["Adam, 2020", "Émile, 2019", "et al., 2020", "van Gool, 2001", "Vu, 2000"], "A0 E1 V3"),
        (["3D Team, 2020", "Adam, 2020"], ""),
        (["1", "2", "3"], ""),
        (["Vu, 2000", "Adam, 2020", "Vogel, 2001"], ""),
        (["Adam, 2020", "Abel, 2021"], ""),
        (["Adam, 2020", "李, 2021", "王, 2020"], "A0 …1"),
        ([], ""),
    ],
)
def test_letters_are_those_of_an_ordered_list(labels: list[str], found: str) -> None:
    numbered = [(label, str(number)) for number, label in enumerate(labels)]
    assert " ".join(letter + id_ for letter, id_ in letters(numbered)) == found


def test_names_in_braces_and_with_accents_stand_among_the_others() -> None:
    """They stood last, behind Z."""
    names = ["{Chameleon Team}", "Zhu, Li", "Émile, Ann", "Dean, Jo", "Fu, Yi"]
    entries = []
    for name in names:
        entry = Entry("misc", fields={"title": "T", "year": "2020"}, persons={"author": [Person(name)]})
        entry.key = name
        entries.append(entry)
    ordered = [entry.key for entry in in_order(style_of("unsrt"), entries)]
    assert ordered == names  # a style without an order keeps that of the file
    ordered = [entry.key for entry in in_order(style_of("plain"), entries)]
    assert ordered == ["{Chameleon Team}", "Dean, Jo", "Émile, Ann", "Fu, Yi", "Zhu, Li"]
