"""The search of the built site finds methods by name, author, venue and tag."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.search.en import SearchEnglish
from tests.support.sites import real_catalogue

if TYPE_CHECKING:
    from tests.conftest import RealSite

SURVEY = "surveys/contrastive-learning"


@pytest.fixture(scope="module")
def index(real_site: RealSite) -> dict[str, Any]:
    """The search index of the real site."""
    text = (real_site() / "searchindex.js").read_text("utf-8")
    found: dict[str, Any] = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    return found


def pages_with(index: dict[str, Any], query: str) -> set[str]:
    """Return the pages that have every word of *query*, as Sphinx's own script looks them up: without stop words."""
    language = SearchEnglish({})
    words = [word.lower() for word in language.split(query)]
    found = set(index["docnames"])
    for word in words:
        if word in language.stopwords or word.isdigit():
            continue
        numbers: set[int] = set()
        for table in (index["terms"], index["titleterms"]):
            for name in {language.stem(word), word}:
                entry = table.get(name, [])
                numbers |= set(entry) if isinstance(entry, list) else {entry}
        found &= {index["docnames"][number] for number in numbers}
    return found if words else set()


def test_every_method_is_found_by_its_name(index: dict[str, Any]) -> None:
    catalogue = real_catalogue()
    missing = [
        paper.name
        for paper in catalogue.papers.values()
        if f"surveys/{catalogue.homes[paper.id].survey}" not in pages_with(index, paper.name)
    ]
    assert missing == []


def test_every_author_is_found(index: dict[str, Any]) -> None:
    """But for a name whose stem is a stop word: Sphinx indexes it in capitals and looks it up in small letters."""
    catalogue = real_catalogue()
    language = SearchEnglish({})
    for paper in catalogue.papers.values():
        reference = catalogue.reference(paper)
        assert reference is not None, paper.id
        for author in reference.authors:
            if language.stem(author.family.lower()) in language.stopwords:
                continue
            home = f"surveys/{catalogue.homes[paper.id].survey}"
            assert home in pages_with(index, author.family), f"{author} of {paper.id}"


def test_every_tag_and_title_is_found(index: dict[str, Any]) -> None:
    catalogue = real_catalogue()
    for paper in catalogue.papers.values():
        home = f"surveys/{catalogue.homes[paper.id].survey}"
        reference = catalogue.reference(paper)
        for text in (
            *(catalogue.vocabulary.tags[tag].name for tag in paper.tags),
            reference.title if reference else "",
        ):
            assert home in pages_with(index, re.sub(r"[^\w\s]", " ", text)), f"{text!r} of {paper.id}"


def test_nothing_is_found_that_is_not_there(index: dict[str, Any]) -> None:
    assert pages_with(index, "quagga") == set()
    assert SURVEY not in pages_with(index, "quagga contrastive")


def test_objects_lead_to_anchors(index: dict[str, Any]) -> None:
    """Results of the kind "method" are listed first and lead to the card."""
    kinds = index["objtypes"]
    found = {}
    for prefix, entries in index["objects"].items():
        for document, kind, priority, anchor, name in entries:
            found[f"{prefix}.{name}" if prefix else name] = (
                index["docnames"][document],
                kinds[str(kind)],
                priority,
                anchor,
            )
    for paper in real_catalogue().papers.values():
        assert found[paper.name][1:] == ("paper:method", 0, f"paper-{paper.id.replace('.', '-')}"), paper.name
    assert found["MoCo v1"][0] == SURVEY
    assert found["MoCo and SimCLR"] == (SURVEY, "paper:group", 2, "group-contrastive-learning-two-giants")
