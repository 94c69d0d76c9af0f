"""Every kind of bad input, each as a real build and as a plain call of the front end.

A directory of ``data/`` is a case: files that replace or add to those of `project`, and ``expected.txt`` with the
methods that are still shown on the page ``bad`` and the exact messages. Those that take a parser of texts, and so are
said by builds only, begin with ``build:``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.bad_input.project import Outcome, Project, assert_harmless, assert_kept

DATA = Path(__file__).with_name("data")
CASES = sorted(path.name for path in DATA.iterdir())
GOOD_BAD = (
    "survey: bad\ntitle: Bad\npapers:\n  - id: one\n    name: One\n    summary: Übrig.\n  - id: two\n    name: Two\n"
)
LATIN_BIB = "@misc{x,\n  author = {Müller, A},\n  title = {T}, year = 2000}\n"
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
CRLF_HINT = (
    "save it with LF; the line `*.yaml text eol=lf` in .gitattributes keeps git from changing it back [encoding]"
)
UTF8_HINT = "convert the file to UTF-8 (`iconv -t UTF-8`) [encoding]"
SYNTAX_HINT = (
    "check indentation, and quote texts that contain ': ' or ' #', or begin with one of `@%[{*&!|>'\"` [syntax]"
)


BUILD = "build: "


def _is_ours(message: str) -> bool:
    """Whether we say this; what other extensions say when they read a page is not repeated."""
    return "[bibtex." not in message and "[myst." not in message


def check(project: Project, shown: list[str], messages: list[str]) -> None:
    """Build twice and check; everything is said each time, in one order, and nothing good is lost."""
    by_builds = {message.removeprefix(BUILD) for message in messages if message.startswith(BUILD)}
    messages = [message.removeprefix(BUILD) for message in messages]
    first = project.build()
    assert "Traceback" not in first.log
    assert sorted(first.messages) == sorted(messages), first.log
    assert first.code == 0
    assert project.shown("bad") == shown
    assert_kept(project)
    assert_harmless(project)
    again = project.build(strict=True)
    lasting = list(filter(_is_ours, messages))
    assert sorted(filter(_is_ours, again.messages)) == sorted(lasting), again.log
    assert again.code == (1 if lasting else 0)
    assert _read(again) == 0 or any("surveys/nothere.yaml" in message for message in messages)
    told = [message for message in again.messages if _is_ours(message) and message not in by_builds]
    assert project.check() == told


def _read(outcome: Outcome) -> int:
    counts = outcome.log.partition("updating environment: ")[2].partition("\n")[0]
    return sum(int(word) for word in counts.split() if word.isdigit())


@pytest.mark.parametrize("name", CASES)
def test_bad_files_cost_only_themselves(name: str, tmp_path: Path) -> None:
    project = Project(tmp_path)
    for path in (DATA / name).rglob("*"):
        if path.is_file() and path.name != "expected.txt":
            project.write(path.relative_to(DATA / name).as_posix(), path.read_bytes())
    if (project.source / "bad.rst").exists():
        (project.source / "bad.md").unlink()
    shown, *messages = (DATA / name / "expected.txt").read_text("utf-8").splitlines()
    check(project, shown.removeprefix("shown:").split(), messages)


@pytest.mark.parametrize(
    ("content", "shown", "messages"),
    [
        (
            GOOD_BAD.encode("latin-1"),
            ["one", "two"],
            [f"surveys/bad.yaml:6:14: byte 0xdc is not UTF-8; {UTF8_HINT}"],
        ),
        (
            GOOD_BAD.encode("utf-16-le"),
            ["one", "two"],
            [
                (
                    "surveys/bad.yaml:1:1: the file is UTF-16; convert the file to UTF-8 (`iconv -f UTF-16 -t UTF-8`) "
                    "[encoding]"
                )
            ],
        ),
        (
            (BOM + GOOD_BAD).encode(),
            ["one", "two"],
            ["surveys/bad.yaml:1:1: the file begins with a byte-order mark; save it as plain UTF-8 [encoding]"],
        ),
        (
            GOOD_BAD.replace("\n", "\r\n").encode(),
            ["one", "two"],
            [f"surveys/bad.yaml:1:1: lines end with CR LF; {CRLF_HINT}"],
        ),
        (
            GOOD_BAD.replace("Übrig.", "x" * 10**7).encode(),
            ["one", "two"],
            [
                (
                    "surveys/bad.yaml:6:14: the text is 10,000,000 characters long; the limit is 100,000; it is "
                    "left out [too-large]"
                )
            ],
        ),
    ],
    ids=["latin-1", "utf-16", "byte-order-mark", "crlf", "10-mb"],
)
def test_odd_encodings_and_sizes_of_a_survey(
    content: bytes, shown: list[str], messages: list[str], tmp_path: Path
) -> None:
    project = Project(tmp_path)
    project.write("surveys/bad.yaml", content)
    check(project, shown, messages)


@pytest.mark.parametrize(
    ("content", "messages"),
    [
        (
            LATIN_BIB.encode("latin-1"),
            [
                (
                    "refs.bib:2:14: byte 0xfc is not UTF-8; the file is read as Windows-1252; "
                    "convert it to UTF-8 (`iconv -f WINDOWS-1252 -t UTF-8`) [encoding]"
                )
            ],
        ),
        ((BOM + LATIN_BIB).encode(), []),
        (LATIN_BIB.replace("\n", "\r\n").encode(), []),
        (
            LATIN_BIB.replace("{T}", "{" + "T" * 10**7 + "}").encode(),
            [
                (
                    "refs.bib:3:3: entry 'x': the title is 10,000,000 characters long; the limit is 100,000; "
                    "it is left out [too-large]"
                ),
            ],
        ),
    ],
    ids=["latin-1", "byte-order-mark", "crlf", "10-mb"],
)
def test_odd_encodings_and_sizes_of_a_bibliography(content: bytes, messages: list[str], tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("surveys/bad.yaml", GOOD_BAD)
    project.write("refs.bib", content)
    check(project, ["one", "two"], messages)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("surveys/bad.yaml", GOOD_BAD)
    (project.source / "surveys/directory.yaml").mkdir()
    (project.source / "surveys/dangling.yaml").symlink_to("nowhere")
    (project.source / "refs.bib").unlink()
    hint = "check that the file exists and may be read [unreadable]"
    folder = "name the files in it, as in 'surveys/**/*.yaml' [unreadable]"
    messages = [
        f"refs.bib:1:1: the file cannot be read: No such file or directory; {hint}",
        f"surveys/dangling.yaml:1:1: the file cannot be read: No such file or directory; {hint}",
        f"surveys/directory.yaml:1:1: the file cannot be read: this is a folder; {folder}",
    ]
    first, again = project.build(), project.build(strict=True)
    assert [message for message in first.messages if "unreadable" in message] == messages
    assert "Traceback" not in first.log
    assert [message for message in again.messages if "unreadable" in message] == messages
    assert (first.code, again.code) == (0, 1)
    assert [found for found in project.check() if "unreadable" in found] == messages
    assert project.shown("bad") == ["one", "two"]
    assert_kept(project)


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("paper_table_surveys=../*.yaml", "the pattern '../*.yaml' leaves the source directory"),
        ("paper_table_surveys=/etc/*.yaml", "the pattern '/etc/*.yaml' leaves the source directory"),
        ("paper_table_surveys=", "'' is not a pattern"),
        ("paper_table_layout=crads", "there is no layout 'crads'; did you mean 'cards'?"),
    ],
)
def test_configuration_that_cannot_be_used_is_replaced_by_the_default(
    option: str, message: str, tmp_path: Path
) -> None:
    project = Project(tmp_path, ["-D", option])
    project.write("surveys/bad.yaml", GOOD_BAD)
    for strict in (False, True):
        outcome = project.build(strict=strict)
        name = option.partition("=")[0]
        assert f"WARNING: conf.py: {name} = " in outcome.log
        assert f" is not valid: {message}; using " in outcome.log
        assert "Traceback" not in outcome.log
        assert outcome.code == int(strict)
    assert project.shown("bad") == ["one", "two"]
    assert_kept(project)
