"""What `compat.myst_parser` names is there, and is what we take it for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes
from docutils.parsers.rst.directives.images import Figure
from myst_parser.mocking import MockStateMachine

from sphinx_paper_table.compat import myst_parser as compat

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def test_methods_that_are_overridden() -> None:
    missing = [name for name in compat.RENDERER_METHODS if not callable(getattr(compat.SphinxRenderer, name, None))]
    assert missing == []


def test_the_configuration_of_a_project(app: Sphinx) -> None:
    found = compat.project_config(app.env)
    assert isinstance(found, compat.MdParserConfig)
    used = {"enable_extensions", "fence_as_directive", "disable_syntax", "substitutions", "html_meta"}
    assert used <= set(found.__dataclass_fields__)


def test_texts_are_rendered_one_by_one() -> None:
    document, first, second = compat.make_document(), nodes.section(), nodes.section()
    parser = compat.new_parser(compat.MdParserConfig(), compat.SphinxRenderer, document)
    renderer = cast("compat.SphinxRenderer", parser.renderer)
    for section in (first, second):
        holder = nodes.container()
        compat.begin_text(renderer, document)
        with renderer.current_node_context(holder):
            renderer.nested_render_text("Some *text*.", 0)
        assert holder.astext() == "Some text."
        for level, part in ((1, section), (2, nodes.section())):
            renderer.update_section_level_state(part, level)
        assert len(section) == 1, "the section of the next level stands in it"
    assert document.children == [first, second]


def test_what_a_directive_is_given() -> None:
    found = compat.parse_directive_text(Figure, "a.png", ":width: 3em\n\nCaption")
    assert found.arguments == ["a.png"]
    assert found.options == {"width": "3em"}
    assert found.body == ["Caption"]


def test_directives_run_by_myst() -> None:
    document = compat.make_document()
    parser = compat.new_parser(compat.MdParserConfig(), compat.SphinxRenderer, document)
    renderer = cast("compat.SphinxRenderer", parser.renderer)
    assert compat.is_mocked(MockStateMachine(renderer, 1))
    assert not compat.is_mocked(object())
