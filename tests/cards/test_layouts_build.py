"""The directive paper-table: every layout, every way to say what it shows, from MyST and reStructuredText."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from tests.support.sites import (
    ALPHA,
    INDEX,
    ORDER,
    PAGES,
    dump,
    outline,
    page,
    small_site,
    soup,
    warnings,
)

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import BeautifulSoup
    from tests.support.harness import Site

LAYOUTS = ("tabs", "groups", "cards", "table", "sections")
WHOLE = [
    ("paper", "Loose"),
    ("group", "Level one"),
    ("paper", "One v1"),
    ("paper", "Two"),
    ("group", "Level two"),
    ("paper", "Three"),
    ("group", "Level three"),
    ("paper", "Four"),
    ("group", "Level four"),
    ("paper", "Five"),
    ("paper", "Other"),
    ("group", "Second group"),
    ("paper", "Six"),
]
ANCHORS = ["survey-alpha", "paper-loose", "group-alpha-g1", "paper-one", "paper-two", "group-alpha-g2", "paper-three"]
ANCHORS += ["group-alpha-g3", "paper-four", "group-alpha-g4", "paper-five", "group-alpha-h1", "paper-six"]


def papers(html: BeautifulSoup) -> list[str]:
    """Return the ids of the papers on a page, in its order."""
    return [str(element["data-paper"]) for element in html.select("[data-paper]")]


def anchors(html: BeautifulSoup) -> list[str]:
    """Return the anchors that the contract promises, in the order of the page; former ids apart."""
    found = [str(element["id"]) for element in html.select("[id]")]
    return [name for name in found if name.startswith(("paper-", "group-", "survey-")) and name != "paper-uno"]


@pytest.mark.parametrize("suffix", [".md", ".rst"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts_show_the_same(tmp_path: Path, layout: str, suffix: str) -> None:
    """Same papers, same order, same groups, same anchors, whatever the layout and the language of the page."""
    files = {f"surveys/alpha{suffix}": page("Alpha", "alpha", f"layout: {layout}", suffix=suffix)}
    site = small_site(tmp_path, {**files, "surveys/beta.md": PAGES["surveys/beta.md"]})
    assert warnings(site.build(), site.source) == []
    html = soup(site.output() / "surveys" / "alpha.html")
    assert papers(html) == ORDER
    found = outline(html)
    if layout == "sections":
        found = [(kind, name.removesuffix(" (2019 – 2020)")) for kind, name in found]
    assert found == WHOLE
    assert anchors(html) == ANCHORS
    text = html.get_text()
    assert "First summary." in text
    assert "A second paragraph." in text
    assert "A local note." in text
    assert text.count("演讲") >= 1
    (card,) = html.select('[data-paper="one"]')
    assert card.select_one(".pt-summary strong")
    assert card.select_one('.pt-summary a[href="#paper-two"]')
    assert card.select_one('a.pt-cite[href="../references.html#cite-lee2020one"]')
    assert [link["href"] for link in card.select(".pt-relations a")] == ["beta.html#paper-other", "#paper-three"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_headings_nest_without_a_gap(tmp_path: Path, layout: str) -> None:
    """Readers of screen readers move by headings: no level is left out on the way down."""
    site = small_site(tmp_path, {"surveys/alpha.md": page("Alpha", "alpha", f"layout: {layout}")})
    site.build()
    html = soup(site.output() / "surveys" / "alpha.html")
    levels = [int(str(heading.name)[1]) for heading in html.select("article[role=main] :is(h1, h2, h3, h4, h5, h6)")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels


def test_no_heading_is_below_the_sixth_level(tmp_path: Path) -> None:
    """HTML has six; a table, a ranking, an index and cards of surveys may stand under the last one, groups deeper."""
    headings = "".join(f"{'#' * level} Level {level}\n\n" for level in range(1, 7))
    views = [f"```{{{name}}}\n```\n" for name in ("paper-results", "paper-index", "survey-cards")]
    tables = [page("", "alpha", f"layout: {layout}", "no-index:").partition("\n\n")[2] for layout in LAYOUTS[:-1]]
    site = small_site(tmp_path, {"surveys/deep.md": headings + "\n".join([*views, *tables])})
    site.build()
    text = (site.output() / "surveys" / "deep.html").read_text("utf-8")
    levels = {int(level) for level in re.findall(r"<h(\d)", text)}
    assert levels == {1, 2, 3, 4, 5, 6}
    for selector in (".pt-name", ".pt-heading"):
        assert {heading.name for heading in soup(site.output() / "surveys" / "deep.html").select(selector)} <= {
            "h6",
            "th",
            "span",
        }


def test_latex_has_the_anchors_of_sections(tmp_path: Path) -> None:
    """It prints no target that stands before a section, such as that of a survey without a text: its section has it."""
    files = {f"surveys/{name}.md": page(name.capitalize(), name, "layout: sections") for name in ("alpha", "beta")}
    site = small_site(tmp_path, files)
    site.build("latex")
    (path,) = site.output("latex").glob("*.tex")
    text = path.read_text("utf-8")
    labels = re.findall(r"\\label\{\\detokenize\{surveys/\w+:([^}]*)\}\}", text)
    wanted = [*ANCHORS, "survey-beta", "paper-other"]
    assert [labels.count(anchor) for anchor in wanted] == [1] * len(wanted)
    assert text.index("alpha:survey-alpha") < text.index("All of"), "a survey with a text has its anchor before that"
    site.build("xml")
    tree = ET.parse(site.output("xml") / "surveys" / "beta.xml")  # noqa: S314 (our own)
    assert sum("survey-beta" in element.get("ids", "").split() for element in tree.iter()) == 1


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with a page for each way to select papers."""
    pages = {f"v/{name}.md": page(name.capitalize(), view[0], *view[1]) for name, view in VIEWS.items()}
    index = INDEX.replace("references\n", "references\nv/*\n")
    site = small_site(tmp_path_factory.mktemp("views"), {**PAGES, **pages, "index.md": index})
    assert warnings(site.build(), site.source) == []
    return site


VIEWS: dict[str, tuple[str, tuple[str, ...], list[str]]] = {
    "survey": ("alpha", ("no-index:",), ORDER),
    "group": ("alpha#g2", ("no-index:",), ["three", "four", "five", "other"]),
    "inner-group": ("alpha#g4", ("no-index:", "layout: table"), ["five", "other"]),
    "file": ("../surveys/beta.yaml", ("no-index:",), ["other"]),
    "file-from-the-root": ("/surveys/beta.yaml", ("no-index:",), ["other"]),
    "everything": ("", (), [*ORDER, "other"]),
    "tags": ("alpha", ("tags: fast",), ["one"]),
    "several-tags": ("", ("tags: fast, small",), ["one", "two"]),
    "year": ("alpha", ("years: 2020",), ["one"]),
    "years": ("alpha", ("years: 2018-2020",), ["one", "two", "other"]),
    "years-from": ("alpha", ("years: 2021-",), ["three", "six"]),
    "years-to": ("alpha", ("years: -2019",), ["two", "other"]),
    "venues": ("alpha", ("venues: cvpr",), ["one"]),
    "ids": ("", ("ids: six uno",), ["one", "six"]),
    "has-code": ("alpha", ("has: code",), ["one"]),
    "has-video": ("alpha", ("has: video",), ["one", "four"]),
    "has-results": ("alpha", ("has: results code",), ["one"]),
    "has-relations": ("alpha", ("has: relations",), ["one", "three", "other"]),
    "sort-name": ("alpha#g1", ("no-index:", "sort: name"), ["one", "two", "three", "four", "five", "other"]),
    "sort-newest": ("alpha#g1", ("no-index:", "sort: newest"), ["one", "two", "three", "four", "other", "five"]),
    "sort-year": ("alpha#g1", ("no-index:", "sort: year"), ["two", "one", "three", "four", "five", "other"]),
    "both": ("alpha", ("tags: small", "has: code"), ["one"]),
}


@pytest.mark.parametrize("name", VIEWS)
def test_selection(views: Site, name: str) -> None:
    html = soup(views.output() / "v" / f"{name}.html")
    assert papers(html) == VIEWS[name][2]
    assert anchors(html) == [], "a filtered view, and one with no-index, leaves the anchors to the whole one"
    links = {str(link["href"]) for link in html.select(".pt-relations a")}
    assert links <= {
        "../surveys/alpha.html#paper-one",
        "../surveys/alpha.html#paper-three",
        "../surveys/beta.html#paper-other",
    }


def test_groups_without_papers_are_left_out(views: Site) -> None:
    html = soup(views.output() / "v" / "tags.html")
    assert outline(html) == [("group", "Level one"), ("paper", "One v1")]


BODY = """\
- id: mine
  name: Mine
  cite: lee2020one
  summary: Points at {paper}`two`.
  relations:
    extends:
      - {to: two, why: it is *better*}
"""


def test_yaml_in_the_body(tmp_path: Path) -> None:
    """A page's own records point at the catalogue, and nothing points at them."""
    rst = "Body\n====\n\n.. paper-table::\n   :layout: table\n\n" + "".join(
        f"   {line}\n" for line in BODY.splitlines()
    )
    files = {**PAGES, "own.md": f"# Own\n\n```{{paper-table}}\n:layout: cards\n\n{BODY}```\n", "other.rst": rst}
    site = small_site(tmp_path, {**files, "index.md": INDEX.replace("references\n", "references\nown\nother\n")})
    assert warnings(site.build(), site.source) == []
    for name in ("own", "other"):
        html = soup(site.output() / f"{name}.html")
        (card,) = html.select('[data-paper="mine"]')
        assert "CVPR 2020" in card.get_text()
        assert {link["href"] for link in card.select("a[href*='.html#']")} == {
            "surveys/alpha.html#paper-two",
            "references.html#cite-lee2020one",
        }
        assert anchors(html) == []
    assert "Mine" not in (site.output() / "surveys" / "alpha.html").read_text("utf-8")


def test_a_file_of_its_own(tmp_path: Path) -> None:
    """A YAML file that is no survey of the catalogue is private to the page; an edit of it rereads the page."""
    files = {**PAGES, "data/own.yaml": BODY, "own.md": page("Own", "data/own.yaml")}
    site = small_site(tmp_path, {**files, "index.md": INDEX.replace("references\n", "references\nown\n")})
    assert warnings(site.build(), site.source) == []
    assert papers(soup(site.output() / "own.html")) == ["mine"]
    site.replace("data/own.yaml", "name: Mine", "name: Yours")
    report = site.assert_incremental_equals_clean()
    assert report.read == 1
    assert "Yours" in (site.output() / "own.html").read_text("utf-8")


def test_two_tables_on_a_page(tmp_path: Path) -> None:
    """The first whole table has the anchors; a second one, with no-index, shows the same without them."""
    first, second = page("Alpha", "alpha"), page("", "alpha", "no-index:", "layout: sections").partition("\n\n")[2]
    site = small_site(tmp_path, {**PAGES, "surveys/alpha.md": f"{first}\n## Again\n\n{second}"})
    assert warnings(site.build(), site.source) == []
    html = soup(site.output() / "surveys" / "alpha.html")
    assert papers(html) == [*ORDER, *ORDER]
    assert anchors(html) == ANCHORS
    everything = [str(element["id"]) for element in html.select("[id]")]
    assert len(everything) == len(set(everything))


def test_two_owners(tmp_path: Path) -> None:
    again = "# Again\n\ntext\n\n```{paper-table} alpha#h1\n```\n"
    site = small_site(tmp_path, {**PAGES, "surveys/again.md": again})
    hint = "give one of the tables the option 'no-index' [paper_table.owner]"
    assert warnings(site.build(), site.source) == [
        f"surveys/alpha.md:3: WARNING: 'six' has its anchor on the page 'surveys/again' already; {hint}"
    ]


def test_no_owner(tmp_path: Path) -> None:
    """A paper that no page shows is named at its record; a survey that no page shows is named once."""
    site = small_site(tmp_path, {"surveys/alpha.md": page("Alpha", "alpha#g1")})
    places = {
        name: number
        for number, line in enumerate(dump(ALPHA).splitlines(), 1)
        for name in ("loose", "six")
        if line.strip() == f"- id: {name}"
    }
    hint = "put the directive 'paper-table' with the argument '{}' and no filter on a page [paper_table.owner]"
    assert warnings(site.build(), site.source) == [
        f"surveys/alpha.yaml:{places['loose']}:3: WARNING: no page shows 'loose'; {hint.format('alpha')}",
        f"surveys/alpha.yaml:{places['six']}:5: WARNING: no page shows 'six'; {hint.format('alpha')}",
        f"surveys/beta.yaml:1:1: WARNING: no page shows the survey 'beta'; {hint.format('beta')}",
    ]


def test_a_group_that_no_page_shows_is_named_once(tmp_path: Path) -> None:
    site = small_site(tmp_path, {**PAGES, "surveys/alpha.md": page("Alpha", "alpha#h1")})
    at = 1 + next(place for place, line in enumerate(dump(ALPHA).splitlines()) if line.strip() == "- id: g1")
    hint = "put the directive 'paper-table' with the argument 'alpha#g1' and no filter on a page [paper_table.owner]"
    found = warnings(site.build(), site.source)
    assert found[0].endswith("no page shows 'loose'; " + hint.replace("#g1", ""))
    assert found[1:] == [f"surveys/alpha.yaml:{at}:3: WARNING: no page shows the group 'g1', with 5 papers; {hint}"]


@pytest.mark.parametrize("suffix", [".md", ".rst"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_inside_an_admonition(tmp_path: Path, layout: str, suffix: str) -> None:
    """Sections cannot stand there; cards take their place, and the page says so."""
    inner = page("", "alpha", f"layout: {layout}", suffix=suffix).strip().removeprefix("# \n").strip()
    if suffix == ".md":
        text = f"# Alpha\n\n````{{note}}\nBefore.\n\n{inner}\n````\n"
        line = 6
    else:
        text = "Alpha\n=====\n\n.. note::\n\n   Before.\n\n" + "".join(f"   {row}\n" for row in inner.splitlines())
        line = 8
    site = small_site(tmp_path, {"surveys/beta.md": PAGES["surveys/beta.md"], f"surveys/alpha{suffix}": text})
    expected = []
    if layout == "sections":
        message = "the layout 'sections' cannot stand inside other elements; 'cards' is used [paper_table.directive]"
        expected = [f"surveys/alpha{suffix}:{line}:1: WARNING: {message}"]
    assert warnings(site.build(), site.source) == expected
    html = soup(site.output() / "surveys" / "alpha.html")
    (note,) = html.select(".admonition")
    assert [str(element["data-paper"]) for element in note.select("[data-paper]")] == ORDER
    assert anchors(html) == ANCHORS
    for builder in ("text", "latex", "xml"):
        report = site.build(builder)
        assert warnings(report, site.source) == expected, builder


@pytest.mark.parametrize("builder", ["text", "latex", "man", "texinfo", "xml", "epub"])
def test_layouts_without_html(tmp_path: Path, builder: str) -> None:
    """All layouts on one page, in every other format: nothing is lost, nothing warned of."""
    tables = "\n".join(
        page("", "alpha", f"layout: {layout}", *(["no-index:"] if layout != "tabs" else [])).partition("\n\n")[2]
        for layout in LAYOUTS
    )
    site = small_site(tmp_path, {**PAGES, "surveys/alpha.md": f"# Alpha\n\n{tables}"})
    assert warnings(site.build(builder), site.source) == []
    suffix = {"text": "txt", "latex": "tex", "man": "1", "texinfo": "texi", "xml": "xml", "epub": "xhtml"}[builder]
    text = "".join(path.read_text("utf-8") for path in site.output(builder).rglob(f"*.{suffix}"))
    for phrase in ("Level four", "Second group", "A second paragraph", "local"):
        assert text.count(phrase) >= len(LAYOUTS), phrase
