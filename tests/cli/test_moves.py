"""`move`, `merge` and `split` take records elsewhere with all that belongs to them; what others use leads on."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.support.projects import FILES, contents, write_project

from sphinx_paper_table.cli import main

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str) -> int:
    return main([*arguments, "--source", "docs"])


def text(project: Path, name: str) -> str:
    return (project / name).read_bytes().decode()


def test_a_record_moves_with_its_comments_and_is_indented_as_its_neighbours(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(recorded)
    assert run("move", "moco", "--to", "t#g") == 0
    assert text(recorded, "docs/surveys/t.yaml").endswith(
        "    name: Last\r\n  # It all began here\r\n  - id:   'moco'\r\n    name: MoCo\r\n"
        '    cite: [he2020momentum, "lee-2021"]   # two\r\n    summary: >-\r\n'
        "      Folded text, with {paper}`loose` and {cite:p}`he2020momentum,lee-2021`;\r\n"
        "      it's {paper}`the one <moco>`.\r\n    tags:\r\n      - queue   # a tag\r\n\r\n      - other\r\n"
        "    results:\r\n      - {benchmark: bench, value: 60.6, source: he2020momentum}"
    )
    assert "It all began here" not in text(recorded, "docs/surveys/s.yaml")
    assert main(["check", "docs", "--format", "github"]) == 1
    assert capsys.readouterr().out.count("::the table is empty; no paper fits") == 1, "it has shown this one alone"
    assert run("move", "moco", "--to", "s#g", "--before", "second") == 0
    assert contents(recorded) == before


ORDERS = [("moco", "s#inner", ""), ("third", "s#g", "second"), ("last", "s", ""), ("second", "t#g", "last")]


@pytest.mark.parametrize(("name", "target", "beside"), ORDERS)
def test_a_record_moves_anywhere(recorded: Path, name: str, target: str, beside: str) -> None:
    assert run("move", name, "--to", target, *(["--before", beside] if beside else [])) == 0
    assert main(["check", "docs"]) == 0


def test_a_list_that_is_emptied_comes_back(recorded: Path) -> None:
    before = contents(recorded)
    assert run("move", "third", "--to", "t#g") == 0
    assert "papers" not in text(recorded, "docs/surveys/s.yaml").partition("id: inner")[2]
    assert run("move", "third", "--to", "s#inner") == 0
    assert contents(recorded) == before


def test_translations_move_with_a_record(recorded: Path) -> None:
    catalogue = "docs/locale/de/LC_MESSAGES/records/surveys"
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    own = '#: s.yaml:3\nmsgid ""\n"A \\"quoted\\" {paper}`moco` é "\n"{paper}`s#g`"\nmsgstr "Z"\n'
    first, last = 'msgid "Survey: one"\nmsgstr "X"\n', 'msgid "Third"\nmsgstr "Y"\n'
    write_project(recorded, {f"{catalogue}/s.po": f"{header}\n{first}\n{own}\n{last}", f"{catalogue}/t.po": header})
    before = contents(recorded)
    assert run("move", "second", "--to", "t#g") == 0
    assert text(recorded, f"{catalogue}/s.po") == f"{header}\n{first}\n{last}"
    assert text(recorded, f"{catalogue}/t.po") == f"{header}\n{own}"
    assert run("move", "second", "--to", "s#g") == 0
    assert contents(recorded) == before


def test_a_translation_that_others_share_stays_where_it_is(recorded: Path) -> None:
    catalogue = "docs/locale/de/LC_MESSAGES/records/surveys"
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    texts = [f'msgid "{said}"\nmsgstr "X"\n' for said in ("One", "Shared.", "Own.", "Two")]
    papers = (
        "  - id: one\n    name: One\n    summary: Shared.\n    points: [Own.]\n"
        "  - id: two\n    name: Two\n    summary: Shared.\n"
    )
    files = {f"{catalogue}/u.po": "\n".join([header, *texts]), f"{catalogue}/t.po": header}
    write_project(recorded, {**files, "docs/surveys/u.yaml": f"survey: u\ntitle: U\npapers:\n{papers}"})
    before = contents(recorded)
    assert run("move", "one", "--to", "t#g") == 0
    assert text(recorded, f"{catalogue}/u.po") == "\n".join([header, texts[1], texts[3]])
    assert text(recorded, f"{catalogue}/t.po") == "\n".join([header, *texts[:3]])
    assert run("move", "one", "--to", "u", "--before", "two") == 0
    assert contents(recorded) == before


def test_two_references_become_one(recorded: Path) -> None:
    assert run("merge", "he2020momentum", "lee-2021") == 0
    bib = text(recorded, "refs.bib")
    assert "@misc" not in bib
    assert "  year      = 2020,\n  ids       = {lee-2021}\n}" in bib
    assert "{cite:p}`he2020momentum,he2020momentum`" in text(recorded, "docs/surveys/s.yaml")
    assert main(["check", "docs"]) == 0


def test_two_terms_become_one(recorded: Path) -> None:
    assert run("merge", "queue", "other") == 0
    words = text(recorded, "docs/surveys/words.yaml")
    assert "  other: {name: other}\n" not in words
    assert "    name: queue\n    aliases: [other]\n" in words
    assert main(["check", "docs"]) == 0


def test_a_method_that_says_nothing_of_its_own_becomes_another(recorded: Path) -> None:
    write_project(recorded, {"docs/surveys/t.yaml": FILES["docs/surveys/t.yaml"] + "\r\n    date: 2019\r\n"})
    assert run("merge", "third", "last") == 0
    assert "          - id: third\n            aliases: [last]\n" in text(recorded, "docs/surveys/s.yaml")
    assert "last" not in text(recorded, "docs/surveys/t.yaml")
    assert main(["check", "docs"]) == 0


def test_groups_become_a_survey_and_their_addresses_lead_on(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page stands beside that of the old survey, and behind it in the contents.

    A lineage of the old survey around a method that has gone is for the author to decide, and `check` says so.
    """
    index = "# Home\n\n```{toctree}\nThe first <s>\npage\n```\n"
    page = "# S\n\n{paper:group}`s#inner`\n\n```{paper-table} s\n```\n\n```{paper-table} s#g\n:ids: moco\n```\n"
    tables = "# T\n\n```{paper-table} t\n```\n"
    catalogue = "docs/locale/de/LC_MESSAGES/records/surveys"
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    message = 'msgid "A \\"quoted\\" {paper}`moco` é {paper}`s#g`"\nmsgstr "Z {paper}`s#g`"\n'
    write_project(recorded, {"docs/index.md": index, "docs/s.md": page, "docs/tables.md": tables})
    write_project(recorded, {f"{catalogue}/s.po": f"{header}\n{message}"})
    assert run("split", "s", "--groups", "g", "--into", "giants", "--title", "Giants: all") == 0
    new = text(recorded, "docs/surveys/giants.yaml")
    head = "survey: giants\ntitle: 'Giants: all'\n\ngroups:\n    # The first group\n"
    assert new.startswith(f"{head}  - id: g\n    aliases: [s#g]\n    title: G\n")
    assert "        aliases: [s#inner]\n" in new
    assert "{paper}`giants#g`" in new, "what the records say of themselves"
    assert "groups:" not in text(recorded, "docs/surveys/s.yaml")
    assert text(recorded, "docs/giants.md") == "# Giants: all\n\n```{paper-table} giants\n```\n"
    assert "The first <s>\ngiants\npage\n" in text(recorded, "docs/index.md")
    assert text(recorded, f"{catalogue}/giants.po") == f"{header}\n{message.replace('s#g', 'giants#g')}"
    assert text(recorded, f"{catalogue}/s.po") == header
    assert "{paper:group}`giants#inner`" in text(recorded, "docs/s.md")
    assert "{paper-table} giants#g\n" in text(recorded, "docs/s.md")
    capsys.readouterr()
    assert main(["check", "docs", "--format", "github"]) == 1
    (problem,) = (line for line in capsys.readouterr().out.splitlines() if line.startswith("::warning"))
    assert "docs/page.rst,line=6" in problem
    assert "the lineage is empty" in problem


def test_a_list_in_brackets_is_left_to_the_author(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_project(
        recorded, {"docs/surveys/u.yaml": "survey: u\ntitle: U\npapers: [{id: u1, name: U1}, {id: u2, name: U2}]\n"}
    )
    before = contents(recorded)
    assert run("move", "u1", "--to", "t#g") == 1
    assert run("move", "moco", "--to", "u") == 1
    said = capsys.readouterr().err.splitlines()
    assert all("u.yaml:3:" in line and "is written in brackets" in line for line in said)
    assert contents(recorded) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["rename", "moco", "moco-v1"],
        ["move", "moco", "--to", "t#g"],
        ["merge", "queue", "other"],
        ["split", "s", "--groups", "g", "--into", "x"],
    ],
)
def test_what_is_shown_is_a_patch_that_can_be_taken_back(
    recorded: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """In a file with CR LF too."""
    before = contents(recorded)
    capsys.readouterr()
    assert run(*arguments, "--diff") == 0
    patch = capsys.readouterr().out.encode()
    assert contents(recorded) == before
    assert run(*arguments) == 0
    after = contents(recorded)
    assert after != before
    for options, wanted in ((["-R"], before), ([], after)):
        subprocess.run(["git", "apply", *options, "--whitespace=nowarn"], input=patch, cwd=recorded, check=True)
        assert contents(recorded) == wanted


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["move", "moco", "--to", "t#nowhere"], "there is no survey or group 't#nowhere'"),
        (["move", "mocco", "--to", "t#g"], "there is no method 'mocco'; did you mean 'moco'?"),
        (["move", "moco", "--to", "t#g", "--before", "third"], "'t#g' has no 'third' in its own list"),
        (["move", "moco", "--to", "../x"], "there is no survey or group '../x'"),
        (["merge", "moco", "second"], "'second' says something of its own in 'summary', 'relations'"),
        (["merge", "moco", "queue"], "'moco' and 'queue' are not of one kind"),
        (["merge", "moco", "moco"], "'moco' is one already"),
        (["merge", "bench", "x\ny"], "nothing is called 'x\\ny'"),
        (["split", "s", "--groups", "g", "--into", "../x"], "'../x' is not an id"),
        (["split", "s", "--groups", "g", "--into", "t"], "there is a survey 't' already"),
        (["split", "s", "--groups", "inner", "--into", "x"], "the group 'inner' stands in another group"),
        (["split", "s", "--groups", "h", "--into", "x"], "'s' has no group 'h'"),
        (["split", "../s", "--groups", "h", "--into", "x"], "there is no survey '../s'"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    recorded: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(recorded)
    assert run(*arguments) == 1
    assert message in capsys.readouterr().err
    assert contents(recorded) == before


UNDONE = [
    ["merge", "he2020momentum", "lee-2021"],
    ["split", "s", "--groups", "g", "--into", "apart"],
    ["move", "moco", "--to", "t#g"],
    ["rename", "s#g", "s#h"],
]


@pytest.mark.parametrize("command", UNDONE, ids=[command[0] for command in UNDONE])
def test_what_diff_shows_takes_a_change_back(
    command: list[str], recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the guide says: each file has its bytes again, and those that were made are gone."""
    before = contents(recorded)
    capsys.readouterr()
    assert run(*command, "--diff") == 0
    patch = capsys.readouterr().out
    assert run(*command) == 0
    assert contents(recorded) != before
    subprocess.run(["git", "apply", "-R"], input=patch.encode(), cwd=recorded, check=True)
    assert contents(recorded) == before
