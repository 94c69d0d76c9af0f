"""`paper-table rename` changes a name wherever it stands, and nothing else; renamed back, every byte is as before."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from tests.support.projects import FILES, contents, write_project

from sphinx_paper_table.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a project, which is the current one."""
    monkeypatch.chdir(tmp_path)
    write_project(tmp_path)
    return tmp_path


def rename(*arguments: str) -> int:
    return main(["rename", *arguments, "--source", "docs"])


def test_the_project_has_no_problems(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "docs"]) == 0, capsys.readouterr().err


def test_a_method_gets_another_name(project: Path) -> None:
    before = contents(project)
    assert rename("moco", "moco-v1") == 0
    after = contents(project)
    expected = before["docs/surveys/s.yaml"].decode()
    for old, new in (
        ("All of {paper}`moco`", "All of {paper}`moco-v1`"),
        ("- id:   'moco'\n", "- id:   'moco-v1'\n        aliases: [moco]\n"),
        ("{paper}`the one <moco>`", "{paper}`the one <moco-v1>`"),
        ('"A \\"quoted\\" {paper}`moco`', '"A \\"quoted\\" {paper}`moco-v1`'),
        ("[{to: moco, why: 'it''s like {paper}`moco`'}]", "[{to: moco-v1, why: 'it''s like {paper}`moco-v1`'}]"),
    ):
        assert old in expected
        expected = expected.replace(old, new)
    assert after["docs/surveys/s.yaml"].decode() == expected
    assert after["docs/surveys/t.yaml"] == before["docs/surveys/t.yaml"].replace(b"moco", b"moco-v1")
    page = (
        before["docs/index.md"]
        .replace(b"{paper}`moco`,", b"{paper}`moco-v1`,")
        .replace(b"#paper-moco", b"#paper-moco-v1")
    )
    assert after["docs/index.md"] == page.replace(b":ids: moco", b":ids: moco-v1")
    rest = (
        before["docs/page.rst"]
        .replace(b"\n:paper:`moco` and", b"\n:paper:`moco-v1` and")
        .replace(b":of: moco", b":of: moco-v1")
    )
    assert after["docs/page.rst"] == rest
    assert b"#: index.md:3 moco\n" in after["docs/locale/de/LC_MESSAGES/index.po"]
    assert b'msgstr "siehe {paper}`moco-v1`"' in after["docs/locale/de/LC_MESSAGES/records/surveys/s.po"]
    assert after["docs/drafts/old.md"] == before["docs/drafts/old.md"]
    assert after["refs.bib"] == before["refs.bib"]
    assert main(["check", "docs"]) == 0


def test_a_key_keeps_its_former_one(project: Path) -> None:
    before = contents(project)
    assert rename("he2020momentum", "he2020moco") == 0
    after = contents(project)
    expected = before["refs.bib"].replace(b"{he2020momentum,\n", b"{he2020moco,\n")
    expected = expected.replace(b"= 2020\n", b"= 2020,\n  ids       = {he2020momentum}\n")
    assert after["refs.bib"] == expected.replace(b"crossref = {he2020momentum}", b"crossref = {he2020moco}")
    assert b'cite: [he2020moco, "lee-2021"]   # two' in after["docs/surveys/s.yaml"]
    assert b"source: he2020moco}" in after["docs/surveys/s.yaml"]
    assert b"{cite:p}`{see}he2020moco{p. 3}`" in after["docs/index.md"]
    assert main(["check", "docs"]) == 0


def test_a_venue_gets_its_new_name(project: Path) -> None:
    before = contents(project)
    assert rename("NIPS", "NeurIPS") == 0
    after = contents(project)
    words = before["docs/surveys/words.yaml"].replace(b"short: NIPS}", b"short: NeurIPS, aliases: [NIPS]}")
    assert after["docs/surveys/words.yaml"] == words.replace(
        b"{name: Neural Things, short: NeurIPS, aliases: [NIPS]}",
        b"{name: Neural Things, aliases: [NIPS], short: NeurIPS}",
    )
    assert b":venues: NeurIPS, CVPR\n" in after["docs/index.md"]


RENAMINGS = [
    *(("method", name) for name in ("moco", "loose", "second", "third", "last")),
    *(("key", name) for name in ("he2020momentum", "lee-2021")),
    *(("group", name) for name in ("s#g", "s#inner", "t#g")),
    *(("survey", name) for name in ("s", "t")),
    *(("tag", name) for name in ("queue", "other")),
    *(("benchmark", name) for name in ("bench", "quoted")),
    *(("venue", name) for name in ("NIPS", "A Journal")),
]


@pytest.mark.parametrize("is_recorded", [True, False])
def test_every_renaming_and_its_inverse_leave_no_trace(
    project: Path,
    is_recorded: bool,  # noqa: FBT001 (a parameter of pytest)
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Several after each other, and back in the other order; also where names are on record."""
    if is_recorded:
        assert main(["names", "docs"]) == 0
    chance = random.Random(3)  # noqa: S311 (no secret)
    before = contents(project)
    for _ in range(6):
        done: list[tuple[str, str, str]] = []
        for kind, name in chance.sample(RENAMINGS, 3):
            # Groups of a survey that has another name now have another address.
            address = next(
                (f"{new}#{name.partition('#')[2]}" for _, old, new in done if name.startswith(f"{old}#")), name
            )
            new = f"{address.partition('#')[0]}#new-{len(done)}" if kind == "group" else f"new-{kind}-name-{len(done)}"
            assert rename(address, new, "--kind", kind) == 0, capsys.readouterr().err
            done.append((kind, address, new))
        assert main(["check", "docs"]) == 0, capsys.readouterr().err
        for kind, old, new in reversed(done):
            assert rename(new, old, "--kind", kind) == 0, capsys.readouterr().err
        assert contents(project) == before


def test_a_name_that_nobody_knows_gets_no_alias(project: Path) -> None:
    assert main(["names", "docs"]) == 0
    path = project / "docs" / "names.txt"
    path.write_text(path.read_text("utf-8").replace("method\tlast\n", ""), "utf-8")
    assert rename("last", "latest") == 0
    assert "aliases" not in (project / "docs" / "surveys" / "t.yaml").read_text("utf-8")
    before = contents(project)
    assert rename("third", "thirdly", "--no-alias") == 1, "somebody may have linked to it"
    assert contents(project) == before
    path.unlink()
    assert rename("third", "thirdly", "--no-alias") == 0
    assert "aliases: [third]" not in (project / "docs" / "surveys" / "s.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["mocco", "x"], "nothing is called 'mocco'; did you mean 'moco'?"),
        (
            ["s#moco", "x"],
            "'moco' is a method, which is named by its id alone: write 'moco'",
        ),
        (["s#innr", "x"], "nothing is called 's#innr'; did you mean 's#inner'?"),
        (["inner", "x"], "nothing is called 'inner'; a group is named SURVEY#GROUP: write 's#inner'"),
        (
            ["quite another", "x"],
            "nothing is called 'quite another'; methods, surveys, tags, benchmarks",
        ),
        (["moco", "second"], "there is a method 'second' already"),
        (["moco", "former"], "'former' is a former name of 'second'"),
        (["former", "x"], "'former' is a former name of the method 'second'"),
        (["moco", "../x"], "'../x' is not an id"),
        (["moco", "a\nb"], "'a\\nb' is not an id"),
        (["moco", "s#moco"], "'s#moco' is not an id"),
        (["s#g", "t#h"], "a group is renamed within its survey"),
        (["s#g", "s#inner"], "there is a group 's#inner' already"),
        (["he2020momentum", "a,b"], "'a,b' is not a cite key"),
        (["he2020momentum", "LEE-2021"], "there is a key 'LEE-2021' already"),
        (["NIPS", "A\nB"], "'A\\nB' is not a name"),
        (["moco", "moco"], "it is called 'moco' already"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    project: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(project)
    assert rename(*arguments) == 1
    assert message in capsys.readouterr().err
    assert contents(project) == before


def test_a_name_of_two_things_is_asked_for(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_project(
        project,
        {
            "docs/surveys/s.yaml": FILES["docs/surveys/s.yaml"]
            .replace("survey: s ", "survey: moco ")
            .replace("s#g", "moco#g"),
            "docs/index.md": FILES["docs/index.md"].replace("s#g", "moco#g"),
        },
    )
    assert rename("moco", "x") == 1
    assert "'moco' is the name of a method and a survey; say which with --kind method" in capsys.readouterr().err
    assert rename("moco", "x", "--kind", "survey") == 0
    assert b"{paper}`moco`" in contents(project)["docs/index.md"], "the method"


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_nothing_is_written_when_it_is_only_shown(
    project: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(project)
    assert rename("moco", "moco-v1", option) == 0
    shown = capsys.readouterr().out
    assert contents(project) == before
    if option == "--diff":
        assert "--- a/docs/page.rst\n+++ b/docs/page.rst\n@@ " in shown
        assert "+:paper:`moco-v1` and" in shown
    else:
        assert "would change docs/surveys/s.yaml\n" in shown


def test_aliases_and_anchors_of_yaml_are_left_to_the_author(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = FILES["docs/surveys/s.yaml"].replace("id:   'moco'", "id: &moco moco").replace("to: moco", "to: *moco")
    write_project(project, {"docs/surveys/s.yaml": text})
    before = contents(project)
    assert rename("moco", "x") == 1
    assert "docs/surveys/s.yaml:23:13: this has an anchor or a tag" in capsys.readouterr().err
    assert contents(project) == before


def test_a_file_that_cannot_be_read_stops_all(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_project(project, {"docs/surveys/t.yaml": "survey: t\ntitle: [\n"})
    before = contents(project)
    assert rename("moco", "x") == 1
    assert "docs/surveys/t.yaml:3:1: the YAML cannot be parsed here; mend it first" in capsys.readouterr().err
    assert contents(project) == before


def test_files_of_programs_and_hostile_ones_are_left_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_project(
        project, {"docs/.venv/lib/page.md": "{paper}`moco`\n", "docs/node_modules/x/page.md": "{paper}`moco`\n"}
    )
    before = contents(project)
    assert rename("moco", "moco-v1") == 0
    after = contents(project)
    assert [name for name in before if "page.md" in name and after[name] != before[name]] == []
    for text in (
        "[" * 500,
        "survey: u\npapers: " + "[" * 300 + "]" * 300,
        "survey: u\ntitle: &a [*a]\n",
        "? [a]\n: b\n",
        "x: !!python/none a",
    ):
        write_project(project, {"docs/surveys/u.yaml": text})
        rename("moco-v1", "moco")
        assert "Traceback" not in capsys.readouterr().err
