"""The site as a book, by the rules of EPUB 3.3 (https://www.w3.org/TR/epub-33/) that were broken once, and their like.

`make epubcheck` asks EPUBCheck itself, which takes Java.
"""

from __future__ import annotations

import base64
import re
import zipfile
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest
from tests.support.sites import dump, small_site

from sphinx_paper_table.sphinx_host.mathml import in_mathml_3, mathml

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import RealSite

OPF: Final = "{http://www.idpf.org/2007/opf}"
XHTML: Final = "{http://www.w3.org/1999/xhtml}"
MATHML: Final = "{http://www.w3.org/1998/Math/MathML}"
SVG: Final = "{http://www.w3.org/2000/svg}"
XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
LANGUAGE_TAG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
ELEMENTS: Final = frozenset(
    re.findall(
        r"\w+",
        "html head title base link meta style body article section nav aside h1 h2 h3 h4 h5 h6 hgroup header "
        "footer address p hr pre blockquote ol ul menu li dl dt dd figure figcaption main search div a em strong "
        "small s cite q dfn abbr ruby rt rp data time code var samp kbd sub sup i b u mark bdi bdo span br wbr ins "
        "del picture source img iframe embed object video audio track map area table caption colgroup col tbody "
        "thead tfoot tr td th form label input button select datalist optgroup option textarea output progress "
        "meter fieldset legend details summary dialog script noscript template slot canvas ",
    )
)
"""Those of HTML, see https://html.spec.whatwg.org/multipage/indices.html#elements-3."""


class Book(NamedTuple):
    """An EPUB: its manifest, and the parsed documents in it."""

    files: list[str]
    package: ET.Element
    documents: dict[str, ET.Element]

    @property
    def items(self) -> dict[str, ET.Element]:
        """The entries of the manifest by the file that they are about."""
        return {unquote(item.get("href", "")): item for item in self.package.iter(f"{OPF}item")}


@pytest.fixture(scope="module", params=["en", "zh_CN"])
def book(request: pytest.FixtureRequest, real_site: RealSite) -> Book:
    """The site in one language."""
    (path,) = real_site(request.param, "epub").glob("*.epub")
    with zipfile.ZipFile(path) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert archive.read("mimetype") == b"application/epub+zip"
        files = archive.namelist()
        documents = {name: ET.fromstring(archive.read(name)) for name in files if name.endswith(".xhtml")}  # noqa: S314
        return Book(files, ET.fromstring(archive.read("content.opf")), documents)  # noqa: S314 (our own)


def needed(document: ET.Element) -> set[str]:
    """Return the properties that a document must have in the manifest."""
    tags = {element.tag for element in document.iter()}
    found = {"mathml": f"{MATHML}math" in tags, "svg": f"{SVG}svg" in tags}
    found["scripted"] = bool(tags & {f"{XHTML}script", f"{XHTML}form"})
    found["remote-resources"] = any(element.get("src", "").startswith("http") for element in document.iter())
    return {name for name, is_needed in found.items() if is_needed}


def test_the_manifest_says_what_each_page_has(book: Book) -> None:
    declared = {name: set(item.get("properties", "").split()) - {"nav"} for name, item in book.items.items()}
    assert {name: declared[name] for name in book.documents} == {
        name: needed(document) for name, document in book.documents.items()
    }
    assert sum("mathml" in properties for properties in declared.values()) > 5


def test_the_manifest_lists_every_file_once_and_the_spine_its_pages(book: Book) -> None:
    own = {"mimetype", "META-INF/container.xml", "content.opf"}
    assert sorted(book.items) == sorted(set(book.files) - own)
    ids = [item.get("id") for item in book.items.values()]
    assert len(ids) == len(set(ids))
    spine = [item.get("idref") for item in book.package.iter(f"{OPF}itemref")]
    assert set(spine) <= set(ids)
    assert len(spine) == len(set(spine)) > 20
    assert [name for name, item in book.items.items() if item.get("properties") == "nav"] == ["nav.xhtml"]


def test_the_contents_lead_to_every_chapter(book: Book) -> None:
    """The menus of the site are hidden on its first page, and yet the contents of the book."""
    listed = {unquote(urldefrag(link.get("href", ""))[0]) for link in book.documents["nav.xhtml"].iter(f"{XHTML}a")}
    assert listed == book.documents.keys() - {"nav.xhtml"}


def test_the_chart_of_costs_is_a_picture_in_a_book(book: Book) -> None:
    (picture,) = book.documents["guide/benchmarks.xhtml"].iter(f"{XHTML}img")
    kind, _, data = picture.get("src", "").partition(";base64,")
    assert kind == "data:image/svg+xml"
    drawing = ET.fromstring(base64.b64decode(data))  # noqa: S314 (our own)
    assert len([*drawing.iter(f"{SVG}path")]) > 5


def test_every_language_is_a_tag(book: Book) -> None:
    documents = [book.package, *book.documents.values()]
    said = [value for document in documents for one in document.iter() for key, value in one.items() if "lang" in key]
    said += [element.text or "" for element in book.package.iter("{http://purl.org/dc/elements/1.1/}language")]
    assert len(said) > 50
    assert {tag for tag in said if not LANGUAGE_TAG.fullmatch(tag)} == set()
    for document in book.documents.values():
        assert document.get(XML_LANG, document.get("lang")) == document.get("lang", document.get(XML_LANG))


def test_every_element_is_one_of_its_vocabulary(book: Book) -> None:
    """A drawing without its namespace is an unknown element of HTML."""
    for name, document in book.documents.items():
        unknown = {one.tag for one in document.iter() if one.tag.removeprefix(XHTML) not in ELEMENTS}
        assert {tag for tag in unknown if not tag.startswith((MATHML, SVG))} == set(), name


def test_formulas_are_mathml_3(book: Book) -> None:
    styled = [
        (one.tag.removeprefix(MATHML), key)
        for document in book.documents.values()
        for one in document.iter()
        if one.tag.startswith(MATHML)
        for key in {*one.keys()} & {"displaystyle", "scriptlevel"}
    ]
    assert ("mstyle", "displaystyle") in styled
    assert {tag for tag, _key in styled} <= {"math", "mstyle"}


def test_links_within_the_book_lead_somewhere(book: Book) -> None:
    ids = {name: {one.get("id") for one in document.iter()} for name, document in book.documents.items()}
    wrong = []
    for name, document in book.documents.items():
        for link in document.iter(f"{XHTML}a"):
            address = link.get("href", "")
            if re.match(r"[a-z]+:", address):
                continue
            path, anchor = urldefrag(urljoin(f"/{name}", address))
            if unquote(path).lstrip("/") not in book.files or (
                anchor and unquote(anchor) not in ids[unquote(path).lstrip("/")]
            ):
                wrong.append(f"{name}: {address}")
    assert wrong == []


def test_a_book_has_no_trail_of_pages(book: Book) -> None:
    """Its reader has chapters; without our style sheet, a trail would be a numbered list."""
    for document in book.documents.values():
        assert not [one for one in document.iter() if "breadcrumbs" in one.get("class", "")]


def test_a_book_has_nothing_that_only_a_script_or_a_page_of_the_site_obeys(book: Book) -> None:
    controls = {f"{XHTML}{name}" for name in ("input", "button", "select", "form", "script", "template", "noscript")}
    for name, document in book.documents.items():
        assert [one.tag for one in document.iter() if one.tag in controls] == [], name
        assert [one for one in document.iter(f"{XHTML}a") if "headerlink" in one.get("class", "").split()] == [], name
    assert [name for name in book.files if re.search(r"paper_\w+\.js|_print\.css|_preview\.css", name)] == []
    assert "_static/sphinx_paper_table.css" in book.files


def test_ids_are_given_once(book: Book) -> None:
    for name, document in book.documents.items():
        ids = [one.get("id") for one in document.iter() if one.get("id")]
        assert len(ids) == len(set(ids)), name


def test_style_sheets_of_pages_are_in_the_book(book: Book) -> None:
    for name, document in book.documents.items():
        for link in document.iter(f"{XHTML}link"):
            path = urlsplit(urljoin(f"/{name}", link.get("href", ""))).path.lstrip("/")
            assert unquote(path) in book.files, (name, path)


def test_what_is_larger_than_its_surroundings_is_wrapped() -> None:
    """Whatever element docutils puts it on."""
    plain = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>'
    assert in_mathml_3(plain) == plain
    found = in_mathml_3(
        plain.replace("<mi>", '<mrow displaystyle="true"><mi scriptlevel="2">').replace("</mi>", "</mi></mrow>")
    )
    assert '<mstyle displaystyle="true"><mrow><mstyle scriptlevel="2"><mi>x</mi></mstyle></mrow></mstyle>' in found
    fraction = mathml(r"\tfrac{a < b}{c}", as_block=False)
    assert "<mfrac displaystyle" in fraction
    assert "<mfrac displaystyle" not in in_mathml_3(fraction)


TABS: Final = """`````{tab-set}
````{tab-item} One
:name: first

Words of one.

```{tab-set}
~~~{tab-item} Inner
Words within.
~~~
```
````
````{tab-item} Two *bold*
Words of two.
````
`````
"""


@pytest.mark.parametrize("builder", ["epub", "latex", "text"])
def test_tab_sets_lie_open_where_nobody_can_click(builder: str, tmp_path: Path) -> None:
    """Those of pages, and those in the texts of records; sphinx-design makes `<input>` of them in an EPUB."""
    survey = {"survey": "s", "title": "S", "summary": TABS, "papers": [{"id": "p", "name": "P"}]}
    intro = f"# Start\n\n{{ref}}`to it <first>`\n\n{TABS}\n```{{paper-table}} s\n```\n"
    site = small_site(tmp_path, {"index.md": intro, "surveys/s.yaml": dump(survey)})
    site.build(builder)
    name = {"epub": "index.xhtml", "latex": "*.tex", "text": "index.txt"}[builder]
    (path,) = site.output(builder).glob(name)
    text = path.read_text("utf-8")
    for words in ("Words of one.", "Words within.", "Words of two.", "Inner"):
        assert text.count(words) == 2, words
    if builder == "epub":
        tree = ET.fromstring(text)  # noqa: S314 (our own file)
        assert [element.tag for element in tree.iter() if "sd-tab" in element.get("class", "")] == []
        assert [element.get("id") for element in tree.iter() if element.get("id") == "first"] == ["first"]
