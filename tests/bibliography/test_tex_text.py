"""Readable text as the TeX of fields, and read again."""

from __future__ import annotations

import pytest

from sphinx_paper_table.bibliography.names import author, people
from sphinx_paper_table.bibliography.tex_text import tex_of_field, tex_of_people
from sphinx_paper_table.survey.references import OTHERS, Author


@pytest.mark.parametrize(
    ("people_of_a_paper", "written"),
    [
        ([Author("Kaiming", "He"), Author("", OTHERS)], "He, Kaiming and others"),
        ([Author("", OTHERS)], "others"),
        ([Author("", "Inkeep and Sons")], "{Inkeep and Sons}"),
        ([Author("", "DeepMind"), Author("J. & K.", "Doe, Jr.")], r"DeepMind and {Doe, Jr.}, J. \& K."),
    ],
)
def test_people_are_written_as_they_are_read(people_of_a_paper: list[Author], written: str) -> None:
    assert tex_of_people(people_of_a_paper) == written
    read = [author(person) for person, _fault in people(written)]
    assert [one.family for one in read][-1] == people_of_a_paper[-1].family.replace("&", r"\&")


@pytest.mark.parametrize(
    ("name", "text", "written"),
    [
        ("title", "MoCo: 100% of $x_i$ & <i>more</i>", r"{MoCo}: 100\% of $x_i$ \& \emph{more}"),
        ("doi", "10.1/a_b{c}", "10.1/a_b%7Bc%7D"),
        ("booktitle", "Talks <b>on</b> C#", r"Talks \textbf{on} C\#"),
        ("publisher", "A <b>B</b> & C", r"A B \& C"),
    ],
)
def test_fields(name: str, text: str, written: str) -> None:
    assert tex_of_field(name, text) == written
