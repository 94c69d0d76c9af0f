"""Translations that lie where Sphinx does not look are told, and counted as a build would show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_paper_table.cli import main

if TYPE_CHECKING:
    from pathlib import Path

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "RAG"\nmsgstr "Suche"\n'
SURVEY = "survey: rag\ntitle: RAG\npapers:\n  - {id: rag, name: RAG}\n"
UNREAD = "the translations into 'de' in the folder 'locale' are not read: 'locale_dirs' names 'locales'"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a project with its translations in the folder ``locale``, and a ``conf.py`` that does not say so."""
    folder = tmp_path / "locale" / "de" / "LC_MESSAGES" / "records" / "surveys"
    folder.mkdir(parents=True)
    (folder / "rag.po").write_text(PO, "utf-8")
    (tmp_path / "surveys").mkdir()
    (tmp_path / "surveys" / "rag.yaml").write_text(SURVEY, "utf-8")
    (tmp_path / "conf.py").write_text('extensions = ["sphinx_paper_table"]\n', "utf-8")
    return tmp_path


def test_a_folder_that_sphinx_does_not_read_is_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["translations", str(site)]) == 1
    assert UNREAD in capsys.readouterr().err
    assert main(["translations", str(site), "--language", "de"]) == 1
    assert capsys.readouterr().out == "de: 0 of 1 texts are translated\n"


def test_the_folder_that_conf_py_names_is_read(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (site / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write('locale_dirs = ["locale"]\n')
    assert main(["translations", str(site)]) == 0
    assert capsys.readouterr().out == "de: 1 of 1 texts are translated\n"


@pytest.mark.parametrize(("language", "code"), [("de", 1), ("fr", 0), ("en", 0)])
def test_check_tells_of_the_language_of_the_build(
    language: str, code: int, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (site / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(f'language = "{language}"\n')
    assert main(["check", str(site)]) == code
    assert (UNREAD in capsys.readouterr().err) == bool(code)
