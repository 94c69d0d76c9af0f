"""Labels ``cite-KEY`` for every listed reference: what a project with nothing but intersphinx can link to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_paper_table.citations.interface import citation_domain, citations_of
from sphinx_paper_table.compat.sphinx import drop_label, set_label

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_PREFIX: Final = "cite-"


def note_labels(_app: Sphinx, env: BuildEnvironment) -> None:
    """Bring the standard domain's labels in line with the references listed now (``env-updated``).

    Which references a page lists is known only when all pages are read, and reading a page takes its labels away, so
    this is done anew at every build that reads one. The domain remembers which labels are ours: a page may define
    others that begin alike.
    """
    domain = citation_domain(env)
    if not (domain.pages_changed or domain.listings_changed):
        return
    citations, data = citations_of(env), domain.data
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
