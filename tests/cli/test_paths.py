"""Every path on the command line is looked at first: what is not there, or of another kind, is named with a remedy."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from sphinx_paper_table.cli import COMMANDS, main, parsers_of
from sphinx_paper_table.cli.paths import (
    PATHS,
    PathError,
    bibtex_file,
    file,
    file_or_folder,
    folder,
    new_file,
    new_folder,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

BIB = "@misc{one2020, title = {T}, author = {A, B}, year = 2020}\n"
SURVEY = "survey: s\ntitle: S\npapers:\n  - {id: one, name: One, cite: one2020, summary: A method.}\n"
CONF = 'extensions = ["sphinx_paper_table"]\n'
WRONG: dict[Callable[[str], Path], dict[str, str]] = {
    folder: {
        "dcos": "dcos: there is no such folder; did you mean 'docs'?",
        "docs/nowhere/deeper": "docs/nowhere/deeper: there is no such folder; there is no folder 'docs/nowhere' either",
        "docs/refs.bib": "docs/refs.bib: this is a file, and a folder is expected; did you mean 'docs'?",
        "docs/refs.bib/x": "docs/refs.bib/x: there is no such folder; there is no folder 'docs/refs.bib' either",
        "circle": "circle: the link leads back to itself",
        "pipe": "pipe: this is a file, and a folder is expected",
        "x" * 300: f"{'x' * 300}: file name too long",
    },
    file: {
        "wantd.yaml": "wantd.yaml: there is no such file; did you mean 'wanted.yaml'?",
        "docs": "docs: this is a folder, and a file is expected",
        "image.png": "image.png: this is no text; name a file that an editor can show",
        "circle": "circle: the link leads back to itself",
        "pipe": "pipe: this is neither a file nor a folder",
    },
    bibtex_file: {
        "docs/reffs.bib": "docs/reffs.bib: there is no such file; did you mean 'docs/refs.bib'?",
        "docs/library.bib": "docs/library.bib: there is no such file; there is 'refs.bib'",
        "docs": "docs: this is a folder, and a file is expected; in it there is 'refs.bib'",
        "docs/conf.py": "docs/conf.py: this is no BibTeX file: it has no entry",
        "docs/surveys/s.yaml": "docs/surveys/s.yaml: this is no BibTeX file: it has no entry; "
        "`paper-table check --fix` corrects surveys",
        "image.png": "image.png: this is no text; name a file that an editor can show",
        "pipe": "pipe: this is neither a file nor a folder",
    },
    file_or_folder: {
        "dosc": "dosc: there is no such file or folder; did you mean 'docs'?",
        "circle": "circle: the link leads back to itself",
        "pipe": "pipe: this is neither a file nor a folder",
    },
    new_folder: {
        "wanted.yaml": "wanted.yaml: this is a file, and a folder is expected; name another one; it may be new",
        "wanted.yaml/new": "wanted.yaml/new: 'wanted.yaml' is a file, so that nothing can be written below it",
        "circle": "circle: the link leads back to itself",
    },
    new_file: {
        "docs": "docs: this is a folder, and a file is to be written; did you mean 'docs/FILE'?",
        "wanted.yaml/new": "wanted.yaml/new: 'wanted.yaml' is a file, so that nothing can be written below it",
    },
}
GOOD: dict[Callable[[str], Path], str] = {
    folder: "docs",
    file: "wanted.yaml",
    bibtex_file: "docs/refs.bib",
    file_or_folder: "docs",
    new_folder: "new",
    new_file: "new.txt",
}


class PathArgument(NamedTuple):
    """An argument of a command that is a path."""

    command: str
    words: tuple[str, ...]
    """What stands before the path: the command, and the option if it is one."""
    kind: Callable[[str], Path]


def _arguments() -> Iterator[tuple[str, argparse.Action]]:
    for command in COMMANDS:
        for action in parsers_of(command)[1].arguments:
            yield command, action


def _with_required(command: str, path: argparse.Action) -> tuple[str, ...]:
    """Return the words of a command line that lacks no more than the value of *path*, which stands last."""
    parser = parsers_of(command)[1]
    words = command.split()
    for action in parser.arguments:
        if action.required and action is not path and action.dest != path.dest:
            words += [
                *action.option_strings[:1],
                GOOD[parser.paths[action.dest]] if action.dest in parser.paths else "s",
            ]
    return (*words, *path.option_strings[:1])


GIVEN = [
    PathArgument(command, _with_required(command, action), parsers_of(command)[1].paths[action.dest])
    for command, action in _arguments()
    if action.dest in parsers_of(command)[1].paths
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project's folder, in which the command line is."""
    texts = {"docs/conf.py": CONF, "docs/refs.bib": BIB, "docs/surveys/s.yaml": SURVEY, "wanted.yaml": "s: [one]\n"}
    for name, text in {**texts, "docs/index.md": "# P\n\n```{paper-table} s\n```\n\n```{bibliography}\n```\n"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (tmp_path / "circle").symlink_to("circle")
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _said(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main(words)
    return code, capsys.readouterr().err


def test_every_path_is_of_a_kind_that_is_looked_at() -> None:
    """A command that takes a path as a bare text or `Path` would tell what the system says, or nothing."""
    bare = [
        (command, action.dest)
        for command, action in _arguments()
        if action.dest not in parsers_of(command)[1].paths
        and (action.type is Path or action.metavar in {"FILE", "DIR", "SOURCE", "FOLDER"} or action.dest == "directory")
    ]
    assert bare == []
    assert {argument.kind for argument in GIVEN} == set(PATHS) == set(WRONG)
    assert len(GIVEN) > 30


@pytest.mark.parametrize("argument", GIVEN, ids=lambda argument: " ".join(argument.words))
@pytest.mark.usefixtures("here")
def test_a_wrong_path_is_named(argument: PathArgument, capsys: pytest.CaptureFixture[str]) -> None:
    for path, message in WRONG[argument.kind].items():
        code, errors = _said([*argument.words, path], capsys)
        assert (code, errors) == (1, f"{message}\n"), (argument.words, path)


@pytest.mark.parametrize("kind", [folder, file, bibtex_file, file_or_folder])
def test_what_may_not_be_read_is_named(
    kind: Callable[[str], Path], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests may run as a user who may read everything."""

    def refuse(*_arguments: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    name = "docs" if kind is folder else "docs/refs.bib"
    assert kind(name) == Path(name)
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(PathError, match=f"^{name}: it may not be read$"):
        kind(name)
    assert (here / name).exists()


@pytest.mark.usefixtures("here")
def test_a_target_that_is_something_else_is_named_without_the_numbers_of_the_system(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("out/papers.json").mkdir(parents=True)
    code, errors = _said(["export", "out", "--source", "docs"], capsys)
    assert (code, errors) == (1, "out/papers.json: Is a directory\n")


@pytest.mark.parametrize(
    ("words", "code", "shown"),
    [
        (["check", "docs/refs.bib"], 0, "1 survey, 1 paper, 0 relations, 1 reference, 0 problems"),
        (["check", "docs/conf.py"], 0, "1 survey, 1 paper, 0 relations, 1 reference, 0 problems"),
        (["check", "wanted.yaml"], 1, "wanted.yaml: the project in docs does not read this file; name it in"),
        (["check", "image.png"], 1, "image.png: the project in docs does not read this file; it reads surveys,"),
        (["check"], 1, ".: warning: no survey matches surveys/**/*.yaml; name the folder of conf.py: docs [empty]"),
        (["format", "docs/refs.bib", "--dry-run"], 0, "would change docs/refs.bib"),
        (
            ["import", "docs/surveys"],
            1,
            "docs/surveys: this folder has no '_bibliography', as the folder of a site made",
        ),
        (["import", "docs"], 1, "name files of it: docs/index.md docs/refs.bib"),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_path_of_another_kind_is_answered(
    words: list[str], code: int, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == code
    output = capsys.readouterr()
    assert shown in output.out + output.err


def test_one_file_is_checked_with_all_that_belongs_to_it(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    survey, bibliography = here / "docs/surveys/s.yaml", here / "docs/refs.bib"
    survey.write_text(SURVEY.replace("cite: one", "cite: One"), "utf-8")
    bibliography.write_text(BIB.replace("@misc", "@msic"), "utf-8")
    assert main(["check", "docs/refs.bib"]) == 1
    output = capsys.readouterr()
    assert {line.partition(":")[0] for line in output.err.splitlines() if " warning: " in line} == {"docs/refs.bib"}
    assert output.out.splitlines()[-1] == "in other files: 1 more; see `paper-table check docs`"
    assert main(["check", "docs/surveys/s.yaml", "--fix"]) == 0
    assert "cite: one2020" in survey.read_text("utf-8")
    assert "msic" in bibliography.read_text("utf-8")


@pytest.mark.usefixtures("here")
def test_a_file_in_its_form_is_said_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["format", "docs/refs.bib"]) == 0
    assert capsys.readouterr().out == "changed docs/refs.bib\n"
    assert main(["format", "docs/refs.bib"]) == 0
    assert capsys.readouterr().out == "docs/refs.bib is in this form already\n"
    assert main(["format", "docs/refs.bib", "--quiet"]) == 0
    assert capsys.readouterr().out == ""
