"""What each page shows of the bibliography, for `sphinx_fresh`: the page is written again when that changes."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

from sphinx_paper_table.citations.domain import NotedReference
from sphinx_paper_table.citations.interface import citation_domain
from sphinx_paper_table.citations.list_parts import parts_of
from sphinx_paper_table.citations.mentions import by_page
from sphinx_paper_table.citations.reference_extras import digests_of_notes, reading_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_paper_table.citations.domain import CitationDomain
    from sphinx_paper_table.citations.listed import Listed


def citation_facts(_app: Sphinx, env: BuildEnvironment) -> Mapping[str, str]:
    """Return, for every page that cites or lists references, a hash of what it shows of them (``fresh-facts``).

    Kept from the build before when no page was read and nothing else is listed.
    """
    domain = citation_domain(env)
    cited_on: bool = env.config.citations_cited_on
    notes = digests_of_notes(env) if domain.listings.citations else {}
    depends_on = cited_on, hashlib.blake2b(repr(sorted(notes.items())).encode(), digest_size=16).hexdigest()
    shown, known = domain.data["facts"]
    if domain.pages_changed or domain.listings_changed or shown != depends_on:
        known = _facts(env, domain, notes)
        domain.data["facts"] = depends_on, known
    facts: Mapping[str, str] = known
    return facts


def _facts(env: BuildEnvironment, domain: CitationDomain, notes: Mapping[str, str]) -> dict[str, str]:
    order = reading_order(env) if env.config.citations_cited_on else {}
    facts: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for listed in domain.listings.citations:
        shown = *_mark(listed), *_cited_on(env, domain, listed, order), notes.get(listed.entry_key, "")
        facts[listed.bibliography_key.docname].append(shown)
    for reference in domain.citation_refs:
        keys = [target.key for target in reference.targets]
        found = domain.listings.in_stock_order(keys, reference.docname)
        mark = _link if isinstance(reference, NotedReference) else _mark
        facts[reference.docname].extend((key, *mark(listed)) for key, listed in found)
    for docname, parts in domain.data["parts"].items():
        facts[docname].extend((repr(parts_of(domain, part.of)),) for part in parts)
    return {
        docname: hashlib.blake2b(repr(found).encode(), digest_size=16).hexdigest() for docname, found in facts.items()
    }


def _cited_on(env: BuildEnvironment, domain: CitationDomain, listed: Listed, order: Mapping[str, int]) -> list[str]:
    """Return what shows of the places that cite a reference, in the order of the list."""
    if not env.config.citations_cited_on:
        return []
    titles = env.titles
    return [
        f"{docname} {titles[docname].astext() if docname in titles else ''} {places}"
        for docname, places in by_page(domain.mentions_of(listed.key), order)
    ]


def _link(listed: Listed) -> tuple[str, ...]:
    """Return what shows of a reference where it is but linked: numbers of the list's own style do not."""
    return listed.bibliography_key.docname, listed.citation_id, listed.author_year


def _mark(listed: Listed) -> tuple[str, ...]:
    """Return what shows of one listed reference: its place, its label, its content."""
    return listed.bibliography_key.docname, listed.citation_id, listed.label, listed.author_year, listed.content
