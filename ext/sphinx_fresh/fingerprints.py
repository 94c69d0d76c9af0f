"""The write fingerprint of a page: a digest of everything that its output depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from .digest import digest
from .global_inputs import domain_indices
from .navigation import Level, Navigation
from .page_records import PageRecord, records_of
from .xref_answers import XrefAnswers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: What the sidebars of well-known themes show of other pages; others may show all headings.
_LEVEL_OF_THEME: Mapping[str, Level] = {"furo": "titles"}


def navigation_level(app: Sphinx) -> Level:
    """How much of other pages a page shows outside its text, from ``fresh_navigation``."""
    if app.builder.format != "html":
        return "none"
    wanted = app.config.fresh_navigation
    if wanted == "auto":
        return _LEVEL_OF_THEME.get(app.config.html_theme, "sections")
    return cast("Level", wanted)


def project_signature(app: Sphinx, inputs: str) -> str:
    """Identity of the project's state: while it is the same, so is the fingerprint of every page."""
    env = app.env
    read = (f"{docname} {time}" for docname, time in sorted(env.all_docs.items()))
    inventories = getattr(env, "intersphinx_named_inventory", None) or {}
    known = (f"{name} {digest(*_inventory_lines(data))}" for name, data in sorted(inventories.items()))
    return digest(inputs, digest(*read), *known)


def fingerprints(app: Sphinx, inputs: str) -> tuple[str, dict[str, str]]:
    """What all pages of *app* show, and the fingerprint of each, from facts gathered once."""
    env = app.env
    pages = records_of(env).pages
    navigation = Navigation(env, pages, navigation_level(app))
    answers = XrefAnswers(env, navigation)
    site = digest(inputs, navigation.site, *_indices(app))
    assets = _assets_by_page(env)
    nothing = PageRecord.empty()
    found: dict[str, str] = {}
    for docname, read in env.all_docs.items():
        found[docname] = digest(
            site,
            str(read),
            navigation.numbers(docname),
            navigation.neighbours(docname),
            navigation.contents(docname),
            answers.digest(pages.get(docname, nothing).references),
            *sorted(assets.get(docname, ())),
        )
    return site, found


def stated_facts(app: Sphinx) -> dict[str, str]:
    """What the handlers of ``fresh-facts`` state about pages, digested page by page."""
    stated: dict[str, list[str]] = {}
    for facts in app.emit("fresh-facts", app.env):
        for docname, fact in (facts or {}).items():
            stated.setdefault(docname, []).append(fact)
    return {docname: digest(*facts) for docname, facts in stated.items()}


def _indices(app: Sphinx) -> list[str]:
    return domain_indices(app) if app.builder.format == "html" else []


def _inventory_lines(data: object) -> list[str]:
    kinds = data.items() if isinstance(data, dict) else getattr(data, "data", {}).items()
    return [f"{kind} {objects!r}" for kind, objects in kinds]


def _assets_by_page(env: BuildEnvironment) -> dict[str, list[str]]:
    """Names under which images and downloads are copied: a second ``a.png`` becomes ``a1.png``."""
    found: dict[str, list[str]] = {}
    for source, (docnames, name) in (*env.images.items(), *env.dlfiles.items()):
        for docname in docnames:
            found.setdefault(docname, []).append(f"{source} {name}")
    return found
