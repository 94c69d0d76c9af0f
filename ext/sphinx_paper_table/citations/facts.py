"""What each page shows of the bibliography, for `fresh`: the page is written again when that changes.

sphinxcontrib-bibtex 2.7 names no page in ``env-updated``, so that labels and bibliographies on pages that were not
read again go stale: https://github.com/mcmtroffaes/sphinxcontrib-bibtex/blob/develop/src/sphinxcontrib/bibtex/domain.py
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

from sphinx_paper_table.citations.stock import bibtex_domain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.domain import Citation


def order_bibliographies(_app: Sphinx, env: BuildEnvironment) -> None:
    """Bring bibliographies into the order of a clean build: of several that list a key, the last is linked to."""
    data = bibtex_domain(env).data
    data["bibliographies"] = dict(sorted(data["bibliographies"].items(), key=lambda item: item[0].docname))


def citation_facts(_app: Sphinx, env: BuildEnvironment) -> Mapping[str, str]:
    """Return, for every page that cites or lists references, a hash of what it shows of them (``fresh-facts``)."""
    domain = bibtex_domain(env)
    facts: dict[str, list[str]] = defaultdict(list)
    marks: dict[str, list[str]] = defaultdict(list)
    for citation in domain.citations:
        mark = _mark(citation)
        marks[citation.key].append(mark)
        facts[citation.bibliography_key.docname].append(mark)
    for reference in domain.citation_refs:
        facts[reference.docname].extend(mark for target in reference.targets for mark in marks.get(target.key, ()))
    return {docname: _digest("\n".join(found)) for docname, found in facts.items()}


def _mark(citation: Citation) -> str:
    """Return a hash of one listed reference: its place, its label and everything that its text is made of."""
    place = citation.bibliography_key.docname, citation.citation_id
    return _digest(repr((place, citation.formatted_entry.label, citation.entry)))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def setup_facts(app: Sphinx) -> None:
    """Connect before and after sphinxcontrib-bibtex, which has the default priority."""
    app.connect("env-updated", order_bibliographies, priority=400)
    app.connect("fresh-facts", citation_facts)
