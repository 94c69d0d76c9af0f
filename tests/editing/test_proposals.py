"""Names of new papers: by the published pattern, free, and plain."""

from __future__ import annotations

import pytest

from sphinx_paper_table.editing.proposals import proposed_id, proposed_key, proposed_name, with_likes
from sphinx_paper_table.survey.fields import is_id, is_key
from sphinx_paper_table.survey.references import Author, Reference

HE = Reference("k", "misc", "Momentum Contrast", authors=(Author("Kaiming", "He"),), year="2020")


def test_a_taken_key_gets_a_letter_and_then_a_number() -> None:
    taken = {"he2020momentum"}
    assert proposed_key(HE, taken) == "he2020momentumb"
    taken |= {f"he2020momentum{letter}" for letter in "bcdefghijklmnopqrstuvwxyz"}
    assert proposed_key(HE, taken) == "he2020momentum-2"


def test_no_two_ids_have_one_anchor() -> None:
    """A dot of an id is a hyphen of its anchor."""
    assert proposed_id("GPT-5.2", "x", with_likes(["gpt-5-2"])) == "gpt-5.2-2"
    assert proposed_id("GPT-5 2", "x", with_likes(["gpt-5.2"])) == "gpt-5-2-2"


@pytest.mark.parametrize(
    "reference",
    [
        Reference("k", "misc"),
        Reference("k", "misc", "对比学习", authors=(Author("凯明", "何"),), year="2020"),
        Reference("k", "misc", "a" * 500, authors=(Author("", "b" * 500),), year="in press"),
        Reference("k", "misc", "{}%\\", authors=(Author("", "../.."),), year="'"),
    ],
)
def test_whatever_an_entry_says_its_key_is_one(reference: Reference) -> None:
    assert is_key(proposed_key(reference, ()))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("MoCo: Momentum Contrast", "MoCo"),
        ("Segment Anything", "Segment Anything"),
        ("Deep learning. ", "Deep learning"),
        ("2020: a year", "2020: a year"),
        (
            "A very long beginning of a title that says it all: and more",
            "A very long beginning of a title that says it all: and more",
        ),
        (
            "On the Beginning of Titles That Say It All: What Others Add in Their Own Words",
            "On the Beginning of Titles That Say It All",
        ),
        ("Learning " * 20, "Learning Learning Learning Learning Learning Learning…"),
        ("`{paper}` <script>*x*", "paper scriptx"),
        ("$", "moco"),
    ],
)
def test_a_name_is_short_and_without_mark_up(title: str, name: str) -> None:
    assert proposed_name(title, "moco") == name


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("MoCo v1", "moco-v1"),
        ("An Image is Worth 16x16 Words at Scale", "image-worth-16x16-words"),
        ("对比学习", "he2020"),
        ("2020", "he2020"),
        ("…", "he2020"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_an_id_is_made_of_the_telling_words(name: str, proposed: str) -> None:
    assert proposed_id(name, "he2020", ()) == proposed
    assert is_id(proposed)


def test_a_taken_id_gets_a_number() -> None:
    assert proposed_id("MoCo", "he2020", {"moco", "moco-2"}) == "moco-3"
    assert proposed_id("", "…", ()) == "paper"
