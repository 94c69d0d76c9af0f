"""The records' texts, written in MyST, to nodes: on reStructuredText pages too, with messages at the text's place.

HTML never becomes markup here, which `load.markup` has reported by then; what else is refused, `host.harmless` says.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from sphinx.util import logging

from sphinx_paper_table.citations.harmless import replace
from sphinx_paper_table.host.domain import paper_domain
from sphinx_paper_table.host.harmless import make_harmless
from sphinx_paper_table.host.session import IN_RECORD
from sphinx_paper_table.load.markup import REFUSED_DIRECTIVES
from sphinx_paper_table.model.located import Located, Position, position_of
from sphinx_paper_table.model.spaces import without_spaces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode
    from myst_parser.config.main import MdParserConfig
    from sphinx.environment import BuildEnvironment

AS_WRITTEN: Final = (nodes.FixedTextElement, nodes.literal, nodes.math, nodes.raw)
"""What is not read as a sentence: its spaces stay."""
logger = logging.getLogger(__name__)

_MARKUP: Final = re.compile(r"[\\`*_{}\[\]<>$&!~^@|]|https?:|\n")
_CHANGING: Final = frozenset({"replacements", "smartquotes", "linkify", "gfm_autolink", "substitution", "section_ref"})
"""MyST extensions that change text without any mark-up in it."""


class _Renderer(SphinxRenderer):
    """MyST's renderer without HTML, and with messages at the place of the record's text."""

    place = Position()

    def create_warning(self, message: str, subtype: Any, *, wtype: str | None = None, **_: Any) -> None:
        """Log at the place of the text; MyST would name the page."""
        kind = wtype or "myst"
        name = subtype if isinstance(subtype, str) else subtype.value
        logger.warning("%s", message, type=kind, subtype=name, location=str(self.place))

    def render_html_inline(self, token: SyntaxTreeNode) -> None:
        """Show HTML as the text it is."""
        self.current_node.append(nodes.Text(token.content))

    def render_html_block(self, token: SyntaxTreeNode) -> None:
        """Show HTML as the text it is."""
        self.current_node.append(nodes.paragraph("", token.content))

    def render_directive(self, token: SyntaxTreeNode, name: str, arguments: str, **kwargs: Any) -> None:
        """Leave out directives that have no place in a record's text."""
        if name not in REFUSED_DIRECTIVES:
            super().render_directive(token, name, arguments, **kwargs)


class MarkupParser:
    """Parses texts for one document."""

    def __init__(self, env: BuildEnvironment, document: nodes.document) -> None:
        """Prepare for *document*; the parser itself is made when the first text needs it."""
        self._env = env
        self._config: MdParserConfig = env.myst_config  # type: ignore[attr-defined]  # set by myst_parser
        self._document = document
        self._parser: MarkdownIt | None = None
        self._fast = _CHANGING.isdisjoint(self._config.enable_extensions)

    def inline(self, text: Located) -> list[nodes.Node]:
        """Return *text* as inline nodes; text without any mark-up is not parsed at all."""
        if self._fast and not _MARKUP.search(text):
            return [nodes.Text(without_spaces(str(text)))]
        return self._render(text, inline=True)

    def block(self, text: Located) -> list[nodes.Node]:
        """Return *text* as paragraphs, lists and other blocks, which Sphinx is not to translate once more."""
        found = self._render(text, inline=False)
        for node in found:
            for element in node.findall(nodes.TextElement):
                element["translatable"] = False
        return found

    def _render(self, text: Located, *, inline: bool) -> list[nodes.Node]:
        holder = nodes.inline() if inline else nodes.container()
        place, written = position_of(text), " ".join(text.split("\n")) if inline else str(text)
        renderer = self._renderer(place)
        with _source(self._env, self._document, place), renderer.current_node_context(holder):
            renderer.nested_render_text(written, max(place.line - 1, 0), inline=inline)
        paper_domain(self._env).page(self._env.docname).problems.extend(make_harmless(holder, text, self._env.config))
        _close_up(holder)
        return holder.children

    def _renderer(self, place: Position) -> _Renderer:
        if self._parser is None:
            self._parser = create_md_parser(self._config, _Renderer)
            self._parser.options["document"] = self._document
            self._parser.renderer.setup_render(self._parser.options, {})  # type: ignore[attr-defined]
        renderer: Any = self._parser.renderer
        renderer.place = place
        renderer._level_to_section = {0: self._document}  # noqa: SLF001 (headings in a text begin anew)
        found: _Renderer = renderer
        return found


@contextmanager
def _source(env: BuildEnvironment, document: nodes.document, place: Position) -> Iterator[None]:
    """Let everything made or reported meanwhile stand at *place*, and roles know that a record speaks."""
    reporter: Any = document.reporter
    source, line = document["source"], document.current_line
    finder = getattr(reporter, "get_source_and_line", None)
    document["source"] = place.path or source
    reporter.get_source_and_line = lambda _line=None: (place.path, place.line)
    env.temp_data[IN_RECORD] = True
    try:
        yield
    finally:
        env.temp_data.pop(IN_RECORD, None)
        document["source"], document.current_line = source, line
        reporter.get_source_and_line = finder


def _close_up(holder: nodes.Element) -> None:
    """Take out the spaces that YAML makes of line ends within Chinese sentences."""
    for text in list(holder.findall(nodes.Text)):
        if not text.isascii() and not isinstance(text.parent, AS_WRITTEN):
            replace(text, [nodes.Text(without_spaces(str(text)))])
