"""The guide's list is imported as the guide says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.docs.guide import GUIDE, blocks

from sphinx_paper_table.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_list_of_the_guide_becomes_its_survey(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = blocks(GUIDE / "import-lists.md")
    texts = dict(reversed(shown))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.md").write_text(texts["markdown"], "utf-8")
    command = texts["console"].removeprefix("$ paper-table ").split()
    assert main(command) == 0
    assert (tmp_path / "surveys" / "contrast.yaml").read_text("utf-8") == texts["yaml"]
    assert (tmp_path / "refs.bib").read_text("utf-8") == texts["bibtex"]
    report = (tmp_path / "import-report.txt").read_text("utf-8")
    assert "it names no paper ``" in report
    assert "\n  list.md:10: " in report


def test_the_list_imported_again_changes_no_byte_of_what_is_the_author_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = dict(reversed(blocks(GUIDE / "import-lists.md")))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.md").write_text(texts["markdown"], "utf-8")
    assert main(["import", "list.md", "--to", "contrast"]) == 0
    survey = tmp_path / "surveys" / "contrast.yaml"
    own = survey.read_text("utf-8").replace("summary: A queue", "summary: My own words on a queue  # and a remark\n#")
    own = own.replace("title: Images", "title: Pictures")
    survey.write_text(own, "utf-8")
    assert main(["import", "list.md", "--to", "contrast"]) == 0
    assert survey.read_text("utf-8") == own
    more = (
        texts["markdown"].replace("CVPR 2020", "CVPR 2021") + "- [A Second Paper](https://arxiv.org/abs/2002.05709)\n"
    )
    (tmp_path / "list.md").write_text(more, "utf-8")
    assert main(["import", "list.md", "--to", "contrast"]) == 0
    grown = survey.read_text("utf-8")
    assert grown.startswith(own.rstrip("\n"))
    assert "cite: 2020second" in grown.removeprefix(own.rstrip("\n"))
    assert "year = {2021}" in (tmp_path / "refs.bib").read_text("utf-8")
