"""Former ids: links with them keep working, by name, by label, and as plain addresses with an anchor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from sphinx.util.inventory import InventoryFile

from sphinx_paper_table.survey.anchors import mark

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


SHARING = """\
survey: contrast
title: Contrastive learning
papers:
  - {id: a.b, name: First}
  - {id: a-b, name: Second}
  - {id: other, name: Other, aliases: [a--b, other.old]}
groups:
  - {id: g.h, title: Group one, papers: [{id: x, name: X}]}
  - {id: g-h, title: Group two, papers: [{id: y, name: Y}]}
"""


@pytest.mark.parametrize("layout", ["cards", "table", "sections", "tabs"])
def test_ids_that_would_share_an_anchor_have_two(tmp_path: Path, build: Build, layout: str) -> None:
    """The first has the plain one; the other has a hash that follows from its id."""
    place = project(tmp_path, layout)
    (place / "surveys" / "contrast.yaml").write_text(SHARING.replace("a--b", "other-old"), "utf-8")
    links = "# Links\n\n{paper}`a.b` {paper}`a-b` {paper}`contrast#g.h` {paper}`contrast#g-h`\n"
    (place / "links.md").write_text(links, "utf-8")
    index = (place / "index.md").read_text("utf-8").replace("old-survey", "contrast")
    (place / "index.md").write_text(index, "utf-8")
    output = build(place, "-D", "suppress_warnings=paper_table.anchor")
    texts = ((output / name).read_text("utf-8") for name in ("index.html", "links.html"))
    page, linked = (BeautifulSoup(text, "html.parser") for text in texts)
    ids = [str(node["id"]) for node in page.select("[id]")]
    assert sorted(ids) == sorted(set(ids))
    led = [str(link["href"]).partition("#")[2] for link in linked.select("p a.reference.internal")]
    first, second, one, two = [anchor for anchor in led if anchor.startswith(("paper-", "group-"))]
    assert (first, one) == ("paper-a-b", "group-contrast-g-h")
    assert second == f"paper-a-b-{mark('a-b')}"
    assert two == f"group-contrast-g-h-{mark('contrast#g-h')}"
    assert {first, second, one, two} <= set(ids)


FORMER = {
    "surveys/new.yaml": """\
survey: new
title: A survey
aliases: [old]
groups:
  - id: g
    title: A group
    aliases: [h, third#k]
    papers:
      - {id: a, name: A, tags: [is], results: [{benchmark: bench, value: 2, source: "https://x.org/"}]}
      - {id: b, name: B}
  - {id: other, title: Another, papers: [{id: c, name: C}]}
""",
    "surveys/words.yaml": """\
vocabulary: words
tags: {is: {name: Is, aliases: [was]}}
benchmarks: {bench: {name: Bench, aliases: [bench-1], dataset: D, metric: M}}
""",
    "conf.py": 'extensions = ["sphinx_paper_table"]\n',
    "lists.md": "# Lists\n\n```{paper-index}\n:by: tag\n```\n\n```{paper-results} bench-1\n```\n",
    "links.md": """\
# Links

{paper}`old#h` {paper:group}`third#k` {paper}`new#g`

```{paper-table} old#h
:tags: was
```
""",
}


@pytest.mark.parametrize("layout", ["tabs", "cards", "table", "sections"])
def test_former_names_of_groups_tags_and_benchmarks_lead_where_they_led(
    tmp_path: Path, build: Build, layout: str
) -> None:
    table = f"```{{paper-table}} new\n:layout: {layout}\n:filter: on\n```\n"
    index = f"# Home\n\n```{{toctree}}\nlists\nlinks\n```\n\n{table}"
    for name, text in {**FORMER, "index.md": index}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    output = build(tmp_path, "-n")
    pages = {
        name: BeautifulSoup((output / f"{name}.html").read_text("utf-8"), "html.parser")
        for name in ("index", "lists", "links")
    }
    ids = [str(node["id"]) for node in pages["index"].select("[id]")]
    groups = {
        "group-new-g",
        "group-new-h",
        "group-old-g",
        "group-old-h",
        "group-third-k",
        "group-new-other",
        "group-old-other",
    }
    assert sorted(name for name in ids if name.startswith("group-")) == sorted(groups)
    listed = {str(node["id"]) for node in pages["lists"].select("[id]")}
    assert {"tag-is", "tag-was", "results-bench", "results-bench-1"} <= listed
    assert [str(link["href"]) for link in pages["links"].select("p a.internal")][:3] == ["index.html#group-new-g"] * 3
    assert len(pages["links"].select("[data-paper=a]")) == 1
    choices = [str(box["data-former"]) for box in pages["index"].select("input[name=tag][value=is][data-former]")]
    assert choices == ([] if layout == "sections" else ['["was"]']), "sections have no filter"
    inventory = InventoryFile.loads((output / "objects.inv").read_bytes(), uri="").data
    assert inventory["paper:group"]["third#k"].uri == "index.html#group-new-g"
    assert inventory["std:label"]["group-old-h"].uri == "index.html#group-new-g"
    assert (output / "results" / "bench-1.csv").is_file()
