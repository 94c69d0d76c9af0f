"""Former ids: links with them keep working, by name, by label, and as plain addresses with an anchor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from sphinx.util.inventory import InventoryFile

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Build

SURVEY = """\
survey: contrast
aliases: [old-survey]
title: Contrastive learning
groups:
  - id: queue
    title: Queue
    papers:
      - id: moco-v1
        aliases: [moco, mo.co]
        name: MoCo v1
        date: 2019
"""
LINKS = "# Links\n\n{paper}`moco` {paper:method}`mo.co` {paper}`old-survey` {paper:survey}`old-survey`\n"
ANCHORS = {"paper-moco-v1", "paper-moco", "paper-mo-co", "survey-contrast", "survey-old-survey"}


def project(place: Path, layout: str) -> Path:
    files = {
        "conf.py": 'extensions = ["sphinx_paper_table"]\n',
        "surveys/contrast.yaml": SURVEY,
        "links.md": LINKS,
        "index.md": f"# Home\n\n```{{toctree}}\nlinks\n```\n\n```{{paper-table}} old-survey\n:layout: {layout}\n```\n",
    }
    for name, text in files.items():
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.mark.parametrize("layout", ["tabs", "cards", "table", "sections"])
def test_every_former_id_has_its_anchor_on_the_page_once(tmp_path: Path, build: Build, layout: str) -> None:
    html = (build(project(tmp_path, layout)) / "index.html").read_text(encoding="utf-8")
    ids = [str(item["id"]) for item in BeautifulSoup(html, "html.parser").select("[id]")]
    assert {name for name in ids if name.startswith(("paper-", "survey-"))} == ANCHORS
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("layout", ["tabs", "table", "sections"])
def test_other_formats_have_the_anchors_too(tmp_path: Path, build: Build, layout: str) -> None:
    (tex,) = build(project(tmp_path, layout), builder="latex").glob("*.tex")
    text = tex.read_text(encoding="utf-8")
    assert [anchor for anchor in sorted(ANCHORS) if f"\\label{{\\detokenize{{index:{anchor}}}}}" not in text] == []


def test_roles_and_the_inventory_know_the_former_ids(tmp_path: Path, build: Build) -> None:
    output = build(project(tmp_path, "cards"), "-n")
    links = BeautifulSoup((output / "links.html").read_text(encoding="utf-8"), "html.parser").select("p a.internal")
    assert [(link.get_text(), link["href"]) for link in links if "index.html#" in str(link["href"])] == [
        ("MoCo v1", "index.html#paper-moco-v1"),
        ("MoCo v1", "index.html#paper-moco-v1"),
        ("Contrastive learning", "index.html#survey-contrast"),
        ("Contrastive learning", "index.html#survey-contrast"),
    ]
    inventory = InventoryFile.loads((output / "objects.inv").read_bytes(), uri="").data
    assert inventory["paper:survey"]["old-survey"].uri == "index.html#survey-contrast"
    assert inventory["paper:method"]["mo.co"].display_name == "MoCo v1"
    assert inventory["std:label"]["paper-mo-co"].uri == "index.html#paper-moco-v1"
    assert inventory["std:label"]["survey-old-survey"].display_name == "Contrastive learning"
