"""The directive paper-figure: inline in HTML, a file in a book, words elsewhere, translated, and bad input named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.support.harness import wait_for_clock
from tests.support.sites import INDEX, PAGES, small_site, soup, warnings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.harness import Site

DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 50">
  <rect class="a" x="1" y="1" width="9" height="9"/>
  <path class="arrow" d="M0 0H9"/>
  <text x="5" y="5">a key</text>
  <text x="5" y="9" translate="no">One</text>
</svg>
"""
OPTIONS = (":name: keys", ":alt: A box with a key.", ":methods: one uno other", ":cite: kim2018zero")
MARKDOWN = "\n".join(
    [
        *("# Page", "", "See {ref}`keys`.", "", "```{paper-figure} drawn/box.svg", *OPTIONS, ""),
        *("The *caption* of {paper}`two`.", "", "A legend.", "```", ""),
    ]
)
STRUCTURED = "\n".join(
    [
        *(
            "Page",
            "====",
            "",
            "See :ref:`keys`.",
            "",
            ".. paper-figure:: drawn/box.svg",
            *("   " + line for line in OPTIONS),
        ),
        *("", "   The *caption* of :paper:`two`.", "", "   A legend.", ""),
    ]
)
CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8"

msgid "a key"
msgstr "一个键"

msgid "A box with a key."
msgstr "带键的方框。"

msgid "The *caption* of {paper}`two`."
msgstr "{paper}`two` 的 *题注*。"
"""
INDEX_WITH = INDEX.replace("references\n", "references\npage\n")


def files(suffix: str = ".md", **more: str) -> dict[str, str]:
    text = MARKDOWN if suffix == ".md" else STRUCTURED
    return {**PAGES, "index.md": INDEX_WITH, f"page{suffix}": text, "drawn/box.svg": DRAWING, **more}


@pytest.fixture(scope="module", params=[".md", ".rst"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    found = small_site(tmp_path_factory.mktemp("figure"), files(request.param))
    for builder in ("html", "text", "latex", "epub", "man", "xml"):
        assert warnings(found.build(builder), found.source) == [], builder
    return found


def test_the_drawing_is_part_of_the_page(site: Site) -> None:
    page = soup(site.output() / "page.html")
    (figure,) = page.select("figure#keys")
    (drawing,) = figure.select("svg[role=img]")
    assert drawing["aria-label"] == "A box with a key."
    assert drawing["viewbox" if drawing.has_attr("viewbox") else "viewBox"] == "0 0 600 50"
    assert [text.get_text() for text in drawing.select("text")] == ["a key", "One"]
    assert not figure.select("[style]")
    assert "The caption of Two." in figure.figcaption.get_text() if figure.figcaption else False
    assert "A legend." in figure.get_text()
    assert [(link.get_text(), link["href"]) for link in figure.select(".pt-shown a")] == [
        ("One v1", "surveys/alpha.html#paper-one"),
        ("Other", "surveys/beta.html#paper-other"),
        ("Kim and Moreau, 2018", "references.html#cite-kim2018zero"),
    ]
    assert page.select('a[href="#keys"]')
    assert page.select('link[href*="sphinx_paper_table.css"]')


def test_two_of_one_drawing_have_ids_of_their_own(tmp_path: Path) -> None:
    twice = "\n".join("```{paper-figure} drawn/box.svg\n:alt: A box.\n```" for _ in range(2))
    site = small_site(tmp_path, {**files(), "page.md": f"# Page\n\n{twice}\n"})
    assert warnings(site.build(), site.source) == []
    heads = [str(marker["id"]) for marker in soup(site.output() / "page.html").select("figure marker")]
    assert len(set(heads)) == 2


def test_other_formats_say_what_it_shows(site: Site) -> None:
    text = (site.output("text") / "page.txt").read_text("utf-8")
    latex = next(site.output("latex").glob("*.tex")).read_text("utf-8")
    for found in (text, latex):
        assert "A box with a key." in found
        assert "A legend." in found
        assert re.search(r"Methods: .*One v1", found)
    assert r"\papertablefigure{A box with a key.}" in latex
    assert " a key}" in latex


def test_a_manual_page_has_what_belongs_to_it_in_paragraphs(site: Site) -> None:
    (path,) = site.output("man").glob("*.1")
    text = path.read_text("utf-8")
    said = ["A box with a key.", "The \\fIcaption\\fP of Two", "A legend.", "Methods: One v1", "Drawn after: "]
    assert re.search("\\.sp\n".join(rf"{re.escape(part)}.*\n" for part in said), text)
    assert re.findall(r"\\%<(?!https?:|mailto:)[^>\n]*>", text) == []


def test_a_book_has_the_drawing_as_a_file(site: Site) -> None:
    page = soup(site.output("epub") / "page.xhtml")
    (image,) = page.select("figure img[src$='.svg']")
    assert image["alt"] == "A box with a key."
    name = str(image["src"])
    drawn = (site.output("epub") / name).read_text("utf-8")
    assert "a key</text>" in drawn
    assert "<style>" in drawn
    assert f'href="{name}"' in (site.output("epub") / "content.opf").read_text("utf-8")


def test_labels_and_alternative_are_translated(tmp_path: Path) -> None:
    place = "locale/zh_CN/LC_MESSAGES/page.po"
    site = small_site(tmp_path, files(**{place: CATALOGUE}), 'locale_dirs = ["locale"]\ngettext_compact = False\n')
    assert warnings(site.build("gettext"), site.source) == []
    template = (site.output("gettext") / "page.pot").read_text("utf-8")
    for message in ("a key", "A box with a key.", "A legend.", "The *caption* of {paper}`two`."):
        assert f'msgid "{message}"' in template
    assert 'msgid "One"' not in template
    site.options = ["-D", "language=zh_CN"]
    site.doctrees = tmp_path / "doctrees-html"  # Sphinx shares those of gettext with no other builder
    assert warnings(site.build(), site.source) == []
    (figure,) = soup(site.output() / "page.html").select("figure")
    assert [text.get_text() for text in figure.select("svg text")] == ["一个键", "One"]
    assert figure.select('svg[aria-label="带键的方框。"]')
    assert "Two 的题注" in figure.get_text()


def test_an_edit_of_the_drawing_or_of_a_name_is_seen(tmp_path: Path) -> None:
    site = small_site(tmp_path, files())
    assert warnings(site.build(), site.source) == []
    wait_for_clock()
    site.write("drawn/box.svg", DRAWING.replace("a key", "a lock"))
    site.write("surveys/alpha.yaml", site.read("surveys/alpha.yaml").replace("One v1", "One v2"))
    site.build()
    page = soup(site.output() / "page.html").get_text()
    assert "a lock" in page
    assert "One v2" in page


@pytest.mark.parametrize(
    ("directive", "says"),
    [
        ("drawn/bix.svg\n:alt: A.", "page.md:3:19: WARNING: the drawing 'drawn/bix.svg' cannot be read"),
        ("drawn/bix.svg\n:alt: A.", "did you mean 'box.svg'?"),
        ("drawn\n:alt: A.", "the drawing 'drawn' cannot be read"),
        ("../conf.svg\n:alt: A.", "is no file of the source directory"),
        ("/etc/passwd\n:alt: A.", "cannot be read"),
        ("\n:alt: A.", "no drawing is named"),
        ("drawn/box.svg", "the drawing has no text alternative"),
        ("drawn/box.svg\n:alt:", "the option 'alt' is left out: it needs a text"),
        ("drawn/box.svg\n:alt: A.\n:method: one", "there is no option 'method'; did you mean 'methods'?"),
        ("drawn/box.svg\n:alt: A.\n:methods: two tow", "there is no paper 'tow'; did you mean 'two'?"),
        (
            "drawn/box.svg\n:alt: A.\n:cite: kim2018zer",
            "there is no reference 'kim2018zer'; did you mean 'kim2018zero'?",
        ),
        ("drawn/bad.svg\n:alt: A.", "drawn/bad.svg:1:49: WARNING: the element 'script' is left out of the drawing"),
    ],
)
def test_bad_input_is_named_and_costs_itself(tmp_path: Path, directive: str, says: str) -> None:
    text = f"# Page\n\n```{{paper-figure}} {directive}\n\nThe caption.\n```\n"
    bad = '<svg viewBox="0 0 600 50" translate="no"><rect/><script>alert(1)</script></svg>'
    site = small_site(tmp_path, {**files(**{"drawn/bad.svg": bad}), "page.md": text})
    (tmp_path / "conf.svg").write_text(DRAWING, "utf-8")
    found = warnings(site.build(), site.source)
    assert any(says in line for line in found), found
    page = (site.output() / "page.html").read_text("utf-8")
    assert "The caption." in page
    assert "alert(1)" not in page
