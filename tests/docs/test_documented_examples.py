"""What the guide shows is what runs: every example is built, without a warning, and shows what the guide says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from bs4 import BeautifulSoup
from tests.docs.guide import EXAMPLES, GUIDE, ROOT, blocks, soup, words

from sphinx_paper_table.cli import main
from sphinx_paper_table.reading.loader import load

if TYPE_CHECKING:
    from tests.conftest import Build

STEPS: dict[str, tuple[str, ...]] = {
    "1-papers.yaml": (),
    "2-groups.yaml": (),
    "3-relations.yaml": (),
    "4-results.yaml": ("vocabulary.yaml", "venues.yaml"),
    "5-elsewhere.yaml": ("background.yaml", "part.yaml"),
}
"""Each step of the growing example with the files that it needs beside it."""


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
    scaffold |= {EXAMPLES / "cite-jupyter-book" / name for name in ("_toc.yml", "index.md")}
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


def test_a_layout_of_ones_own_is_an_option_of_tables(tmp_path: Path, build: Build) -> None:
    project = Path(shutil.copytree(EXAMPLES / "five-lines", tmp_path / "project"))
    shutil.copy(EXAMPLES / "layouts" / "conf.py", project)
    page = project / "index.md"
    page.write_text(page.read_text("utf-8").replace("contrastive\n", "contrastive\n:layout: column\n", 1), "utf-8")
    html = soup(build(project, "-n") / "index.html")
    assert "1 methods" in html.get_text()
    assert words(html, "#paper-moco-v1 .pt-name") == ["MoCo v1"]


def test_the_message_of_the_install_page_is_the_real_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = Path(shutil.copytree(EXAMPLES / "five-lines", tmp_path / "project"))
    survey = project / "surveys" / "contrastive.yaml"
    survey.write_text(survey.read_text(encoding="utf-8").replace("momentum\n", "momentun\n"), encoding="utf-8")
    monkeypatch.chdir(project)
    assert main(["check", "."]) == 1
    (message,) = re.findall(
        r"^```text\n(surveys/(?:.*\n)*?)```", (GUIDE / "install.md").read_text("utf-8"), re.MULTILINE
    )
    assert capsys.readouterr().err == message


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
        "basis of",
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
    assert words(page, ".pt-tags li") == ["queue", "momentum encoder"]
    (result,) = words(page, ".pt-results li")
    setting = "ResNet-50, trained on ImageNet-1k (1.3M images), 200 epochs, released checkpoint"
    assert result == f"ImageNet linear probe: 60.6% {setting} (github.com/facebookresearch/moco, README)"


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
        ("rows-of-a-table", ".pt-view-table table", ["infomin", "simclr-v2", "supcon", "swav", "byol"]),
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
