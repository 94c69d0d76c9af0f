"""`new` writes a project, or adds a survey to one; what is there is never overwritten, and other text never changed."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

import pytest
from tests.support.projects import FILES, contents, write_project

from sphinx_paper_table.cli import main
from sphinx_paper_table.cli import new as command

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which the commands run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def added(before: dict[str, bytes], after: dict[str, bytes]) -> dict[str, list[str]]:
    """Return the lines that are new in each file; every line that was there is still there."""
    found: dict[str, list[str]] = {}
    for name, data in after.items():
        lines = before.get(name, b"").decode().splitlines(), data.decode().splitlines()
        difference = [line for line in difflib.ndiff(*lines) if line[0] in "+-"]
        assert not [line for line in difference if line[0] == "-"], (name, difference)
        if difference:
            found[name] = [line[2:] for line in difference]
    assert set(before) <= set(after)
    return found


def test_a_new_project_has_all_files_and_no_problem(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "my", "--title", "Graph: *neural* networks"]) == 0
    said = capsys.readouterr().out
    assert "created my/surveys/graph-neural-networks.yaml\n" in said
    assert "  cd my\n" in said
    assert set(contents(folder / "my")) == {
        *("conf.py", "refs.bib", "requirements.txt", "Makefile", ".readthedocs.yaml", ".gitignore", "index.md"),
        *("references.md", ".github/workflows/pages.yml"),
        *("surveys/graph-neural-networks.md", "surveys/graph-neural-networks.yaml"),
    }
    assert "%%" not in "".join(data.decode() for data in contents(folder / "my").values())
    assert (folder / "my" / "index.md").read_text("utf-8").startswith("# Graph: \\*neural\\* networks\n")
    assert main(["check", "my"]) == 0
    assert "1 survey, 1 paper, 0 relations, 1 reference, 0 problems" in capsys.readouterr().out


def test_the_folder_gives_title_and_id(folder: Path) -> None:
    assert main(["new", "deep_Nets"]) == 0
    assert (
        (folder / "deep_Nets" / "surveys" / "deep-nets.yaml")
        .read_text("utf-8")
        .startswith("survey: deep-nets\ntitle: Deep Nets\n")
    )


def test_what_is_in_the_folder_stays_out_of_the_site(folder: Path) -> None:
    write_project(
        folder,
        {"README.md": "# R\n", "notes/a.md": "# A\n", "data/a.csv": "1\n", "x[1].md": "# X\n", "surveys/b.md": "# B\n"},
    )
    before = contents(folder)
    assert main(["new", ".", "--id", "s"]) == 0
    assert added(before, contents(folder)).keys().isdisjoint(before)
    conf = (folder / "conf.py").read_text("utf-8")
    assert 'exclude_patterns = ["_build", ".venv", "venv", "README.*", "notes", "surveys/b.md", "x[[]1].md"]\n' in conf


def test_nothing_is_overwritten_and_all_that_is_there_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_project(folder, {"Makefile": "all:\n", "refs.bib": "", "surveys/x.yaml": ""})
    before = contents(folder)
    assert main(["new", ".", "--id", "x"]) == 1
    assert "there is already Makefile, refs.bib, surveys/x.yaml; nothing was written" in capsys.readouterr().err
    assert contents(folder) == before


def test_a_dry_run_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "my", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "would create my/conf.py\n" in said
    assert '+project = "My"\n' in said
    assert contents(folder) == {}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--id", "../x"], "'../x' is not an id; write lower-case letters"),
        (["--id", "Graph Nets"], "such as 'graph-nets'"),
        (["--id", "a/b"], "such as 'a-b'"),
        (["--id", "con"], "'con' is not an id"),
        (["--id", ""], "'' is not an id"),
        (["--id", "x" * 300], "is not an id"),
        (["--title", "a\nb"], "'a\\nb' is not a title; write one line of text"),
        (["--title", " "], "'' is not a title"),
        (["--title", "x" * 201], "is not a title"),
        (["--title", "<b>", "--id", "x"], "this would make a new problem, 'HTML has no place here: '<b>'"),
        (["--language", "xx"], "Sphinx has no language 'xx'"),
        (["--language", "../de"], "Sphinx has no language '../de'"),
        (["--theme", "fur"], "the theme 'fur' is not installed; install its package with pip first; did you mean"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    folder: Path, options: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "my", *options]) == 1
    assert message in capsys.readouterr().err
    assert contents(folder) == {}


@pytest.mark.parametrize("where", ["github", "gitlab"])
def test_a_project_can_begin_with_what_keeps_it_up_to_date(
    folder: Path, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "my", "--workflow", where]) == 0
    said = capsys.readouterr().out
    (path,) = (folder / "my").glob(f".{where}/**/paper-table-update.yml")
    assert "to do by hand: " in said
    assert "pip install -r requirements.txt" in path.read_text("utf-8")
    assert "paper-table update --source . --write" in path.read_text("utf-8")
    before = contents(folder)
    assert main(["new", "my", "--title", "Another", "--workflow", where]) == 1, "it is there"
    assert contents(folder) == before


def test_a_title_in_chinese_is_no_hindrance(folder: Path) -> None:
    assert main(["new", "graphs", "--title", "图神经网络"]) == 0
    assert "survey: graphs\ntitle: 图神经网络\n" in (folder / "graphs/surveys/graphs.yaml").read_text("utf-8")


def test_a_file_is_no_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_project(folder, {"my": "text"})
    assert main(["new", "my"]) == 1
    assert main(["new", "my/deeper"]) == 1
    assert "my: this is a file, and a folder is expected" in capsys.readouterr().err
    assert contents(folder) == {"my": b"text"}


def test_on_a_terminal_it_asks_again_until_it_is_right(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(["Graph nets", "No Id", "", "zz", "de"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    assert main(["new", "my"]) == 0
    assert 'language = "de"\n' in (folder / "my" / "conf.py").read_text("utf-8")
    assert (folder / "my" / "surveys" / "graph-nets.yaml").is_file()
    assert len(capsys.readouterr().err.splitlines()) == 2

    def leave(_question: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", leave)
    assert main(["new", "other"]) == 1
    assert not (folder / "other").exists()


def test_a_survey_joins_a_project_and_no_other_line_changes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_project(
        folder,
        {
            "docs/conf.py": 'project = "P"\nextensions = [\n    "sphinx.ext.todo",  # ours\n]\n',
            "docs/index.rst": "P\n=\n\n.. toctree::\n   :maxdepth: 2\n\n   one\n\nThe end.\n",
            "docs/one.rst": "One\n===\n",
        },
    )
    before = contents(folder)
    assert main(["new", ".", "--title", "Nets", "--dry-run"]) == 0
    assert '+    "sphinx_paper_table",\n' in capsys.readouterr().out
    assert contents(folder) == before
    assert main(["new", ".", "--title", "Nets"]) == 0
    said = capsys.readouterr().out
    assert "changed docs/conf.py\n" in said
    found = added(before, contents(folder))
    assert found.pop("docs/conf.py") == ['    "sphinx_paper_table",']
    assert found.pop("docs/index.rst") == ["   surveys/nets"]
    assert set(found) == {"docs/refs.bib", "docs/surveys/nets.rst", "docs/surveys/nets.yaml"}
    assert ".. bibliography::" in found["docs/surveys/nets.rst"]
    assert main(["check", "docs"]) == 0
    assert main(["new", ".", "--title", "Nets"]) == 1
    assert "there is a survey 'nets' already" in capsys.readouterr().err


def test_a_second_survey_refers_to_the_paper_that_is_there(folder: Path) -> None:
    assert main(["new", ".", "--id", "one"]) == 0
    before = contents(folder)
    assert main(["new", ".", "--id", "two", "--format", "rst"]) == 0
    found = added(before, contents(folder))
    assert found.pop("index.md") == ["surveys/two"]
    assert set(found) == {"surveys/two.yaml", "surveys/two.rst"}
    assert "      - ref: resnet" in found["surveys/two.yaml"]
    assert "references" not in "".join(found["surveys/two.rst"]).lower().replace("cites a reference", "")
    assert main(["check", "."]) == 0


def test_a_project_with_surveys_keeps_its_bibliography_and_its_tags(folder: Path) -> None:
    """The files have CRLF line ends, odd layouts, and a vocabulary without our tag."""
    before = write_project(folder, {**FILES, "docs/index.md": "# Home\n\n```{toctree}\n```\n"})
    assert main(["new", ".", "--title", "Nets"]) == 0
    found = added(before, contents(folder))
    assert found.pop("docs/index.md") == ["surveys/nets"]
    assert found.pop("refs.bib")[1] == "@inproceedings{he2016deep,"
    assert "tags" not in "".join(found["docs/surveys/nets.yaml"])


@pytest.mark.parametrize(
    ("conf", "by_hand"),
    [
        ("extensions = sorted(['sphinx.ext.todo'])\n", 'add "sphinx_paper_table" to the list `extensions`'),
        ("import os\nbibtex_bibfiles = os.listdir('.')\n", 'add "refs.bib" to the list `bibtex_bibfiles`'),
    ],
)
def test_what_is_computed_is_left_to_the_author(
    folder: Path, conf: str, by_hand: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write_project(folder, {"conf.py": conf, "index.md": "# Home\n"})
    assert main(["new", ".", "--title", "Nets"]) == 0
    assert f"to do by hand: conf.py: {by_hand}" in capsys.readouterr().out
    assert (folder / "conf.py").read_text("utf-8").startswith(conf)


def test_settings_of_a_project_stay_its_own(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = write_project(folder, {"conf.py": "", "index.md": "# Home\n"})
    assert main(["new", ".", "--theme", "furo"]) == 1
    assert "--theme is for a new project; this one has its settings in conf.py" in capsys.readouterr().err
    write_project(folder, {"conf.py": "extensions = [\n"})
    assert main(["new", "."]) == 1
    assert "conf.py is no Python: '[' was never closed; mend it first" in capsys.readouterr().err
    assert set(contents(folder)) == set(before)


def test_the_help_has_examples_that_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["new", "--help"])
    examples = re.findall(r"^  paper-table (new .*)$", capsys.readouterr().out, re.MULTILINE)
    assert len(examples) == 4
    for number, example in enumerate(examples):
        words = [part.strip('"') for part in re.findall(r'"[^"]*"|\S+', example)]
        words[1] = f"{words[1]}/{number}"
        assert main(words) == 0


@pytest.mark.parametrize(("said", "code"), [("zh-cn", "zh_CN"), ("PT_br", "pt_BR"), (" en ", "en")])
def test_languages_are_called_as_sphinx_calls_them(said: str, code: str) -> None:
    assert command.checked_language(said) == code
