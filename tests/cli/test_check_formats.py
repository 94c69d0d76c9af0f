"""What `paper-table check` prints, for people and for programs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_paper_table.cli import main

if TYPE_CHECKING:
    from pathlib import Path

SURVEY = """\
survey: s
title: S
papers:
  - id: one
    name: One
    cite: lewis2021
    summary: "100%, <b>bold</b>"
"""
BIB = "@misc{lewis2020, title = {T}, author = {A, B}, year = 2000, note = {N}}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "surveys").mkdir()
    (tmp_path / "surveys/s, 1.yaml").write_text(SURVEY, "utf-8")
    (tmp_path / "refs.bib").write_text(BIB, "utf-8")
    (tmp_path / "conf.py").write_text('extensions = ["sphinx_paper_table"]\n', "utf-8")
    return tmp_path


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["check", *arguments])
    return (code, *capsys.readouterr())


def test_text_has_place_severity_code_line_and_caret(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, output, errors = check(capsys)
    assert code == 1
    assert errors.splitlines()[:3] == [
        (
            "surveys/s, 1.yaml:6:11: warning: no BibTeX file has the key 'lewis2021'; did you mean 'lewis2020'? "
            "[unknown-citation]"
        ),
        "    6 |     cite: lewis2021",
        "      |           ^^^^^^^^^",
    ]
    assert output == "1 survey, 1 paper, 0 relations, 1 reference, 2 problems\n"


def test_lines_are_those_of_the_file_as_it_is(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They were kept from an earlier check in the same process, of another project with a file of this name."""
    check(capsys)
    (project / "surveys/s, 1.yaml").write_text(SURVEY.replace("cite: lewis2021", "cite:  lewis2022"), "utf-8")
    assert "    6 |     cite:  lewis2022" in check(capsys)[2].splitlines()


def test_json_has_all_that_is_known(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, output, errors = check(capsys, "--format", "json")
    assert (code, errors) == (1, "")
    report = json.loads(output)
    assert report["version"] == 1
    assert report["counts"]["problem"] == len(report["problems"]) == 2
    assert report["problems"][0] == {
        "path": "surveys/s, 1.yaml",
        "line": 6,
        "column": 11,
        "severity": "warning",
        "code": "unknown-citation",
        "message": "no BibTeX file has the key 'lewis2021'",
        "hint": "did you mean 'lewis2020'?",
        "consequences": [],
    }


def test_annotations_are_escaped(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _code, output, _errors = check(capsys, "--format", "github")
    first, second = output.splitlines()
    assert first.startswith(
        "::warning file=surveys/s%2C 1.yaml,line=6,col=11,title=paper-table%3A unknown-citation::no "
    )
    assert second.startswith("::warning file=surveys/s%2C 1.yaml,line=7,")
    (project / "surveys/s, 1.yaml").write_text(SURVEY.replace("lewis2021", '"a%0A::error::b"'), "utf-8")
    _code, output, _errors = check(capsys, "--format", "github")
    assert "'a%250A::error::b'" in output.splitlines()[0]


def test_sarif_has_what_code_scanning_asks_for(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "surveys/t.yaml").write_text("survey: t\ntitle: T\npapers:\n  - id: x\n", "utf-8")
    code, output, _errors = check(capsys, "--format", "sarif")
    assert code == 1
    log: dict[str, Any] = json.loads(output)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", run["tool"]["driver"]["semanticVersion"])
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert len(run["results"]) == 3
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert place["artifactLocation"]["uri"].startswith("surveys/")
        assert " " not in place["artifactLocation"]["uri"]
        assert min(place["region"].values()) > 0
    (related,) = run["results"][2]["relatedLocations"]
    assert related["message"]["text"] == "it follows that the survey 't' has no papers"


@pytest.mark.parametrize("format_", ["json", "github", "sarif"])
def test_without_problems_the_formats_are_whole(
    format_: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SURVEY.replace("lewis2021", "lewis2020").replace("<b>bold</b>", "bold")
    (project / "surveys/s, 1.yaml").write_text(text, "utf-8")
    code, output, errors = check(capsys, "--format", format_)
    assert (code, errors) == (0, "")
    assert output == "\n" if format_ == "github" else json.loads(output)


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def test_colours(
    variables: dict[str, str],
    coloured: bool,  # noqa: FBT001 (a parameter of a test)
    project: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    _code, _output, errors = check(capsys)
    assert ("\033[" in errors) is coloured
    _code, output, _errors = check(capsys, "--format", "json")
    assert "\033" not in output


def test_the_exit_code_of_a_wrong_command_is_another_one(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["check", "--format", "xml"])
    assert stopped.value.code == 2


@pytest.mark.parametrize("ending", ["yml", "YAML", "Yml", "yaml.txt"])
def test_a_survey_with_another_ending_is_named(project: Path, capsys: pytest.CaptureFixture[str], ending: str) -> None:
    (project / f"surveys/t.{ending}").write_text("survey: t\ntitle: T\npapers: []\n", encoding="utf-8")
    (project / f"surveys/notes.{ending}").write_text("tasks: [survey]\n", encoding="utf-8")
    _code, _output, errors = check(capsys)
    name = f"surveys/t.{ending}"
    said = (
        f"{name}:1:1: warning: '{name}' is not read: it does not match surveys/**/*.yaml; rename it to 'surveys/t.yaml'"
    )
    assert said in errors
    assert "notes" not in errors


def test_a_survey_that_lies_elsewhere_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "surveys/s, 1.yaml").rename(project / "rag.yaml")
    (project / "surveys").rmdir()
    code, _output, errors = check(capsys)
    assert code == 1
    assert errors.startswith("rag.yaml:1:1: warning: 'rag.yaml' is not read: no survey matches surveys/**/*.yaml; move")


def test_a_file_of_a_page_has_its_name_as_others_have(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "guide").mkdir()
    (project / "mine.yaml").write_text("- {id: own, name: Own, summary: T, tags: [a, a]}\n", "utf-8")
    (project / "guide/index.md").write_text("# Guide\n\n```{paper-table} ../mine.yaml\n```\n", "utf-8")
    _code, _output, errors = check(capsys)
    assert "\nmine.yaml:1:46: warning: the tag 'a' stands twice" in f"\n{errors}"
