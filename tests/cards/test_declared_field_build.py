"""A field is declared once: one annotation more in the records, and it stands wherever readers and programs see fields.

The package is copied, and the copy's records get what a contributor would write there and nothing else.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.support.sites import BIB, CONF, DOCS, REFERENCES, ROOT, VOCABULARY, dump, soup

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.browsers import Browsers

PAPER = """
    licence: Annotated[
        Plain | None,
        doc("Under which licence the code is.", examples=("MIT",)),
        Shown(label="Licence", card=True, row=True, comparison=True, filter=True, preview=True, search=True),
    ] = None
    models: Annotated[tuple[Url, ...], doc("Addresses of trained models."), Shown(label="Models", card=True)] = ()
    limits: Annotated[Inline | None, doc("What it cannot do; inline MyST."), Shown(label="Limits", card=True)] = None
    hidden: Annotated[Plain | None, doc("What no reader sees.")] = None
"""
LINK = """
    thesis: Annotated[Url | None, doc("The thesis."), Shown(label="Thesis", has="a thesis")] = None
"""
RESULT = """
    optimizer: Annotated[Name | None, doc("How it was trained."), Phrase("with %s")] = None
    seconds: Annotated[Number | None, doc("How long it took."), Phrase("%s s")] = None
"""
RECORDS = {"class Paper(Record)": PAPER, "class Links(Record)": LINK, "class Result(Record)": RESULT}
"""What stands at the end of which record."""


def entry(name: str, licence: str, **more: object) -> dict[str, object]:
    result = {"benchmark": "probe", "value": 60.6, "source": "lee2020one", "optimizer": "SGD", "seconds": 1.50}
    return {"id": name, "name": name.title(), "cite": "lee2020one", "licence": licence, "results": [result], **more}


ONE = entry(
    "one",
    "MIT & others",
    summary="About it.",
    models=["https://models.example/a", "https://models.example/b"],
    limits="Only *small* ones.",
    hidden="Nowhere",
    links={"thesis": "https://thesis.example"},
)
SURVEY = {"survey": "alpha", "title": "Alpha", "papers": [ONE, entry("two", "Apache")]}
TABLES = ("fields:Paper", "fields:Result", "papers:Paper", "papers:Result", "papers:Standing", "options:paper-table")
FILES = {
    "conf.py": f"import sys\nsys.path.insert(0, {str(DOCS / '_ext')!r})\n{CONF}extensions.append('reference_tables')\n",
    "index.md": "# Start\n\n```{toctree}\n:glob:\n\n*\n```\n",
    "cards.md": "# Cards\n\n```{paper-table} alpha\n:layout: cards\n:filter: on\n```\n\nSee {paper}`one`.\n",
    "rows.md": "# Rows\n\n```{paper-table} alpha\n:layout: table\n:no-index:\n```\n",
    "sections.md": "# Sections\n\n```{paper-table} alpha\n:layout: sections\n:no-index:\n```\n",
    "compare.md": "# Compare\n\n```{paper-compare} one two\n```\n\n```{paper-compare}\n```\n",
    "guide.md": "# Guide\n\n" + "\n".join(f"## {name}\n\n```{{declared-table}} {name}\n```\n" for name in TABLES),
    "references.md": REFERENCES,
    "refs.bib": BIB,
    "surveys/alpha.yaml": dump(SURVEY),
    "surveys/vocabulary.yaml": dump(VOCABULARY),
}
BUILDS = """
import sys
from sphinx.cmd.build import main
codes = [main(["-q", "-b", builder, "-d", f"doctrees-{builder}", "source", builder]) for builder in ("html", "text")]
sys.exit(any(codes))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with a site that was built, as HTML and as text, by a copy of the package with more fields."""
    place = tmp_path_factory.mktemp("declared")
    for package in ("sphinx_paper_table", "sphinx_fresh"):
        shutil.copytree(ROOT / "ext" / package, place / "ext" / package)
    entities = place / "ext" / "sphinx_paper_table" / "survey" / "entities.py"
    text = entities.read_text("utf-8")
    for record, lines in RECORDS.items():
        before, start, rest = text.partition(record)
        body, end, after = rest.partition("\n\n\n")
        text = "".join((before, start, body, lines.rstrip("\n"), end, after))
    entities.write_text(text, "utf-8")
    for name, content in FILES.items():
        path = place / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(place / "ext"), "PYTHONWARNINGS": ""}
    command = [sys.executable, "-c", BUILDS]
    result = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    unknown = [line for line in result.stderr.splitlines() if "WARNING" in line and "guide.md" not in line]
    assert unknown == [], "a key is not known, or a value not right"
    return place


def data(site: Path, address: str) -> Any:
    return json.loads((site / "html" / address).read_text("utf-8"))


@pytest.mark.parametrize("layout", ["cards", "rows", "sections"])
def test_it_stands_on_the_card(layout: str, site: Path) -> None:
    page = soup(site / "html" / f"{layout}.html")
    said = [field.get_text() for field in page.select("[data-paper=one] .pt-field, [data-paper=two] .pt-field")]
    more = ["Models: https://models.example/a, https://models.example/b", "Limits: Only small ones."]
    assert said == ["Licence: MIT & others", *(more if layout != "rows" else []), "Licence: Apache"]
    assert "Nowhere" not in page.get_text()
    assert [link["href"] for link in page.select("[data-field=models] a")] == [
        f"https://models.example/{name}" for name in ("a", "b") if layout != "rows"
    ]
    assert [text.get_text() for text in page.select("[data-field=limits] em")] == ["small"] * (layout != "rows")
    assert [field["data-field"] for field in page.select("[data-paper=one] .pt-previewed")] == ["licence"]


def test_a_link_and_the_setting_of_a_number_need_no_more(site: Path) -> None:
    card = soup(site / "html" / "cards.html").select_one("[data-paper=one]")
    assert card is not None
    assert card.select_one(".pt-links a[href='https://thesis.example']").get_text(strip=True).startswith("Thesis")  # type: ignore[union-attr]
    assert [setting.get_text() for setting in card.select(".pt-setting")] == ["with SGD, 1.5 s"]


def test_formats_without_cards_have_it(site: Path) -> None:
    text = (site / "text" / "cards.txt").read_text("utf-8")
    for line in ("*Licence*: MIT & others", "*Limits*: Only *small* ones.", "*Models*: https://models.example/a, "):
        assert line in text
    assert "with SGD" in text
    assert "Nowhere" not in text


def test_it_is_compared(site: Path) -> None:
    page = soup(site / "html" / "compare.html")
    chosen, empty = page.select("[data-row=licence]")
    assert [cell.get_text() for cell in chosen.select("th, td")] == ["Licence", "MIT & others", "Apache"]
    assert [cell.get_text() for cell in empty.select("th, td")] == ["Licence"], "the script fills the rest"
    rows = [row.get("data-row", "number") for row in chosen.find_parent("tbody").select("tr")]  # type: ignore[union-attr]
    assert rows[-3:] == ["licence", "number", "links"]
    written = (site / "html" / "data" / "survey-alpha.js").read_text("utf-8")
    assert '"more":{"licence":"MIT & others"}' in written
    assert "optimizer" not in written
    assert "with SGD" in written


def test_readers_filter_and_search_by_it(site: Path) -> None:
    page = soup(site / "html" / "cards.html")
    label = page.select_one("label:has(select[name=licence])")
    assert label is not None
    assert label.get_text().startswith("Licence ")
    assert [option["value"] for option in label.select("option")] == ["", "Apache", "MIT & others"]
    assert [str(card["data-f"]).split(",")[6:] for card in page.select("[data-f]")] == [["1"], ["0"]]
    assert [box["value"] for box in page.select("[name=has]")] == ["thesis"]
    assert '"apach"' in (site / "html" / "searchindex.js").read_text("utf-8")


def test_it_is_exported(site: Path) -> None:
    one = data(site, "papers.json")["papers"]["one"]
    assert (one["licence"], one["models"], one["limits"], one["hidden"]) == tuple(
        ONE[name] for name in ("licence", "models", "limits", "hidden")
    )
    assert one["links"]["thesis"] == "https://thesis.example"
    assert (one["results"][0]["optimizer"], one["results"][0]["seconds"]) == ("SGD", 1.5)
    rows = [line.split(",") for line in (site / "html" / "results" / "probe.csv").read_text("utf-8").splitlines()]
    assert [row[-2:] for row in rows] == [["optimizer", "seconds"], ["SGD", "1.5"], ["SGD", "1.5"]]
    assert data(site, "results/probe.json")["results"][0]["optimizer"] == "SGD"


def test_schemas_describe_it(site: Path) -> None:
    names = ("survey", "papers")
    for schema in (data(site, f"schema/{name}.schema.json") for name in names):
        declared = schema["$defs"]["Paper"]
        assert declared["properties"]["licence"]["description"] == "Under which licence the code is."
        assert "licence" not in declared["required"]
        assert schema["$defs"]["Result"]["properties"]["optimizer"]["description"] == "How it was trained."
    standing = data(site, "schema/results.schema.json")["$defs"]["Standing"]["properties"]
    assert standing["seconds"]["anyOf"][0] == {"type": "number"}


def test_the_guide_lists_it(site: Path) -> None:
    tables = soup(site / "html" / "guide.html").select("table")
    found = {
        name: {
            row.select("td")[0].get_text(strip=True): row.get_text(" ", strip=True) for row in table.select("tbody tr")
        }
        for name, table in zip(TABLES, tables, strict=True)
    }
    for name in ("fields:Paper", "papers:Paper"):
        assert "Under which licence the code is. Example: MIT" in found[name]["licence"]
    for name in ("fields:Result", "papers:Result", "papers:Standing"):
        assert "How it was trained." in found[name]["optimizer"]
    assert "a thesis" in found["options:paper-table"][":has:"]


@pytest.mark.browser
def test_scripts_know_it(site: Path, browsers: Browsers) -> None:
    page = browsers.context().new_page()
    page.goto((site / "html" / "cards.html").as_uri())
    page.locator("p > a[href$='#paper-one']").hover()
    expect(page.locator("#pt-preview")).to_contain_text("Licence: MIT & others")
    expect(page.locator("#pt-preview")).not_to_contain_text("Limits")
    page.mouse.move(0, 0)
    page.locator("summary", has_text="Filters").click()
    page.get_by_label("Licence").select_option("Apache")
    expect(page.locator("[data-paper=one]")).to_be_hidden()
    expect(page.locator("[data-paper=two]")).to_be_visible()
    page.goto(f"{(site / 'html' / 'compare.html').as_uri()}?m=two&m=one")
    row = page.locator(".pt-chooser [data-row=licence]")
    expect(row.locator("td")).to_have_text(["Apache", "MIT & others"])
    expect(row.locator("td").first).to_have_role("cell")
    page.context.close()
