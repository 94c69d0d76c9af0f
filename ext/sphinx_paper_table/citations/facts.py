"""What each page shows of the bibliography, for `sphinx_fresh`: the page is written again when that changes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sphinx_paper_table.citations.domain import NotedReference
from sphinx_paper_table.citations.interface import citation_domain
from sphinx_paper_table.citations.list_parts import parts_of
from sphinx_paper_table.citations.mentions import by_page
from sphinx_paper_table.citations.reference_extras import digests_of_notes, reading_order
from sphinx_paper_table.survey.query import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_paper_table.citations.listed import Listed


def citation_facts(_app: Sphinx, env: BuildEnvironment) -> Mapping[str, str]:
    """Return, for every page that cites or lists references, a hash of what it shows of them (``fresh-facts``).

    It is kept from build to build until the page is read again, or something else is what it follows from.
    """
    domain, run = citation_domain(env), _Facts(env)
    known: dict[str, tuple[dict[str, str], str]] = domain.data["facts"]
    pages = {*domain.data["noted"], *domain.data["parts"], *run.pages_with_lists}
    for docname in known.keys() - pages:
        del known[docname]
    for docname in pages:
        states, _found = known.get(docname, (None, ""))
        if states is None or any(getattr(run, name) != state for name, state in states.items()):
            known[docname] = run.of(docname)
    return {docname: found for docname, (_states, found) in known.items()}


class _Facts:
    """What one build knows of the bibliography, and digests of it that facts follow from."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self._domain = citation_domain(env)
        self._shows_mentions: bool = env.config.citations_cited_on
        self.pages_with_lists = {key.docname for key in self._domain.bibliographies if self._domain.listings.of(key)}

    def of(self, docname: str) -> tuple[dict[str, str], str]:
        """Return the digests that the facts of a page follow from, by their names here, and the hash of the facts."""
        listings, states, shown = self._domain.listings, set[str](), list[tuple[str, ...]]()
        for listed in self._listed.get(docname, ()):
            states.add("lists")
            note = self._notes.get(listed.entry_key, "")
            shown.append((*_mark(listed), *self._cited_on(listed), note))
        for reference in self._domain.references_of(docname):
            is_noted = isinstance(reference, NotedReference)
            states.add("names" if is_noted else "marks")
            found = listings.in_stock_order([target.key for target in reference.targets], docname)
            shown.extend((key, *(_link(listed) if is_noted else _mark(listed))) for key, listed in found)
        for part in self._domain.data["parts"].get(docname, ()):
            states.add("parts")
            shown.append((repr(parts_of(self._domain, part.of)),))
        return {name: getattr(self, name) for name in sorted(states)}, digest(shown)

    @property
    def names(self) -> str:
        """Where references stand, and how other pages call them."""
        return self._domain.listings.names

    @property
    def marks(self) -> str:
        """All that shows of them."""
        return self._domain.listings.marks

    @cached_property
    def lists(self) -> str:
        """All that lists show."""
        titles = [(docname, title.astext()) for docname, title in sorted(self._env.titles.items())]
        mentions = [(docname, found.mark) for docname, found in sorted(self._domain.data["mentions"].items())]
        cited_on = (titles, mentions, sorted(self._order.items())) if self._shows_mentions else ()
        return digest((self.marks, sorted(self._notes.items()), cited_on))

    @cached_property
    def parts(self) -> str:
        """The parts of all lists, and the order of the pages that show them."""
        return digest((sorted(self._domain.data["parts"].items()), sorted(self._order.items())))

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return reading_order(self._env)

    @cached_property
    def _notes(self) -> Mapping[str, str]:
        return digests_of_notes(self._env)

    @cached_property
    def _listed(self) -> Mapping[str, list[Listed]]:
        found: dict[str, list[Listed]] = {}
        for listed in self._domain.listings.citations:
            found.setdefault(listed.bibliography_key.docname, []).append(listed)
        return found

    def _cited_on(self, listed: Listed) -> Iterator[str]:
        """Yield what shows of the places that cite a reference, in the order of the list."""
        if self._shows_mentions:
            titles = self._env.titles
            for docname, places in by_page(self._domain.mentions_of(listed.key), self._order):
                yield f"{docname} {titles[docname].astext() if docname in titles else ''} {places}"


def _link(listed: Listed) -> tuple[str, ...]:
    """Return what shows of a reference where it is but linked: numbers of the list's own style do not."""
    return listed.bibliography_key.docname, listed.citation_id, listed.author_year


def _mark(listed: Listed) -> tuple[str, ...]:
    """Return what shows of one listed reference: its place, its label, its content."""
    return listed.bibliography_key.docname, listed.citation_id, listed.label, listed.author_year, listed.content
