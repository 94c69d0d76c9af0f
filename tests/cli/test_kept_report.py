"""A check of what has not changed says the same without reading it; whatever has changed, or is damaged, is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_paper_table.cli import files, main

if TYPE_CHECKING:
    from pathlib import Path

SURVEY = "survey: s\ntitle: S\npapers:\n  - id: one\n    name: One\n    cite: lost\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kept"))
    source = tmp_path / "site" / "docs"
    (source / "surveys").mkdir(parents=True)
    (source / "surveys/s.yaml").write_text(SURVEY, "utf-8")
    (source / "conf.py").write_text('extensions = ["sphinx_paper_table"]\nbibtex_bibfiles = ["../../x.bib"]\n', "utf-8")
    (source / "index.md").write_text("# P\n\n```{paper-table} s\n```\n", "utf-8")
    (tmp_path / "x.bib").write_text("@misc{found, title = {T}, author = {A, B}, year = 2000}\n", "utf-8")
    return source


class Reader:
    """Counts how often the files are read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self._read = files.read_source
        monkeypatch.setattr(files, "read_source", self)

    def __call__(self, options: object) -> object:
        """Read them."""
        self.count += 1
        return self._read(options)  # type: ignore[arg-type]


def check(source: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["check", str(source), *arguments])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_the_second_check_reads_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reader = Reader(monkeypatch)
    first = check(project, capsys)
    assert first[0] == 1
    assert "unknown-citation" in first[1]
    assert check(project, capsys) == first
    assert check(project, capsys, "--format", "json")[0] == 1
    assert reader.count == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("surveys/s.yaml", SURVEY + "    summary: more\n"),
        ("surveys/t.yaml", SURVEY.replace("one", "two")),
        ("conf.py", 'extensions = ["sphinx_paper_table"]\n'),
        ("index.md", "# P\n"),
        ("../../x.bib", "@misc{lost, title = {T}, author = {A, B}, year = 2000}\n"),
        ("../pyproject.toml", "[tool.paper-table]\nnothing = 1\n"),
        ("../other.bib", ""),
    ],
)
def test_what_has_changed_is_read(
    name: str, text: str, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reader = Reader(monkeypatch)
    check(project, capsys)
    (project / name).write_text(text, "utf-8")
    changed = check(project, capsys)
    assert reader.count == 2
    assert check(project, capsys) == changed
    assert reader.count == 2


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"cut"])
def test_a_damaged_report_is_made_anew(
    damage: bytes, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reader = Reader(monkeypatch)
    first = check(project, capsys)
    for kept in (project.parents[1] / "kept/sphinx-paper-table").iterdir():  # what was parsed is kept beside it
        kept.write_bytes(kept.read_bytes()[:-20] if damage == b"cut" else damage)
    assert check(project, capsys) == first
    assert check(project, capsys) == first
    assert reader.count == 2


def test_without_a_place_to_keep_it_all_is_said(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reader = Reader(monkeypatch)
    for place in (str(project / "conf.py"), "relative", "/proc/nowhere"):
        monkeypatch.setenv("XDG_CACHE_HOME", place)
        assert check(project, capsys)[0] == 1
    assert reader.count == 3


def test_translations_outside_the_project_count(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    conf = project / "conf.py"
    conf.write_text(f'{conf.read_text("utf-8")}language = "de"\nlocale_dirs = ["../../po"]\n', "utf-8")
    (project / "locale/de/LC_MESSAGES").mkdir(parents=True)
    assert "in the folder 'locale' are not read" in check(project, capsys)[1]
    elsewhere = project.parents[1] / "po/de/LC_MESSAGES"
    elsewhere.mkdir(parents=True)
    assert "are not read" not in check(project, capsys)[1]
    elsewhere.rmdir()
    assert "are not read" in check(project, capsys)[1]
