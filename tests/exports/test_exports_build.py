"""What a site publishes for programs: at its address, with locations that are true, and the same after any edit."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urljoin

import jsonschema
import pytest
from pybtex.database import parse_string
from tests.support.editing import KILLABLE
from tests.support.harness import names, times, wait_for_clock
from tests.support.sites import ALPHA, BIB, PAGES, dump, page, small_site, soup

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import RealSite
from tests.support.harness import Site

BASE = "https://surveys.example/en/latest"
ALWAYS = {
    *("papers.json", "refs.bib", "references.json", "references.ris"),
    *(
        "schema/papers.schema.json",
        "schema/results.schema.json",
        "schema/survey.schema.json",
        "schema/vocabulary.schema.json",
    ),
}


def papers(output: Path) -> Any:
    """Return a site's papers.json, which its own schema admits."""
    data = json.loads((output / "papers.json").read_text("utf-8"))
    schema = json.loads((output / "schema" / "papers.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(data)
    return data


def exports(output: Path) -> set[str]:
    """Return the addresses of all exports in an output directory."""
    kinds = (".bib", ".ris", ".json")
    return {name for name in names(output) if name.endswith(kinds) and not name.startswith(("_", "."))}


def locations(data: Any) -> dict[str, Any]:
    """Return every location of a file by kind and name."""
    kinds = ("surveys", "groups", "papers", "references")
    return {f"{kind}:{name}": item.get("location") for kind in kinds for name, item in data[kind].items()}


@pytest.fixture(scope="module")
def real(real_site: RealSite) -> Path:
    return real_site()


def test_the_site_has_every_export(real: Path) -> None:
    surveys = {f"surveys/{name}.bib" for name in papers(real)["surveys"]}
    numbers = [result for paper in papers(real)["papers"].values() for result in paper["results"]]
    results = {f"results/{result['benchmark']}.json" for result in numbers}
    assert exports(real) == {*ALWAYS, *surveys, *results}
    assert "results/imagenet-linear.json" in results
    assert all((real / name).with_suffix(".csv").is_file() for name in results)
    assert {"surveys/contrastive-learning.bib", "surveys/background.bib"} <= surveys


def test_everything_in_the_real_site_is_where_the_file_says(real: Path) -> None:
    found = locations(papers(real))
    assert len(found) > 50
    pages = {location["page"] for location in found.values()}
    anchors = {page: {str(element["id"]) for element in soup(real / page).select("[id]")} for page in pages}
    missing = [name for name, location in found.items() if location["anchor"] not in anchors[location["page"]]]
    assert missing == []
    assert all("url" not in location for location in found.values())


def test_a_survey_s_file_has_what_its_papers_cite(real: Path) -> None:
    whole = parse_string((real / "refs.bib").read_text("utf-8"), "bibtex").entries
    part = parse_string((real / "surveys" / "background.bib").read_text("utf-8"), "bibtex").entries
    cited = {
        key for paper in papers(real)["papers"].values() if paper["survey"] == "background" for key in paper["cite"]
    }
    assert cited
    assert set(part.keys()) == cited
    assert set(part.keys()) < set(whole.keys())


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_addresses_are_those_of_the_builder(tmp_path: Path, builder: str) -> None:
    site = small_site(tmp_path, conf=f'html_baseurl = "{BASE}"\n')
    site.build(builder)
    output = site.output(builder)
    for name, location in locations(papers(output)).items():
        address, anchor = urldefrag(location["url"])
        assert anchor == location["anchor"]
        assert address == urljoin(f"{BASE}/", location["page"])
        file = output / location["page"]
        file = file / "index.html" if file.is_dir() else file
        assert soup(file).find(id=anchor) is not None, name
        canonical = soup(file).select_one("link[rel=canonical]")
        if builder != "singlehtml":
            assert canonical is not None
            assert canonical["href"] == address


def test_builders_without_a_site_export_nothing(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    for builder in ("epub", "text"):
        site.build(builder)
        assert exports(site.output(builder)) == set()


def test_what_no_page_shows_has_no_location(tmp_path: Path) -> None:
    site = small_site(tmp_path, {"surveys/beta.md": PAGES["surveys/beta.md"], "references.md": "# None\n"})
    site.build()
    found = locations(papers(site.output()))
    assert found["papers:other"] == {"page": "surveys/beta.html", "anchor": "paper-other"}
    assert (found["papers:one"], found["groups:alpha#g1"], found["references:lee2020one"]) == (None, None, None)


def test_a_project_without_surveys_has_every_export_too(tmp_path: Path) -> None:
    site = small_site(tmp_path, {"index.md": "# Start\n", "references.md": "# None\n"})
    for name in ("alpha", "beta", "vocabulary"):
        site.remove(f"surveys/{name}.yaml")
    site.write("refs.bib", "")
    site.build()
    assert exports(site.output()) == ALWAYS
    data = papers(site.output())
    assert (data["surveys"], data["papers"], data["references"]) == ({}, {}, {})
    texts = [(site.output() / name).read_text("utf-8") for name in ("refs.bib", "references.json", "references.ris")]
    assert texts == ["", "[]\n", ""]


def test_texts_are_in_the_language_of_the_build(real_site: RealSite) -> None:
    translated, english = papers(real_site("zh_CN")), papers(real_site("en"))
    assert (english["language"], translated["language"]) == ("en", "zh_CN")
    summary = translated["papers"]["moco-v1"]["summary"]
    assert re.search("[\u4e00-\u9fff]", summary)
    assert not re.search("[\u4e00-\u9fff]", english["papers"]["moco-v1"]["summary"])
    assert locations(translated) == locations(english)
    assert list(translated["papers"]) == list(english["papers"])


def test_a_second_build_writes_no_export(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    site.build()
    before = times(site.output())
    wait_for_clock()
    site.build()
    assert {name for name, _ in before ^ times(site.output())} & exports(site.output()) == set()


WATCHED = """
import sphinx_paper_table.exports.files as files
make, items = files.export_parts, files.csl_items
def watched(*arguments):
    print("exports are made")
    return make(*arguments)
def watched_items(references, *arguments):
    print("references are made:", *references)
    return items(references, *arguments)
files.export_parts, files.csl_items = watched, watched_items
"""


def test_exports_are_only_made_when_they_may_differ(tmp_path: Path) -> None:
    site = small_site(tmp_path, None, WATCHED)

    def made() -> bool:
        wait_for_clock()
        return "exports are made" in site.build().log

    assert made()
    assert not made()
    (site.output() / "references.ris").unlink()
    assert made()
    assert (site.output() / "references.ris").is_file()
    (site.output() / "papers.json").write_text("{}", "utf-8")
    assert made()
    assert papers(site.output())["papers"]
    altered = (site.output() / "refs.bib").read_bytes().replace(b"Lee", b"Eel")
    (site.output() / "refs.bib").write_bytes(altered)
    assert made(), "a file of the same size that was written later"
    assert (site.output() / "refs.bib").read_bytes() != altered
    written = (site.output() / "refs.bib").stat().st_mtime_ns
    (site.output() / "refs.bib").write_bytes(altered + b"\n")
    os.utime(site.output() / "refs.bib", ns=(written, written))
    assert made(), "a file of another size and the same time"
    site.replace("surveys/beta.yaml", "title:", "title: More of")
    assert made()
    site.write("index.md", site.read("index.md") + "\nMore.\n")
    assert not made()
    (record,) = site.path.rglob("exports-html.json")
    for damage in ("", "[]", "{"):
        record.write_text(damage, "utf-8")
        assert made()
    assert not made()


def test_of_the_references_those_are_made_that_have_changed(tmp_path: Path) -> None:
    site = small_site(tmp_path, None, WATCHED)

    def made() -> list[str]:
        wait_for_clock()
        log = site.build().log
        return re.findall(r"references are made: (\S+)", log) if "exports are made" in log else ["none, but edited"]

    assert sorted(made()) == ["kim2018zero", "lee2020one"]
    site.replace("surveys/beta.yaml", "title:", "title: More of")
    assert made() == []
    assert "More of" in (site.output() / "papers.json").read_text("utf-8")
    site.replace("refs.bib", "Nothing at All", "Something")
    assert made() == ["none, but edited"]
    assert "Something" in (site.output() / "references.ris").read_text("utf-8")
    site.replace("refs.bib", "year = {2018}", "year = {2017}")
    assert made() == ["kim2018zero"], "when it was published is seen in other surveys"
    site.replace("surveys/beta.yaml", "summary:", "status: withdrawn\n  summary:")
    assert made() == ["kim2018zero"], "what became of a publication is said of it there too"
    (site.output() / "references.ris").unlink()
    assert made() == []
    assert "Something" in (site.output() / "references.ris").read_text("utf-8")
    site.write("conf.py", site.read("conf.py") + '\ncitations_public_fields = ["lee"]\n')
    assert sorted(made()) == ["kim2018zero", "lee2020one"]
    clean = site.build_clean()
    for name in ("refs.bib", "references.json", "references.ris"):
        assert (site.output() / name).read_bytes() == (clean / name).read_bytes()


def surveys(site: Site) -> set[str]:
    return {name for name in exports(site.output()) if name.startswith("surveys/")}


@pytest.mark.parametrize("jobs", [1, 4])
def test_after_edits_the_exports_are_those_of_a_clean_build(tmp_path: Path, jobs: int) -> None:
    site = small_site(tmp_path)
    site.build(jobs=jobs)
    assert surveys(site) == {"surveys/alpha.bib", "surveys/beta.bib"}

    site.replace("refs.bib", "Nothing at All", "Something")
    site.assert_incremental_equals_clean(jobs=jobs, message="an entry")
    for name in ("refs.bib", "references.json", "references.ris", "papers.json", "surveys/beta.bib"):
        assert "Something" in (site.output() / name).read_text("utf-8"), name

    site.write("surveys/alpha.yaml", dump({**ALPHA, "survey": "gamma", "aliases": ["alpha", "former"]}))
    site.replace("surveys/alpha.md", "} alpha", "} gamma")
    site.assert_incremental_equals_clean(jobs=jobs, message="a new id")
    assert surveys(site) == {"surveys/alpha.bib", "surveys/beta.bib", "surveys/former.bib", "surveys/gamma.bib"}

    site.write("surveys/moved.md", site.read("surveys/beta.md"))
    site.remove("surveys/beta.md")
    site.assert_incremental_equals_clean(jobs=jobs, message="a page moves")
    assert locations(papers(site.output()))["papers:other"]["page"] == "surveys/moved.html"

    site.remove("surveys/alpha.yaml")
    site.remove("surveys/alpha.md")
    site.assert_incremental_equals_clean(jobs=jobs, message="a survey goes")
    assert surveys(site) == {"surveys/beta.bib"}

    site.replace("conf.py", 'html_title = "Small"', f'html_title = "Small"\nhtml_baseurl = "{BASE}/"')
    site.assert_incremental_equals_clean(jobs=jobs, message="an address")
    assert locations(papers(site.output()))["papers:other"]["url"] == f"{BASE}/surveys/moved.html#paper-other"


def test_a_file_that_was_copied_to_one_of_the_addresses_makes_room(tmp_path: Path) -> None:
    """`fresh` removes it when the project no longer copies it, before ours is written."""
    site = small_site(tmp_path, conf='html_extra_path = ["extra"]\n')
    site.write("extra/refs.bib", "@misc{own, title = {Own}}\n")
    site.build()
    site.replace("conf.py", 'html_extra_path = ["extra"]\n', "")
    site.assert_incremental_equals_clean()
    assert "lee2020one" in (site.output() / "refs.bib").read_text("utf-8")


@pytest.mark.parametrize("moment", ["html-page-context 2", "build-finished 1"])
def test_a_killed_build_leaves_nothing_behind(tmp_path: Path, moment: str) -> None:
    """The next build removes the file of a survey that has gone meanwhile."""
    site = small_site(tmp_path, conf=f"{KILLABLE}\n\ndef setup(app):\n    obey(app, 960)\n")
    site.build()
    site.write("surveys/new.yaml", "survey: new\ntitle: New\npapers: [{id: n, name: N}]\n")
    site.write("surveys/new.md", page("New", "new"))
    assert site.kill_build(moment=moment)
    assert (site.output() / "surveys" / "new.bib").exists() == moment.startswith("build")
    site.remove("surveys/new.yaml")
    site.remove("surveys/new.md")
    site.assert_incremental_equals_clean()


def test_an_entry_with_a_mistake_and_the_others_are_there(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    site.write("refs.bib", f"{BIB}@misc{{bad, title = {{T}}\n@misc{{kim2018zero, title = {{Again}}, year = 1}}\n")
    site.build()
    entries = parse_string((site.output() / "refs.bib").read_text("utf-8"), "bibtex").entries
    assert sorted(entries.keys()) == ["bad", "kim2018zero", "lee2020one"]
    assert entries["bad"].fields["title"] == "T"
    assert entries["kim2018zero"].fields["title"] == "Nothing at All"


@pytest.mark.parametrize(
    ("name", "old", "new", "export"),
    [
        ("surveys/beta.yaml", "title: Beta methods", "title: Saved meanwhile", "papers.json"),
        ("refs.bib", "{Conference on Vision}", "{Saved meanwhile}", "refs.bib"),
    ],
    ids=["survey", "bibliography"],
)
def test_what_is_saved_during_a_build_reaches_the_exports(
    tmp_path: Path, name: str, old: str, new: str, export: str
) -> None:
    """What is recorded is what was loaded, not what lies there when the build ends."""
    site = small_site(tmp_path, conf=f"{KILLABLE}\nsetup = obey\n")
    site.build()
    site.keep_sources()
    site.replace(name, old, new)
    assert site.build_saving("env-updated 1") == "saved"
    site.assert_incremental_equals_clean()
    assert "Saved meanwhile" in (site.output() / export).read_text("utf-8")
