r"""The renderer of formulas ``mathml``: which sites have it, and how their pages print a formula.

Sphinx's own, MathJax, is loaded from a content delivery network, which readers without JavaScript, offline or behind
some borders do not get, and which sees who reads what. So a project that has chosen nothing gets MathML.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from docutils.utils.math import MathError
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from sphinx_paper_table.citations.assets import add_styles, serve
from sphinx_paper_table.sphinx_host.diagnostics import WARNING_TYPE
from sphinx_paper_table.sphinx_host.page_kinds import has_kind
from sphinx_paper_table.survey.problems import Code

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

NAME: Final = "mathml"
STYLE: Final = "paper_math.css"
_MATHJAX: Final = "mathjax"
_OF_MATHJAX: Final = (
    *("mathjax_path", "mathjax_options", "mathjax_inline", "mathjax_display", "mathjax_config_path"),
    *("mathjax_config", "mathjax2_config", "mathjax3_config", "mathjax4_config"),
)
"""Whoever sets one of them wants MathJax."""


def choose_renderer(app: Sphinx, config: Config) -> None:
    """Choose MathML for a project that has chosen nothing else (``config-inited``)."""
    if config.html_math_renderer is None:
        others = app.registry.html_inline_math_renderers.keys() - {_MATHJAX, NAME}
        if any(name in config and config[name] != config.values[name].default for name in _OF_MATHJAX[:5]) or any(
            name in config and config[name] for name in _OF_MATHJAX[5:]
        ):
            others.add(_MATHJAX)
        if len(others) < 2:  # noqa: PLR2004 (Sphinx says what to do about several)
            config.html_math_renderer = others.pop() if others else NAME
    serve(config, Path(__file__).with_name(STYLE))


def _printed(self: HTML5Translator, node: nodes.Element, source: str, *, as_block: bool) -> str:
    """Return a formula as MathML; as its source text, with a warning, where nothing can convert it."""
    from sphinx_paper_table.sphinx_host.mathml import in_mathml_3, mathml  # noqa: PLC0415 (few pages have formulas)

    try:
        html = mathml(source, as_block=as_block)
    except MathError as error:
        message = "this formula cannot be converted to MathML: %s; write it with other commands, or choose another "
        message += "'html_math_renderer' in conf.py"
        logger.warning(message, error, location=node, type=WARNING_TYPE, subtype=str(Code.MARKUP))
        return f"<code>{escape(nodes.unescape(source))}</code>"
    return in_mathml_3(html) if self.builder.name == "epub" else html


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Print a formula in a line."""
    self.body.append(_printed(self, node, node.astext(), as_block=False))
    raise nodes.SkipNode


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Print formulas of their own, which blank lines part, and their number; on narrow screens they scroll."""
    self.body.append(self.starttag(node, "div", CLASS="math-block", tabindex="0"))
    if node.get("number"):
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>")
    parts = filter(str.strip, node.astext().split("\n\n"))
    self.body.extend(_printed(self, node, part, as_block=True) for part in parts)
    self.body.append("</div>\n")
    raise nodes.SkipNode


def add_to_page(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Link the style of formulas of their own from pages that have some (``html-page-context``)."""
    is_ours = getattr(app.builder, "math_renderer_name", None) == NAME
    if is_ours and doctree is not None and has_kind(doctree, nodes.math_block):
        add_styles(app, context, STYLE)


def setup_math_renderer(app: Sphinx) -> None:
    """Register the renderer, and choose it when all extensions have theirs."""
    app.add_html_math_renderer(NAME, inline_renderers=(visit_math, None), block_renderers=(visit_math_block, None))
    app.connect("config-inited", choose_renderer)
    app.connect("html-page-context", add_to_page)
