"""What was probably meant: slips of the pen are found, other words are not, and ten thousand names are no burden."""

from __future__ import annotations

import random
from functools import cache

import pytest

from sphinx_paper_table.survey.spelling import distance, meant

NAMES = ["moco-v1", "moco-v2", "simclr-v1", "he2020momentum", "rag", "dpr", "self-rag", "summary", "survey", "setting"]


@pytest.mark.parametrize(
    ("written", "likely"),
    [
        ("mcoo-v1", "moco-v1"),
        ("MOCO-V2", "moco-v2"),
        ("self_rag", "self-rag"),
        ("selfrag", "self-rag"),
        ("he2020momentmu", "he2020momentum"),
        ("hee2020momentun", "he2020momentum"),
        ("sumary", "summary"),
        ("drp", "dpr"),
        ("RAG", "rag"),
    ],
)
def test_slips_of_the_pen_are_understood(written: str, likely: str) -> None:
    assert meant(written, NAMES) == likely


@pytest.mark.parametrize(
    "written", ["", "a", "ra", "rab2020", "moco", "url", "setup", "summit", "he", "x" * 101, "sur"]
)
def test_other_words_are_not(written: str) -> None:
    assert meant(written, [*NAMES, "x" * 100]) == ""


def test_the_nearest_wins_and_then_the_alphabet() -> None:
    assert meant("moco-v3", NAMES) == "moco-v1"
    assert meant("rag2", ["rga2", "rag3", "rag"]) == "rag"
    assert meant("Rag", ["rag", "rac"]) == "rag"


@cache
def plainly(one: str, other: str) -> int:
    """Return the distance as its definition says."""
    if not one or not other:
        return len(one) + len(other)
    found = min(
        plainly(one[:-1], other) + 1,
        plainly(one, other[:-1]) + 1,
        plainly(one[:-1], other[:-1]) + (one[-1] != other[-1]),
    )
    if one[-2:] == other[-2:][::-1] and len(one) > 1 < len(other):
        found = min(found, plainly(one[:-2], other[:-2]) + 1)
    return found


def test_the_distance_is_that_of_its_definition_up_to_the_limit() -> None:
    chance = random.Random("spelling")  # noqa: S311
    for _ in range(2000):
        one, other = ("".join(chance.choices("abc", k=chance.randint(0, 7))) for _ in range(2))
        limit = chance.randint(0, 4)
        assert min(distance(one, other, limit), limit + 1) == min(plainly(one, other), limit + 1), (one, other, limit)
