"""Labels ``cite-KEY`` for every listed reference: what a project with nothing but intersphinx can link to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_paper_table.citations.interface import citation_domain, citations_of
from sphinx_paper_table.compat.sphinx import drop_label, leads_to, set_label

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_PREFIX: Final = "cite-"


def note_labels(_app: Sphinx, env: BuildEnvironment) -> None:
    """Bring the standard domain's labels in line with the references listed now (``env-updated``).

    Which references a page lists is known only when all pages are read, and reading a page takes its labels away, or
    gives one to something else. The domain remembers which labels are ours: a page may define others that begin alike.
    """
    domain = citation_domain(env)
    citations, data = citations_of(env), domain.data
    if not domain.listings_changed and all(leads_to(env, label, *place) for label, place in data["labels"].items()):
        return
    current = {f"{_PREFIX}{key}".lower(): (key, place) for key, place in citations.locations()}
    for label, place in data["labels"].items():
        if label not in current:
            drop_label(env, label, *place)
    for label, (key, place) in current.items():
        set_label(env, label, *place, citations.label(key))
    data["labels"] = {label: (place.docname, place.anchor) for label, (_key, place) in current.items()}


def setup_labels(app: Sphinx) -> None:
    """Connect after sphinxcontrib-bibtex, which has the default priority."""
    app.connect("env-updated", note_labels, priority=600)
