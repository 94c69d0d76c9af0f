"""What follows from a view for the page it stands on: reread it when its facts change, rewrite it when its links do."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sphinx_paper_table.citations import citations_of
from sphinx_paper_table.host.domain import ViewRecord, locations, paper_domain
from sphinx_paper_table.host.private import private_fingerprint
from sphinx_paper_table.host.session import session_of
from sphinx_paper_table.model.fingerprint import fingerprint
from sphinx_paper_table.model.selection import View, select

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.environment import BuildEnvironment

    from sphinx_paper_table.model.catalogue import Catalogue
    from sphinx_paper_table.model.entities import Paper


def cited_in(view: View, catalogue: Catalogue) -> list[str]:
    """Return the cite keys that the cards of *view* show, in order, each once."""
    return list(dict.fromkeys(key for entry in view.all_entries() for key in cited_by(entry.paper, catalogue)))


def cited_by(paper: Paper, catalogue: Catalogue) -> list[str]:
    """Return the cite keys that the card of *paper* shows."""
    keys = (*paper.cite, *(result.source for result in paper.results))
    return list(dict.fromkeys(str(key) for key in keys if key in catalogue.references))


def linked_from(view: View, catalogue: Catalogue) -> frozenset[str]:
    """Return the papers that the cards of *view* link to."""
    return frozenset(link.paper for entry in view.all_entries() for link in catalogue.links(entry.paper.id))


def outdated_pages(env: BuildEnvironment) -> list[str]:
    """Return the pages that show something else than the catalogue now says (``env-get-outdated``)."""
    catalogue, known = session_of(env).catalogue, {}
    found = []
    for docname, page in paper_domain(env).pages.items():
        for record in page.views:
            key = (record.selection, record.mentioned)
            if key not in known:
                known[key] = _current_fingerprint(record, catalogue)
            if known[key] != record.fingerprint.partition("/")[2 if record.selection is None else 0]:
                found.append(docname)
                break
    return found


def _current_fingerprint(record: ViewRecord, catalogue: Catalogue) -> str:
    if record.selection is None:
        return private_fingerprint(record.mentioned, catalogue)
    view = select(catalogue, record.selection)
    return fingerprint(view, catalogue) if view else ""


def page_facts(env: BuildEnvironment) -> Mapping[str, str]:
    """Return, for every page with a view, where its links lead: a page is written again when that changes."""
    index, citations = locations(env), citations_of(env)
    found = {}
    for docname, page in paper_domain(env).pages.items():
        if not page.views:
            continue
        papers = sorted({name for record in page.views for name in record.linked})
        keys = sorted({key for record in page.views for key in record.cited})
        facts = (
            [index.get(("method", name)) for name in papers],
            [(citations.target(key, docname), citations.label(key)) for key in keys],
        )
        found[docname] = hashlib.blake2b(repr(facts).encode(), digest_size=16).hexdigest()
    return found
