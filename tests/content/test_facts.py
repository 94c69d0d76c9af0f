"""The bibliography says of each paper what is known of it from elsewhere; its keys follow the published pattern."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pytest

from sphinx_paper_table.editing.proposals import proposed_key
from sphinx_paper_table.survey.references import Author, Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_paper_table.survey.catalogue import Catalogue

Facts = dict[str, dict[str, Any]]

FROZEN: Final = {"saharia2022image": "saharia2023image"}
"""Keys given before the year of their entry was corrected, with the key that the pattern gives today."""


@pytest.mark.parametrize(
    ("family", "title", "expected"),
    [
        ("He", "Momentum Contrast for Unsupervised Visual Representation Learning", "he2020momentum"),
        ("van den Oord", "Representation Learning with Contrastive Predictive Coding", "oord2020representation"),
        ("De Bortoli", "Riemannian Score-Based Generative Modelling", "bortoli2020riemannian"),
        ("Luo", "CLIP4Clip: An Empirical Study", "luo2020clip4clip"),
        ("Lüscher-Øst", "On the Use of 3D Networks", "luscherost2020use"),
        ("Wu", "What Are Non-Parametric Models?", "wu2020non"),
    ],
)
def test_the_pattern(family: str, title: str, expected: str) -> None:
    reference = Reference("k", "misc", title, authors=(Author("A.", family),), year="2020")
    assert proposed_key(reference, ()) == expected


def test_every_cite_key_follows_the_pattern(catalogue: Catalogue) -> None:
    """A key that is in use stays as it is when the entry is corrected."""
    assert {key: proposed_key(reference, ()) for key, reference in catalogue.references.items()} == {
        key: FROZEN.get(key, key) for key in catalogue.references
    }


def test_a_series_of_proceedings_has_one_short_name(catalogue: Catalogue) -> None:
    """A conference that has changed its own abbreviation is one venue all the same."""
    names: dict[str, set[str]] = {}
    for reference in catalogue.references.values():
        series = re.search(r"(?m)^  booktitle = \{(.*)\},$", reference.source)
        if series:
            names.setdefault(re.sub(r"^Proceedings of the \d+\w+ ", "", series[1]), set()).add(reference.venue)
    assert {series: found for series, found in names.items() if len(found) > 1} == {}


def test_every_paper_has_facts_and_the_other_way_round(catalogue: Catalogue, facts: Facts) -> None:
    assert set(catalogue.papers) == set(facts)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        pytest.param("title", lambda found: re.sub(r"\W", "", found.title).casefold(), id="title"),
        pytest.param("authors", lambda found: [str(author) for author in found.authors], id="authors"),
        pytest.param("year", lambda found: int(found.year), id="year"),
        pytest.param("arxiv", lambda found: found.arxiv or None, id="arxiv"),
        pytest.param("doi", lambda found: found.doi.lower() or None, id="doi"),
    ],
)
def test_the_bibliography_agrees_with_the_facts(
    name: str, read: Callable[[Reference], Any], catalogue: Catalogue, facts: Facts
) -> None:
    """Titles are compared without case, braces and punctuation, DOIs without case."""
    normal: dict[str, Callable[[Any], Any]] = {
        "title": lambda title: re.sub(r"\W", "", title).casefold(),
        "doi": lambda doi: doi and doi.lower(),
    }
    expected = {paper: normal.get(name, lambda value: value)(fact.get(name)) for paper, fact in facts.items()}
    found = {}
    for paper in catalogue.papers.values():
        reference = catalogue.reference(paper)
        found[str(paper.id)] = read(reference) if reference else None
    assert found == expected


def test_pages_are_those_of_the_publisher(catalogue: Catalogue, facts: Facts) -> None:
    """Open copies of a paper count its pages otherwise than the proceedings that its DOI leads to."""
    references = {str(paper.id): catalogue.reference(paper) for paper in catalogue.papers.values()}
    found = {
        paper: re.search(r"(?m)^  pages = \{(.*)\},$", reference.source) if (reference := references[paper]) else None
        for paper, fact in facts.items()
        if "pages" in fact
    }
    assert {paper: match and match[1].replace("--", "-") for paper, match in found.items()} == {
        paper: fact["pages"] for paper, fact in facts.items() if "pages" in fact
    }


def test_titles_protect_the_capitals_of_names(catalogue: Catalogue) -> None:
    """A style that writes titles in small letters must not change CLIP into clip."""
    bad = []
    for reference in catalogue.references.values():
        match = re.search(r"(?m)^  title = \{(.*)\},$", reference.source)
        assert match, reference.key
        unprotected = re.sub(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\$[^$]*\$", "", match[1])
        bad += [(reference.key, word) for word in re.findall(r"\b\w*[A-Z0-9]\w*[A-Z]\w*\b|\b[A-Z]\d\w*", unprotected)]
    assert bad == []


def test_code_and_project_pages_are_linked(catalogue: Catalogue, facts: Facts) -> None:
    """A link may be more exact than the fact: a folder or a state of the same repository."""
    missing = []
    for paper in catalogue.papers.values():
        links = {getattr(paper.links, kind) or "" for kind in ("code", "project", "demo", "data", "slides", "blog")}
        for kind in ("code", "project"):
            known = facts[paper.id].get(kind, "")
            if known and not any(str(link).startswith(known) for link in links):
                missing.append((str(paper.id), known))
    assert missing == []


def test_a_paper_without_links_has_none_to_link_to(catalogue: Catalogue, facts: Facts) -> None:
    """The reason is that no code and no project page of the authors is known."""
    bare_ones = {
        str(paper.id) for paper in catalogue.papers.values() if not paper.links.code and not paper.links.project
    }
    with_more = {
        str(paper.id)
        for paper in catalogue.papers.values()
        if any((paper.links.demo, paper.links.data, paper.links.slides, paper.links.blog))
    }
    known = {paper for paper, fact in facts.items() if fact.get("code") or fact.get("project")}
    assert bare_ones & known == set()
    assert bare_ones - with_more <= set(facts) - known
