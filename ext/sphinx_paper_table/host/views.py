"""What follows from a view for the page it stands on: reread it when its facts change, rewrite it when its links do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.citations import citations_of
from sphinx_paper_table.host.domain import (
    BY,
    CARDS,
    CHOICE,
    COMPARE,
    DRAWN,
    LINEAGE,
    RESULTS,
    SURVEYS,
    TAG,
    ViewRecord,
    locations,
    paper_domain,
)
from sphinx_paper_table.host.private import private_fingerprint
from sphinx_paper_table.host.session import session_of
from sphinx_paper_table.model.comparison import compare
from sphinx_paper_table.model.facets import facets
from sphinx_paper_table.model.fingerprint import digest, fingerprint
from sphinx_paper_table.model.index import shelves
from sphinx_paper_table.model.lineage import lineage_of, wanted
from sphinx_paper_table.model.overview import glances
from sphinx_paper_table.model.results import rankings
from sphinx_paper_table.model.selection import View, select

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.environment import BuildEnvironment

    from sphinx_paper_table.model.catalogue import Catalogue
    from sphinx_paper_table.model.entities import Paper
    from sphinx_paper_table.model.index import Shelf
    from sphinx_paper_table.model.selection import Selection


def cited_in(view: View, catalogue: Catalogue) -> list[str]:
    """Return the cite keys that the cards of *view* show, in order, each once."""
    return list(dict.fromkeys(key for entry in view.all_entries() for key in cited_by(entry.paper, catalogue)))


def cited_by(paper: Paper, catalogue: Catalogue) -> list[str]:
    """Return the cite keys that the card of *paper* shows."""
    keys = (*paper.cite, *(result.source for result in paper.results))
    return list(dict.fromkeys(str(key) for key in keys if key in catalogue.references))


def linked_from(view: View, catalogue: Catalogue) -> frozenset[tuple[str, str]]:
    """Return the papers and tags that the cards of *view* link to."""
    entries = view.all_entries()
    papers = {("method", link.paper) for entry in entries for link in catalogue.links(entry.paper.id)}
    drawn = {(DRAWN, str(entry.paper.id)) for entry in entries}
    tags = {(TAG, str(tag)) for entry in entries for tag in entry.paper.tags}
    return frozenset(papers | drawn | tags | {(CHOICE, "")})


def shown(selection: Selection, form: str, catalogue: Catalogue) -> str:
    """Return the fingerprint of what a view in this form shows; empty when its target does not exist."""
    if form in {SURVEYS, COMPARE}:
        return digest((glances if form == SURVEYS else compare)(selection.target.split(), catalogue))
    view = select(catalogue, selection)
    return "" if view is None else _shown_of(view, form, catalogue)


def _shown_of(view: View, form: str, catalogue: Catalogue) -> str:
    if form.startswith(LINEAGE):
        return digest(lineage_of(view, catalogue, wanted(form.removeprefix(LINEAGE))))
    if form.startswith(RESULTS):
        least, _, benchmark = form.removeprefix(RESULTS).partition(" ")
        return digest(rankings(view, catalogue, benchmark, int(least)))
    if form == CARDS:
        return fingerprint(view, catalogue)
    return index_digest(view, shelves(view, catalogue, form.removeprefix(BY)), catalogue)


def index_digest(view: View, found: tuple[Shelf, ...], catalogue: Catalogue) -> str:
    """Return the fingerprint of an index: what it lists, and what readers filter it by."""
    return digest((found, facets(view, catalogue)))


def outdated_pages(env: BuildEnvironment) -> list[str]:
    """Return the pages that show something else than the catalogue now says (``env-get-outdated``)."""
    catalogue, known = session_of(env).catalogue, {}
    found = []
    for docname, page in paper_domain(env).pages.items():
        for record in page.views:
            key = (record.selection, record.mentioned, record.form)
            if key not in known:
                known[key] = _current_fingerprint(record, catalogue)
            if known[key] != record.fingerprint.partition("/")[2 if record.selection is None else 0]:
                found.append(docname)
                break
    return found


def _current_fingerprint(record: ViewRecord, catalogue: Catalogue) -> str:
    if record.selection is None:
        return private_fingerprint(record.mentioned, catalogue)
    return shown(record.selection, record.form, catalogue)


def page_facts(env: BuildEnvironment) -> Mapping[str, str]:
    """Return, for every page with a view, where its links lead: a page is written again when that changes."""
    index, citations = locations(env), citations_of(env)
    found = {}
    for docname, page in paper_domain(env).pages.items():
        if not page.views:
            continue
        objects = sorted({found for record in page.views for found in record.linked})
        keys = sorted({key for record in page.views for key in record.cited})
        facts = (
            [index.get(found) for found in objects],
            [(citations.target(key, docname), citations.label(key)) for key in keys],
        )
        found[docname] = digest(facts)
    return found
