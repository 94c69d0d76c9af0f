"""Other projects link to the published site, and cite, as the guide says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.docs.guide import EXAMPLES, GUIDE, soup, words
from tests.support.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Build


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The address of the real site, served over HTTP."""
    with served(site) as address:
        yield address


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
