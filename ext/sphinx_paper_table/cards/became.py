"""What became of a paper, in a sentence: on its card, and below its reference in lists of references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_paper_table.cards.docutils_helpers import address_link, object_link, paragraph, reference_link
from sphinx_paper_table.citations import citations_of
from sphinx_paper_table.citations.reference_extras import ReferenceNotes, set_reference_notes
from sphinx_paper_table.citations.sentences import sentence
from sphinx_paper_table.sphinx_host.domain import locations
from sphinx_paper_table.sphinx_host.session import session_of
from sphinx_paper_table.sphinx_host.translation import _
from sphinx_paper_table.survey.status_lines import StatusLine, statuses_of_references

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

_CLASS: Final = "reference-status"


def status_paragraph(builder: Builder, docname: str, line: StatusLine) -> nodes.paragraph:
    """Return what became of a paper, with links as seen from the page *docname*."""
    other: list[nodes.Node] = [nodes.Text(line.other)]
    if line.target == "method":
        other = [object_link(builder, docname, "method", line.name, line.other)]
    elif line.target == "cite":
        other = [reference_link(builder, docname, line.name)]
    elif line.target == "url":
        other = address_link(builder, line.name, line.other)
    said: list[nodes.Node] = [nodes.strong("", "", *sentence(_(line.message), other=other))]
    if line.date:
        said.append(nodes.Text(f" ({line.date})"))
    if line.why:
        said.append(nodes.Text(str(_(": ")) + line.why))
    if line.source:
        said += [nodes.Text(" "), *address_link(builder, line.source, str(_("Notice")))]
    return paragraph(*said)


class StatusNotes(ReferenceNotes):
    """What records say of the publications that lists of references show."""

    def digests(self, env: BuildEnvironment) -> Mapping[str, str]:
        """Return what is said of each key, and where its links lead."""
        citations = citations_of(env)
        return {
            key: repr((line, _place(env, line), citations.target(line.name))) for key, line in _statuses(env).items()
        }

    def of(self, builder: Builder, docname: str, key: str) -> list[nodes.Element]:
        """Return what is said of a publication."""
        line = _statuses(builder.env).get(key)
        if line is None:
            return []
        found = status_paragraph(builder, docname, line)
        found["classes"].append(_CLASS)
        return [found]


def _place(env: BuildEnvironment, line: StatusLine) -> tuple[str, str] | None:
    target = locations(env).get((line.target, line.name))
    return target and (target.docname, target.anchor)


def _statuses(env: BuildEnvironment) -> Mapping[str, StatusLine]:
    """Return the statuses by cite key, which a build that changes no record has from the one before."""
    session = session_of(env)
    if session.statuses is None:

        def compute() -> dict[str, StatusLine]:
            return statuses_of_references(session.catalogue)

        session.statuses = session.findings.of_pages("statuses", compute) if session.findings else compute()
    return session.statuses


def setup_became(app: Sphinx) -> None:
    """Let lists of references say it."""
    set_reference_notes(app, StatusNotes())
