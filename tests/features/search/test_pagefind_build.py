"""A site that is searched with Pagefind: what is built, kept, cleaned away, and said when something is missing."""

from __future__ import annotations

import gzip
import json
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.support.harness import names, times, wait_for_clock
from tests.support.sites import CONF, INDEX, page, small_site, soup, warnings

from sphinx_paper_table.features.search import pagefind
from sphinx_paper_table.features.search import result_records as search_records

if TYPE_CHECKING:
    from pathlib import Path


ON = "paper_table_pagefind = True\n"
FILES = {
    "index.md": INDEX,
    "surveys/alpha.md": page("Alpha", "alpha"),
    "surveys/beta.md": page("Beta", "beta", "layout: table"),
}
MISSING = """
def setup(app):
    from sphinx_paper_table.features.search import pagefind
    from sphinx_paper_table.features.search import result_records as search_records
    real = pagefind.is_installed
    app.connect("config-inited", lambda *_: setattr(pagefind, "is_installed", lambda: False), priority=440)
    app.connect("config-inited", lambda *_: setattr(pagefind, "is_installed", real), priority=460)
"""
VARIABLE = """
import os
def setup(app):
    app.connect("build-finished", lambda *_: os.environ.update({{ {0!r}: {1!r} }}), priority=955)
    app.connect("build-finished", lambda *_: os.environ.pop({0!r}), priority=965)
"""
"""Builds of several tests run in one process, so that what one changes must be as it was after it."""


def bundle(output: Path) -> set[str]:
    return {name for name in names(output) if name.startswith(f"{pagefind.BUNDLE}/")}


def indexed(output: Path) -> int:
    """Return the number of records of the index."""
    entry = json.loads((output / pagefind.BUNDLE / "pagefind-entry.json").read_text("utf-8"))
    (language,) = entry["languages"].values()
    return int(language["page_count"])


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_every_card_and_every_page_is_a_record(tmp_path: Path, builder: str) -> None:
    site = small_site(tmp_path, FILES, ON)
    assert warnings(site.build(builder, 4)) == []
    output = site.output(builder)
    assert indexed(output) == len(["index", "references", "alpha", "beta"]) + 8
    assert "nothing" not in (output / "searchindex.js").read_text("utf-8").lower()
    search = soup(output / ("search.html" if builder == "html" else "search/index.html"))
    scripts = [str(script.get("src", "")) for script in search.select("script")]
    assert any("paper_pagefind.js" in script for script in scripts)
    assert not [script for script in scripts if "searchtools" in script or "searchindex" in script]
    root = search.select_one(".pt-search")
    assert root is not None
    assert root["data-bundle"] == ("" if builder == "html" else "../") + "_pagefind/pagefind.js"
    assert search.select_one(".pt-search noscript a") is not None
    assert search.select_one("meta[name=robots]") is not None
    assert soup(output / "index.html").select_one("link[rel=search]") is not None


def test_excerpts_have_no_text_of_forms_legends_and_drawings(tmp_path: Path) -> None:
    """It failed before: pages were found by "Full screen", and cards by "Details"."""
    parts = "\n\n".join(f"```{{{name}}} alpha\n```" for name in ("survey-header", "paper-lineage", "paper-results"))
    files = {**FILES, "more.md": f"# More\n\nWords of the author.\n\n{parts}\n"}
    site = small_site(tmp_path, files, ON)
    site.build(jobs=4)
    fragments = (site.output() / pagefind.BUNDLE / "fragment").iterdir()
    texts = [gzip.decompress(path.read_bytes()).decode() for path in fragments]
    records = {one["url"]: one["content"] for one in (json.loads(text[text.index("{") :]) for text in texts)}
    (more,) = (text for address, text in records.items() if "/more/" in address)
    assert "Words of the author" in more
    html = soup(site.output() / "more.html")
    own = ".pt-legend > li, .pt-lineage button, .pt-lineage figcaption div, .pt-family > summary, .pt-header summary"
    said = {one.get_text(" ", strip=True) for one in html.select(own)}
    assert "Full screen" in said
    assert [words for words in said if words in more] == []
    assert [text for text in records.values() if "Details" in text or "Find methods" in text] == []


def test_what_other_parts_say_in_the_head_stays(tmp_path: Path) -> None:
    languages = {code: {"name": code, "url": f"https://a.example/{code}"} for code in ("en", "de")}
    site = small_site(tmp_path, FILES, f"{ON}paper_table_languages = {languages!r}\n")
    site.build()
    search = soup(site.output() / "search.html")
    assert [link["hreflang"] for link in search.select("head > link[rel=alternate]")] == ["en", "de", "x-default"]
    assert len(search.select("head > link[rel=modulepreload], head > link[rel=preload]")) == 2
    assert "<link" not in search.get_text()


def test_without_it_nothing_changes(tmp_path: Path) -> None:
    site = small_site(tmp_path, FILES)
    site.build()
    assert bundle(site.output()) == set()
    assert "searchtools.js" in (site.output() / "search.html").read_text("utf-8")
    assert search_records.BEGIN not in (site.output() / "index.html").read_text("utf-8")


@pytest.mark.parametrize("builder", ["text", "singlehtml", "epub", "json"])
def test_builders_without_a_search_page_have_no_index(tmp_path: Path, builder: str) -> None:
    site = small_site(tmp_path, FILES, ON + 'extensions.append("sphinxcontrib.serializinghtml")\n')
    site.build(builder)
    assert bundle(site.output(builder)) == set()


def test_a_page_may_stay_out(tmp_path: Path) -> None:
    site = small_site(
        tmp_path, {**FILES, "surveys/beta.md": "---\nno-search: true\n---\n\n" + FILES["surveys/beta.md"]}, ON
    )
    site.build()
    assert indexed(site.output()) == 10


def test_a_second_build_makes_no_index(tmp_path: Path) -> None:
    site = small_site(tmp_path, FILES, ON)
    site.build()
    before = {item for item in times(site.output()) if item[0].startswith("_pagefind/") or item[0] == "searchindex.js"}
    assert len(before) > 5
    site.assert_no_op()
    assert before <= times(site.output())


@pytest.mark.parametrize("jobs", [1, 4])
def test_incremental_equals_clean(tmp_path: Path, jobs: int) -> None:
    site = small_site(tmp_path, FILES, ON)
    site.build(jobs=jobs)
    site.replace("surveys/alpha.yaml", "Plain.", "Plain quagga.")
    site.assert_incremental_equals_clean(jobs=jobs)
    site.replace("surveys/alpha.md", "# Alpha", "# Alpha and omega")
    site.assert_incremental_equals_clean(jobs=jobs)
    site.remove("surveys/beta.md")
    site.assert_incremental_equals_clean(jobs=jobs)
    assert indexed(site.output()) == 10
    site.write("surveys/beta.md", page("Beta", "beta", "layout: sections"))
    site.assert_incremental_equals_clean(jobs=jobs)
    assert indexed(site.output()) == 12


def test_a_damaged_index_is_made_again(tmp_path: Path) -> None:
    site = small_site(tmp_path, FILES, ON)
    site.build()
    before = bundle(site.output())
    next((site.output() / "_pagefind" / "fragment").iterdir()).unlink()
    site.build()
    assert bundle(site.output()) == before
    shutil.rmtree(site.output() / "_pagefind")
    site.assert_incremental_equals_clean()


def test_it_can_be_switched_off_and_on(tmp_path: Path) -> None:
    site = small_site(tmp_path, FILES, ON)
    site.build()
    for conf in (CONF, CONF + ON, CONF):
        wait_for_clock()
        site.write("conf.py", conf)
        site.assert_incremental_equals_clean()
    assert bundle(site.output()) == set()


def test_the_package_is_missing(tmp_path: Path) -> None:
    """The site is built with Sphinx's search, and one warning says where it is asked for and what to do."""
    site = small_site(tmp_path, FILES, ON + MISSING)
    for _ in range(2):
        (line,) = warnings(site.build(), site.source)
        place = site.read("conf.py").splitlines().index(ON.strip()) + 1
        assert line.startswith(f"conf.py:{place}: WARNING: paper_table_pagefind: the package pagefind is not installed")
        assert "pip install 'sphinx-paper-table[pagefind]'" in line
        assert "[paper_table.pagefind]" in line
        wait_for_clock()
        site.write("index.md", INDEX + "\nquagga\n")
    assert bundle(site.output()) == set()
    assert "quagga" in (site.output() / "searchindex.js").read_text("utf-8")


def test_pagefind_fails(tmp_path: Path) -> None:
    site = small_site(tmp_path, FILES, ON + VARIABLE.format("PAGEFIND_BINARY_PATH", "/bin/false"))
    for _ in range(2):
        (line,) = warnings(site.build(), site.source)
        assert "WARNING: paper_table_pagefind: pagefind has failed, and the site has no search" in line
        assert line.startswith("conf.py:")
        assert bundle(site.output()) == set()
    site.write("conf.py", CONF + ON)
    assert warnings(site.build(), site.source) == []
    assert indexed(site.output()) == 12


def test_settings_of_others_are_not_taken(tmp_path: Path) -> None:
    """Pagefind reads variables, and files where it is started, that may belong to another site."""
    site = small_site(tmp_path, FILES, ON + VARIABLE.format("PAGEFIND_SITE", "/nowhere"))
    site.build()
    assert indexed(site.output()) == 12
