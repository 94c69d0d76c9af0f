"""`paper-table names` records what others may link to; `check` and the build miss what goes without an alias."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.projects import FILES, contents, write_project

from sphinx_paper_table.cli import main
from sphinx_paper_table.survey.anchors import mark

if TYPE_CHECKING:
    from pathlib import Path


def edit(project: Path, name: str, *changes: tuple[str, str]) -> None:
    path = project / name
    text = path.read_bytes().decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_bytes(text.encode())


def test_the_file_has_every_name_in_order(recorded: Path) -> None:
    lines = (recorded / "docs" / "names.txt").read_text("utf-8").splitlines()
    names = [tuple(line.split("\t")) for line in lines if not line.startswith("#")]
    assert names == sorted(names)
    assert {("method", "moco"), ("method", "former"), ("group", "s#inner"), ("survey", "t"), ("tag", "queue")} < {
        *names
    }
    assert {("key", "lee-2021"), ("benchmark", "quoted"), ("file", "surveys/s.bib"), ("file", "papers.json")} < {*names}
    assert ("file", "results/bench.csv") in names
    assert ("file", "results/quoted.csv") not in names, "it has no numbers"


def test_new_names_are_added_in_their_places_and_the_rest_stays(recorded: Path) -> None:
    path = recorded / "docs" / "names.txt"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n").replace(b"method\tlast", b"# mine\r\nmethod\tlast"))
    before = path.read_bytes()
    edit(
        recorded,
        "docs/surveys/t.yaml",
        ("name: Last", "name: Last\r\n  - {id: late, name: Late}\r\n  - {id: a, name: A}"),
    )
    assert main(["names", "docs", "--check"]) == 1
    assert path.read_bytes() == before
    assert main(["names", "docs"]) == 0
    expected = before.replace(b"method\tformer", b"method\ta\r\nmethod\tformer")
    assert path.read_bytes() == expected.replace(b"method\tlight", b"method\tlate\r\nmethod\tlight")
    assert main(["names", "docs", "--check"]) == 0


GONE = "was published and has gone"
CASES = {
    "method": (
        "docs/surveys/s.yaml",
        "'moco'",
        "'moco2'",
        f"the method 'moco' {GONE}; write `aliases: [moco]` in 'moco2'",
    ),
    "former": ("docs/surveys/s.yaml", "aliases: [former]", "date: 2020", f"the method 'former' {GONE}"),
    "group": (
        "docs/surveys/s.yaml",
        "id: inner",
        "id: iner",
        f"'s#inner' {GONE}; write `aliases: [inner]` in 's#iner'",
    ),
    "survey": ("docs/surveys/t.yaml", "survey: t", "survey: tt", f"the survey 't' {GONE}; write `aliases: [t]`"),
    "tag": (
        "docs/surveys/words.yaml",
        "  queue:",
        "  queues:",
        f"'queue' {GONE}; write `aliases: [queue]` in 'queues'",
    ),
    "benchmark": ("docs/surveys/words.yaml", '"quoted"', '"quote"', f"the benchmark 'quoted' {GONE}"),
    "key": ("refs.bib", "{lee-2021", "{lee2021", f"the key 'lee-2021' {GONE}; write `ids = {{lee-2021}}` in 'lee2021'"),
    "file": ("docs/surveys/s.yaml", "benchmark: bench,", "benchmark: quoted,", f"the file 'results/bench.csv' {GONE}"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_name_that_goes_is_missed(recorded: Path, case: str, capsys: pytest.CaptureFixture[str]) -> None:
    name, old, new, message = CASES[case]
    edit(recorded, name, (old, new))
    assert main(["check", "docs"]) == 1
    said = capsys.readouterr().err
    assert message in said
    assert "[name]" in said


def test_an_alias_is_enough(recorded: Path) -> None:
    edit(recorded, "docs/surveys/words.yaml", ('"quoted":\n', '"quote":\n    aliases: [quoted]\n'))
    assert main(["check", "docs"]) == 0


def test_names_keep_what_is_missed(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(recorded, "docs/surveys/words.yaml", ('"quoted"', '"another"'))
    assert main(["names", "docs"]) == 1
    lines = (recorded / "docs" / "names.txt").read_text("utf-8").splitlines()
    assert {"benchmark\tquoted", "benchmark\tanother"} < {*lines}
    assert "'quoted' was published" in capsys.readouterr().err


def test_one_cause_has_one_message(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that cannot be read whole takes many names away, and none of them is the mistake."""
    edit(recorded, "docs/surveys/t.yaml", ("title: T", "title: [T"))
    assert main(["check", "docs"]) == 1
    assert "[name]" not in capsys.readouterr().err
    before = contents(recorded)
    assert main(["names", "docs"]) == 1
    assert contents(recorded) == before


def test_the_place_of_the_file_is_a_setting(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(recorded, "docs/conf.py", ("exclude", 'paper_table_names = "data/public"\nexclude'))
    assert main(["names", "docs"]) == 0
    assert (recorded / "docs" / "data" / "public").read_bytes() == (recorded / "docs" / "names.txt").read_bytes()
    capsys.readouterr()
    for name in ("../names.txt", "/etc/names", "a\\nb"):
        write_project(recorded, {"docs/conf.py": FILES["docs/conf.py"] + f'paper_table_names = "{name}"\n'})
        assert main(["check", "docs"]) == 1
        assert "paper_table_names" in capsys.readouterr().err


def test_an_anchor_that_changes_its_owner_is_missed(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of two ids that would have one anchor, the first has it: who comes later must not take it."""
    entries = "papers:\n- {id: a.b, name: One}\n"
    write_project(recorded, {"docs/surveys/u.yaml": f"survey: u\ntitle: U\n{entries}"})
    assert main(["names", "docs"]) == 0
    edit(recorded, "docs/surveys/u.yaml", ("- {id: a.b", "- {id: a-b, name: Two}\n- {id: a.b"))
    capsys.readouterr()
    assert main(["check", "docs"]) == 1
    assert "the anchor of the method 'a.b' was another one" in capsys.readouterr().err
    edit(
        recorded,
        "docs/surveys/u.yaml",
        ("- {id: a-b, name: Two}\n", ""),
        ("name: One}\n", "name: One}\n- {id: a-b, name: Two}\n"),
    )
    assert main(["names", "docs"]) == 0
    lines = (recorded / "docs" / "names.txt").read_text("utf-8").splitlines()
    assert {"method\ta.b", f"method\ta-b\tpaper-a-b-{mark('a-b')}"} <= {*lines}
