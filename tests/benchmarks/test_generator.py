"""The benchmark compares equals: both sites build cleanly and show the same papers."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from benchmarks.content import INVERSE, TAGS, library
from benchmarks.measure import PHASES, Site, compare
from benchmarks.peers import Floor
from benchmarks.report import growth, limits, markdown, worse
from benchmarks.variants import REVISION, Hand, Tables
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from benchmarks.content import Library, Paper
    from benchmarks.variants import Variant
    from bs4.element import Tag

COUNT = 50


@pytest.fixture(scope="module")
def papers() -> Library:
    return library(COUNT)


@pytest.fixture(scope="module", params=[Hand, Tables], ids=["hand", "tables"])
def cards(request: pytest.FixtureRequest, papers: Library, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Tag]:
    """The element of every paper, by its id; the build itself fails at any warning."""
    variant: type[Variant] = request.param
    site = Site(variant(papers), tmp_path_factory.mktemp(variant.__name__) / "site")
    site.prepare()
    site.build()
    found: dict[str, Tag] = {}
    for page in sorted((site.root / "_build" / "html" / "surveys").glob("*.html")):
        soup = BeautifulSoup(page.read_text("utf-8"), "html5lib")
        found |= {
            str(card["id"]): _whole(card) for card in soup.select("[id^=paper-]") if "paper-table" not in card["id"]
        }
    return found


def _whole(anchor: Tag) -> Tag:
    """Return the card that has the anchor, or that follows the anchor."""
    card = anchor if "sd-card" in anchor.get_attribute_list("class") else anchor.find_next(class_="sd-card")
    assert card is not None
    return card


def _text(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


def _plain(text: str) -> list[str]:
    """Return the words of a text without its mark-up and stops, which tags split from their words."""
    return text.translate(str.maketrans("*`.", "   ")).split()


def _relations(paper: Paper, papers: Library) -> set[tuple[str, str]]:
    """Return the labels and targets that a card must show, both directions."""
    everyone = papers.papers
    own = {(relation.type, everyone[relation.to].id) for relation in paper.relations}
    others = {(INVERSE[r.type], other.id) for other in everyone for r in other.relations if r.to == paper.number}
    return own | others


def _label_of(link: Tag) -> str:
    """Return what stands before a relation's link: in its list item, or as the term of its definition."""
    item = link.find_parent(["li", "dd"])
    assert item is not None
    term = item.find_previous("dt") if item.name == "dd" else item
    assert term is not None
    return " ".join(term.get_text().split()[: 2 if "by" in term.get_text().split()[:2] else 1])


def test_every_paper_has_its_card(cards: dict[str, Tag], papers: Library) -> None:
    assert len(papers.papers) == COUNT
    assert sorted(cards) == sorted(f"paper-{paper.id}" for paper in papers.papers)


def test_cards_show_the_same_texts(cards: dict[str, Tag], papers: Library) -> None:
    for paper in papers.papers:
        text = _text(cards[f"paper-{paper.id}"])
        work = paper.publication
        assert paper.name in text
        assert f"{work.venue} {work.year}" in text
        assert work.title in text
        assert ", ".join(f"{given} {family}" for family, given in work.authors) in text
        assert " ".join(_plain(paper.summary)) in " ".join(_plain(text))


def test_markup_is_rendered(cards: dict[str, Tag], papers: Library) -> None:
    for paper in papers.papers:
        card = cards[f"paper-{paper.id}"]
        for mark, name in (("**", "strong"), ("`", "code")):
            marked = paper.summary.split(mark)[1]
            assert marked in [" ".join(element.get_text().split()) for element in card.find_all(name)]


def test_cards_show_the_same_tags(cards: dict[str, Tag], papers: Library) -> None:
    for paper in papers.papers:
        badges = [badge.get_text() for badge in cards[f"paper-{paper.id}"].select(".sd-badge, .pt-tags li")]
        assert badges == [TAGS[tag] for tag in paper.tags]


def test_cards_show_the_same_relations(cards: dict[str, Tag], papers: Library) -> None:
    for paper in papers.papers:
        own = ".headerlink, .pt-chain a, .pt-next a"  # the ways through our page
        links = cards[f"paper-{paper.id}"].select(f"a[href*='#paper-']:not({own})")
        found = {(_label_of(link), str(link["href"]).partition("#paper-")[2]) for link in links}
        assert found == _relations(paper, papers)
        assert {link.get_text() for link in links} == {f"{name.capitalize()}Net" for _label, name in found}
        text = " ".join(_plain(_text(cards[f"paper-{paper.id}"])))
        assert all(" ".join(_plain(relation.why)) in text for relation in paper.relations)


def test_cards_cite_the_references(cards: dict[str, Tag], papers: Library) -> None:
    for paper in papers.papers:
        links = cards[f"paper-{paper.id}"].select("a[href*='#cite-']")
        assert [link["href"] for link in links] == [f"../references.html#cite-{paper.publication.key}"]


def test_cards_link_to_other_sites(cards: dict[str, Tag], papers: Library) -> None:
    for paper in papers.papers:
        links = [str(link["href"]) for link in cards[f"paper-{paper.id}"].select("a[href^='https:']")]
        assert links == [f"https://arxiv.org/abs/{paper.publication.arxiv}", paper.code]


def test_relations_lead_to_other_pages_too(papers: Library) -> None:
    ends = [(paper.number // 25, relation.to // 25) for paper in papers.papers for relation in paper.relations]
    assert len(ends) == 2 * COUNT - 1  # nothing is before the first
    assert 0.1 < sum(start != end for start, end in ends) / len(ends) < 0.4


@pytest.mark.parametrize("variant", [Hand, Tables])
def test_same_seed_same_bytes(variant: type[Variant], tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("two", 7), ("other", 8)):
        variant(library(30, seed)).write(tmp_path / name)
    one, two, other = (_files(tmp_path / name) for name in ("one", "two", "other"))
    assert one == two
    assert one["refs.bib"] != other["refs.bib"]


def _files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_thousands_of_papers_have_names_of_their_own() -> None:
    papers = library(10_000).papers
    assert len({paper.id for paper in papers}) == len({paper.publication.key for paper in papers}) == 10_000


@pytest.mark.parametrize("variant", [Floor, Hand, Tables])
def test_edits_change_what_they_say(variant: type[Variant], tmp_path: Path) -> None:
    written = variant(library(30))
    written.write(tmp_path)
    for phase, suffixes in {"record": {".md", ".yaml"}, "entry": {".bib", ".md"}, "prose": {".md"}}.items():
        before = _files(tmp_path)
        edit = PHASES[phase]
        assert edit is not None
        edit(written, tmp_path, 1)
        changed = {name for name, content in _files(tmp_path).items() if before.get(name) != content}
        assert len(changed) == 1, phase
        assert {Path(name).suffix for name in changed} <= suffixes, phase


def test_a_run_counts_every_build_and_says_what_is_worse(tmp_path: Path) -> None:
    found = compare(library(3), [Floor, Tables], 1, tmp_path)
    assert {len(costs) for phases in found.costs.values() for costs in phases.values()} == {1}
    page = (tmp_path / "tables" / "_build" / "html" / "surveys" / "survey-0001.html").read_text("utf-8")
    assert REVISION.format(number=1) in page
    assert "for the time 1" in page
    run: dict[str, Any] = {"date": "2026-01-01", "sizes": [found.as_json()]}
    assert list(worse(run, run)) == []
    assert "Nothing by more than" in markdown(run, run)
    slower = copy.deepcopy(run)
    slower["sizes"][0]["variants"][Tables.name]["phases"]["entry"]["cpu"] *= 2
    assert [(papers, phase) for papers, phase, _factor in worse(slower, run)] == [(3, "entry")]
    assert markdown(slower, run).index("entry of 3 papers: 2.00 ×") < markdown(slower, run).index("## 3 papers")


def size(papers: int, cost: float, megabytes: int = 1, floor: float = 0.0) -> dict[str, Any]:
    """Return what was measured at a size, where every build of ours costs the same."""

    def found(seconds: float) -> dict[str, Any]:
        costs = {"cpu": seconds, "wall": seconds, "megabytes": megabytes}
        return {"phases": dict.fromkeys(PHASES, costs), "bytes a paper": 1}

    return {"papers": papers, "variants": {Tables.name: found(cost), Floor.name: found(floor)}}


def test_growth_is_that_of_the_costs() -> None:
    assert [row[-1] for row in growth({"sizes": [size(100, 1.0), size(10_000, 100.0)]})] == ["1.00", "1.00"]


def test_the_largest_site_follows_from_the_curve() -> None:
    """390 s of this machine are left on Read the Docs: ten times a cost allows 10^(1/1.1) times the papers."""
    run = {"sizes": [size(1_000, 5.0, 100, 1.0), size(10_000, 40.0, 600, 1.0)]}
    found = limits(run)
    assert found is not None
    assert found.by_time == {1: 80_000, 3: 29_000}
    assert found.by_memory == 120_000
    assert "| by time, 1 format | 80,000 |" in markdown(run, None)
    assert limits({"sizes": [size(100, 1.0)]}) is None


def test_a_steeper_curve_ends_earlier() -> None:
    steep = limits({"sizes": [size(1_000, 1.0, 100), size(10_000, 40.0, 600)]})
    flat = limits({"sizes": [size(1_000, 4.0, 100), size(10_000, 40.0, 600)]})
    assert steep is not None
    assert flat is not None
    assert steep.by_time[1] < flat.by_time[1]
