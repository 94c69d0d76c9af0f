"""The source line below a message: the carets stand below what readers see, whatever characters come before."""

from __future__ import annotations

import pytest

from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Code, Problem
from sphinx_paper_table.survey.snippets import cut, snippet, width


def shown(line: str, column: int, message: str = "wrong", **more: object) -> list[str]:
    problem = Problem(Position("s.yaml", 7, column), Code.BAD_VALUE, message, **more)  # type: ignore[arg-type]
    return list(snippet(problem, {7: line}))


def under(lines: list[str]) -> str:
    """Return what stands above the carets, found by the columns of a terminal."""
    source, carets = (line.partition(" | ")[2] for line in lines[:2])
    start, count = len(carets) - len(carets.lstrip()), carets.count("^")
    column, found = 0, ""
    for character in source:
        if start <= column < start + count:
            found += character
        column += width(character)
    return found


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("  cite: lewis2020", "lewis2020"),
        ("\tcite: lewis2020", "lewis2020"),
        ("a\tb\tlewis2020", "lewis2020"),
        ("检索增强生成 lewis2020", "lewis2020"),
        ("  name: 检索增强", "检索增强"),
        ("e\u0301e\u0301 lewis2020", "lewis2020"),
        ("\x1b[31m lewis2020", "lewis2020"),
        ("\u202e lewis2020", "lewis2020"),
        ("x" * 5000 + " lewis2020 " + "y" * 5000, "lewis2020"),
        ("检" * 5000 + " lewis2020", "lewis2020"),
    ],
)
def test_the_carets_stand_below_what_is_quoted(line: str, word: str) -> None:
    lines = shown(line, line.index(word) + 1, f"there is no '{word}'")
    assert under(lines) == word
    assert all(width(text) < 120 for text in lines)


@pytest.mark.parametrize("line", ["\x1b]0;evil\x07 x", "a\u202eb x", "\x9b31m x", "a\x00 x", "\ufeff x"])
def test_no_terminal_obeys_a_line(line: str) -> None:
    text = "".join((*shown(line, line.index("x") + 1), cut(line)))
    assert text.isprintable()
    assert not {"\u202e", "\ufeff"} & set(text)


def test_a_span_ends_where_the_problem_ends() -> None:
    place = Position("s.yaml", 7, 3)
    assert under(shown("a bcd e", 3, end=place._replace(column=6))) == "bcd"
    assert under(shown("a bcd e", 3, end=Position("s.yaml", 9, 2))) == "bcd e"
    assert under(shown("a bcd e", 3, end=Position("other.yaml", 7, 6))) == "b"


@pytest.mark.parametrize(("line", "column"), [("", 1), ("   ", 2)])
def test_a_line_without_anything_is_not_shown(line: str, column: int) -> None:
    assert shown(line, column) == []


@pytest.mark.parametrize("column", [0, 4, 400])
def test_a_place_that_the_line_does_not_have(column: int) -> None:
    assert shown("abc", column)[0] == "  7 | abc"


def test_the_corrected_text_follows() -> None:
    lines = shown("- id: my rag", 7, corrected="- id: my-rag\n  name: x")
    assert lines[2:] == ["    = write:", "  7 + - id: my-rag", "  8 +   name: x"]


def test_without_the_file_there_is_the_correction_only() -> None:
    problem = Problem(Position("gone.yaml", 7, 1), Code.BAD_VALUE, "wrong", corrected="a: b")
    assert list(snippet(problem, None)) == ["    = write:", "  7 + a: b"]


@pytest.mark.parametrize(
    ("line", "column", "message", "hint", "right"),
    [
        ("  cite: lewsi", 9, "no file has the key 'lewsi'", "did you mean 'lewis'?", "  cite: lewis"),
        (
            ":layout: card",
            2,
            "the option 'layout' is left out: there is no 'card'",
            "did you mean 'cards'?",
            ":layout: cards",
        ),
        ("  date: 2020/5", 9, "'2020/5' is not a date such as 2019", "write 2020-05", "  date: 2020-05"),
        ("  cite: x", 9, "no file has the key 'lewsi'", "did you mean 'lewis'?", ""),
        ("  cite: lewsi", 9, "no file has the key 'lewsi'", "write a key of the bibliography", ""),
    ],
)
def test_the_line_is_shown_as_it_was_probably_meant(
    line: str, column: int, message: str, hint: str, right: str
) -> None:
    assert shown(line, column, message, hint=hint)[2:] == (["    = write:", f"  7 + {right}"] if right else [])
