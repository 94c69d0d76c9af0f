"""Documentation that is made with other programs links to a served site and cites it, as the guide says."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlretrieve
from xml.etree import ElementTree as ET

import pytest
from tests.docs.guide import EXAMPLES, soup
from tests.others.conftest import run

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

HREF = "{http://www.w3.org/1999/xlink}href"
SURVEY = "surveys/contrastive-learning.html"
METHOD = ("MoCo v1", f"{SURVEY}#paper-moco-v1")
GROUP = ("MoCo and SimCLR", f"{SURVEY}#group-contrastive-learning-two-giants")
REFERENCE = ("He et al., 2020", "references.html#cite-he2020momentum")


def example(name: str, place: Path, address: str) -> Path:
    """Return a copy of an example of the guide, with the address of the served site in it."""
    project = Path(shutil.copytree(EXAMPLES / name, place / name))
    for path in filter(Path.is_file, project.rglob("*")):
        text = path.read_text("utf-8").replace("https://surveys.example.org/en/latest/", address)
        path.write_text(text, encoding="utf-8")
    return project


def links(page: BeautifulSoup, address: str) -> list[tuple[str, str]]:
    found = [(link.get_text(), str(link["href"])) for link in page.select("a[href]")]
    return [(text, place.removeprefix(address)) for text, place in found if place.startswith(address)]


def test_mkdocs_with_the_inventories_of_mkdocstrings(tmp_path: Path, published: str) -> None:
    project = example("cite-mkdocs", tmp_path, published)
    run("ELSEWHERE", "mkdocs", "build", "--strict", "--quiet", cwd=project)
    assert links(soup(project / "site" / "index.html"), published) == [METHOD, GROUP, REFERENCE]


def test_mystmd_with_references_and_the_bibliography(tmp_path: Path, published: str) -> None:
    """Its pages of HTML take a theme from its own host; the article in XML takes nothing more."""
    project = example("cite-mystmd", tmp_path, published)
    urlretrieve(f"{published}refs.bib", project / "refs.bib")  # noqa: S310 (our own server)
    run("ELSEWHERE", "myst", "build", "--xml", "--ci", "--strict", cwd=project)
    (article,) = project.glob("_build/**/*.xml")
    root = ET.parse(article).getroot()  # noqa: S314 (made of our own example)
    found = [("".join(link.itertext()), str(link.get(HREF))) for link in root.iter("ext-link")]
    ours = [(text, place.removeprefix(published)) for text, place in found if place.startswith(published)]
    assert ours == [METHOD, GROUP, REFERENCE]
    titles = ["".join(title.itertext()) for title in root.iterfind(".//ref//article-title")]
    assert titles == ["Momentum Contrast for Unsupervised Visual Representation Learning"]


def test_the_first_jupyter_book(tmp_path: Path, published: str) -> None:
    project = example("cite-jupyter-book", tmp_path, published)
    run("ELSEWHERE", "jupyter-book", "build", "--warningiserror", "--keep-going", "--quiet", ".", cwd=project)
    found = links(soup(project / "_build" / "html" / "index.html"), published)
    assert found == [METHOD, GROUP, ("Contrastive learning", f"{SURVEY}#survey-contrastive-learning"), REFERENCE]


@pytest.mark.parametrize("name", ["references.json", "refs.bib", "surveys/contrastive-learning.bib"])
def test_pandoc_reads_a_bibliography_by_its_address(tmp_path: Path, published: str, name: str) -> None:
    """CSL-JSON and BibTeX, as Zotero and JabRef import them too."""
    project = example("cite-pandoc", tmp_path, f"{published}")
    article = project / "article.md"
    article.write_text(article.read_text("utf-8").replace("references.json", name), encoding="utf-8")
    options = ["--citeproc", "--fail-if-warnings"]
    program = f"import pypandoc; print(pypandoc.convert_file('article.md', 'plain', extra_args={options}))"
    text = " ".join(run("ELSEWHERE", "python", "-c", program, cwd=project).split())
    assert text.startswith("We start from the queue of He et al. (2020; see also Grill et al. 2020).")
    assert "“Momentum Contrast for Unsupervised Visual Representation Learning.”" in text
    assert "https://doi.org/10.1109/CVPR42600.2020.00975" in text
