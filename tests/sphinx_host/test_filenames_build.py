"""Files that are named by data: they never leave the output directory, and no id is too long or too odd for one."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Final

from tests.support.harness import names
from tests.support.sites import dump, page, small_site, warnings

from sphinx_paper_table.survey.fields import MAX_ID

if TYPE_CHECKING:
    from pathlib import Path

LONG: Final = "x" * (MAX_ID - 4)
"""So long that its former id, with four characters more, may just be one."""
IDS: Final = ("aux", LONG, "con.1", "ordinary")


def odd_files(pages: str) -> dict[str, str]:
    found = {}
    for number, name in enumerate(IDS):
        result = {"benchmark": f"b-{name}" if name != LONG else LONG, "value": "1", "source": "lee2020one"}
        papers = [{"id": f"p{number}", "name": f"P{number}", "results": [result], "aliases": [f"{name}{number}"]}]
        survey = {"survey": name, "title": name[:9], "aliases": [f"{name}-old"], "papers": papers}
        found[f"surveys/s{number}.yaml"] = dump(survey)
        found[f"surveys/s{number}.md"] = page(f"S{number}", name)
    benchmarks = {
        name if name == LONG else f"b-{name}": {"name": name[:9], "dataset": "D", "metric": "m"} for name in IDS
    }
    found["surveys/more.yaml"] = dump({"vocabulary": "more", "benchmarks": benchmarks})
    found["surveys/alpha.md"], found["surveys/beta.md"] = page("Alpha", "alpha"), page("Beta", "beta")
    return {**found, "compare.md": "# Compare\n\n```{paper-compare}\n```\n", "more.md": pages}


def test_ids_that_are_no_file_names_have_their_exports(tmp_path: Path) -> None:
    site = small_site(tmp_path, odd_files("# More\n"))
    report = site.build()
    assert [line for line in warnings(report, site.source) if "toctree" not in line] == []
    output = site.output()
    surveys = json.loads((output / "papers.json").read_text("utf-8"))["surveys"]
    assert set(IDS) <= surveys.keys()
    for name, survey in surveys.items():
        assert (output / survey["bibtex"]).is_file(), name
    assert surveys["ordinary"]["bibtex"] == "surveys/ordinary.bib"
    assert (output / "surveys" / "ordinary-old.bib").is_file()
    data = (output / "data" / "methods.js").read_text("utf-8")
    files = json.loads(data.removeprefix('paperTableData("methods",').strip().removesuffix(")"))["files"]
    assert files.keys() == {LONG}, "'survey-aux' is no device; with what stands before it, the long one is no id"
    assert all((output / path).is_file() for path in files.values())
    made = [path for path in names(output) if path.startswith(("surveys/", "results/", "data/")) and "_" in path]
    assert len(made) == 3 + 1, made
    for number in range(len(IDS)):
        site.remove(f"surveys/s{number}.yaml")
        site.remove(f"surveys/s{number}.md")
    site.build()
    assert [path for path in made if (output / path).exists()] == [], "they go with their surveys"


def test_prose_names_no_file(tmp_path: Path) -> None:
    forged = '<article id="../../../../escaped" data-paper="x">forged</article>'
    again = '<article id="paper-one" data-paper="one">not at home here</article>'
    text = f"# More\n\n```{{raw}} html\n{forged}{again}\n```\n"
    site = small_site(tmp_path, odd_files(text), "paper_table_pagefind = True\n")
    report = site.build()
    assert [line for line in warnings(report, site.source) if "toctree" not in line] == []
    assert list(tmp_path.rglob("*escaped*")) == []
    entry = json.loads((site.output() / "_pagefind" / "pagefind-entry.json").read_text("utf-8"))
    (language,) = entry["languages"].values()
    pages = ["index", "references", "alpha", "beta", "compare", "more", *IDS]
    assert language["page_count"] == len(pages) + 8 + len(IDS), (
        "the cards of alpha and beta, and one of each other survey"
    )


def test_what_a_pattern_finds_is_read_in_the_source_directory_only(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    (tmp_path / "secret.yaml").write_text("survey: only-the-builder-knows-this\n", "utf-8")
    (site.source / "surveys" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (site.source / "surveys" / "zero.yaml").symlink_to("/dev/zero")
    (site.source / "surveys" / "inner.yaml").symlink_to(site.source / "surveys" / "missing.yaml")
    os.mkfifo(site.source / "surveys" / "pipe.yaml")
    for _ in range(2):
        report = site.build()
        found = [line for line in warnings(report, site.source) if "unreadable" in line]
        assert [line.partition(";")[0] for line in found] == [
            "surveys/inner.yaml:1:1: WARNING: the file cannot be read: No such file or directory",
            "surveys/link.yaml:1:1: WARNING: the link leads out of the source directory",
            "surveys/pipe.yaml:1:1: WARNING: the file cannot be read: Is neither a file nor a link to one",
            "surveys/zero.yaml:1:1: WARNING: the link leads out of the source directory",
        ]
        assert "only-the-builder-knows-this" not in report.log
    assert (site.output() / "surveys" / "alpha.html").is_file()
