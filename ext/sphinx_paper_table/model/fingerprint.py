"""What a page shows of the catalogue, as one short string: equal strings mean an equal page."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_paper_table.model.catalogue import Catalogue
    from sphinx_paper_table.model.entities import Paper
    from sphinx_paper_table.model.selection import View


def fingerprint(view: View, catalogue: Catalogue) -> str:
    """Return a hash of the records in *view* and of everything derived that it shows: places in files do not count."""
    shown = hashlib.blake2b(digest_size=16)
    if view.survey is not None:
        shown.update(repr((view.survey.title, view.survey.aliases, view.survey.summary, view.survey.videos)).encode())
    for section in view.all_sections():
        facts = (section.address, section.title, section.depth, section.period, section.summary, len(section.entries))
        shown.update(repr(facts).encode())
    for entry in view.all_entries():
        shown.update(repr((entry.note, entry.is_home, paper_facts(entry.paper, catalogue))).encode())
    return shown.hexdigest()


def digest(facts: object) -> str:
    """Return a hash of records and whatever else is equal when its `repr` is."""
    return hashlib.blake2b(repr(facts).encode(), digest_size=16).hexdigest()


def paper_facts(paper: Paper, catalogue: Catalogue) -> tuple[object, ...]:
    """Return everything that a card shows of *paper*."""
    terms = catalogue.vocabulary
    links = [
        (link.label, link.paper, catalogue.papers[link.paper].name, link.edge.why) for link in catalogue.links(paper.id)
    ]
    return (
        paper,
        [catalogue.references.get(key) for key in paper.cite],
        links,
        [terms.tags.get(tag) for tag in paper.tags],
        [terms.benchmarks.get(result.benchmark) for result in paper.results],
        [catalogue.references.get(result.source) for result in paper.results],
    )
