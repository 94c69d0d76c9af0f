"""The work for one page does not grow with the number of pages: look-ups instead of scans, counted and not timed."""

from __future__ import annotations

from collections import UserList
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_paper_table.citations.assets import add_to_page
from sphinx_paper_table.citations.domain import CitationDomain
from sphinx_paper_table.citations.listed import Listed, TextSource
from sphinx_paper_table.citations.listing import Listings
from sphinx_paper_table.compat.sphinxcontrib_bibtex import BibliographyKey

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = 300


class Counted(dict[Any, Any]):
    """A dictionary that counts what is taken from it by going through it."""

    steps = 0

    def __iter__(self) -> Iterator[Any]:
        """Count each key."""
        for key in super().__iter__():
            self.steps += 1
            yield key

    def items(self) -> Any:
        """Count each item."""
        return [(key, self[key]) for key in self]


class CountedList(UserList[Listed]):
    """A list that counts what is taken from it."""

    steps = 0

    def __getitem__(self, number: Any) -> Any:
        """Count each element."""
        self.steps += 1
        return super().__getitem__(number)


def keys() -> list[BibliographyKey]:
    """Return the keys of a bibliography on each page."""
    return [BibliographyKey(f"page{number:04}", "bibliography-1") for number in range(PAGES)]


@pytest.fixture
def domain() -> Any:
    """Return a domain, as unpickled, with a bibliography on every page."""
    environment: Any = SimpleNamespace(domaindata={})
    found = CitationDomain(environment)
    found.data["bibliographies"] = Counted(dict.fromkeys(keys()))
    return found


def test_pages_are_cleared_without_going_through_all(domain: Any) -> None:
    bibliographies = domain.bibliographies
    for key in keys():
        domain.clear_doc(key.docname)
    assert not bibliographies
    assert bibliographies.steps <= 2 * PAGES


def test_pages_with_a_list_are_known_without_going_through_all(domain: Any) -> None:
    app: Any = SimpleNamespace(
        env=SimpleNamespace(get_domain=lambda _name: domain),
        config=SimpleNamespace(citations_bibtex=False, citations_cited_on=False),
    )
    document: Any = object()
    for key in keys():
        add_to_page(app, key.docname, "page.html", {}, document)
    assert domain.bibliographies.steps <= 2 * PAGES


def test_the_index_follows_what_is_noted_cleared_and_merged(domain: Any) -> None:
    first, *_ = keys()
    second = BibliographyKey(first.docname, "bibliography-2")
    domain.note_bibliography(second, None)
    domain.note_bibliography(second, None)
    assert domain.bibliographies_on(first.docname) == [first, second]
    domain.clear_doc(first.docname)
    assert domain.bibliographies_on(first.docname) == []
    others = {
        "noted": {},
        "mentions": {},
        "parts": {},
        "equations": {},
        "bibliographies": {first: None, BibliographyKey("other", "x"): None},
    }
    domain.merge_domaindata({first.docname}, others)
    assert domain.bibliographies_on(first.docname) == [first]
    assert domain.bibliographies_on("other") == []


def listings() -> Any:
    """Return what lists on all pages list: one key each, the same."""
    stored: Any = None
    source = TextSource(stored, "plain", None, 1)
    found = [Listed(f"cite-{key.docname}", key, "k", "k", "", "", "", "", "citation", source) for key in keys()]
    return Listings("", "", found)


def test_references_are_found_without_going_through_all_lists() -> None:
    found = listings()
    found.citations = CountedList(found.citations)
    for key in keys():
        assert found.find("k", key.docname).citation_id == f"cite-{key.docname}"
        assert [listed.bibliography_key for _key, listed in found.in_stock_order(["k"], key.docname)] == [key]
    assert found.citations.steps < PAGES * 50, "some forty for each page, whatever their number"


def test_pages_without_a_list_are_led_to_one() -> None:
    found = listings()
    assert found.find("k", "page9999").bibliography_key == keys()[-1]
    assert found.find("k", "a").bibliography_key == keys()[-1]
    assert found.find("none", "a") is None
