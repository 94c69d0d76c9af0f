"""The letters that names begin with, and how ranges of them are said."""

from __future__ import annotations

import pytest

from sphinx_paper_table.reading.table_options import OF_BIBLIOGRAPHIES
from sphinx_paper_table.survey.initials import initial_of, letters_label


@pytest.mark.parametrize(
    ("name", "initial"), [("MoCo", "m"), (" Émile", "e"), ("3D-Net", "0"), ("注意力", ""), ("-x", ""), ("", "")]
)
def test_a_name_has_the_initial_that_it_is_looked_up_by(name: str, initial: str) -> None:
    assert initial_of(name) == initial


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("a-f", "A–F"),
        ("x, A – C", "A–C, X"),
        ("0-9", "0–9"),
        ("y-z, other, 0-9", "Y–Z, 0–9, rest"),
        ("a, c", "A, C"),
    ],
)
def test_a_range_is_said_as_it_was_meant(written: str, said: str) -> None:
    assert letters_label(OF_BIBLIOGRAPHIES["letters"].convert(written), "rest") == said


@pytest.mark.parametrize("written", ["", "f-a", "ab", "é", "a-", "1-5"])
def test_what_is_no_range_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is no range of letters; write a-f"):
        OF_BIBLIOGRAPHIES["letters"].convert(written)
