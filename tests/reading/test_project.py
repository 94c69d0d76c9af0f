"""The settings of a project are those of its `conf.py`; what is wrong with them is said at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_paper_table.reading.project import read_project
from sphinx_paper_table.survey.problems import Problems, Severity

if TYPE_CHECKING:
    from pathlib import Path

OURS = 'extensions = ["sphinx_paper_table"]\n'


def said(path: Path, conf: str, table: str = "") -> list[str]:
    """Return the messages, without the folder's name."""
    (path / "conf.py").write_text(conf, "utf-8")
    if table:
        (path / "pyproject.toml").write_text(f"[tool.paper-table]\n{table}\n", "utf-8")
    return [str(problem).replace(f"{path}/", "") for problem in read_project(path).problems]


@pytest.mark.parametrize(
    ("conf", "message"),
    [
        ('project = "x"', "conf.py:1:1: conf.py does not load this extension; add 'sphinx_paper_table' to the list"),
        ('extensions = ["myst_parser"]', "conf.py:1:1: conf.py does not load this extension; add"),
        (
            'extensions = [\n    "myst_parser",\n    "sphinx-paper-table",\n]',
            "conf.py:3:6: 'sphinx-paper-table' is the name of no module; write 'sphinx_paper_table'",
        ),
        ('extensions = ["sphinx_papertable"]', "conf.py:1:16: 'sphinx_papertable' is the name of no module; write"),
        (
            "extensions = (",
            "conf.py:1:14: conf.py is no Python: '(' was never closed; until it is, the defaults are used",
        ),
        (
            f'{OURS}paper_table_survey = ["x"]',
            "conf.py:2:1: conf.py: there is no option 'paper_table_survey'; did you mean 'paper_table_surveys'?",
        ),
        (f"{OURS}citations_shown = 1", "conf.py:2:1: conf.py: there is no option 'citations_shown'; known are"),
        (f'{OURS}bibtex_bibfile = ["x"]', "conf.py:2:1: conf.py: there is no option 'bibtex_bibfile'; did you mean"),
        (
            f'{OURS}paper_table_layout = "grid"',
            "conf.py:2:1: conf.py: paper_table_layout = 'grid' is not valid: there is",
        ),
        (
            f"{OURS}paper_table_surveys = 3",
            "conf.py:2:1: conf.py: paper_table_surveys = 3 is not valid: it must be a list",
        ),
        (
            f"{OURS}import os\npaper_table_surveys = os.listdir()",
            "conf.py:3:1: conf.py computes paper_table_surveys, so that only a build knows it; put it in [tool.paper-",
        ),
    ],
)
def test_each_mistake_has_one_message_at_its_place(conf: str, message: str, tmp_path: Path) -> None:
    (found,) = said(tmp_path, conf)
    assert found.startswith(message)


@pytest.mark.parametrize(
    "conf",
    [
        "",
        OURS,
        'extensions = ["myst_parser"]\nextensions.append("sphinx_paper_table")',
        "import os\nextensions = os.environ['E'].split()",
        f"{OURS}import os\nhtml_title = os.environ['T']\npaper_table_feed = int(os.environ['F'])",
        f'{OURS}_paper_table_names = 1\npaper = 2\npaper_table_layout = "cards"',
        'extensions = ["sphinx_paper_table", "my_layouts"]\npaper_table_layout = "grid"',
    ],
)
def test_what_is_right_or_does_not_matter_is_not_mentioned(conf: str, tmp_path: Path) -> None:
    found = [line for line in said(tmp_path, conf) if "conf.py computes extensions" not in line]
    assert found == []


def test_the_corrected_line_is_shown(tmp_path: Path) -> None:
    said(tmp_path, f'{OURS}paper_table_survey = ["x"]')
    (found,) = read_project(tmp_path).problems
    assert found.corrected == 'paper_table_surveys = ["x"]'
    assert found.end is not None
    assert found.end.column == 19


def test_pyproject_says_what_is_computed_and_nothing_else(tmp_path: Path) -> None:
    conf = f"{OURS}import os\npaper_table_surveys = os.listdir()\nlanguage = 'de'"
    table = "paper_table_surveys = ['data/*.yaml']\nlanguage = 'fr'\npaper_table_layuot = 'cards'"
    assert said(tmp_path, conf, table) == [
        (
            "pyproject.toml:3:1: language stands in conf.py, line 4, and in [tool.paper-table] too; remove it here: "
            "conf.py is read"
        ),
        "pyproject.toml:4:1: [tool.paper-table] has no key 'paper_table_layuot'; did you mean 'paper_table_layout'?",
    ]
    project = read_project(tmp_path)
    assert project["paper_table_surveys"] == ["data/*.yaml"]
    assert project["language"] == "de"


def test_a_table_of_other_tools_or_a_broken_file(tmp_path: Path) -> None:
    assert said(tmp_path, OURS, "x = ") == [
        "pyproject.toml:1:1: pyproject.toml cannot be read: Invalid value (at line 2, column 5)"
    ]
    (tmp_path / "pyproject.toml").write_text("[tool.other]\nx = \n", "utf-8")
    assert read_project(tmp_path).problems == ()


def test_the_files_are_those_of_a_build(tmp_path: Path) -> None:
    """Without a name in `conf.py`, refs.bib beside it; without a conf.py, whatever lies there or above."""
    for name in ("refs.bib", "other.bib"):
        (tmp_path / name).write_text("", "utf-8")
    (tmp_path / "docs").mkdir()
    assert [path.name for path in read_project(tmp_path).bibliographies(Problems())] == ["other.bib", "refs.bib"]
    above = read_project(tmp_path / "docs").bibliographies(Problems())
    assert [path.name for path in above] == ["other.bib", "refs.bib"]
    said(tmp_path, OURS)
    assert read_project(tmp_path).bibliographies(Problems()) == [tmp_path / "refs.bib"]
    said(tmp_path, f'{OURS}bibtex_bibfiles = ["docs/../other.bib", "none.bib"]')
    assert read_project(tmp_path).bibliographies(Problems()) == [tmp_path / "other.bib", tmp_path / "none.bib"]
    said(tmp_path / "docs", OURS)
    assert read_project(tmp_path / "docs").bibliographies(Problems()) == []


def test_what_is_computed_is_advice(tmp_path: Path) -> None:
    said(tmp_path, f"{OURS}import os\nbibtex_bibfiles = os.listdir()")
    assert [problem.severity for problem in read_project(tmp_path).problems] == [Severity.ADVICE]
