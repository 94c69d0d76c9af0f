"""Edits of a text: what is not edited stays, whatever their order; what they did can be undone."""

from __future__ import annotations

import random

import pytest

from sphinx_paper_table.survey.edits import (
    OverlapError,
    TextEdit,
    apply_edits,
    inverse,
    merged,
    offset_at,
    unified_diff,
)
from sphinx_paper_table.survey.located import Position, position_in


def edit(start: int, end: int, replacement: str) -> TextEdit:
    return TextEdit("a.yaml", start, end, replacement)


def test_random_edits_in_any_order_and_back() -> None:
    chance = random.Random(7)  # noqa: S311 (no secret)
    for _ in range(500):
        text = "".join(chance.choices("ab \nß\N{GRINNING FACE}", k=chance.randrange(60)))
        bounds = sorted(chance.sample(range(len(text) + 1), k=min(len(text) + 1, 2 * chance.randrange(5)) // 2 * 2))
        edits = [
            edit(start, end, chance.choice(["", "x", "\ny"]))
            for start, end in zip(bounds[::2], bounds[1::2], strict=True)
        ]
        done = apply_edits(text, edits)
        expected = list(text)
        for one in reversed(edits):
            expected[one.start : one.end] = one.replacement
        assert done == "".join(expected)
        assert apply_edits(text, chance.sample(edits, len(edits))) == done
        assert apply_edits(done, inverse(text, edits)) == text


def test_overlaps_are_refused_and_equal_edits_made_once() -> None:
    with pytest.raises(OverlapError, match="'x' and 'y'"):
        apply_edits("abcdef", [edit(0, 3, "x"), edit(2, 4, "y")])
    with pytest.raises(OverlapError):
        apply_edits("abcdef", [edit(2, 2, "x"), edit(2, 2, "y")])
    assert apply_edits("abcdef", [edit(2, 2, "x"), edit(2, 2, "x")]) == "abxcdef"


def test_adjacent_edits_are_one() -> None:
    assert merged([edit(2, 4, "y"), edit(0, 2, "x"), edit(0, 0, "v")]) == [edit(0, 4, "vxy")]


def test_edits_of_several_files_do_not_meet() -> None:
    other = TextEdit("b.yaml", 0, 3, "y")
    assert merged([other, edit(0, 3, "x")]) == [edit(0, 3, "x"), other]


def test_an_edit_of_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="the text ends before"):
        apply_edits("abc", [edit(2, 5, "")])
    with pytest.raises(ValueError, match="an edit from 3 to 2"):
        edit(3, 2, "")


def test_places_are_offsets() -> None:
    text = "ab\n\ncd"
    for offset in range(len(text) + 1):
        place = position_in(text, "a.yaml", offset)
        assert offset_at(text, place.line, place.column) == offset
    for line, column in [(4, 1), (0, 1), (1, 4), (2, 2), (3, 0)]:
        with pytest.raises(ValueError, match="the text has no"):
            offset_at(text, line, column)
    assert TextEdit.at(text, Position("a.yaml", 3, 2), 1, "e") == edit(5, 6, "e")


def test_the_difference_is_that_of_git() -> None:
    end = "\n\\ No newline at end of file\n"
    expected = f"--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\u2028c{end}+b{end}"
    assert unified_diff("x", "a\nb\u2028c", "a\nb") == expected
    assert unified_diff("x", "a\n", "a\n") == ""
