"""MyST's renderer for the texts of records: what contributors write shows, and never runs, reads or includes.

Whatever a page or its configuration has switched on. What is refused stands there as it was written.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from docutils.parsers.rst import directives, roles
from docutils.parsers.rst.states import MarkupError
from sphinx.util import logging

from sphinx_paper_table.compat.myst_parser import SphinxRenderer, parse_directive_text
from sphinx_paper_table.compat.sphinx_design import is_icon_role
from sphinx_paper_table.survey.allowed import (
    DEPTH_REFUSAL,
    ICON_REFUSAL,
    MAX_DEPTH,
    OPTIONS,
    Kind,
    anchor_refusal,
    option_refusal,
    refusal,
)
from sphinx_paper_table.survey.anchors import OWN
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils.parsers.rst import Directive
    from markdown_it.tree import SyntaxTreeNode

    from sphinx_paper_table.compat.myst_parser import MdParserConfig
    from sphinx_paper_table.sphinx_host.meaning_rules import MeaningRules
    from sphinx_paper_table.survey.allowed import Refusal

logger = logging.getLogger(__name__)

EXTENSIONS: Final = frozenset(
    {
        *("alert", "amsmath", "colon_fence", "deflist", "dollarmath", "fieldlist", "strikethrough", "tasklist"),
        *("replacements", "smartquotes", "linkify", "gfm_autolink", "section_ref"),
        *("attrs_inline", "attrs_block", "attrs_image"),
    }
)
"""MyST's extensions that records may use. Not: templates that are run (``substitution``), HTML that becomes mark-up."""
_ATTRIBUTES: Final = frozenset({"class", "title", "reftitle", "width", "height", "align", "language", "start"})
"""Attributes that records may give (``attrs_inline``); MyST passes on no others that we know of, but it may."""

_COUNTING: Final = frozenset({"emphasize-lines", "columns", "header-rows", "stub-columns"})
"""Options whose numbers become so many nodes or items."""
_HUGE: Final = re.compile(r"\d{5}")
_LONGEST: Final = 200
_ICON: Final = re.compile(r"[\w.;% -]*")


def config_for_records(config: MdParserConfig, rules: MeaningRules) -> MdParserConfig:
    """Return *config*, that of the project, as far as it is harmless in the hands of strangers."""
    return dataclasses.replace(
        config,
        enable_extensions=set(config.enable_extensions) & EXTENSIONS,
        fence_as_directive={name for name in config.fence_as_directive if rules.permits(Kind.DIRECTIVE, name)},
        disable_syntax=[*config.disable_syntax, "front_matter"],
        substitutions={},
        html_meta={},
    )


class RecordRenderer(SphinxRenderer):
    """Renders one text after the other; *place* is that of the present one."""

    place = Position()
    allowed: MeaningRules
    note: Callable[[Problem], None]
    _depth = 0

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

    def render_restructuredtext(self, token: SyntaxTreeNode) -> None:
        """Show reStructuredText as it is written; its parser knows nothing of our rules."""
        self.refuse(refusal(Kind.DIRECTIVE, "eval-rst", self.allowed))
        self.current_node.append(_as_written(f"{token.markup}{token.info}\n{token.content}{token.markup}"))

    def render_fence(self, token: SyntaxTreeNode) -> None:
        """Show code without attributes that count lines."""
        if token.token is not None:
            token.token.attrs = {name: value for name, value in token.token.attrs.items() if name in _ATTRIBUTES}
        super().render_fence(token)

    def render_footnote_ref(self, token: SyntaxTreeNode) -> None:
        """Show a reference to a footnote that is refused as it is written."""
        label = token.meta["label"]
        if label.startswith(OWN):
            self.current_node.append(nodes.Text(f"[^{label}]"))
        else:
            super().render_footnote_ref(token)

    def render_footnote_reference(self, token: SyntaxTreeNode) -> None:
        """Show a footnote whose label would be an anchor of ours as a paragraph."""
        label = token.meta["label"]
        if label.startswith(OWN):
            self.refuse(anchor_refusal(label))
            self.render_children(token)
        else:
            super().render_footnote_reference(token)

    def run_directive(self, name: str, first_line: str, content: str, position: int, *args: Any, **kwargs: Any) -> Any:
        """Run a directive that the rules permit; show any other as it is written."""
        refused = self._refused(name, first_line, content)
        if refused:
            self.refuse(refused)
            return [_as_written(kwargs.get("block_text") or content)]
        self._depth += 1
        try:
            return super().run_directive(name, first_line, content, position, *args, **kwargs)
        finally:
            self._depth -= 1

    def _refused(self, name: str, first_line: str, content: str) -> Refusal | None:
        """Return what is wrong with a directive, whatever name it goes by at this place."""
        is_known = self.allowed.is_in_known_domain(name)
        meaning = directives.directive(name, self.language_module_rst, self.document)[0] if is_known else None
        if not self.allowed.permits_meaning(Kind.DIRECTIVE, name, meaning):
            return refusal(Kind.DIRECTIVE, name, self.allowed)
        if self._depth >= MAX_DEPTH:
            return DEPTH_REFUSAL
        if meaning is not None and self.allowed.is_declared(Kind.DIRECTIVE, meaning):
            return next((option_refusal(name, option) for option in _bad_options(meaning, first_line, content)), None)
        return None

    def render_myst_role(self, token: SyntaxTreeNode) -> None:
        """Run a role that the rules permit; show any other as it is written."""
        name, line = token.meta["name"], token.map[0] if token.map else 0
        is_known = self.allowed.is_in_known_domain(name)
        meaning = roles.role(name, self.language_module_rst, line, self.reporter)[0] if is_known else None
        if not self.allowed.permits_meaning(Kind.ROLE, name, meaning):
            self.refuse(refusal(Kind.ROLE, name, self.allowed))
        elif is_icon_role(meaning) and not _ICON.fullmatch(token.content):
            self.refuse(ICON_REFUSAL)
        else:
            super().render_myst_role(token)
            return
        source = f"{{{name}}}`{token.content}`"
        self.current_node.append(nodes.literal(source, source))

    def copy_attributes(
        self, token: SyntaxTreeNode, node: nodes.Element, keys: Any = ("class",), **kwargs: Any
    ) -> None:
        """Copy harmless attributes only."""
        super().copy_attributes(token, node, [key for key in keys if key in _ATTRIBUTES], **kwargs)

    def refuse(self, found: Refusal) -> None:
        """Note what is refused in the present text."""
        self.note(Problem(self.place, Code.UNSAFE, found.message, found.hint))


def _as_written(source: str) -> nodes.literal_block:
    return nodes.literal_block(source, source, language="none")


def _bad_options(meaning: type[Directive], first_line: str, content: str) -> list[str]:
    """Return the options that a directive knows, has, and must not have here."""
    try:
        options = parse_directive_text(meaning, first_line, content).options
    except MarkupError:  # MyST reports it
        return []
    return sorted(name for name, value in options.items() if name not in OPTIONS or not _is_modest(name, value))


def _is_modest(name: str, value: object) -> bool:
    """Return whether a number, or a range of them, makes no list that fills the memory."""
    text = str(value)
    return name not in _COUNTING or (len(text) <= _LONGEST and not _HUGE.search(text))
