"""The real site with every builder: no warning, every method in every output, anchors that are there."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urldefrag, urlsplit
from xml.etree import ElementTree as ET

import pytest
from lxml.html import document_fromstring
from tests.support.equal_views import SUFFIXES, missing
from tests.support.sites import real_catalogue

from sphinx_paper_table.survey.anchors import OWN

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import RealSite

HTML = ("html", "dirhtml", "singlehtml")
_OURS = (*OWN, "figure-", "added-", "year-", "venue-", "letter-")
"""How ids begin that we make."""
MISSING = ("404.html", "404/index.html")
"""The page in place of those that are missing: its links are whole addresses of the site that it is made for."""


@pytest.fixture(scope="module")
def built(request: pytest.FixtureRequest, real_site: RealSite) -> Path:
    """The output of one builder, which has not warned."""
    return real_site(builder=request.param)


@lru_cache(maxsize=1)  # tests of the same builder follow each other
def pages(built: Path) -> dict[str, Any]:
    """Return every HTML page by its path, as lxml has it: objects of Beautiful Soup take seconds, there are so many."""
    found = sorted(built.rglob("*.html"))
    return {path.relative_to(built).as_posix(): document_fromstring(path.read_bytes()) for path in found}


@pytest.mark.parametrize("built", SUFFIXES, indirect=True)
def test_everything_that_the_records_say_is_there(built: Path) -> None:
    """Methods, relations, results and references; `make test-views` asks the same of the other languages."""
    assert len(real_catalogue().papers) >= 21
    assert missing(real_catalogue(), built, built.name) == []


@pytest.mark.parametrize("built", [*HTML, "text"], indirect=True)
def test_no_markup_is_left(built: Path) -> None:
    """What authors write in MyST never reaches readers of a table."""
    if built.name == "text":
        tables = [path.read_text("utf-8") for path in (built / "surveys").glob("*.txt")]
    else:
        tables = [view.text_content() for page in pages(built).values() for view in page.find_class("pt-view")]
    assert tables
    for table in tables:
        assert not re.search(r"\{(paper|cite)|\]\(http|`", table)
        assert "**" not in table or built.name == "text"


@pytest.mark.parametrize("built", HTML, indirect=True)
def test_anchors_are_unique_and_links_lead_somewhere(built: Path) -> None:
    parsed = {name: page for name, page in pages(built).items() if name not in MISSING}
    ids: dict[str, set[str]] = {}
    for name, page in parsed.items():
        counts = Counter(map(str, page.xpath("//@id")))
        twice = [anchor for anchor, count in counts.items() if count > 1]
        if built.name == "singlehtml":  # where Sphinx keeps the ids of sections and of citations of all pages
            twice = [anchor for anchor in twice if anchor.startswith(_OURS)]
        assert twice == [], name
        ids[name] = set(counts)
    broken = []
    checked = 0
    for name, page in parsed.items():
        for link in map(str, page.xpath("//a[ancestor::article][not(@hreflang)]/@href")):
            if "://" in link or link.startswith("mailto:"):
                continue
            path, anchor = urldefrag(link)
            target = _target(name, path)
            checked += bool(anchor)
            if not anchor and (built / target).is_file():
                continue
            if target not in ids or (anchor and unquote(anchor) not in ids[target]):
                broken.append(f"{name}: {link}")
        forms = map(str, page.xpath("//form[ancestor::article]/@action"))
        broken += [f"{name}: {form}" for form in forms if _target(name, form) not in ids]
    assert broken == []
    assert checked > 200


def _target(page: str, path: str) -> str:
    """Return the file that the relative address *path* on *page* means."""
    if not path:
        return page
    parts = page.split("/")[:-1]
    for part in urlsplit(path).path.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    found = "/".join(parts)
    return f"{found}index.html" if found.endswith("/") or not found else found


@pytest.mark.parametrize("built", HTML, indirect=True)
def test_the_anchors_of_the_contract(built: Path) -> None:
    found = {str(anchor) for page in pages(built).values() for anchor in page.xpath("//@id")}
    catalogue = real_catalogue()
    expected = {f"paper-{name.replace('.', '-')}" for name in catalogue.papers}
    expected |= {f"group-{name.replace('#', '-')}" for name in catalogue.groups}
    expected |= {f"survey-{name}" for name in catalogue.surveys} | {f"cite-{key}" for key in catalogue.references}
    assert expected - found == set()


@pytest.mark.parametrize("built", ["latex"], indirect=True)
def test_latex_has_targets(built: Path) -> None:
    (path,) = built.glob("*.tex")
    tex = path.read_text("utf-8")
    linked = set()
    for name in real_catalogue().papers:
        anchor = re.escape(f"paper-{name.replace('.', '-')}")
        (label,) = set(re.findall(rf"\\label{{\\detokenize{{([^}}]*:{anchor})}}}}", tex))
        if f"\\hyperref[\\detokenize{{{label}}}]" in tex:
            linked.add(name)
    assert {"moco-v1", "instdisc", "resnet", "vit"} <= linked
    assert len(linked) > 15
    assert "\\hyperlink{cite.references:cite-he2020momentum}" in tex


@pytest.mark.parametrize("built", ["man"], indirect=True)
def test_a_manual_page_has_no_links_within_itself(built: Path) -> None:
    (path,) = built.glob("*.1")
    text = path.read_text("utf-8")
    assert re.findall(r"\\%<(?!https?:|mailto:)[^>\n]*>", text) == []
    assert ".TP 5\n[He et al., 2020]\n" in text


@pytest.mark.parametrize("built", ["epub"], indirect=True)
def test_epub_is_well_formed(built: Path) -> None:
    (path,) = built.glob("*.epub")
    with zipfile.ZipFile(path) as book:
        documents = [name for name in book.namelist() if name.endswith((".xhtml", ".opf", ".ncx"))]
        assert len(documents) > 5
        for name in documents:
            root = ET.fromstring(book.read(name))  # noqa: S314 (our own file)
            anchors = [element.get("id") for element in root.iter() if element.get("id")]
            assert len(anchors) == len(set(anchors)), name
        listed = {
            element.get("href")
            for element in ET.fromstring(book.read("content.opf")).iter()  # noqa: S314 (our own file)
            if element.tag.endswith("}item")
        }
        assert {"surveys/contrastive-learning.xhtml"} <= listed


@pytest.mark.parametrize("built", ["xml"], indirect=True)
def test_xml_has_standard_nodes_only(built: Path) -> None:
    """Programs that read docutils' XML know none of our nodes."""
    found = {element.tag for path in built.rglob("*.xml") for element in ET.parse(path).iter()}  # noqa: S314
    assert not {tag for tag in found if tag.startswith("paper")}
    assert {"definition_list", "reference", "section"} <= found


@pytest.mark.parametrize("built", ["html"], indirect=True)
def test_schemas_are_published(built: Path) -> None:
    for name in ("survey", "vocabulary"):
        schema = json.loads((built / "schema" / f"{name}.schema.json").read_text("utf-8"))
        assert schema["$schema"].startswith("https://json-schema.org/")
