"""Mark-up on pages in Markdown that was meant for us and does nothing: readers see it as it is written.

Neither MyST nor docutils can know. A build looks at each page before it parses it, a check of pages at its source.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.reading.blanking import without_code
from sphinx_paper_table.reading.own_names import OWN
from sphinx_paper_table.survey.allowed import Kind, by_name
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.located import position_in
from sphinx_paper_table.survey.markdown import markup_spans
from sphinx_paper_table.survey.problems import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOOKED_AT: Final = re.compile(
    r"\\[a-z]{0,9}cite|:(?:paper|cite)[:\w]{0,20}:`|\{(?:paper|cite)[:\w]{0,20}\}['\"‘“’]|\{[\w-]{1,40}\}\w"
)
_GLUED: Final = re.compile(
    r"^[ \t]{0,40}(?:`{3,9}|~{3,9}|:{3,9})\{([\w-]{1,40})\}([^\s`{}][^`\n]{0,200})$", re.MULTILINE
)
_CITE: Final = re.compile(r"\\(?P<command>[A-Za-z]{0,9}cite[a-z]{0,9})\*?\{(?P<keys>[^{}\n]{1,400})\}")
_RST_ROLE: Final = re.compile(r"(?<![\w`]):((?:paper|cite)(?::\w{1,12})?):\Z")
_QUOTED: Final = re.compile(r"\{((?:paper|cite)(?::\w{1,12})?)\}(['\"‘“’])([^'\"‘’“”\n]{1,200})['\"’”]")
_TEXTUAL: Final = frozenset({"citet", "textcite", "citeauthor", "citealt"})
_EVERY_DIRECTIVE: Final = by_name(directives=tuple(OWN[Kind.DIRECTIVE]))


def dead_on_page(text: str, path: str) -> Iterator[Problem]:
    """Yield what does nothing in the *text* of a page, with what is written instead."""
    if not _LOOKED_AT.search(text):
        return
    for found in _GLUED.finditer(text):
        if found[1].lower() in OWN[Kind.DIRECTIVE]:
            hint = f"write {{{found[1]}}} {found[2].strip()}"
            yield _dead(text, path, found.start(1) - 1, f"a space is missing behind '{{{found[1]}}}'", hint)
    bare = without_code(text, Markup.BLOCK, _EVERY_DIRECTIVE)
    for found in _CITE.finditer(bare):
        role = "cite:t" if found["command"] in _TEXTUAL else "cite:p"
        message = f"'{found[0][:60]}' is LaTeX, and shown as it is written"
        yield _dead(text, path, found.start(), message, f"write {{{role}}}`{found['keys'].replace(' ', '')}`")
    for span in markup_spans(text, Markup.BLOCK):
        is_code = span.kind is None and text.startswith("`", span.start)
        before = _RST_ROLE.search(text[max(0, span.start - 30) : span.start]) if is_code else None
        if before is not None:
            written = text[span.start : span.end]
            message = f"'{before[0]}{written[:60]}' is reStructuredText: the name of the role is shown"
            yield _dead(text, path, span.start - len(before[0]), message, f"write {{{before[1]}}}{written}")
    for found in _QUOTED.finditer(bare):
        message = f"'{found[0][:60]}' does nothing: a role has its text between backticks behind it"
        yield _dead(text, path, found.start(), message, f"write {{{found[1]}}}`{found[3]}`")


def _dead(text: str, path: str, start: int, message: str, hint: str) -> Problem:
    return Problem(position_in(text, path, start), Code.MARKUP, message, hint)
