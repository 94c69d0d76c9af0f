"""Text with a position behaves as text, and never loses the position on the way."""

from __future__ import annotations

import copy
import pickle

import pytest

from sphinx_paper_table.survey.entities import Links, Paper
from sphinx_paper_table.survey.located import NOWHERE, Folded, Located, Position, position_of

PLACE = Position("a.yaml", 3, 7)


@pytest.mark.parametrize(
    ("position", "text"),
    [
        (Position("a.yaml", 3, 7), "a.yaml:3:7"),
        (Position("a.yaml", 3), "a.yaml:3"),
        (Position("a.yaml"), "a.yaml"),
        (NOWHERE, ""),
    ],
)
def test_a_position_prints_what_is_known(position: Position, text: str) -> None:
    assert str(position) == text


def test_positions_sort_by_file_line_and_column() -> None:
    places = [Position("b", 1, 1), Position("a", 10, 1), Position("a", 2, 9), Position("a", 2, 3)]
    assert sorted(places) == [Position("a", 2, 3), Position("a", 2, 9), Position("a", 10, 1), Position("b", 1, 1)]


def test_located_text_equals_and_hashes_as_the_plain_one() -> None:
    text = Located("moco", PLACE)
    assert text == "moco"
    assert hash(text) == hash("moco")
    assert {text: 1}["moco"] == 1  # type: ignore[index]  # what the test is about
    assert repr(text) == "'moco'"


def test_text_without_position_is_nowhere() -> None:
    assert Located("x").position is NOWHERE


@pytest.mark.parametrize("kind", [Located, Folded])
def test_position_and_kind_survive_pickling_and_copying(kind: type[Located]) -> None:
    text = kind("moco", PLACE)
    for twin in (pickle.loads(pickle.dumps(text)), copy.copy(text), copy.deepcopy(text)):  # noqa: S301 (our own bytes)
        assert type(twin) is kind
        assert twin == "moco"
        assert twin.position == PLACE


def test_position_of_falls_back_to_the_default() -> None:
    assert position_of(Located("x", PLACE)) == PLACE
    assert position_of("x") is NOWHERE
    assert position_of("x", PLACE) == PLACE
    assert position_of(None, PLACE) == PLACE


def test_texts_and_records_are_pickled_with_their_places() -> None:
    place = PLACE
    paper = Paper(id=Located("one", place), name=Folded("One", place), tags=(Located("red", place),), position=place)
    again = pickle.loads(pickle.dumps(paper, pickle.HIGHEST_PROTOCOL))  # noqa: S301 (our own)
    assert again == paper
    assert (again.position, again.id.position, again.tags[0].position) == (place, place, place)
    assert (type(again.id), type(again.name), type(again.links)) == (Located, Folded, Links)
    assert copy.deepcopy(paper) == paper
