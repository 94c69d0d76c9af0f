"""``paper-table todo``: what it lists, for people and programs, and when it fails."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.support.texts import BIB, SURVEY, VOCABULARY, edited

from sphinx_paper_table.cli import main

if TYPE_CHECKING:
    from pathlib import Path

COMMENTED = edited(SURVEY, "        cite: third2019\n", "        cite: third2019  # TODO: the summary\n")
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "First"\nmsgstr "Erste"\n'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a survey that is partly translated, on a certain day."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795651200")
    monkeypatch.chdir(tmp_path)
    files = {
        "conf.py": 'extensions = ["sphinx_paper_table"]\nbibtex_bibfiles = ["refs.bib"]\nlocale_dirs = ["locale"]\n',
        "index.md": "# Start\n\n```{paper-table} s\n```\n",
        "surveys/s.yaml": COMMENTED,
        "surveys/v.yaml": VOCABULARY,
        "refs.bib": BIB,
        "locale/de/LC_MESSAGES/records/surveys/s.po": PO,
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    return tmp_path


def report(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["todo", ".", "--format", "json", *arguments]) == 0
    content: dict[str, Any] = json.loads(capsys.readouterr().out)
    return content


@pytest.mark.usefixtures("project")
def test_people_get_a_line_a_task_below_survey_and_group(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["todo", ".", "--without", "results", "--without", "code", "--without", "translation"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "s: 4 to do in 3 papers",
        "  first",
        "    surveys/s.yaml:18:13: New: preprint, perhaps published by now (2020-03) [preprint]",
        "  inner",
        "    surveys/s.yaml:33:17: third: no summary [summary]",
        "    surveys/s.yaml:33:17: third: no tags [tags]",
        "    surveys/s.yaml:35:30: third: unfinished [unfinished]",
        "4 to do: 1 unfinished, 1 summary, 1 tags, 1 preprint",
    ]


@pytest.mark.usefixtures("project")
def test_programs_get_all_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    found = report(capsys)
    assert (found["version"], found["today"], found["months"]) == (1, "2026-11-26", 12)
    assert found["count"] == len(found["tasks"]) == sum(found["kinds"].values())
    assert found["surveys"] == {"s": {"papers": 3, "tasks": found["count"]}}
    assert found["tasks"][0]["kind"] == "translation", "what concerns the survey comes first"
    assert found["tasks"][0]["detail"].startswith("de: ")
    last = found["tasks"][-1]
    assert last == {
        "kind": "unfinished",
        "survey": "s",
        "group": "inner",
        "paper": "third",
        "name": "third",
        "path": "surveys/s.yaml",
        "line": 35,
        "column": 30,
    }


@pytest.mark.usefixtures("project")
def test_it_is_narrowed(capsys: pytest.CaptureFixture[str]) -> None:
    assert {task["paper"] for task in report(capsys, "--survey", "s#inner")["tasks"]} == {"third"}
    assert {task["kind"] for task in report(capsys, "--only", "tags", "--only", "code")["tasks"]} == {"tags", "code"}
    assert "preprint" not in report(capsys, "--months", "240")["kinds"]


@pytest.mark.parametrize(("most", "code"), [("0", 1), ("1", 1), ("2", 0)])
@pytest.mark.usefixtures("project")
def test_it_fails_over_a_number(most: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["todo", ".", "--only", "code", "--fail-over", most]) == code
    assert bool(capsys.readouterr().err) == bool(code)


@pytest.mark.parametrize("name", ["t", "s#frist"])
@pytest.mark.usefixtures("project")
def test_a_survey_that_is_none_is_said(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["todo", ".", "--survey", name]) == 1
    said = capsys.readouterr().err
    assert f"there is no survey or group '{name}'" in said
    assert ("did you mean 's#first'?" in said) == (name != "t")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--only", "tag"], "did you mean 'tags'?"),
        (["--months", "0"], "a whole number from 1 to 1,200 is expected, not '0'"),
        (["--months", "²"], "is expected, not '²'"),
        (["--fail-over", "-1"], "fail-over"),
    ],
)
@pytest.mark.usefixtures("project")
def test_wrong_command_lines_are_explained(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["todo", ".", *arguments])
    assert caught.value.code == 2
    assert said in capsys.readouterr().err
