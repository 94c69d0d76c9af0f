"""What docutils and MyST say of directives and roles that are nearly ours, said by us: at a place, with what was meant.

And what they do not say: see `reading.page_markup`.

Sphinx prints what its loggers are told. Each message that we say better is taken out there, so that there is one.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.reading.own_names import OWN, broken_options, odd_options, twice, unknown_name
from sphinx_paper_table.reading.page_files import MARKDOWN
from sphinx_paper_table.sphinx_host.domain import paper_domain
from sphinx_paper_table.survey.allowed import Kind
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.markdown import COLON_FENCE

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_paper_table.survey.problems import Problem

_LOGGERS: Final = ("sphinx.myst_parser.warnings_", "sphinx.sphinx.util.docutils", "sphinx.sphinx.highlighting")
"""Where MyST (myst_parser/warnings_.py) and Sphinx (util/docutils.py, highlighting.py) tell what is wrong."""
_UNKNOWN: Final = {
    Kind.DIRECTIVE: re.compile(r"Unknown directive type[:]? [\"']([\w:+.-]{1,99})[\"']"),
    Kind.ROLE: re.compile(r"Unknown interpreted text role \"([\w:+.-]{1,99})\""),
}
_BROKEN: Final = re.compile(
    r"Error in \"([\w-]{1,99})\" directive:\ninvalid option (?:block|data: duplicate option \"([\w-]{1,99})\")"
)

_ODD: Final = re.compile(
    r"'([\w-]{1,99})': Invalid options format: expected (?:':' after key|key to start at column 0)"
)
_NO_LEXER: Final = re.compile(r"Pygments lexer name '\W{0,3}([\w-]{1,40})\W{0,3}' is not known")
"""What Sphinx says of a fence that is nearly a directive of ours, when it writes the page."""


class _Filter(logging.Filter):
    """Keeps what we say better from being printed, and notes it for the page that is being read."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__()
        self._app = app

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the message is to be printed."""
        env = self._app.env
        if (lexer := _NO_LEXER.match(record.getMessage())) and lexer[1].lower() in OWN[Kind.DIRECTIVE]:
            return False
        docname = env.current_document.docname if record.levelno >= logging.WARNING else ""
        problem = _ours(str(record.msg), _place(self._app, getattr(record, "location", None))) if docname else None
        if problem is not None:
            paper_domain(env).page(docname).problems.append(problem)
        return problem is None


def _place(app: Sphinx, location: object) -> Position:
    """Return the place of a message as Sphinx's loggers are told it: a page and a line, or a file and a line."""
    if isinstance(location, tuple):
        docname, line = location
        return Position(str(app.env.doc2path(docname)), line or 0)
    path, _, line = str(location or "").rpartition(":")
    return Position(path, int(line)) if line.isdecimal() else Position(str(location or ""))


def _ours(message: str, place: Position) -> Problem | None:
    """Return what we say in the place of *message*, if anything."""
    for kind, pattern in _UNKNOWN.items():
        if found := pattern.match(message):
            return unknown_name(kind, found[1], place)
    if (odd := _ODD.match(message)) and odd[1].lower() in OWN[Kind.DIRECTIVE]:
        return odd_options(odd[1].lower(), place)
    broken = _BROKEN.match(message)
    if broken is None or broken[1].lower() not in OWN[Kind.DIRECTIVE]:
        return None
    name, option = broken[1].lower(), broken[2]
    return twice(name, option, place) if option else broken_options(name, place)


def _note_dead_markup(app: Sphinx, docname: str, source: list[str]) -> None:
    """Note what does nothing on a page in Markdown, before it is parsed."""
    path = str(app.env.doc2path(docname))
    if path.endswith(MARKDOWN):
        from sphinx_paper_table.reading.page_markup import dead_on_page  # noqa: PLC0415 (only pages that are read)

        has_colon_fences = COLON_FENCE in app.config.myst_enable_extensions
        found = dead_on_page(source[0], path, has_colon_fences=has_colon_fences)
        paper_domain(app.env).page(docname).problems.extend(found)


def setup_own_names(app: Sphinx) -> None:
    """Take such messages out for as long as the application builds."""
    ours = _Filter(app)

    def connect(_app: Sphinx) -> None:
        for name in _LOGGERS:
            logging.getLogger(name).addFilter(ours)

    def disconnect(_app: Sphinx, _exception: Exception | None) -> None:
        for name in _LOGGERS:
            logging.getLogger(name).removeFilter(ours)

    app.connect("source-read", _note_dead_markup)
    app.connect("builder-inited", connect)
    app.connect("build-finished", disconnect)
