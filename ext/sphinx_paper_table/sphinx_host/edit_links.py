"""From a card to the line of YAML that it comes from, for sites whose sources are on the web."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from sphinx_paper_table.sphinx_host.domain import paper_domain
from sphinx_paper_table.sphinx_host.session import session_of
from sphinx_paper_table.survey.query import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_paper_table.survey.located import Position


def entry_address(env: BuildEnvironment, paper: str) -> str:
    """Return where the entry of *paper* can be edited; empty when the project does not say."""
    template: str = env.config.paper_table_edit_url
    found = session_of(env).catalogue.papers.get(paper) if template else None
    return _address(template, found.position, Path(env.srcdir)) if found else ""


def _address(template: str, position: Position, srcdir: Path) -> str:
    path = Path(position.path)
    if not position.line or not path.is_relative_to(srcdir):
        return ""
    return template.format(path=quote(path.relative_to(srcdir).as_posix()), line=position.line)


def entry_facts(_app: Sphinx, env: BuildEnvironment) -> Mapping[str, str]:
    """Return, for every page that owns cards, the lines of their entries (``fresh-facts``): lines move with edits."""
    if not env.config.paper_table_edit_url:
        return {}
    findings, compute = session_of(env).findings, partial(_entry_facts, env)
    facts: dict[str, str] = compute() if findings is None else findings.of_pages("edit links", compute)
    return facts


def _entry_facts(env: BuildEnvironment) -> dict[str, str]:
    return {
        docname: digest([entry_address(env, target.name) for target in page.targets if target.kind == "method"])
        for docname, page in paper_domain(env).pages.items()
    }


def setup_edit_links(app: Sphinx) -> None:
    """Connect."""
    app.connect("fresh-facts", entry_facts)
