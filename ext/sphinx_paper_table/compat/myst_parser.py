"""myst-parser (https://github.com/executablebooks/MyST-Parser), 5.

Its documented interface is a parser of whole pages (https://myst-parser.readthedocs.io/en/v5.2.0/api/reference.html).
Texts of records are parsed one by one, into a document that is already there, with less than pages may have.

`SphinxRenderer` (myst_parser/mdit_to_docutils/sphinx_.py) is what a renderer of records inherits from. Its methods that
are overridden are those of `RENDERER_METHODS`. `MdParserConfig` (myst_parser/config/main.py) is the configuration of a
project; `parse_directive_text` (myst_parser/parsers/directives.py) splits what a directive is given, and
`make_document` (myst_parser/mdit_to_docutils/base.py) makes an empty document with the settings of docutils' parser.
Needless when MyST has an interface for a part of a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import make_document
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.mocking import MockStateMachine
from myst_parser.parsers.directives import parse_directive_text
from myst_parser.parsers.mdit import create_md_parser

if TYPE_CHECKING:
    from docutils import nodes
    from markdown_it import MarkdownIt
    from sphinx.environment import BuildEnvironment

__all__ = ["MdParserConfig", "SphinxRenderer", "make_document", "parse_directive_text"]

RENDERER_METHODS: Final = (
    *("create_warning", "copy_attributes", "run_directive", "current_node_context", "nested_render_text"),
    *("render_children", "render_fence", "render_footnote_ref", "render_footnote_reference", "render_html_block"),
    *("render_html_inline", "render_myst_role", "render_restructuredtext", "setup_render"),
)
"""Methods of `SphinxRenderer` that are called or overridden."""


def project_config(env: BuildEnvironment) -> MdParserConfig:
    """Return the project's configuration of MyST (``env.myst_config``, set by myst_parser/sphinx_ext/main.py)."""
    found: MdParserConfig = env.myst_config  # type: ignore[attr-defined]
    return found


def new_parser(config: MdParserConfig, renderer: type[SphinxRenderer], document: nodes.document) -> MarkdownIt:
    """Return a parser with a *renderer* that is ready to add nodes to *document*.

    As myst_parser/parsers/sphinx_.py does it for a page.
    """
    parser = create_md_parser(config, renderer)
    parser.options["document"] = document
    made: Any = parser.renderer
    made.setup_render(parser.options, {})
    return parser


def begin_text(renderer: SphinxRenderer, document: nodes.document) -> None:
    """Let the headings of the next text begin anew, whatever the texts before had.

    ``_level_to_section`` (myst_parser/mdit_to_docutils/base.py:180). ``setup_render`` would do it, and make a document
    of its own each time, which costs more than most texts. Needless when it makes none where one is given.
    """
    renderer._level_to_section = {0: document}


def is_mocked(state_machine: object) -> bool:
    """Return whether a directive is run by MyST: it counts the lines of the body in another way than docutils.

    `MockStateMachine` (myst_parser/mocking.py:451). Needless when both count alike.
    """
    return isinstance(state_machine, MockStateMachine)
