"""The directives paper-index and survey-cards: what they list, in which order, and where the links lead."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urldefrag

import pytest
from sphinx.util.inventory import InventoryFile
from tests.support.sites import (
    ALPHA,
    INDEX,
    PAGES,
    ROOT,
    VOCABULARY,
    dump,
    quick_soup,
    real_catalogue,
    small_site,
    soup,
    warnings,
)
from tests.support.texts import place_of_first_name

from sphinx_paper_table.features.index.query import index_groups
from sphinx_paper_table.features.survey_cards.printers import WIDTH, drawing_of
from sphinx_paper_table.features.survey_cards.query import survey_summaries
from sphinx_paper_table.reading.directive_options import BY
from sphinx_paper_table.survey.selection import Selection, select

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bs4 import BeautifulSoup
    from tests.conftest import RealSite
    from tests.support.harness import Site

STRANGE = [
    {"id": "han-2", "name": "注意力"},
    {"id": "han-1", "name": "对比"},
    {"id": "digit", "name": "3D-Net", "date": "2017"},
    {"id": "accent", "name": "Émile"},
    {"id": "low", "name": "flow"},
    {"id": "up", "name": "Fe"},
]
"""Names that do not begin with a capital of the Latin alphabet, and two that differ in case."""


def directive(name: str, argument: str = "", *options: str, suffix: str = ".md") -> str:
    """Return a page with one directive."""
    if suffix == ".md":
        return "\n".join([f"# {name}", "", f"```{{{name}}} {argument}".rstrip(), *(f":{o}" for o in options), "```\n"])
    return "\n".join([name, "=" * 30, "", f".. {name}:: {argument}".rstrip(), *(f"   :{o}" for o in options), ""])


def listing(html: BeautifulSoup) -> list[tuple[str, str, list[str]]]:
    """Return the groups of an index as (anchor, heading, papers), in the order of the page."""
    found = []
    for shelf in html.select(".pt-shelf"):
        heading = shelf.select_one(".pt-heading")
        assert heading is not None
        for link in heading.select(".headerlink"):
            link.extract()
        papers = [str(line["data-paper"]) for line in shelf.select("[data-paper]")]
        found.append((str(shelf["id"]), heading.get_text(strip=True), papers))
    return found


def addresses(site: Site, page: str, selector: str) -> list[str]:
    """Return where links on a page lead, as PAGE#ANCHOR from the root; each leads somewhere that exists."""
    found = []
    for link in soup(site.output() / page).select(selector):
        uri, anchor = urldefrag(unquote(str(link["href"])))
        target = (site.output() / page).parent.joinpath(uri).resolve() if uri else site.output() / page
        assert target.is_file(), link
        assert soup(target).select(f'[id="{anchor}"]'), link
        found.append(f"{target.relative_to(site.output().resolve()).as_posix()}#{anchor}")
    return found


INDEXES: Mapping[str, tuple[tuple[str, ...], list[tuple[str, str, list[str]]]]] = {
    "name": (
        (),
        [
            ("letter-f", "F", ["five", "four"]),
            ("letter-l", "L", ["loose"]),
            ("letter-o", "O", ["one", "other"]),
            ("letter-s", "S", ["six"]),
            ("letter-t", "T", ["three", "two"]),
        ],
    ),
    "year": (
        ("by: year",),
        [
            ("year-2022", "2022", ["six"]),
            ("year-2021", "2021", ["three"]),
            ("year-2020", "2020", ["one"]),
            ("year-2018", "2018", ["other", "two"]),
            ("year-other", "Year unknown", ["five", "four", "loose"]),
        ],
    ),
    "venue": (
        ("by: venue", "sort: newest"),
        [
            ("venue-cvpr", "CVPR", ["one"]),
            ("venue-journal-of-nothing", "Journal of Nothing", ["two", "other"]),
            ("venue-other", "No venue", ["six", "three", "loose", "four", "five"]),
        ],
    ),
    "tag": (
        ("by: tag",),
        [
            ("tag-small", "quite small", ["one", "two"]),
            ("tag-fast", "very fast", ["one"]),
            ("tag-other", "Without a tag", ["five", "four", "loose", "other", "six", "three"]),
        ],
    ),
    "added": (
        ("by: added",),
        [
            ("added-2026-01-10", "2026-01-10", ["one"]),
            ("added-2026-01-09", "2026-01-09", ["two"]),
            ("added-other", "Earlier", ["six", "three", "other", "loose", "four", "five"]),
        ],
    ),
    "changed": (
        ("by: changed",),
        [("changed-2026-03-01", "2026-03-01", ["one"]), ("changed-2026-02-01", "2026-02-01", ["two"])],
    ),
    "survey": (
        ("by: survey", "sort: survey"),
        [
            ("view-alpha", "Alpha methods", ["loose", "one", "two", "three", "four", "five", "other", "six"]),
            ("view-beta", "Beta methods", ["other"]),
        ],
    ),
    "alpha": (("years: 2020-", "by: name"), [("letter-o", "O", ["one"]), ("letter-t", "T", ["three"])]),
}
"""Options of an index of the whole catalogue, and what it shows; the last one is of one survey."""


@pytest.fixture(scope="module", params=[".md", ".rst"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with a page for each kind of index."""
    suffix = request.param
    pages = {
        f"lists/{name}{suffix}": directive(
            "paper-index", "alpha#g1" if name == "alpha" else "", *options, suffix=suffix
        )
        for name, (options, _shown) in INDEXES.items()
    }
    index = INDEX.replace("references\n", "references\nlists/*\n")
    vocabulary: Any = copy.deepcopy(VOCABULARY)
    vocabulary["tags"]["fast"]["description"] = "It is *fast*, as {paper}`six` is."
    alpha = dump(ALPHA)
    for added, reviewed in (("2026-01-10", "2026-03-01"), ("2026-01-09", "2026-02-01")):
        alpha = alpha.replace(f"added: '{added}'", f"added: '{added}'\n    reviewed: '{reviewed}'")
    files = {
        **PAGES,
        **pages,
        "index.md": index,
        "surveys/vocabulary.yaml": dump(vocabulary),
        "surveys/alpha.yaml": alpha,
    }
    found = small_site(tmp_path_factory.mktemp("lists"), files)
    for builder in ("html", "text", "latex", "man", "xml"):
        assert warnings(found.build(builder), found.source) == [], builder
    return found


@pytest.mark.parametrize("name", INDEXES)
def test_order_and_anchors(site: Site, name: str) -> None:
    html = soup(site.output() / "lists" / f"{name}.html")
    assert listing(html) == INDEXES[name][1]
    jumps = [str(link["href"]) for link in html.select(".pt-jump a")]
    assert jumps == [f"#{anchor}" for anchor, _heading, _papers in INDEXES[name][1]]


@pytest.mark.parametrize("name", INDEXES)
def test_every_line_links_to_the_card_and_to_its_survey(site: Site, name: str) -> None:
    papers = [paper for _anchor, _heading, papers in INDEXES[name][1] for paper in papers]
    homes = {paper: "beta" if paper == "other" else "alpha" for paper in papers}
    cards = addresses(site, f"lists/{name}.html", ".pt-lines .pt-name a")
    assert cards == [f"surveys/{homes[paper]}.html#paper-{paper}" for paper in papers]
    surveys = addresses(site, f"lists/{name}.html", ".pt-lines .pt-survey a")
    if name == "survey":  # named where it is not the one of the heading
        assert surveys == ["surveys/beta.html#survey-beta"]
        headings = addresses(site, "lists/survey.html", ".pt-heading > a:not(.headerlink)")
        assert headings == ["surveys/alpha.html#survey-alpha", "surveys/beta.html#survey-beta"]
    else:
        assert surveys == [f"surveys/{homes[paper]}.html#survey-{homes[paper]}" for paper in papers]


def test_a_line_says_what_the_bibliography_does(site: Site) -> None:
    html = soup(site.output() / "lists" / "name.html")
    (line,) = html.select('[data-paper="one"]')
    (others,) = line.select(".pt-hidden")
    assert others.extract().get_text() == ": Ann Lee, Bo Park, Cem Vogel, Di Yu"
    said = " ".join(line.get_text().split())
    assert said.startswith("One v1 CVPR 2020 One BERT for All Lee et al. · Alpha methodsFinds keys with")
    assert said.endswith("and Two.")
    (line,) = html.select('[data-paper="three"]')
    assert line.get_text(" ", strip=True) == "Three 2021 Alpha methods"


def test_a_tag_is_explained_and_linked_from_cards(site: Site) -> None:
    html = soup(site.output() / "lists" / "tag.html")
    (description,) = html.select("#tag-fast .pt-description")
    assert description.get_text() == "It is fast, as Six is."
    assert description.select_one('a[href="../surveys/alpha.html#paper-six"]')
    tags = addresses(site, "surveys/alpha.html", '[data-paper="one"] .pt-tags a')
    assert tags == ["lists/tag.html#tag-fast", "lists/tag.html#tag-small"]


def test_an_index_owns_no_method_and_tags_are_not_in_the_inventory(site: Site) -> None:
    inventory = InventoryFile.loads((site.output() / "objects.inv").read_bytes(), uri="").data
    assert inventory["paper:method"]["one"].uri == "surveys/alpha.html#paper-one"
    assert not [kind for kind in inventory if "tag" in kind]
    assert not [name for name in inventory["std:label"] if name.startswith("tag-")]


def test_text_names_everything_without_a_list_to_jump_from(site: Site) -> None:
    text = (site.output("text") / "lists" / "year.txt").read_text("utf-8")
    assert "-[ 2020 ]-\n\n* One v1 (CVPR 2020): *One BERT for All* – Alpha methods\n" in text
    assert "-[ Year unknown ]-\n\n* Five – Alpha methods\n" in text
    assert " · " not in text


def test_latex_links_to_cards_and_headings(site: Site) -> None:
    (path,) = site.output("latex").glob("small.tex")
    text = path.read_text("utf-8")
    assert r"\hyperref[\detokenize{surveys/alpha:paper-one}]" in text
    assert r"\label{\detokenize{lists/tag:tag-fast}}" in text
    assert r"\hyperref[\detokenize{lists/tag:tag-fast}]" in text, "the tag on the card"
    assert r"\papertablepage{\detokenize{surveys/alpha:paper-one}}" in text, "what paper has for a link"
    assert text.count(r" \(\cdot\) ") + text.count(" · ") == 0, "nobody jumps on paper"


def test_the_search_index_finds_cards_not_indexes(site: Site) -> None:
    """An index repeats names; the search leads to the cards themselves."""
    text = (site.output() / "searchindex.js").read_text("utf-8")
    assert "lists/name" in text
    assert '"loos"' in text or "loos:" in text, "the word itself is there"
    xml = (site.output("xml") / "lists" / "name.xml").read_text("utf-8")
    assert "paper_index" not in xml, "formats without a printer get standard nodes"
    assert "<bullet_list" in xml


def strange_site(path: Path, *options: str) -> Site:
    alpha: Any = copy.deepcopy(ALPHA)
    alpha["papers"] = STRANGE
    return small_site(
        path, {**PAGES, "surveys/alpha.yaml": dump(alpha), "surveys/all.md": directive("paper-index", "", *options)}
    )


def test_names_of_every_script(tmp_path: Path) -> None:
    """Case does not count; digits come first, other scripts last and in the order of Unicode."""
    site = strange_site(tmp_path)
    assert warnings(site.build(), site.source) == []
    found = listing(soup(site.output() / "surveys" / "all.html"))
    assert found[0] == ("letter-0-9", "0–9", ["digit"])
    assert found[1] == ("letter-e", "E", ["accent"])
    assert found[2] == ("letter-f", "F", ["up", "five", "low", "four"])
    assert found[-1] == ("letter-other", "Other names", ["han-1", "han-2"])


def test_two_indexes_on_a_page_have_anchors_of_their_own(tmp_path: Path) -> None:
    page = directive("paper-index", "alpha#h1") + "\n```{paper-index} alpha#h1\n```\n"
    site = small_site(tmp_path, {**PAGES, "surveys/list.md": page})
    assert warnings(site.build(), site.source) == []
    found = listing(soup(site.output() / "surveys" / "list.html"))
    assert [anchor for anchor, *_rest in found] == ["letter-s", "letter-s-2"]


@pytest.mark.parametrize("suffix", [".md", ".rst"])
@pytest.mark.parametrize(
    ("name", "argument", "option", "message"),
    [
        ("paper-index", "", "by: yaer", "the option 'by' is left out: there is no 'yaer'; did you mean 'year'?"),
        ("paper-index", "", "bye: year", "there is no option 'bye'; did you mean 'by'? (it is left out)"),
        ("paper-index", "", "sort: nmae", "the option 'sort' is left out: there is no 'nmae'; did you mean 'name'?"),
        ("paper-index", "alpah", "by: year", "there is no survey 'alpah'; did you mean 'alpha'?"),
        ("paper-index", "", "ids: nothing", "there is no paper 'nothing'; known are "),
        ("paper-index", "", "years: 1900", "the index is empty; no paper fits all of its options"),
        ("survey-cards", "alpha betta", "", "there is no survey 'betta'; did you mean 'beta'?"),
        ("survey-cards", "", "by: year", "there is no option 'by'"),
    ],
)
def test_what_is_wrong_is_named_and_costs_only_itself(
    tmp_path: Path, name: str, argument: str, option: str, message: str, suffix: str
) -> None:
    options = (option,) if option else ()
    page = directive(name, argument, *options, suffix=suffix)
    site = small_site(tmp_path, {**PAGES, f"surveys/list{suffix}": page})
    for _again in range(2):
        (found,) = warnings(site.build(), site.source)
        assert found.startswith(f"surveys/list{suffix}:{place_of_first_name(page, message)}: WARNING: {message}"), found
    html = soup(site.output() / "surveys" / "list.html")
    is_all = name == "paper-index" and not option.startswith(("ids", "years")) and not argument
    assert len(html.select(".pt-lines [data-paper]")) == (8 if is_all else 0)
    assert len(html.select("[data-survey]")) == {"alpha betta": 1}.get(argument, 2 if name == "survey-cards" else 0)


def test_without_any_survey(tmp_path: Path) -> None:
    files = {"index.md": directive("survey-cards") + "\n```{paper-index}\n```\n"}
    conf = 'paper_table_surveys = ["nowhere/*.yaml"]\nsuppress_warnings = ["toc"]\n'
    site = small_site(tmp_path, files, conf)
    found = warnings(site.build(), site.source)
    assert [line.partition("WARNING: ")[2].partition(";")[0] for line in found] == [
        "no survey matches nowhere/*.yaml",
        "there is no survey to show",
        "the index is empty",
    ]


def test_surveys_at_a_glance(tmp_path: Path) -> None:
    pages = {"home.md": directive("survey-cards", "beta alpha"), "all.rst": directive("survey-cards", suffix=".rst")}
    index = INDEX.replace("references\n", "references\nhome\nall\n")
    site = small_site(tmp_path, {**PAGES, **pages, "index.md": index})
    for builder in ("html", "text", "latex"):
        assert warnings(site.build(builder), site.source) == [], builder
    html = soup(site.output() / "home.html")
    assert [card["data-survey"] for card in html.select("[data-survey]")] == ["beta", "alpha"]
    assert [card["data-survey"] for card in soup(site.output() / "all.html").select("[data-survey]")] == [
        "alpha",
        "beta",
    ]
    titles = addresses(site, "home.html", ".pt-surveys .pt-name a")
    assert titles == ["surveys/beta.html#survey-beta", "surveys/alpha.html#survey-alpha"]
    (card,) = html.select('[data-survey="alpha"]')
    counts = {item.dt.get_text(): item.dd.get_text() for item in card.select(".pt-counts > div") if item.dt and item.dd}
    assert counts == {"Methods": "8", "Relations": "2", "Result": "1"}
    assert [span.get_text() for span in card.select(".pt-strip > span")] == ["2018", "2022"]
    (summary,) = card.select(".pt-summary")
    assert summary.get_text() == "All of alpha, with One v1 and Lee et al. [LPVY20]."
    assert "A second paragraph" not in html.get_text()
    text = (site.output("text") / "home.txt").read_text("utf-8")
    assert "**Alpha methods**\n   All of *alpha*" in text
    assert "Methods: 8, Relations: 2, Result: 1, Years: 2018–2022" in " ".join(text.split())


@pytest.mark.parametrize("by", BY)
def test_every_method_of_the_site_is_listed(by: str) -> None:
    catalogue = real_catalogue()
    view = select(catalogue, Selection())
    assert view is not None
    listed = [line.paper for shelf in index_groups(view, catalogue, by) for line in shelf.lines]
    later = {str(paper.id) for paper in catalogue.papers.values() if str(paper.reviewed) > str(paper.added)}
    assert set(listed) == (later if by == "changed" else set(catalogue.papers))
    if by in {"name", "year", "venue", "added", "changed"}:
        assert len(listed) == len(set(listed))


def test_the_counts_of_the_site_add_up() -> None:
    catalogue = real_catalogue()
    found = survey_summaries((), catalogue)
    for glance in found:
        view = select(catalogue, Selection(glance.survey))
        assert view is not None
        whole = glance.methods + glance.datasets + glance.surveys
        assert whole == len({entry.paper.id for entry in view.all_entries()})
    assert sum(glance.methods + glance.datasets + glance.surveys for glance in found) >= len(catalogue.papers)
    assert sum(glance.relations for glance in found) == len(catalogue.edges)
    assert all(glance.summary and glance.years for glance in found)
    for glance in found:
        assert sum(number for _year, number in glance.by_year) == glance.methods
        first, last = glance.years[:4], glance.years[-4:]
        assert (glance.by_year[0][0], glance.by_year[-1][0]) == (int(first), int(last))


def test_each_survey_has_a_drawing_of_its_own() -> None:
    """A dot for each paper whose date is known, a line for each relation that stays in the survey, all inside."""
    catalogue = real_catalogue()
    drawings = []
    for glance in survey_summaries((), catalogue):
        drawn, view = glance.drawn, select(catalogue, Selection(glance.survey))
        assert drawn is not None
        assert view is not None
        shown = {entry.paper.id for entry in view.all_entries()}
        assert len(drawn.dots) == sum(bool(catalogue.date(catalogue.papers[paper])) for paper in shown)
        pairs = {(edge.source, edge.target) for edge in catalogue.edges if {edge.source, edge.target} <= shown}
        assert len(drawn.lines) == len(pairs)
        paths = drawing_of(drawn)
        assert paths is not None
        places = [tuple(map(int, place.split())) for place in re.findall(r"M(\d+ \d+)h0", paths["dots"])]
        assert len(places) == len(drawn.dots)
        assert paths["lines"].count("M") == len(drawn.lines)
        assert all(0 < across < WIDTH and 0 < down < int(paths["height"]) for across, down in places)
        drawings.append(paths["dots"])
    assert len(set(drawings)) == len(drawings)


def test_a_survey_of_one_year_has_no_drawing(tmp_path: Path) -> None:
    survey = {"survey": "one", "title": "One", "papers": [{"id": "a", "name": "A", "date": "2020-01"}]}
    site = small_site(tmp_path, {"surveys/one.yaml": dump(survey), "index.md": directive("survey-cards", "one")})
    site.build()
    (card,) = soup(site.output() / "index.html").select("[data-survey]")
    assert card.select(".pt-strip") == []
    assert "2020" in card.get_text()


def test_a_list_ends_where_it_is_told_to(tmp_path: Path) -> None:
    """The first of all groups together; such a list is none that tags or letters lead to."""
    page = directive("paper-index", "", "by: year", "sort: year", "first: 3")
    site = small_site(
        tmp_path, {**PAGES, "list.md": page, "index.md": INDEX.replace("references\n", "references\nlist\n")}
    )
    assert warnings(site.build(), site.source) == []
    shown = [paper for _anchor, _heading, papers in listing(soup(site.output() / "list.html")) for paper in papers]
    assert len(shown) == 3
    whole = small_site(
        tmp_path / "whole", {**PAGES, "index.md": directive("paper-index", "", "by: year", "sort: year")}
    )
    whole.build()
    every = [paper for _anchor, _heading, papers in listing(soup(whole.output() / "index.html")) for paper in papers]
    assert shown == every[:3]


def test_the_pages_of_the_site(real_site: RealSite) -> None:
    """Home and the four lists show everything, and tags on cards lead to the list by tag."""
    site = real_site()
    catalogue = real_catalogue()
    for name in ("index", "by-year", "by-venue", "by-tag"):
        html = quick_soup(site / "methods" / f"{name}.html")
        assert {line["data-paper"] for line in html.select(".pt-lines [data-paper]")} == set(catalogue.papers)
        assert len(html.select(".pt-lines .pt-name a")) == len(html.select(".pt-lines .pt-name"))
    home = quick_soup(site / "index.html")
    assert {card["data-survey"] for card in home.select("[data-survey]")} == set(catalogue.surveys) - {"background"}
    assert home.select_one('form[role="search"].pt-search')
    assert [len(lines.select("li")) for lines in home.select(".pt-lines")] == [5]
    cards = quick_soup(site / "surveys" / "contrastive-learning.html")
    tags = cards.select(".pt-card .pt-tags li")
    by_tag = quick_soup(site / "methods" / "by-tag.html")
    assert tags
    for tag in tags:
        assert tag.a is not None
        page, _, anchor = str(tag.a["href"]).partition("#")
        assert page == "../methods/by-tag.html"
        assert by_tag.select_one(f"#{anchor} .pt-heading").get_text().startswith(tag.get_text())  # type: ignore[union-attr]
    assert (ROOT / "docs" / "methods" / "by-tag.md").is_file()
