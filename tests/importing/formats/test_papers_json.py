"""`papers.json` of another site: what a project takes over of it, and what its report tells."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest

from sphinx_paper_table.cli import main
from sphinx_paper_table.reading.loader import load

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_paper_table.survey.entities import Paper

CONF: Final = "extensions = ['sphinx_paper_table', 'sphinx.ext.intersphinx']\nbibtex_bibfiles = ['refs.bib']\n"
BIB: Final = "@misc{doe2019other,\n  title = {Another Title},\n  year = {2019},\n}\n"
MOCO: Final = {"type": "extends", "label": "extends", "site": "images", "paper": "moco-v1", "why": "a queue for clips"}
URL: Final = "https://images.example/s.html#paper-moco-v1"
CARD: Final = {"survey": "videos", "links": {}, "relations": [], "results": [], "tags": []}


def site(folder: Path, conf: str, papers: dict[str, dict[str, Any]]) -> None:
    """Write a project, and the data of another site with some papers."""
    said = {name: {"name": name.upper(), "cite": [f"{name}2020"], **CARD, **paper} for name, paper in papers.items()}
    data = {
        "version": 1,
        "surveys": {"videos": {"title": "Videos", "papers": [{"paper": name, "home": True} for name in said]}},
        "groups": {},
        "papers": said,
        "references": {f"{name}2020": {"type": "misc", "title": f"A Title of {name}"} for name in papers},
    }
    (folder / "data").mkdir()
    (folder / "data" / "papers.json").write_text(json.dumps(data, indent=1), "utf-8")
    for name, text in {"conf.py": CONF + conf, "index.md": "# Site\n", "refs.bib": BIB}.items():
        (folder / name).write_text(text, "utf-8")


def imported(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, Paper], str]:
    """Import the data; return the papers that the survey has then, and the report."""
    monkeypatch.chdir(folder)
    assert main(["import", "data/papers.json", "--to", "videos"]) == 0
    report = folder / "import-report.txt"
    loaded = load({"surveys/videos.yaml": folder / "surveys/videos.yaml"}, {"refs.bib": folder / "refs.bib"})
    return dict(loaded.catalogue.papers), report.read_text("utf-8") if report.is_file() else ""


def test_relations_to_a_site_that_the_project_knows_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    conf = "intersphinx_mapping = {'images': ('https://images.example/', None)}\n"
    site(tmp_path, conf, {"clips": {"relations_elsewhere": [MOCO, {**MOCO, "paper": "simclr", "why": None}]}})
    papers, report = imported(tmp_path, monkeypatch)
    (relations,) = papers["clips"].relations.values()
    assert [(str(one.to), one.why) for one in relations] == [
        ("images:moco-v1", "a queue for clips"),
        ("images:simclr", None),
    ]
    assert "moco-v1" not in report


@pytest.mark.parametrize(
    "conf", ["", "intersphinx_mapping = {'image': ('https://i.example/', None)}\n", "intersphinx_mapping = dict(f())\n"]
)
def test_relations_to_others_are_told_word_for_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], conf: str
) -> None:
    site(tmp_path, conf, {"clips": {"relations_elsewhere": [{**MOCO, "url": URL}]}})
    papers, report = imported(tmp_path, monkeypatch)
    assert not papers["clips"].relations
    reason = "extends: intersphinx_mapping in conf.py has no site 'images'"
    assert reason in report
    assert f": extends: images:moco-v1; a queue for clips; {URL}\n" in report
    assert reason in capsys.readouterr().out


def test_a_relation_to_a_paper_that_is_nowhere_is_told_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    relation = {"type": "extends", "direction": "to", "label": "extends", "paper": "gone", "why": "it was first"}
    site(tmp_path, "", {"clips": {"relations": [relation]}})
    _papers, report = imported(tmp_path, monkeypatch)
    assert ": extends: gone; it was first\n" in report


@pytest.mark.parametrize("wrong", [1, "text", None, [1], {"a": 1}, [{"site": [], "paper": {}, "type": 3}]])
def test_relations_of_any_shape_end_no_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: object) -> None:
    conf = "intersphinx_mapping = {'images': ('https://images.example/', None)}\n"
    site(tmp_path, conf, {"clips": {"relations_elsewhere": wrong, "status": {"kind": "retracted", "by": wrong}}})
    assert list(imported(tmp_path, monkeypatch)[0]) == ["clips"]


def test_what_became_of_a_paper_comes_along_under_the_names_of_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status = {"kind": "superseded", "by": "clips-2", "date": "2021-03"}
    site(tmp_path, "", {"clips": {"status": status}, "clips-2": {}})
    papers, report = imported(tmp_path, monkeypatch)
    found = papers["clips"].status
    assert found is not None
    assert (found.kind, found.by, str(found.date)) == ("superseded", "clips-2", "2021-03")
    assert "status" not in report
