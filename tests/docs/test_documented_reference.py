"""The reference of the guide lists what there is, and the contract is true of the site and of its data."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from sphinx.util.inventory import InventoryFile
from tests.docs.guide import EXAMPLES, GUIDE, ROOT, blocks, soup, table

from sphinx_paper_table.cli import main
from sphinx_paper_table.exports import records
from sphinx_paper_table.exports.json_schema import papers_schema
from sphinx_paper_table.survey import entities
from sphinx_paper_table.survey.introspection import field_names, info
from sphinx_paper_table.survey.problems import Code

if TYPE_CHECKING:
    from pathlib import Path

RECORDS = sorted(
    (kind for kind in vars(entities).values() if isinstance(kind, type) and issubclass(kind, entities.Record)),
    key=lambda kind: kind.__name__,
)


def test_the_page_about_citations_lists_their_options(site: Path) -> None:
    rows = table(soup(site / "guide" / "citations.html"), "options")
    assert {name: row[1] for name, row in rows.items()} == {
        "citations_bibtex": "True",
        "citations_cited_on": "True",
        "citations_compatible": "False",
        "citations_ignore": "[]",
        "citations_public_fields": "[]",
    }


@pytest.mark.parametrize(
    "record", [kind for kind in RECORDS if kind is not entities.Record], ids=lambda kind: kind.__name__
)
def test_the_reference_lists_every_field_with_its_description(site: Path, record: type[entities.Record]) -> None:
    rows = table(soup(site / "guide" / "reference.html"), f"record-{record.__name__.lower()}")
    assert list(rows) == list(field_names(record))
    for name, row in rows.items():
        described = re.sub(r"\W+", " ", str(info(record, name).description)).split()
        assert re.sub(r"\W+", " ", row[2]).split()[: len(described)] == described


def test_the_reference_lists_options_values_and_warnings(site: Path) -> None:
    page = soup(site / "guide" / "reference.html")
    assert list(table(page, "the-directive-paper-table")) == [
        f":{name}:"
        for name in ("layout", "tags", "years", "letters", "venues", "ids", "has", "sort", "filter", "flat", "no-index")
    ]
    assert list(table(page, "the-directive-paper-index")) == [
        f":{name}:"
        for name in ("by", "lines", "first", "tags", "years", "letters", "venues", "ids", "has", "sort", "filter")
    ]
    assert list(table(page, "configuration")) == [
        "paper_table_surveys",
        "paper_table_venue_lists",
        "paper_table_names",
        "paper_table_updates",
        "paper_table_offline",
        "paper_table_mailto",
        "paper_table_languages",
        "paper_table_edit_url",
        "paper_table_previews",
        "paper_table_preview_hosts",
        "paper_table_image_hosts",
        "paper_table_math_commands",
        "paper_table_content_policy",
        "paper_table_pagefind",
        "paper_table_markdown",
        "paper_table_search_last",
        "paper_table_feed",
        "paper_table_open_graph",
        "paper_table_pictures",
        "paper_table_json_ld",
        "paper_table_sitemap",
        "paper_table_full_index",
        "paper_table_reference_bar",
        "paper_table_directives",
        "paper_table_roles",
        "paper_table_layout",
        "citations_bibtex",
        "citations_cited_on",
        "citations_compatible",
        "citations_ignore",
        "citations_public_fields",
        "fresh_enabled",
        "fresh_keep",
        "fresh_navigation",
    ]
    assert list(table(page, "warnings")) == [f"paper_table.{code}" for code in Code]


def test_the_contract_is_true_of_the_site(site: Path) -> None:
    """What the page promises of addresses and the inventory is so, and every address of data is promised."""
    page = soup(site / "guide" / "contract.html")
    inventory = InventoryFile.loads((site / "objects.inv").read_bytes(), uri="").data
    entries = table(page, "the-inventory")
    assert len(entries) == 5
    for row in page.select("#the-inventory tbody tr"):
        kind, name, title = (" ".join(cell.get_text().split()) for cell in row.select("td"))
        assert inventory[kind][name.partition(",")[0]].display_name == title
    cells = table(page, "addresses-of-exports")
    addresses = {address.lstrip("/") for cell in cells for address in cell.split(", ")}
    surveys = {path.name for path in (site / "surveys").glob("*.bib")}
    assert surveys == {f"{name}.bib" for name in real_surveys()}
    published = {path.name for path in site.iterdir() if path.suffix in {".json", ".bib", ".ris"}}
    schemas = {f"schema/{path.name}" for path in (site / "schema").iterdir()}
    by_name = {"surveys/ID.bib", "results/BENCHMARK.csv", "results/BENCHMARK.json"}
    where_the_site_has_an_address = {"new.atom", "sitemap.xml", "robots.txt"}
    from_another_builder = {"llms.txt", "PAGE.md"}
    assert addresses == {*published, *schemas, *by_name, *where_the_site_has_an_address, *from_another_builder}
    assert {path.suffix for path in (site / "results").iterdir()} == {".html", ".csv", ".json"}


def test_the_program_that_reads_the_data_prints_what_the_guide_says(site: Path) -> None:
    program = (EXAMPLES / "data" / "queue.py").read_text(encoding="utf-8")
    address = "https://surveys.example.org/en/latest/"
    assert program.count(address) == 1
    program = program.replace(address, f"{site.as_uri()}/")
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    (shown,) = [text for language, text in blocks(GUIDE / "data.md") if language == "text"]
    assert result.stdout == shown


def test_the_command_of_the_guide_exports_the_site_s_references(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: Path
) -> None:
    (command,) = [
        line.removeprefix("$ paper-table ").split()
        for language, text in blocks(GUIDE / "data.md")
        if language == "console"
        for line in text.splitlines()
        if "paper-table" in line
    ]
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    (tmp_path / "refs.bib").symlink_to(ROOT / "refs.bib")
    monkeypatch.chdir(tmp_path)
    assert main([*command, "--bib", "refs.bib"]) == 0
    for name in ("refs.bib", "surveys/contrastive-learning.bib", "references.json", "references.ris"):
        assert (tmp_path / "out" / name).read_bytes() == (site / name).read_bytes()


def test_the_guide_describes_every_record_of_the_data(site: Path) -> None:
    page, schema = soup(site / "guide" / "data.html"), papers_schema()
    for name, record in {**schema["$defs"], records.PapersFile.__name__: schema}.items():
        if getattr(getattr(records, name, None), "__module__", "") != records.__name__:
            continue
        rows = table(page, f"papers-{name.lower()}")
        assert list(rows) == list(record["properties"]), name
        for key, row in rows.items():
            assert row[2].startswith("May be left out.") == (key not in record["required"])


def real_surveys() -> set[str]:
    """Return the ids of the site's own surveys."""
    heads = (path.read_text("utf-8") for path in (ROOT / "docs" / "surveys").glob("**/*.yaml"))
    return set(re.findall(r"^survey: (\S+)", "\n".join(heads), flags=re.MULTILINE))
