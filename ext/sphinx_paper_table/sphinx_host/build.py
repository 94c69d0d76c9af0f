"""The order of a build: what happens at which of Sphinx's events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx.builders.gettext import MessageCatalogBuilder

from sphinx_paper_table.citations import problems_of
from sphinx_paper_table.sphinx_host.diagnostics import report
from sphinx_paper_table.sphinx_host.domain import check_pages, is_of_another_site, paper_domain
from sphinx_paper_table.sphinx_host.record_cache import RecordCache
from sphinx_paper_table.sphinx_host.session import load_session, localise_session, session_of
from sphinx_paper_table.sphinx_host.translation import extract
from sphinx_paper_table.sphinx_host.views import outdated_pages, page_facts, pages_digest
from sphinx_paper_table.survey.known_problems import without_known
from sphinx_paper_table.survey.problems import failing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_LAST: Final = 990
"""Behind the exports (950), which may ask for the records."""


def find_outdated(
    app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], removed: set[str]
) -> list[str]:
    """Name the pages that show something else than the records now say, in the language of the build."""
    localise_session(app)
    session_of(env).leave = RecordCache(app).save
    findings = session_of(env).findings
    if findings is not None and findings.has_pages(pages_digest(env)):
        return []
    return [docname for docname in outdated_pages(env) if docname not in removed]


def load_for_readers(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Load the records before processes are forked that would each do so (``env-before-read-docs``)."""
    if app.parallel > 1 and docnames:
        _ = session_of(env).catalogue


def finish_reading(app: Sphinx, env: BuildEnvironment) -> None:
    """Report every problem, at every build until it is mended, and hand the texts to the gettext builder."""
    session = session_of(env)
    session.locations = None
    if session.findings is not None:
        of_records = tuple(problem for problem in session.problems if problem not in session.found)
        is_good = not failing(problem for problem in of_records if not is_of_another_site(env, problem))
        session.findings.settle_pages(pages_digest(env), of_records, is_good=is_good)
    problems = (*problems_of(env), *session.problems, *check_pages(env))
    config = env.config
    own = sorted({problem for problem in problems if not is_of_another_site(env, problem)})
    report(without_known(own, config.citations_ignore, config.suppress_warnings))
    if isinstance(app.builder, MessageCatalogBuilder):
        catalogue = session.loaded.catalogue
        private = [text for page in paper_domain(env).pages.values() for text in page.private_texts]
        extract(app, app.builder, [*catalogue.surveys.values(), catalogue.vocabulary], private)


def facts(_app: Sphinx, env: BuildEnvironment) -> Mapping[str, str]:
    """Tell `sphinx_fresh` where the links of each page lead."""
    return page_facts(env)


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Leave what was found out to the next build."""
    session = session_of(app.env)
    if exception is None and session.findings is not None:
        session.findings.save()
        if session.findings.is_reliable and session.is_asked and session.leave is not None:
            session.leave()
    session.close()


def setup_build(app: Sphinx) -> None:
    """Connect everything."""
    app.connect("builder-inited", load_session, priority=400)  # citations have read the BibTeX files (300)
    app.connect("env-get-outdated", find_outdated, priority=400)
    app.connect("env-updated", finish_reading, priority=700)
    app.connect("env-before-read-docs", load_for_readers)
    app.connect("fresh-facts", facts)
    app.connect("build-finished", finish, priority=_LAST)
