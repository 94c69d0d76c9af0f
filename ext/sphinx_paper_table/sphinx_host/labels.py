"""Labels of methods and surveys: what ``ref``, and a project with nothing but intersphinx, can link to.

They are given when all pages are read: until a page is read again it has the label of a paper that has moved to
another, and takes it away then. What an author has called so keeps the name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.compat.sphinx import drop_label, has_label, set_label
from sphinx_paper_table.reading.page_rules import KINDS
from sphinx_paper_table.sphinx_host.domain import paper_domain
from sphinx_paper_table.survey.anchors import anchor_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def take_labels(_app: Sphinx, env: BuildEnvironment, docnames: Collection[str]) -> None:
    """Take the labels away before pages are read, which Sphinx would call duplicates (``env-before-read-docs``)."""
    if docnames:
        _drop(env)


def give_labels(_app: Sphinx, env: BuildEnvironment) -> None:
    """Give each object its label, the first of those with one name (``env-updated``).

    Nothing is done where all of them are there, as after a build that read no page.
    """
    domain = paper_domain(env)
    labels, places = domain.labels, domain.places()
    if labels.places == places and all(has_label(env, label) for label in labels.known):
        return
    _drop(env)
    labels.places, labels.known = places, {}
    for target in domain.targets():
        label = anchor_of(target.kind, target.name) if target.is_alias else target.anchor
        if target.kind in KINDS and label not in labels.known:
            labels.known[label] = target.docname, target.anchor
            if not has_label(env, label):
                set_label(env, label, target.docname, target.anchor, target.title)


def _drop(env: BuildEnvironment) -> None:
    for label, place in paper_domain(env).labels.known.items():
        drop_label(env, label, *place)


def setup_labels(app: Sphinx) -> None:
    """Connect before what looks for wrong names when all pages are read."""
    app.connect("env-before-read-docs", take_labels)
    app.connect("env-updated", give_labels, priority=600)
