"""What the guide shows is what runs: every example is built, without a warning, and shows what the guide says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import textwrap
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from bs4 import BeautifulSoup
from sphinx.util.inventory import InventoryFile

from sphinx_paper_table.cli import main
from sphinx_paper_table.export import records
from sphinx_paper_table.export.json_schema import papers_schema
from sphinx_paper_table.load.loader import load
from sphinx_paper_table.model import entities
from sphinx_paper_table.model.introspect import field_names, info
from sphinx_paper_table.model.problems import Code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.conftest import Build

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide"
EXAMPLES = GUIDE / "examples"
RECORDS = sorted(
    (kind for kind in vars(entities).values() if isinstance(kind, type) and issubclass(kind, entities.Record)),
    key=lambda kind: kind.__name__,
)
FENCE = re.compile(r"^( *)(`{3,})(\w+)\n(.*?)^\1\2$", re.MULTILINE | re.DOTALL)
STEPS: dict[str, tuple[str, ...]] = {
    "1-papers.yaml": (),
    "2-groups.yaml": (),
    "3-relations.yaml": (),
    "4-results.yaml": ("vocabulary.yaml",),
    "5-elsewhere.yaml": ("background.yaml", "part.yaml"),
}
"""Each step of the growing example with the files that it needs beside it."""


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def words(page: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(item.get_text().replace("¶", "").split()) for item in page.select(selector)]


@pytest.fixture(scope="module")
def site(build: Build) -> Path:
    return build(ROOT / "docs")


def grown(place: Path, step: str) -> Path:
    """Return the growing example at a step, as a project."""
    surveys = place / "surveys"
    surveys.mkdir()
    for name in ("conf.py", "refs.bib", "index.md"):
        shutil.copy(EXAMPLES / "growing" / name, place)
    shutil.copy(EXAMPLES / "growing" / step, surveys / "contrastive.yaml")
    for name in STEPS[step]:
        shutil.copy(EXAMPLES / "growing" / name, surveys)
    if "background.yaml" in STEPS[step]:
        shutil.copy(EXAMPLES / "growing" / "background.md", place)
        (place / "index.md").write_text(
            (place / "index.md").read_text(encoding="utf-8") + "\n```{toctree}\nbackground\n```\n", encoding="utf-8"
        )
    return place


def test_every_example_is_shown_in_the_guide() -> None:
    shown = {
        (page.parent / name).resolve()
        for page in GUIDE.glob("*.md")
        for name in re.findall(r"\{literalinclude\} (\S+)", page.read_text(encoding="utf-8"))
    }
    scaffold = {EXAMPLES / "growing" / name for name in ("refs.bib", "index.md", "background.md")}
    scaffold |= {EXAMPLES / name / "refs.bib" for name in ("cite-bibtex", "cite-engine")}
    assert {path for path in EXAMPLES.rglob("*.*") if path.is_file()} - scaffold == shown


def test_five_lines_make_a_card(build: Build) -> None:
    page = soup(build(EXAMPLES / "five-lines", "-n") / "index.html")
    assert words(page, "#paper-moco-v1 .pt-name") == ["MoCo v1"]
    assert words(page, "#paper-moco-v1 .pt-published") == ["CVPR 2020 (first public 2019-11)"]
    assert words(page, "#paper-moco-v1 .pt-title") == [
        "Momentum Contrast for Unsupervised Visual Representation Learning"
    ]
    (cite,) = page.select("#paper-moco-v1 .pt-cite")
    assert cite["href"] == "#cite-he2020momentum"
    assert page.select("#cite-he2020momentum")


def test_the_message_of_the_install_page_is_the_real_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = Path(shutil.copytree(EXAMPLES / "five-lines", tmp_path / "project"))
    survey = project / "surveys" / "contrastive.yaml"
    survey.write_text(survey.read_text(encoding="utf-8").replace("momentum\n", "momentun\n"), encoding="utf-8")
    monkeypatch.chdir(project)
    assert main(["check", "."]) == 1
    message = re.findall(r"^```text\n(.*)\n```", (GUIDE / "install.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert capsys.readouterr().err.splitlines() == message


@pytest.mark.parametrize("step", STEPS)
def test_the_command_line_finds_no_problem_in_a_step(tmp_path: Path, step: str) -> None:
    project = grown(tmp_path, step)
    files = {path.name: path for path in sorted((project / "surveys").iterdir())}
    loaded = load(files, {"refs.bib": project / "refs.bib"})
    assert [str(problem) for problem in loaded.problems] == []
    assert "contrastive" in loaded.catalogue.surveys


def test_step_1_shows_markup_math_and_a_link_between_papers(tmp_path: Path, build: Build) -> None:
    page = soup(build(grown(tmp_path, "1-papers.yaml"), "-n") / "index.html")
    assert words(page, "#paper-instdisc .pt-summary em") == ["memory bank"]
    assert page.select("#paper-moco-v1 .pt-summary :is(math, .math)")
    (link,) = page.select('#paper-moco-v1 .pt-summary a[href="#paper-instdisc"]')
    assert link.get_text() == "InstDisc"


def test_step_2_nests_groups_and_gives_them_anchors(tmp_path: Path, build: Build) -> None:
    page = soup(build(grown(tmp_path, "2-groups.yaml"), "-n") / "index.html")
    assert words(page, ".pt-heading") == ["With negatives 2018 – 2020", "Memory bank", "Queue"]
    assert page.select("#group-contrastive-negatives #group-contrastive-queue #paper-moco-v1")
    assert words(page, ".pt-view > .pt-intro p") == [
        "Learning image features without labels.",
        "The groups follow the history of the field.",
    ]


def test_step_3_derives_inverse_relations_with_their_reasons(tmp_path: Path, build: Build) -> None:
    page = soup(build(grown(tmp_path, "3-relations.yaml"), "-n") / "index.html")
    assert words(page, "#paper-instdisc .pt-relations > *") == [
        "built on by",
        "MoCo v1: a queue replaces the memory bank",
    ]
    assert words(page, "#paper-moco-v1 .pt-relations dt") == ["builds on", "extended by"]
    assert words(page, "#paper-moco-v2 .pt-relations > *") == ["extends", "MoCo v1"]
    assert words(page, "#paper-moco-v1 .pt-points li") == [
        "The key encoder receives no gradient.",
        "Batches are shuffled across devices.",
    ]
    assert words(page, "#paper-moco-v1 .pt-videos [lang=zh]") == ["MoCo 逐段精读"]
    assert page.select('#paper-moco-v1 .pt-links a[href="https://github.com/facebookresearch/moco/tree/78b69ca"]')


def test_step_4_shows_tags_and_a_result_with_its_source(tmp_path: Path, build: Build) -> None:
    page = soup(build(grown(tmp_path, "4-results.yaml"), "-n") / "index.html")
    assert words(page, ".pt-tag") == ["queue", "momentum encoder"]
    assert words(page, ".pt-results li") == [
        "ImageNet linear probe: 60.6% ResNet-50, 200 epochs (github.com/facebookresearch/moco, README)"
    ]


def test_step_5_refers_to_a_paper_at_home_elsewhere_and_joins_a_part(tmp_path: Path, build: Build) -> None:
    output = build(grown(tmp_path, "5-elsewhere.yaml"), "-n")
    page, background = soup(output / "index.html"), soup(output / "background.html")
    assert words(page, '[data-paper="resnet"] .pt-note') == ["With 50 layers, the encoder of nearly all experiments."]
    assert not page.select("#paper-resnet")
    assert words(page, ".pt-heading") == ["Encoders", "Queue", "Without negatives"]
    assert words(page, "#paper-simsiam .pt-name") == ["SimSiam"]
    assert words(background, "#paper-resnet .pt-relations > *") == ["used by", "MoCo v1"]
    (link,) = background.select("#paper-resnet .pt-relations a")
    assert link["href"] == "index.html#paper-moco-v1"


def shown_below(page: BeautifulSoup, heading: str) -> BeautifulSoup:
    (section,) = page.select(f"section#{heading}")
    return BeautifulSoup(str(section), "html.parser")


@pytest.mark.parametrize(
    ("heading", "view", "papers"),
    [
        ("tabs", ".sd-tab-set", ["moco-v1", "byol"]),
        ("cards-in-a-grid", ".pt-view-cards .pt-grid", ["instdisc", "cmc"]),
        ("rows-of-a-table", ".pt-view-table table", ["infomin", "simclr-v2", "swav", "byol"]),
        ("sections-of-the-page", "section section section", ["barlow-twins"]),
        ("yaml-in-the-body", ".pt-view-cards", ["batch-size-note"]),
    ],
)
def test_a_layout_is_shown_live_below_its_source(site: Path, heading: str, view: str, papers: list[str]) -> None:
    part = shown_below(soup(site / "guide" / "paper-table.html"), heading)
    assert part.select(view)
    assert [item["data-paper"] for item in part.select("[data-paper]")] == papers
    assert "{paper-table}" in part.select(".highlight")[0].get_text()


def test_live_examples_leave_the_anchors_to_the_survey(site: Path) -> None:
    page = soup(site / "guide" / "paper-table.html")
    assert page.select('[id^="paper-"], [id^="group-"], [id^="survey-"]') == []
    (link,) = shown_below(page, "yaml-in-the-body").select(".pt-relations a")
    assert link["href"] == "../surveys/contrastive-learning.html#paper-moco-v1"


def test_the_roles_link_to_what_they_name(site: Path) -> None:
    part = shown_below(soup(site / "guide" / "paper-table.html"), "roles")
    links = {" ".join(link.get_text().split()): str(link["href"]) for link in part.select("p a.internal")}
    survey = "../surveys/contrastive-learning.html"
    assert links.items() >= {
        ("MoCo v1", f"{survey}#paper-moco-v1"),
        ("Momentum Contrast", f"{survey}#paper-moco-v1"),
        ("MoCo and SimCLR", f"{survey}#group-contrastive-learning-two-giants"),
        ("Background", "../surveys/background.html#survey-background"),
    }
    assert "../references.html#cite-he2020momentum" in links.values()


def test_restructuredtext_shows_the_same(tmp_path: Path, build: Build) -> None:
    """The example stands in a site with the real surveys."""
    for name in ("surveys/contrastive-learning.yaml", "surveys/background.yaml", "surveys/vocabulary.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "docs" / name, tmp_path / name)
    shutil.copy(ROOT / "refs.bib", tmp_path)
    example = (EXAMPLES / "tables" / "from-rst.rst").read_text(encoding="utf-8")
    tables = ".. paper-table:: contrastive-learning\n\n.. paper-table:: background\n\n.. bibliography::\n"
    (tmp_path / "conf.py").write_text(
        'extensions = ["sphinx_paper_table"]\nmyst_enable_extensions = ["dollarmath"]\n', encoding="utf-8"
    )
    (tmp_path / "index.rst").write_text(f"Home\n====\n\n.. toctree::\n\n   more\n\n{tables}", encoding="utf-8")
    (tmp_path / "more.rst").write_text(f"More\n====\n\n{example}", encoding="utf-8")
    page = soup(build(tmp_path) / "more.html")
    assert [item["data-paper"] for item in page.select("tr[data-paper]")] == ["moco-v1", "infomin", "moco-v2"]
    assert words(page, "p > a.internal")[-2:] == ["MoCo v1", "MoCo and SimCLR"]


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The address of the real site, served over HTTP."""
    handler = partial(QuietHandler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the signature of the base class)
        """Say nothing."""


SURVEY = "surveys/contrastive-learning.html"
LINKS: dict[str, dict[str, str]] = {
    "cite-rst": {
        "MoCo v1": f"{SURVEY}#paper-moco-v1",
        "MoCo and SimCLR": f"{SURVEY}#group-contrastive-learning-two-giants",
        "He et al., 2020": "references.html#cite-he2020momentum",
    },
    "cite-myst": {
        "MoCo v1": f"{SURVEY}#paper-moco-v1",
        "MoCo and SimCLR": f"{SURVEY}#group-contrastive-learning-two-giants",
        "Contrastive learning": f"{SURVEY}#survey-contrastive-learning",
        "He et al., 2020": "references.html#cite-he2020momentum",
    },
    "cite-bibtex": {
        "He et al., 2020": "references.html#cite-he2020momentum",
        "the first MoCo": "references.html#cite-he2020momentum",
        "Grill et al., 2020": "references.html#cite-grill2020bootstrap",
    },
    "cite-engine": {
        "2020": "references.html#cite-he2020momentum",
        "Grill et al., 2020": "references.html#cite-grill2020bootstrap",
    },
}


def published(project: Path, address: str) -> Path:
    """Put the address of the real site into a copy of an example, which has nothing of ours but the engine."""
    conf = project / "conf.py"
    text = conf.read_text(encoding="utf-8")
    assert '"sphinx_paper_table"' not in text
    assert ("sphinx_paper_table.citations" in text) == (project.name == "cite-engine")
    conf.write_text(text.replace("https://surveys.example.org/en/latest/", address), encoding="utf-8")
    return project


@pytest.mark.parametrize("example", LINKS)
def test_another_project_gets_links_with_their_texts(
    tmp_path: Path, build: Build, site: Path, address: str, example: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    project = published(Path(shutil.copytree(EXAMPLES / example, tmp_path / example)), address)
    page = soup(build(project, "-n") / "index.html")
    links = [link for link in page.select("a[href]") if str(link["href"]).startswith(address)]
    assert {link.get_text(): str(link["href"]).removeprefix(address) for link in links} == LINKS[example]
    assert all("external" in link.get_attribute_list("class") for link in links)
    for place in LINKS[example].values():
        name, _, anchor = place.partition("#")
        assert soup(site / name).find(id=anchor), place


def test_the_sentence_of_the_guide_is_that_of_the_page(
    tmp_path: Path, build: Build, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    project = published(Path(shutil.copytree(EXAMPLES / "cite-engine", tmp_path / "cite-engine")), address)
    page = soup(build(project, "-n") / "index.html")
    (quoted,) = re.findall(r'The page reads "(.*?)"', (GUIDE / "cite.md").read_text(encoding="utf-8"), re.DOTALL)
    assert words(page, "section > p")[0].rstrip(".") == quoted.replace("\\", "")


def test_the_engine_in_any_project(build: Build) -> None:
    page = soup(build(EXAMPLES / "citations", "-n") / "index.html")
    assert words(page, ".bibtex-citation") == ["[Doe, 2026]", "Doe [2026]"]
    assert {str(link["href"]) for link in page.select(".bibtex-citation a")} == {"#cite-doe2026queues"}
    assert words(page, "#cite-doe2026queues summary") == ["BibTeX"]


def test_the_page_about_citations_lists_their_options(site: Path) -> None:
    rows = table(soup(site / "guide" / "citations.html"), "options")
    assert {name: row[1] for name, row in rows.items()} == {"citations_bibtex": "True", "citations_cited_on": "True"}


def table(page: BeautifulSoup, anchor: str) -> Mapping[str, list[str]]:
    """Return the rows of the first table behind an anchor by their first cell."""
    (start,) = page.select(f"#{anchor}")
    found = start.find_next("table")
    assert found is not None
    rows = [[" ".join(cell.get_text().split()) for cell in row.select("td")] for row in found.select("tbody tr")]
    return {row[0]: row for row in rows}


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
        f":{name}:" for name in ("layout", "tags", "years", "venues", "ids", "has", "sort", "filter", "no-index")
    ]
    assert list(table(page, "the-directive-paper-index")) == [
        f":{name}:" for name in ("by", "tags", "years", "venues", "ids", "has", "sort", "filter")
    ]
    assert list(table(page, "configuration")) == [
        "paper_table_surveys",
        "paper_table_languages",
        "paper_table_edit_url",
        "paper_table_previews",
        "paper_table_pagefind",
        "paper_table_feed",
        "paper_table_full_index",
        "paper_table_layout",
        "citations_bibtex",
        "citations_cited_on",
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
    where_the_site_has_an_address = {"new.atom"}
    assert addresses == {*published, *schemas, *by_name, *where_the_site_has_an_address}
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
        if getattr(records, name).__module__ != records.__name__:
            continue
        rows = table(page, f"papers-{name.lower()}")
        assert list(rows) == list(record["properties"]), name
        for key, row in rows.items():
            assert row[2].startswith("May be left out.") == (key not in record["required"])


def real_surveys() -> set[str]:
    """Return the ids of the site's own surveys."""
    heads = (path.read_text("utf-8") for path in (ROOT / "docs" / "surveys").glob("**/*.yaml"))
    return set(re.findall(r"^survey: (\S+)", "\n".join(heads), flags=re.MULTILINE))


def blocks(path: Path) -> list[tuple[str, str]]:
    """Return language and text of the code blocks of a document."""
    found = FENCE.findall(path.read_text(encoding="utf-8"))
    return [(language, textwrap.dedent(text)) for _indent, _fence, language, text in found]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_yaml_elsewhere_in_the_project_is_valid(tmp_path: Path, name: str) -> None:
    """Snippets of the other documents are surveys, or papers of one, with keys and values that the schema has."""
    snippets = [text for language, text in blocks(ROOT / name) if language == "yaml"]
    assert snippets
    for text in snippets:
        data = yaml.safe_load(text)
        path = tmp_path / "x.yaml"
        whole = text if "survey" in data else "survey: x\ntitle: X\npapers:\n" + text
        path.write_text(whole, encoding="utf-8")
        found = {str(problem.code) for problem in load({"x.yaml": path}, {"refs.bib": ROOT / "refs.bib"}).problems}
        assert found <= {"dangling"}, "another survey has the paper"


def test_the_readme_shows_the_five_line_project() -> None:
    shown = [text for _language, text in blocks(ROOT / "README.md")]
    for name in ("conf.py", "index.md", "surveys/contrastive.yaml"):
        assert (EXAMPLES / "five-lines" / name).read_text(encoding="utf-8") in shown, name
