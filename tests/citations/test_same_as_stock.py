"""With the engine and without its additions a project looks as it did: HTML, LaTeX, text, warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from tests.citations.support import KEYS, PLAIN, STOCK, Project, bibliography, contents, rst

if TYPE_CHECKING:
    from pathlib import Path

ROLES: Final = rst(
    "Start",
    contents("other", "more"),
    "See :cite:p:`lee2020one`, :cite:t:`kim2018zero`, :cite:`he2019two,he2019three`, :cite:ps:`lee2020one`.",
    "And :cite:year:`abel2001four`, :cite:yearpar:`yu2011six`, :cite:author:`lee2020one`, :cite:alp:`group2015five`.",
    "With :cite:p:`{see}lee2020one{page 3},kim2018zero`, :cite:label:`he2019two`, :cite:empty:`yu2011six`.",
)
OTHER: Final = rst("Other", "Part\n----", "From another page :cite:t:`he2019three,lee2020one`, once more.")
REFERENCES: Final = rst("More", bibliography())
CUSTOM: Final = """
import pybtex.plugin
from dataclasses import dataclass, field
from pybtex.style.formatting.unsrt import Style
from pybtex.style.labels import BaseLabelStyle
import sphinxcontrib.bibtex.plugin
from sphinxcontrib.bibtex.style.referencing import BracketStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle


class Labels(BaseLabelStyle):
    def format_labels(self, entries):
        for number, entry in enumerate(entries):
            yield f"{entry.key[:2]}{number}"


class Mine(Style):
    default_label_style = Labels


def brackets():
    return BracketStyle(left="<", right=">")


@dataclass
class Angles(AuthorYearReferenceStyle):
    bracket_parenthetical: BracketStyle = field(default_factory=brackets)


pybtex.plugin.register_plugin("pybtex.style.formatting", "mine", Mine)
sphinxcontrib.bibtex.plugin.register_plugin("sphinxcontrib.bibtex.style.referencing", "angles", Angles)
bibtex_default_style = "mine"
bibtex_reference_style = "angles"
"""
COUNTED: Final = 'bibtex_cite_id = "b{bibliography_count}-{key}"\n'
SITES: Final[dict[str, tuple[dict[str, str], str]]] = {
    "label": ({"index.rst": ROLES, "other.rst": OTHER, "more.rst": REFERENCES}, ""),
    "author-year": (
        {"index.rst": ROLES, "other.rst": OTHER, "more.rst": REFERENCES},
        'bibtex_reference_style = "author_year"\nbibtex_default_style = "plain"\nbibtex_cite_id = ""\n',
    ),
    "super": (
        {"index.rst": ROLES, "other.rst": OTHER, "more.rst": REFERENCES},
        'bibtex_reference_style = "super"\nbibtex_default_style = "unsrt"\nbibtex_tooltips_style = "plain"\n',
    ),
    "custom styles": ({"index.rst": ROLES, "other.rst": OTHER, "more.rst": REFERENCES}, CUSTOM),
    "filters": (
        {
            "index.rst": rst("Start", contents("a", "b", "c", "d"), ":cite:p:`lee2020one`", bibliography("cited:")),
            "a.rst": rst("A", ":cite:p:`he2019two`", bibliography("filter: docname in docnames", "list: bullet")),
            "b.rst": rst(
                "B",
                bibliography('filter: author % "He" and not cited'),
                bibliography('filter: cited and type == "article"', "list: bullet"),
                bibliography('filter: year >= "2015" or key in {"yu2011six"}', "list: enumerated"),
            ),
            "c.rst": rst("C", bibliography("filter: False", "list: bullet", keys=("yu2011six", "abel2001four"))),
            "d.rst": rst("D", bibliography("all:", "list: bullet"), bibliography("notcited:", "list: bullet")),
        },
        COUNTED,
    ),
    "lists": (
        {
            "index.rst": rst("Start", contents("a", "b"), ":cite:p:`lee2020one,he2019two`"),
            "a.rst": rst(
                "A",
                bibliography("list: enumerated", "enumtype: upperroman", "start: 3", "cited:"),
                bibliography("list: enumerated", "start: continue", "notcited:"),
            ),
            "b.rst": rst("B", bibliography("list: enumerated", "start: continue", "all:"), bibliography("list: odd")),
        },
        'bibtex_cite_id = ""\n',
    ),
    "prefixes": (
        {
            "index.rst": rst("Start", contents("a", "b"), ":cite:p:`a-lee2020one` :cite:t:`b-lee2020one,b-yu2011six`"),
            "a.rst": rst("A", ":cite:p:`a-he2019two`", bibliography("labelprefix: A", "keyprefix: a-", "cited:")),
            "b.rst": rst("B", bibliography("labelprefix: B", "keyprefix: b-", "all:", keys=("he2019two", "gone"))),
        },
        COUNTED + 'bibtex_bibliography_id = "bib-{bibliography_count}"\n',
    ),
    "files": (
        {
            "index.rst": rst("Start", contents("sub/a"), ":cite:p:`lee2020one` :cite:t:`other1999`"),
            "sub/a.rst": rst(
                "A",
                bibliography("all:", file="../more.bib"),
                bibliography("all:", file="../refs.bib", keys=("lee2020one",)),
                bibliography("all:", "list: bullet", file="nowhere.bib ../more.bib"),
            ),
            "more.bib": "@misc{other1999, author={Other, One}, title={Other}, year=1999}\n",
        },
        COUNTED + 'bibtex_bibfiles = ["refs.bib", "more.bib"]\nbibtex_bibliography_header = ".. rubric:: Read"\n',
    ),
    "footnotes": (
        {
            "index.rst": rst(
                "Start",
                contents("a"),
                ":footcite:p:`lee2020one` :footcite:t:`he2019two,he2019three` :any:`kim2018zero` :cite:t:`kim2018zero`",
                ".. footbibliography::",
                bibliography("filter: key % 'zero'"),
            ),
            "a.rst": rst("A", ":footcite:`yu2011six`", ".. footbibliography::"),
        },
        "",
    ),
    "mistakes": (
        {
            "index.rst": rst(
                "Start",
                contents("a"),
                ":cite:p:`gone` :cite:t:`lee2020one,gone`",
                bibliography("filter: author %", "all:"),
                bibliography("all:", keys=("lee2020one",)),
            ),
            "a.rst": rst(
                "A", bibliography("filter: a.b", "list: bullet"), bibliography("filter: key; cited", "list: bullet")
            ),
        },
        COUNTED + "bibtex_tooltips = False\n",
    ),
    "nothing": ({"index.rst": rst("Start", "No citation.", bibliography())}, ""),
}
SUFFIXES: Final = {"html": (".html",), "latex": (".tex",), "text": (".txt",)}


def site(path: Path, name: str) -> Project:
    files, conf = SITES[name]
    return Project(path, files, conf)


@pytest.mark.parametrize("name", SITES)
def test_output_and_warnings_are_the_same(tmp_path: Path, name: str) -> None:
    project = site(tmp_path, name)
    for builder, suffixes in SUFFIXES.items():
        stock = project.build(STOCK, builder, "stock")
        ours = project.build(PLAIN, builder, "ours")
        assert ours.files(*suffixes) == stock.files(*suffixes), builder
        assert ours.warnings == stock.warnings, builder
        assert stock.files(*suffixes)


def test_references_stand_in_the_order_of_the_lists_that_they_lead_to(tmp_path: Path) -> None:
    """Those to the page's own list come first. The stock package warns of such lists, for a reason that is not ours."""
    keys = ("lee2020one", "he2019two")
    cites = ":cite:p:`lee2020one,he2019two` :cite:p:`yu2011six,lee2020one,abel2001four,he2019two,group2015five`"
    lists = {
        "a": bibliography("filter: False", "labelprefix: A", keys=("abel2001four", "group2015five")),
        "z": bibliography("filter: False", "labelprefix: Z", keys=("yu2011six",)),
    }
    files = {f"{name}.rst": rst(name, ":cite:p:`yu2011six,lee2020one`", text) for name, text in lists.items()}
    files["index.rst"] = rst("Start", contents("a", "z"), cites, bibliography("filter: False", keys=keys))
    project = Project(tmp_path, files, COUNTED)
    stock, ours = project.build(STOCK), project.build(PLAIN)
    assert ours.files(".html") == stock.files(".html")
    pages = [address.partition("#")[0] for _text, address in ours.links("a[href*='#b']")]
    assert pages == ["", "", "", "", "a.html", "a.html", "z.html"]


def test_an_anchor_is_on_a_page_once(tmp_path: Path) -> None:
    """The stock package warns of every entry of the files as soon as a page has a second list."""
    lists = [bibliography("filter: key % 'two'"), bibliography("filter: type == 'article'", "list: bullet")]
    found = Project(tmp_path, {"index.rst": rst("Start", *lists)}).build(PLAIN)
    anchors = [str(item["id"]) for item in found.page().select("[id^=cite-]")]
    assert sorted(anchors) == ["cite-he2019three", "cite-he2019two", "cite-he2019two-2", "cite-lee2020one"]
    (warning,) = found.warnings
    assert warning.startswith("index.rst:7: WARNING: duplicate citation id cite-he2019two")


def test_parallel_builds_are_the_same(tmp_path: Path) -> None:
    project = site(tmp_path, "label")
    for number in range(8):
        project.write(f"page{number}.rst", rst(f"Page {number}", f":cite:p:`{KEYS[number % len(KEYS)]}`"))
    stock, ours = project.build(STOCK), project.build(PLAIN, jobs=4)
    assert ours.files(".html") == stock.files(".html")


def test_the_sites_show_what_they_are_about(tmp_path: Path) -> None:
    """The comparison is of something: references, lists and messages are there."""
    found = site(tmp_path, "mistakes").build(PLAIN)
    assert len(found.warnings) > 5
    assert 'could not find bibtex key "gone"' in found.log
    page = site(tmp_path / "lists", "lists").build(PLAIN).page("a.html")
    assert [item["start"] for item in page.select("ol")] == ["3", "5"]


def test_a_page_touched_alone_is_the_same(tmp_path: Path) -> None:
    """An incremental build of ours equals a clean build of the stock package."""
    project = site(tmp_path, "label")
    project.build(PLAIN, place="ours")
    project.write("other.rst", OTHER + "\nAnd :cite:p:`yu2011six`.\n")
    assert project.build(PLAIN, place="ours").files(".html") == project.build(STOCK).files(".html")
