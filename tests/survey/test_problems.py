"""Problems are sorted, counted once and put into one line; hints name the nearest valid name."""

from __future__ import annotations

import pytest

from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Code, Problem, Problems, nearest


def test_a_problem_is_one_line_with_place_message_and_hint() -> None:
    problem = Problem(Position("a.yaml", 3, 7), Code.DANGLING, "there is no paper 'x'", "did you mean 'y'?")
    assert str(problem) == "a.yaml:3:7: there is no paper 'x'; did you mean 'y'?"
    assert problem.text == "there is no paper 'x'; did you mean 'y'?"


def test_a_problem_without_hint_ends_with_its_message() -> None:
    assert str(Problem(Position("a.yaml", 3), Code.EMPTY, "nothing")) == "a.yaml:3: nothing"


def test_problems_are_sorted_by_place_and_kept_once() -> None:
    problems = Problems()
    problems.add(Code.CYCLE, "c", Position("b", 1, 1))
    problems.add(Code.EMPTY, "e", Position("a", 12, 1))
    problems.extend([Problem(Position("a", 2, 1), Code.EMPTY, "e"), Problem(Position("b", 1, 1), Code.CYCLE, "c")])
    assert [str(problem) for problem in problems.sorted()] == ["a:2:1: e", "a:12:1: e", "b:1:1: c"]


def test_every_code_is_a_word_with_an_explanation() -> None:
    for code in Code:
        assert str(code) == code.value
        assert code.value.replace("-", "").isalpha()
        assert code.explanation.endswith(".")
    assert len({code.explanation for code in Code}) == len(Code)


@pytest.mark.parametrize(
    ("name", "names", "hint"),
    [
        ("moco-v", ["moco-v1", "simclr-v1"], "did you mean 'moco-v1'?"),
        ("MOCO-V1", ["moco-v1", "simclr-v1"], "did you mean 'moco-v1'?"),
        ("tittle", ["title", "tags"], "did you mean 'title'?"),
        ("he2020Momentum", ["he2016deep", "he2020momentum"], "did you mean 'he2020momentum'?"),
        ("xyz", ["alpha", "beta"], "known are 'alpha', 'beta'"),
        ("xyz", [f"name{n}" for n in range(8)], "known are " + ", ".join(f"'name{n}'" for n in range(8))),
        ("xyz", [f"name{n}" for n in range(1016)], "none of the 1,016 that are defined is like it"),
        ("xyz", [], "none is defined"),
        ("", ["alpha"], "known are 'alpha'"),
    ],
)
def test_the_nearest_valid_name_is_named_else_the_first_few(name: str, names: list[str], hint: str) -> None:
    assert nearest(name, names) == hint
    assert nearest(name, reversed([*names, *names])) == hint
