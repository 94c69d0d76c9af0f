"""What follows from a view for the page it stands on: reread it when its facts change, rewrite it when its links do."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sphinx_paper_table.citations import citations_of
from sphinx_paper_table.sphinx_host.domain import CHOICE, DRAWN, TAG, locations, paper_domain
from sphinx_paper_table.sphinx_host.other_sites import remote_paper
from sphinx_paper_table.sphinx_host.session import session_of
from sphinx_paper_table.survey.query import digest
from sphinx_paper_table.survey.status_lines import status_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.environment import BuildEnvironment

    from sphinx_paper_table.sphinx_host.domain import DomainPage
    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Paper
    from sphinx_paper_table.survey.selection import View


def cited_in(view: View, catalogue: Catalogue) -> list[str]:
    """Return the cite keys that the cards of *view* show, in order, each once."""
    return list(dict.fromkeys(key for entry in view.all_entries() for key in cited_by(entry.paper, catalogue)))


def cited_by(paper: Paper, catalogue: Catalogue) -> list[str]:
    """Return the cite keys that the card of *paper* shows."""
    became = status_line(catalogue.status(paper), catalogue)
    replaced_by = (became.name,) if became and became.target == "cite" else ()
    keys = (*paper.cite, *replaced_by, *(result.source for result in paper.results))
    return list(dict.fromkeys(str(key) for key in keys if key in catalogue.references))


def linked_from(view: View, catalogue: Catalogue) -> frozenset[tuple[str, str]]:
    """Return the papers and tags that the cards of *view* link to."""
    entries = view.all_entries()
    papers = {("method", relation.paper) for entry in entries for relation in catalogue.relations_of(entry.paper.id)}
    states = (status_line(catalogue.status(entry.paper), catalogue) for entry in entries)
    papers |= {("method", became.name) for became in states if became and became.target == "method"}
    drawn = {(DRAWN, str(entry.paper.id)) for entry in entries}
    tags = {(TAG, str(tag)) for entry in entries for tag in entry.paper.tags}
    return frozenset(papers | drawn | tags | {(CHOICE, "")})


def outdated_pages(env: BuildEnvironment) -> list[str]:
    """Return the pages that show something else than the catalogue now says (``env-get-outdated``)."""
    session = session_of(env)
    catalogue = session.catalogue
    fingerprint = cache(session.known.fingerprint if session.known else lambda query: query.fingerprint(catalogue))
    return [
        docname
        for docname, page in paper_domain(env).pages.items()
        if any(fingerprint(record.query) != record.fingerprint for record in page.views)
    ]


def pages_digest(env: BuildEnvironment) -> str:
    """Return a digest of when each page that shows records was read, and of what its views were told then."""
    return digest(
        [
            (docname, env.all_docs.get(docname), [record.fingerprint for record in page.views])
            for docname, page in sorted(paper_domain(env).pages.items())
            if page.views or page.targets
        ]
    )


def page_facts(env: BuildEnvironment) -> Mapping[str, str]:
    """Return, for every page with a view, where its links lead: a page is written again when that changes.

    While all is where it was, only pages that were read are looked at, and those with links to other sites or to
    references that no page lists.
    """
    domain = paper_domain(env)
    state, known = digest((domain.places(), citations_of(env).names)), domain.data["facts"]
    kept = known[1] if known[0] == state else {}
    domain.data["facts"] = state, kept
    return {
        docname: kept.get(docname) or _facts(env, docname, page, kept)
        for docname, page in domain.pages.items()
        if page.views
    }


def _facts(env: BuildEnvironment, docname: str, page: DomainPage, kept: dict[str, str]) -> str:
    """Return what `page_facts` says of a page, *kept* where it follows from the places of objects and references."""
    index, citations = locations(env), citations_of(env)
    linked = sorted({object_ for record in page.views for object_ in record.linked})
    cited = sorted({key for record in page.views for key in record.cited})
    remote = [remote_paper(env, name) for _kind, name in linked]
    places = [citations.target(key, docname) for key in cited]
    targets = [target and (target.docname, target.anchor) for target in map(index.get, linked)]
    labels = [citations.label(key) for key in cited]
    found = digest((targets, remote, places, labels))
    if all(places) and not any(remote):
        kept[docname] = found
    return found
