"""A text with blanks in the place of what is not read as words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.survey.allowed import DEFAULT, VERBATIM, Kind
from sphinx_paper_table.survey.markdown import markup_spans

if TYPE_CHECKING:
    from sphinx_paper_table.survey.allowed import Rules
    from sphinx_paper_table.survey.fields import Markup


def without_code(text: str, markup: Markup, rules: Rules = DEFAULT) -> str:
    """Return *text* with spaces in the place of roles, code, formulas, and directives that are shown as written."""
    parts, done = [], 0
    for span in sorted(markup_spans(text, markup), key=lambda span: span.start):
        is_read = (
            span.kind is Kind.DIRECTIVE and span.name.lower() not in VERBATIM and rules.permits(span.kind, span.name)
        )
        if not is_read and span.end > done:
            start = max(span.start, done)
            parts += [text[done:start], " " * (span.end - start)]
            done = span.end
    return "".join((*parts, text[done:]))
