"""The YAML test suite as survey files and as texts in them: located problems, no traceback, nothing lost in silence.

PyYAML reads YAML 1.1, and a survey uses less than either: what is valid may be refused here, but never without a word.
"""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.reading.test_yaml_tree import plain
from tests.support.texts import load_files, tree_of

from sphinx_paper_table.reading.loader import load_text
from sphinx_paper_table.survey.entities import Survey
from sphinx_paper_table.survey.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_paper_table.survey.problems import Problem

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "data/yaml-test-suite/cases.jsonl").read_text("utf-8").splitlines()
]
DIFFERENT = {
    "652Z": "'{?foo: bar}' has the key 'foo'",
    "HM87-01": "'[?x]' holds a mapping",
    "JEF9-02": "a last line of spaces in '|+' ends without a line end",
    "L24T-01": "a last line of spaces in '|' is kept as it is",
}
"""Where libyaml, with YAML 1.1, reads valid documents as something else."""
LENIENT = {
    *("9C9N", "QB6E", "DK95-01", "Y79Y-03"),  # lines that are not indented, or by a tab, in brackets or quotes
    *("9JBA", "CVW2", "SU5Z", "X4QW"),  # a comment without a space before it
    *("G5U8", "YJV2"),  # a hyphen as a text in brackets
    *("S98Z", "MUS6-00"),  # lines of more spaces before a text; a directive with a comment
}
"""What libyaml reads although YAML 1.2 forbids it; nothing is lost."""
VALID = [case for case in CASES if "events" in case]
_ESCAPED = {"\\n": "\n", "\\t": "\t", "\\r": "\r", "\\b": "\b", "\\\\": "\\"}


def expected(events: list[str]) -> Any:
    """Return the first document of the suite's events, with every scalar as the text it is."""
    rest, anchors = iter(events), dict[str, Any]()
    for event in rest:
        if event.startswith("+DOC"):
            return _node(next(rest), rest, anchors)
    return None


def _node(event: str, rest: Iterator[str], anchors: dict[str, Any]) -> Any:
    kind, _, more = event.partition(" ")
    more = more.removeprefix("{}").removeprefix("[]").strip() if kind != "=VAL" else more
    anchor = ""
    if more.startswith("&"):
        anchor, _, more = more.partition(" ")
    if kind == "=ALI":
        return anchors["&" + more.removeprefix("*")]
    found = _scalar(more) if kind == "=VAL" else _items(kind, rest, anchors)
    anchors[anchor] = found
    return found


def _items(kind: str, rest: Iterator[str], anchors: dict[str, Any]) -> Any:
    items = []
    while not (event := next(rest)).startswith("-" + kind[1:]):
        items.append(_node(event, rest, anchors))
    if kind == "+SEQ":
        return items
    pairs = zip(items[::2], items[1::2], strict=True)
    return {key: value for key, value in pairs if value is not None}


def _scalar(written: str) -> str | None:
    if written.startswith("<"):
        written = written.partition("> ")[2]
    if written == ":":
        return None
    text, found = written[1:], ""
    while text:
        step = 2 if text[:2] in _ESCAPED else 1
        found += _ESCAPED.get(text[:step], text[:step])
        text = text[step:]
    return found


def placements(case: dict[str, Any]) -> dict[str, str]:
    """Return survey files that have a document as the whole, after a good head, in a list, as a value and as a text."""
    name, document, inner = case["id"].lower(), case["yaml"], textwrap.indent(case["yaml"], "    ")
    return {
        f"{name}/whole.yaml": document,
        f"{name}/after.yaml": f"survey: after-{name}\ntitle: T\n{document}",
        f"{name}/paper.yaml": f"{head('paper', name)}papers:\n  - id: one-{name}\n    name: Kept\n  -\n{inner}\n",
        f"{name}/text.yaml": f"{head('text', name)}summary: |\n{inner}\n",
        f"{name}/value.yaml": f"{head('value', name)}summary:\n{inner}\npapers: [{{id: two-{name}, name: Kept}}]\n",
    }


def head(place: str, name: str) -> str:
    return f"survey: {place}-{name}\ntitle: T\n"


def misplaced(problems: tuple[Problem, ...], files: dict[str, str]) -> list[str]:
    """Return the problems that stand outside their files."""
    wrong = []
    for problem in problems:
        path, line, column = problem.position
        lines = files.get(path, "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        # A block text begins at its first line, and at the column of its others where that line is empty.
        width = (
            len(lines[line - 1]) + 2 if 1 <= line <= len(lines) and lines[line - 1].strip() else len(files[path]) + 2
        )
        if not (1 <= line <= len(lines) and 1 <= column <= width):
            wrong.append(f"{problem}")
    return wrong


def test_all_of_the_suite_is_here() -> None:
    assert len(CASES) == 406
    assert len({case["id"] for case in CASES}) == len(CASES)


def test_what_raises_no_problem_is_read_as_the_suite_reads_it() -> None:
    read = {case["id"]: plain(tree) for case in VALID for tree, problems in [tree_of(case["yaml"])] if not problems}
    different = {case["id"] for case in VALID if case["id"] in read and read[case["id"]] != expected(case["events"])}
    assert len(read) > len(VALID) / 2
    assert different == DIFFERENT.keys()


def test_what_is_no_yaml_is_a_problem() -> None:
    assert {case["id"] for case in CASES if "fail" in case and not tree_of(case["yaml"])[1]} == LENIENT


def test_as_survey_files_every_problem_has_its_place_and_nothing_is_lost_in_silence() -> None:
    files = {name: text for case in CASES for name, text in placements(case).items()}
    loaded = load_files(dict(files))
    assert misplaced(loaded.problems, files) == []
    spoken_of = {problem.position.path for problem in loaded.problems}
    for name in files.keys() - spoken_of:
        identity, _, place = name.removesuffix(".yaml").partition("/")
        assert place == "whole" or f"{place}-{identity}" in loaded.catalogue.surveys, name
    for case in CASES:
        name = case["id"].lower()
        assert f"one-{name}" in loaded.catalogue.papers or f"{name}/paper.yaml" in spoken_of
        assert f"two-{name}" in loaded.catalogue.papers or f"{name}/value.yaml" in spoken_of


@pytest.mark.parametrize("field", ["title", "summary", "why"])
def test_as_texts_the_documents_arrive_whole(field: str) -> None:
    for case in CASES:
        text = case["yaml"]
        relations = {"extends": [{"to": "kept", "why": text if field == "why" else "W"}]}
        survey = {
            "survey": "s",
            "title": text if field == "title" else "T",
            "summary": text if field == "summary" else "S",
            "papers": [{"id": "kept", "name": "Kept"}, {"id": "p", "name": "P", "relations": relations}],
        }
        problems = Problems()
        written = yaml.safe_dump(survey, allow_unicode=True)
        found = load_text(written, "s.yaml", problems)
        assert isinstance(found, Survey)
        assert misplaced(problems.sorted(), {"s.yaml": written}) == [], case["id"]
        values = {"title": found.title, "summary": found.summary}
        values["why"] = found.papers[1].relations["extends"][0].why  # type: ignore[union-attr, index]  # a paper
        same = found.title == text.strip() if field == "title" else values[field] == text
        assert same or problems.sorted(), case["id"]
