"""Every record has what the project promises of it, and every method that was agreed on is there."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_paper_table.reading.checks import items_of
from sphinx_paper_table.survey.entities import METHOD, Paper
from sphinx_paper_table.survey.texts import texts

if TYPE_CHECKING:
    from sphinx_paper_table.survey.catalogue import Catalogue

HERE = Path(__file__).resolve().parent
METHODS: dict[str, list[str]] = json.loads((HERE / "methods.json").read_text("utf-8"))
SURVEYS = Path(__file__).resolve().parents[2] / "docs" / "surveys"
NO_NUMBER = re.compile(
    r"\b(?:no|none|not|neither)\b[^.]*\b(?:shown|listed|given|ranked|rankings?|numbers?|benchmarks?|read)\b"
    r"|\bleft out\b|\bdiffer in protocol\b",
    re.IGNORECASE,
)
IN_WORDS = re.compile(r"\d%|\b(?:FID|FVD|IoU|AP)\b[^.]*\d")


@pytest.mark.parametrize("place", list(METHODS))
def test_every_method_that_was_agreed_on_is_there(place: str, catalogue: Catalogue) -> None:
    where = catalogue.group(place) if "#" in place else catalogue.survey(place)
    assert where is not None
    present = {str(item.id if isinstance(item, Paper) else item.ref) for item in items_of(where)}
    assert [name for name in METHODS[place] if name not in present] == []


def test_the_list_is_that_of_all_papers(catalogue: Catalogue) -> None:
    """A paper that nobody agreed on would be a mistake in the list or in the surveys."""
    assert {name for names in METHODS.values() for name in names} == set(catalogue.papers)


@pytest.mark.parametrize("key", ["cite", "summary", "points", "tags", "relations", "added", "reviewed"])
def test_every_paper_has(key: str, catalogue: Catalogue) -> None:
    """A relation may also come from the other paper."""
    lacking = [
        str(paper.id)
        for paper in catalogue.papers.values()
        if not (catalogue.relations_of(paper.id) if key == "relations" else getattr(paper, key))
    ]
    assert lacking == []


def test_every_relation_has_a_reason(catalogue: Catalogue) -> None:
    assert [f"{edge.source} {edge.type} {edge.target}" for edge in catalogue.edges if not edge.why] == []


def test_two_papers_are_linked_once_by_each_kind(catalogue: Catalogue) -> None:
    """The inverse is derived; written as well, it would stand on the card twice."""
    pairs = Counter((edge.type, frozenset((edge.source, edge.target))) for edge in catalogue.edges)
    assert {pair: count for pair, count in pairs.items() if count > 1} == {}


def test_every_method_has_a_number_or_says_why_none_is_ranked(catalogue: Catalogue) -> None:
    """A number that fits no benchmark here may stand in the key points."""
    silent = [
        str(paper.id)
        for paper in catalogue.papers.values()
        if not paper.results
        and catalogue.kind(paper) == METHOD
        and not any(NO_NUMBER.search(text) or IN_WORDS.search(text) for text in map(str, paper.points))
    ]
    assert silent == []


def test_every_summary_is_of_two_to_four_sentences(catalogue: Catalogue) -> None:
    def sentences(text: str) -> int:
        bare = re.sub(r"\b(?:e\.g|i\.e|vs|al|cf)\.|\$[^$]+\$|`[^`]+`|\d\.\d|\w\.(?=\w)", "x", text)
        return len(re.findall(r"[.?!][*”\")]*(?=\s|$)", bare))

    counts = {str(paper.id): sentences(paper.summary or "") for paper in catalogue.papers.values()}
    assert {paper: count for paper, count in counts.items() if not 2 <= count <= 4} == {}


def test_every_tag_benchmark_and_relation_type_is_described_and_used(catalogue: Catalogue) -> None:
    terms = catalogue.vocabulary
    papers = catalogue.papers.values()
    assert set(terms.tags) == {tag for paper in papers for tag in paper.tags}
    assert set(terms.benchmarks) == {result.benchmark for paper in papers for result in paper.results}
    assert set(terms.relations) == {edge.type for edge in catalogue.edges}
    assert [name for name, tag in terms.tags.items() if not tag.description] == []
    assert [name for name, kind in terms.relations.items() if not kind.symmetric and not kind.inverse] == []


def test_every_benchmark_names_its_protocol(catalogue: Catalogue) -> None:
    """Numbers of different protocols share no ranking, so two benchmarks must differ in what they say of it."""
    terms = catalogue.vocabulary.benchmarks
    assert [name for name, benchmark in terms.items() if not benchmark.protocol] == []
    same = Counter((term.dataset, term.split, term.metric, term.protocol) for term in terms.values())
    assert [what for what, count in same.items() if count > 1] == []
    names = Counter(term.name for term in terms.values())
    assert [name for name, count in names.items() if count > 1] == []


def test_percentages_are_percentages(catalogue: Catalogue) -> None:
    bad = [
        f"{paper.id}: {result.value} on {result.benchmark}"
        for paper in catalogue.papers.values()
        for result in paper.results
        if catalogue.vocabulary.benchmarks[result.benchmark].unit == "%" and not 1 <= float(result.value) <= 100
    ]
    assert bad == []


def test_no_result_stands_twice(catalogue: Catalogue) -> None:
    for paper in catalogue.papers.values():
        seen = Counter((result.benchmark, result.value, result.setting, result.source) for result in paper.results)
        assert [what for what, count in seen.items() if count > 1] == [], paper.id


def test_a_paper_without_numbers_says_why(catalogue: Catalogue) -> None:
    """Or gives one in words that stands in no ranking. Data sets and reviews of the literature need no reason."""
    silent = [
        str(paper.id)
        for paper in catalogue.papers.values()
        if not paper.results
        and not {"dataset", "literature-survey"} & {str(tag) for tag in paper.tags}
        and not any(
            re.search(r"\b(?:rank|number|score|benchmark|none is)|\d\.\d|\d%", str(point)) for point in paper.points
        )
    ]
    assert silent == []


def test_every_survey_has_a_page_with_prose() -> None:
    """What to read first, the problem, how the field moved, what is still open, and the methods by groups."""
    parts = ["What to read first", "How the field moved", "What is still open", "Methods"]
    for survey in ("contrastive-learning", "clip", "video-understanding", "multimodal", "diffusion-models"):
        page = (SURVEYS / f"{survey}.md").read_text("utf-8")
        headings = re.findall(r"(?m)^## (.+)$", page)
        assert headings[0] == parts[0], survey
        assert any(heading.startswith("The problem") for heading in headings), survey
        assert [part for part in parts if part not in headings] == [], survey
        assert f"```{{paper-table}} {survey}\n:layout: groups\n```" in page
        assert len(page.split()) >= 600


def test_every_text_is_tidy(catalogue: Catalogue) -> None:
    """No double hyphens or dots of a typewriter, no space before a comma or full stop."""
    records = (*catalogue.surveys.values(), catalogue.vocabulary)
    bad = []
    for text, _markup in (found for record in records for found in texts(record)):
        prose = re.sub(r"(?:\{[^}]*\})?`[^`]*`|\$[^$]*\$", "x", text)
        bad += [f"{text.position}: {what!r}" for what in (" -- ", "...", " ,", " .") if what in prose]
    assert bad == []
