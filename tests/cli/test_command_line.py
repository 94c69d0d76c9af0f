"""What holds for every command: exit codes, suggestions, colours, quiet, encodings, and ends that are no mistake."""

from __future__ import annotations

import io
import os
import pty
import re
import signal
import subprocess
import sys
import termios
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

import pytest
from tests.support.projects import write_project

from sphinx_paper_table.cli import COMMANDS, main, parsers_of, running, schema
from sphinx_paper_table.cli.exit_codes import MEANING, Exit
from sphinx_paper_table.cli.printing import is_coloured
from sphinx_paper_table.cli.progress import progress
from sphinx_paper_table.survey.watching import watched
from sphinx_paper_table.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

T = TypeVar("T")
PROGRAM = [sys.executable, "-m", "sphinx_paper_table"]
BIB = "@misc{a2020b,\n  title = {A B},\n  year = {2020},\n}\n"
NEW = "@misc{b2021c,\n  author = {B, C},\n  title = {C D},\n  year = {2021},\n}\n"
SURVEY = "survey: s\ntitle: S\npapers:\n  - {id: one, name: One, cite: a2020b}\n  - {id: two, name: Two}\n"
WRONG = "survey: s\ntitle: S\npapers:\n  - {id: one, name: One, cite: a2020c}\n"
CONF = 'extensions = ["sphinx_paper_table"]\nbibtex_bibfiles = ["refs.bib"]\n'
INDEX = ".. paper-table:: s\n\n.. bibliography::\n"
GOOD = {"conf.py": CONF, "refs.bib": BIB, "surveys/s.yaml": SURVEY, "index.rst": INDEX}
CODES: dict[str, dict[Exit, Sequence[str]]] = {
    "add": {Exit.GOOD: ["-", "--to", "s"], Exit.PROBLEM: ["1911.05722", "--to", "t"], Exit.USAGE: ["1911.05722"]},
    "check": {Exit.GOOD: ["."], Exit.PROBLEM: ["../wrong"], Exit.USAGE: ["--format", "xml"]},
    "completion": {Exit.GOOD: ["zsh"], Exit.USAGE: ["cmd"]},
    "export": {Exit.GOOD: ["out"], Exit.PROBLEM: ["out", "--source", "../wrong"], Exit.USAGE: []},
    "format": {Exit.GOOD: ["refs.bib"], Exit.PROBLEM: ["none.bib"], Exit.USAGE: ["--sort", "size"]},
    "import": {Exit.GOOD: ["../more.bib"], Exit.PROBLEM: ["none.bib"], Exit.USAGE: []},
    "merge": {Exit.GOOD: ["one", "two"], Exit.PROBLEM: ["one", "three"], Exit.USAGE: ["one"]},
    "move": {
        Exit.GOOD: ["two", "--to", "s", "--before", "one"],
        Exit.PROBLEM: ["two", "--to", "t"],
        Exit.USAGE: ["two"],
    },
    "names": {Exit.PROBLEM: [".", "--check"], Exit.GOOD: ["."], Exit.USAGE: [".", "--chekc"]},
    "new": {Exit.GOOD: [".", "--id", "new"], Exit.PROBLEM: [".", "--id", "s"], Exit.USAGE: ["--format", "html"]},
    "rename": {Exit.GOOD: ["one", "first"], Exit.PROBLEM: ["three", "third"], Exit.USAGE: ["one"]},
    "schema": {Exit.GOOD: ["out"], Exit.PROBLEM: ["refs.bib/out"], Exit.USAGE: []},
    "split": {
        Exit.GOOD: ["t", "--groups", "g", "--into", "u"],
        Exit.PROBLEM: ["t", "--groups", "none", "--into", "u"],
        Exit.USAGE: ["t", "--groups", "g"],
    },
    "stats": {Exit.GOOD: ["."], Exit.PROBLEM: ["../wrong"], Exit.USAGE: [".", "other"]},
    "todo": {Exit.GOOD: ["."], Exit.PROBLEM: [".", "--fail-over", "0"], Exit.USAGE: [".", "--months", "0"]},
    "update": {Exit.GOOD: ["--offline"], Exit.PROBLEM: ["three", "--offline"], Exit.USAGE: ["--workflow", "svn"]},
    "translations": {
        Exit.GOOD: ["."],
        Exit.PROBLEM: [".", "--language", "de"],
        Exit.USAGE: ["--langauge", "de"],
    },
    "translations new": {Exit.PROBLEM: ["xx"], Exit.USAGE: []},
}
"""For each command the arguments that lead to an exit code, after its name."""
GROUPS = "survey: t\ntitle: T\ngroups:\n" + "".join(
    f"  - id: {name}\n    title: {name}\n    papers:\n      - {{id: in-{name}, name: N}}\n" for name in ("g", "h")
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder: a project without a mistake, and one with some in ``../wrong``."""
    write_project(tmp_path / "right", GOOD)
    write_project(tmp_path / "wrong", {**GOOD, "surveys/s.yaml": WRONG})
    (tmp_path / "more.bib").write_text(NEW, "utf-8")
    monkeypatch.chdir(tmp_path / "right")
    return tmp_path / "right"


@pytest.mark.parametrize("name", COMMANDS)
def test_exit_codes(name: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(NEW))
    if name == "split":
        write_project(
            project,
            {
                "surveys/t.yaml": GROUPS,
                "t.rst": "T\n=\n\n.. paper-table:: t\n",
                "index.rst": f"{INDEX}\n.. toctree::\n\n   t\n",
            },
        )
    found = {}
    for code, words in CODES[name].items():
        try:
            found[code] = main([*name.split(), *words])
        except SystemExit as end:
            found[code] = int(str(end.code))
    assert found == {code: int(code) for code in CODES[name]}


def test_every_help_says_when_a_command_fails_and_shows_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for name, command in COMMANDS.items():
        with pytest.raises(SystemExit) as end:
            main([*name.split(), "--help"])
        said = " ".join(capsys.readouterr().out.split())
        assert end.value.code == 0
        assert f"and 1 when {command.fails}." in said
        assert "examples: " in said
        assert all(action.help for action in parsers_of(name)[1].arguments)


def test_the_help_names_every_command_and_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert re.findall(r"^    ([a-z]+)(?: |$)", said, re.MULTILINE) == [name for name in COMMANDS if " " not in name]
    assert list(COMMANDS) == sorted(COMMANDS)
    assert re.findall(r"^  (\d+) ", said, re.MULTILINE) == [str(int(code)) for code in MEANING]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["chekc"], "there is no command 'chekc'; did you mean 'check'?"),
        (["--color", "never", "fromat"], "there is no command 'fromat'; did you mean 'format'?"),
        (["check", "--fromat", "json"], "there is no option '--fromat'; did you mean '--format'?"),
        (["check", "--fromat=json"], "there is no option '--fromat=json'; did you mean '--format'?"),
        (["check", "--format", "jsn"], "'jsn' is none of text, json, github, sarif; did you mean 'json'?"),
        (["--color", "alwyas", "check"], "'alwyas' is none of auto, always, never; did you mean 'always'?"),
        (["check", "a", "b"], "one argument too many: 'b'"),
        (["check", "--form", "json"], "there is no option '--form'"),
    ],
)
def test_the_nearest_is_said(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == Exit.USAGE
    assert message in capsys.readouterr().err


def test_the_program_is_called_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check", "--x"])
    assert capsys.readouterr().err.startswith("usage: paper-table check ")
    said = subprocess.run([*PROGRAM, "check", "--x"], capture_output=True, text=True, check=False)
    assert said.stderr.splitlines()[-1] == "python -m sphinx_paper_table check: error: there is no option '--x'"
    assert subprocess.run([*PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout == (
        f"paper-table {VERSION}\n"
    )


def loaded_by_help(commands: Iterable[str]) -> list[str]:
    """Return the modules that are there after the help of *commands*, the words of each joined by a space."""
    code = (
        "import sys; from sphinx_paper_table.cli import main\n"
        "for words in sys.argv[1:]:\n"
        "    try: main([*words.split(), '--help'])\n"
        "    except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    program = [sys.executable, "-c", code, *commands]
    return subprocess.run(program, capture_output=True, text=True, check=True).stderr.split()


def test_help_loads_nothing_that_takes_time() -> None:
    heavy = {
        "sphinx",
        "docutils",
        "pydantic",
        "yaml",
        "pybtex",
        "babel",
        "jinja2",
        "markdown_it",
        "argcomplete",
        "tqdm",
    }
    assert heavy.isdisjoint(loaded_by_help(COMMANDS))
    rooms = {name.split(".")[1] for name in loaded_by_help([""]) if name.startswith("sphinx_paper_table.")}
    assert rooms <= {"cli", "survey", "version", "extending"}


@contextmanager
def on_terminal(command: list[str], **variables: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Run *command* with a terminal, and give the process and the terminal's other end."""
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (24, 80))
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, start_new_session=True, env={**os.environ, **variables}
    )
    os.close(slave)
    try:
        yield process, master
    finally:
        process.kill()
        process.wait()
        os.close(master)


def test_ctrl_c_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(schema, "write_files", lambda *_, **__: signal.raise_signal(signal.SIGINT))
    before = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a shell lets what is in its background ignore it
    try:
        assert main(["schema", str(tmp_path / "out")]) == Exit.INTERRUPTED
    finally:
        signal.signal(signal.SIGINT, before)
    assert capsys.readouterr() == ("", "\ninterrupted\n")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("words", "codes"), [(["--help"], {0, 141}), (["schema", "out", "--dry-run"], {141})])
def test_a_closed_pipe_is_no_mistake(words: list[str], codes: set[int], tmp_path: Path) -> None:
    """Some versions of argparse print no help there and say nothing of it."""
    command = [*PROGRAM, *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, text=True) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert process.returncode in codes


def test_an_error_of_the_system_is_told_in_a_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "refs.bib/x"]) == Exit.PROBLEM
    (line,) = capsys.readouterr().err.splitlines()
    assert "refs.bib" in line


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.mark.parametrize(
    ("option", "variables", "stream", "wanted"),
    [
        ("auto", {}, Terminal(), True),
        ("auto", {}, io.StringIO(), False),
        ("auto", {"NO_COLOR": "1"}, Terminal(), False),
        ("auto", {"FORCE_COLOR": "1"}, io.StringIO(), True),
        ("auto", {"TERM": "dumb"}, Terminal(), False),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, Terminal(), False),
        ("always", {"NO_COLOR": "1"}, io.StringIO(), True),
        ("never", {"FORCE_COLOR": "1"}, Terminal(), False),
    ],
)
def test_colours(
    option: str,
    variables: dict[str, str],
    stream: io.StringIO,
    wanted: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(running.OUTPUT, "colour", option)
    assert is_coloured(stream) is wanted


def test_the_option_for_colours_reaches_the_messages(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--color", "always", "check", "../wrong"], ["check", "../wrong", "--color", "always"]):
        main(words)
        assert "\033[1;" in capsys.readouterr().err
    main(["check", "../wrong", "--color", "never"])
    assert "\033" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [["check", "."], ["rename", "one", "first"], ["format"], ["schema", "out"], ["export", "out"], ["new", "n"]],
)
def test_quiet_says_nothing_when_all_is_well(
    words: list[str], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_project(project, {"refs.bib": BIB.replace("  title", " title")})
    assert main([*words, "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_quiet_keeps_what_is_asked_for_and_what_is_wrong(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quiet", "check", "../wrong"]) == 1
    assert "a2020c" in capsys.readouterr().err
    assert main(["stats", ".", "--quiet"]) == 0
    assert capsys.readouterr().out.startswith("survey ")


def encoded(encoding: str, *, terminal: bool = False) -> tuple[io.BytesIO, io.TextIOWrapper]:
    data = io.BytesIO()
    stream = io.TextIOWrapper(data, encoding=encoding)
    stream.isatty = lambda: terminal  # type: ignore[method-assign]
    return data, stream


def test_output_can_be_of_any_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where a pipe is no UTF-8 and a terminal may be of an old code page."""
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    for terminal, wanted in ((False, "a 图 é".encode()), (True, b"a \\u56fe \xe9")):
        data, stream = encoded("cp1252", terminal=terminal)
        running.make_safe(stream)
        stream.write("a 图 é")
        stream.flush()
        assert data.getvalue() == wanted
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    data, stream = encoded("ascii")
    running.make_safe(stream)
    stream.write("é")
    stream.flush()
    assert data.getvalue() == b"\\xe9"


DRY = [
    ["check", "../wrong", "--fix", "--dry-run"],
    ["check", "../wrong", "--diff"],
    ["export", "out", "--dry-run"],
    ["format", "refs.bib", "--dry-run"],
    ["merge", "one", "two", "--dry-run"],
    ["move", "two", "--to", "s", "--before", "one", "--dry-run"],
    ["names", ".", "--dry-run"],
    ["new", "there", "--dry-run"],
    ["rename", "one", "first", "--dry-run"],
    ["schema", "out", "--dry-run"],
]


@pytest.mark.parametrize("words", DRY, ids=" ".join)
def test_a_dry_run_names_files_and_writes_none(
    words: list[str], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_project(
        project,
        {"refs.bib": BIB.replace("  title", " title"), "../wrong/surveys/s.yaml": SURVEY.replace("a2020b", "A2020b")},
    )
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    main(words)
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before
    assert "--diff" in words or "would " in capsys.readouterr().out


def test_a_bar_appears_on_terminals_after_a_second_only(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "from sphinx_paper_table.cli import progress as p; p.DELAY = {}; print(*p.progress(range(3), 'Looking'))"
    for delay, is_shown in ((1e-9, True), (1e9, False)):
        with on_terminal([sys.executable, "-c", code.format(delay)], TQDM_MININTERVAL="0") as (process, master):
            process.wait()
            shown = os.read(master, 100_000).decode()
        assert "0 1 2" in shown
        assert ("Looking: " in shown) is is_shown
    for attribute, value in (("quiet", True), ("quiet", False)):
        monkeypatch.setattr(running.OUTPUT, attribute, value)
        stream = Terminal() if value else io.StringIO()
        monkeypatch.setattr(sys, "stderr", stream)
        assert list(progress(range(3), "Looking")) == [0, 1, 2]
        assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("command", "loops"),
    [
        (["check", "."], {"Reading surveys", "Reading pages"}),
        (["import", "../more.bib", "--dry-run"], {"Reading", "Planning", "Checking", "Reading surveys"}),
    ],
)
def test_long_loops_of_commands_have_a_bar(
    command: list[str], loops: set[str], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = set()

    def bar(items: Collection[T], doing: str) -> Iterable[T]:
        seen.add(doing)
        return items

    monkeypatch.setattr(import_module(progress.__module__), "progress", bar)
    assert main(command) == 0
    assert seen == loops
    assert list(watched(range(3), "Not watched")) == [0, 1, 2]
    assert seen == loops
