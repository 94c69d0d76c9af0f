"""The write fingerprint of a page: a digest of everything that its output depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .digest import digest
from .global_inputs import domain_indices
from .navigation import Level, Navigation
from .page_records import records_of
from .sidebars import navigation_levels
from .xref_answers import XrefAnswers, inventory_digests

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from .xref_answers import Objects


def project_signature(app: Sphinx, inputs: str) -> str:
    """Identity of the project's state: while it is the same, so is the fingerprint of every page."""
    env = app.env
    read = (f"{docname} {time}" for docname, time in sorted(env.all_docs.items()))
    return digest(inputs, digest(*read), *inventory_digests(env))


def fingerprints(app: Sphinx, inputs: str, objects: Objects) -> tuple[str, dict[str, str]]:
    """The fingerprint of pages that are no documents, and that of each document, from facts gathered once."""
    env = app.env
    pages = records_of(env).pages
    navigation, level = Navigation(env, pages), navigation_levels(app)
    answers = XrefAnswers(env, navigation, objects)
    indices = domain_indices(app) if app.builder.format == "html" else []
    assets = _assets_by_page(env)
    by_page: dict[str, str] = {}
    for docname, read in env.all_docs.items():
        by_page[docname] = digest(
            inputs,
            navigation.site(level(docname)),
            *indices,
            str(read),
            navigation.numbers(docname),
            navigation.neighbours(docname),
            navigation.contents(docname),
            answers.digest(docname),
            *sorted(assets.get(docname, ())),
        )
    everything: Level = "sections" if app.builder.format == "html" else "none"
    return digest(inputs, navigation.site(everything), *indices), by_page


def stated_facts(app: Sphinx) -> dict[str, str]:
    """For each page, the digest of what handlers of ``fresh-facts`` state about it."""
    stated: dict[str, list[str]] = {}
    for facts in app.emit("fresh-facts", app.env):
        for docname, fact in (facts or {}).items():
            stated.setdefault(docname, []).append(fact)
    return {docname: digest(*facts) for docname, facts in stated.items()}


def _assets_by_page(env: BuildEnvironment) -> dict[str, list[str]]:
    """Names under which images and downloads are copied: a second ``a.png`` becomes ``a1.png``."""
    assets: dict[str, list[str]] = {}
    for source, (docnames, name) in (*env.images.items(), *env.dlfiles.items()):
        for docname in docnames:
            assets.setdefault(docname, []).append(f"{source} {name}")
    return assets
