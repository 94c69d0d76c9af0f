"""`translations new` begins a language: everything that a page shows can be translated in the author's own project."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po, write_po
from tests.cli.test_examples import SOURCE
from tests.support.projects import contents, write_project
from tests.support.sites import soup

from sphinx_paper_table.cli import main, parsers_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Build

PAPER = "surveys/deep-nets"
COUNTED = {"index", "surveys", "references", "records/surveys/deep-nets", "sphinx_paper_table"}


def fill(path: Path, translations: dict[str, str]) -> None:
    """Translate some texts of a catalogue, and put "DE " before the others."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        if message.id:
            message.string = translations.get(str(message.id), f"DE {message.id}")
    with path.open("wb") as file:
        write_po(file, catalogue)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a new project, which is the current one."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", ".", "--title", "Deep nets", "--yes"]) == 0
    return tmp_path


def test_a_site_is_translated_from_the_first_command_to_the_last_label(
    project: Path, build: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["translations", "new", "de"]) == 0
    said = capsys.readouterr().out
    folder = project / "locale" / "de" / "LC_MESSAGES"
    assert {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.po")} == COUNTED
    assert "de: 0 of " in said
    assert "-D language=de" in said
    assert "Language: de\\n" in (folder / "index.po").read_text("utf-8")

    assert main(["translations", ".", "--format", "json"]) == 1
    (state,) = json.loads(capsys.readouterr().out)["languages"]
    domains = {domain["domain"]: domain["texts"] for domain in state["domains"]}
    assert domains.keys() == {"records/surveys/deep-nets", "sphinx_paper_table"}, "without templates, of no page"
    assert (state["language"], state["translated"], state["texts"]) == ("de", 0, sum(domains.values()))
    assert len(state["gaps"]) == state["texts"]
    assert set(state["gaps"][0]) == {"path", "line", "message"}

    for path in folder.rglob("*.po"):
        fill(path, {"First papers": "Erste Arbeiten", "Deep nets": "Tiefe Netze", "Summary": "Überblick"})
    assert main(["translations", "."]) == 0
    written = contents(project)
    assert main(["translations", "new", "de"]) == 0
    assert contents(project) == written, "there is nothing to add"

    page = soup(build(project, "-D", "language=de") / f"{PAPER}.html")
    assert page.select_one("h1").find(string=True) == "Tiefe Netze"  # type: ignore[union-attr]
    assert "Erste Arbeiten" in page.get_text()
    assert page.select(".pt-summary")[0].get_text().strip().startswith("DE Each block")
    assert "DE Link to this entry" in str(page), "a label of the extension"

    survey = project / f"{PAPER}.yaml"
    survey.write_text(survey.read_text("utf-8").replace("title: First papers", "title: Early papers"), "utf-8")
    before = (folder / f"records/{PAPER}.po").read_bytes()
    assert main(["translations", "new", "de"]) == 0
    after = (folder / f"records/{PAPER}.po").read_bytes()
    assert after.startswith(before)
    assert after[len(before) :].decode().endswith('msgid "Early papers"\nmsgstr ""\n\n')


def test_a_project_says_a_label_in_its_own_way(project: Path, build: Build, capsys: pytest.CaptureFixture[str]) -> None:
    po = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8"\n\n{}"\n'
    po = po.format('msgid "Link to this entry"\nmsgstr "此篇链接')
    write_project(project, {"locale/zh_CN/LC_MESSAGES/sphinx_paper_table.po": po})
    text = (build(project, "-D", "language=zh_CN") / f"{PAPER}.html").read_text("utf-8")
    assert "此篇链接" in text
    assert "指向此条目的链接" not in text
    assert "标签" in text, "the others are those of the extension"
    main(["translations", "."])
    assert "Link to" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["en"], "conf.py:4:1: 'en' is the language in which the project is written; name another one"),
        (["fe"], "Sphinx has no language 'fe'"),
        (["../de"], "Sphinx has no language '../de'"),
        (["de", "--source", "surveys"], "surveys: there is no conf.py; name the source directory with --source"),
    ],
)
def test_what_cannot_be_begun_is_refused(
    words: list[str], message: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(project)
    assert main(["translations", "new", *words]) == 1
    assert message in capsys.readouterr().err
    assert contents(project) == before


@pytest.mark.parametrize("example", parsers_of("translations new")[1].examples)
def test_the_examples_of_the_help_work(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_project(tmp_path, {**SOURCE, **{f"docs/{name}": text for name, text in SOURCE.items()}})
    monkeypatch.chdir(tmp_path)
    assert main(example.split()[1:]) == 0


def test_a_dry_run_writes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(project)
    assert main(["translations", "new", "de", "--dry-run"]) == 0
    assert "would change locale/de/LC_MESSAGES/index.po\n" in capsys.readouterr().out
    assert contents(project) == before


def test_pages_that_sphinx_cannot_read_are_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (project / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write('extensions += ["no_such_extension"]\n')
    assert main(["translations", "new", "de"]) == 1
    assert "no_such_extension" in capsys.readouterr().err
    assert not (project / "locale").exists()


def test_a_build_that_finds_no_translation_says_so(project: Path, build: Build) -> None:
    message = "there is no translation into 'fr'"
    with pytest.raises(AssertionError, match=message):
        build(project, "-D", "language=fr")
    conf = project / "conf.py"
    conf.write_text(conf.read_text("utf-8").replace('language = "en"', 'language = "fr"'), "utf-8")
    build(project)
    build(project, "-D", "language=fr")
