"""One name of a venue on cards, in filters, lists and data; the list of references prints what the entry says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.support.harness import Site
from tests.support.sites import CONF, dump, soup, warnings

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import BeautifulSoup

BIB = "".join(
    f"@article{{key{number}, author={{Lee, Ann}}, title={{T{number}}}, journal={{{venue}}}, year={{20{number}}}}}\n"
    for number, venue in enumerate(("Ann. Odd Th.", "Annals of Odd Things", "Phys.Rev.D", "PRD", "Else", "NIPS"), 10)
)
SURVEY = {
    "survey": "s",
    "title": "S",
    "papers": [{"id": f"p{number}", "name": f"P{number}", "cite": f"key{number}"} for number in range(10, 16)],
}
PAGE = """\
# S

{cite:p}`key10`

```{paper-table} s
:layout: cards
:filter: on
```

```{paper-index} s
:by: venue
```

```{bibliography}
```
"""
LISTS = 'paper_table_venue_lists = ["journals.csv"]\n'


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Six papers in four venues, of which a list of the author names one and the package two."""
    files: dict[str, str | bytes] = {"index.md": PAGE, "surveys/s.yaml": dump(SURVEY), "refs.bib": BIB}
    found = Site(tmp_path, f"{CONF}{LISTS}", files, strict=False)
    found.write("journals.csv", "Annals of Odd Things;Ann. Odd Things\nno journal\n")
    return found


def published(html: BeautifulSoup) -> list[str]:
    """Return where and when each card says that its paper appeared."""
    return [found.get_text(" ", strip=True) for found in html.select("p.pt-published")]


def test_a_venue_has_one_name_wherever_readers_see_it(site: Site) -> None:
    told = warnings(site.build("html"), site.source)
    assert told == [
        (
            "journals.csv:2:1: WARNING: the line gives no journal with its abbreviation; write 'name;abbreviation', "
            "with double quotes around a name that has a semicolon [paper_table.bad-value]"
        )
    ]
    html = soup(site.output() / "index.html")
    things = ["Ann. Odd Things 2010", "Ann. Odd Things 2011", "Phys. Rev. D 2012", "Phys. Rev. D 2013"]
    assert published(html) == [*things, "Else 2014", "NeurIPS 2015"]
    options = html.select("select[name=venue] option[value]:not([value=''])")
    former = {str(option["value"]): json.loads(str(option.get("data-former", "[]"))) for option in options}
    assert list(former) == ["Ann. Odd Things", "Else", "NeurIPS", "Phys. Rev. D"]
    assert former["Ann. Odd Things"] == ["Ann. Odd Th.", "Annals of Odd Things"]
    assert former["Phys. Rev. D"] == ["Phys.Rev.D", "PRD"]
    for former_name, present in {
        "annals-of-odd-things": "ann-odd-things",
        "prd": "phys-rev-d",
        "nips": "neurips",
    }.items():
        target = html.find(id=f"venue-{former_name}")
        assert target is not None
        assert target.find_parent(id=f"venue-{present}") is not None
    assert "Ann. Odd Th." in str(html.select_one("#cite-key10"))
    data = json.loads((site.output() / "papers.json").read_text("utf-8"))
    assert [data["references"][f"key{number}"]["venue"] for number in (10, 13, 15)] == [
        "Ann. Odd Things",
        "Phys. Rev. D",
        "NeurIPS",
    ]
    assert "journal={PRD}" in (site.output() / "refs.bib").read_text("utf-8")


def test_a_changed_list_or_vocabulary_changes_the_pages(site: Site) -> None:
    site.write("journals.csv", "Annals of Odd Things;Ann. Odd Things\n")
    assert warnings(site.build("html"), site.source) == []
    site.write("journals.csv", "Annals of Odd Things;AOT\n")
    assert warnings(site.build("html"), site.source) == []
    assert published(soup(site.output() / "index.html"))[:2] == ["AOT 2010", "AOT 2011"]
    own = {"vocabulary": "v", "venues": {"odd": {"name": "Odd", "aliases": ["AOT"]}, "neurips": {"name": "NIPS"}}}
    site.write("surveys/v.yaml", dump(own))
    assert warnings(site.build("html"), site.source) == []
    assert published(soup(site.output() / "index.html")) == [
        *("Odd 2010", "Odd 2011", "Phys. Rev. D 2012", "Phys. Rev. D 2013", "Else 2014", "NIPS 2015"),
    ]
    assert '"venue": "Odd"' in (site.output() / "papers.json").read_text("utf-8")
