"""The order of a build: what happens at which of Sphinx's events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.citations import problems_of
from sphinx_paper_table.sphinx_host.diagnostics import report
from sphinx_paper_table.sphinx_host.domain import check_pages, paper_domain
from sphinx_paper_table.sphinx_host.session import load_session, localise_session, session_of
from sphinx_paper_table.sphinx_host.translation import extract
from sphinx_paper_table.sphinx_host.views import outdated_pages, page_facts
from sphinx_paper_table.survey.known_problems import without_known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def find_outdated(
    app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], removed: set[str]
) -> list[str]:
    """Translate the catalogue and name the pages that show something else than it says."""
    localise_session(app)
    return [docname for docname in outdated_pages(env) if docname not in removed]


def finish_reading(app: Sphinx, env: BuildEnvironment) -> None:
    """Report every problem, at every build until it is mended, and hand the texts to the gettext builder."""
    session = session_of(env)
    session.locations = None
    problems = (*problems_of(env), *session.problems, *check_pages(env))
    config = env.config
    report(without_known(sorted(set(problems)), config.citations_ignore, config.suppress_warnings))
    private = [text for page in paper_domain(env).pages.values() for text in page.private_texts]
    extract(app, [*session.loaded.catalogue.surveys.values(), session.loaded.catalogue.vocabulary], private)


def facts(_app: Sphinx, env: BuildEnvironment) -> Mapping[str, str]:
    """Tell `sphinx_fresh` where the links of each page lead."""
    return page_facts(env)


def finish(app: Sphinx, _exception: Exception | None) -> None:
    """Let go of what holds on to the environment, whose session would else outlive it."""
    session_of(app.env).rules = None


def setup_build(app: Sphinx) -> None:
    """Connect everything."""
    app.connect("builder-inited", load_session, priority=400)  # citations have read the BibTeX files (300)
    app.connect("env-get-outdated", find_outdated, priority=400)
    app.connect("env-updated", finish_reading, priority=700)
    app.connect("fresh-facts", facts)
    app.connect("build-finished", finish)
