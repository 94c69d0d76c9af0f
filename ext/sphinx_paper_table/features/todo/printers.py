"""What is to do, one node whatever its length: how each builder prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_paper_table.cards.docutils_helpers import bullet_list, object_link, paragraph, register_expansion
from sphinx_paper_table.cards.html import MAX_LEVEL, templates
from sphinx_paper_table.cards.links import PageLinks
from sphinx_paper_table.features.todo.node import paper_todo
from sphinx_paper_table.sphinx_host.translation import _
from sphinx_paper_table.survey.todo_kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_paper_table.features.todo.query import TodoLine, TodoSection


def said_of(line: TodoLine) -> str:
    """Return what is to do in an entry, in a line."""
    parts = []
    for kind, detail in line.kinds:
        label = str(_(Kind(kind).label))
        parts.append(str(_("{value} ({remarks})")).format(value=label, remarks=detail) if detail else label)
    return str(_("; ")).join(parts)


def counted(section: TodoSection) -> str:
    """Return how much is to do in a survey."""
    return str(_("To do: {count}, in a survey of {papers} entries")).format(count=section.count, papers=section.papers)


def visit_todo(self: HTML5Translator, node: nodes.Element) -> None:
    """Print a list below each survey and group."""
    html = templates().get_template("features/todo/todo.html")
    self.body.append(
        html.render(
            node=node,
            links=PageLinks(self.builder, self.builder.current_docname),
            level=min(self.section_level + 1, MAX_LEVEL),
            said_of=said_of,
            counted=counted,
        )
        + "\n"
    )
    raise nodes.SkipNode


def expand_todo(node: Any, builder: Builder, docname: str) -> list[nodes.Node]:
    """Return a heading for each survey and group, each over a list."""
    expanded: list[nodes.Node] = [] if node["sections"] else [paragraph(nodes.Text(str(_("Nothing is to do."))))]
    for section in node["sections"]:
        expanded.append(nodes.rubric("", section.title, translatable=False))
        expanded.append(paragraph(nodes.Text(counted(section))))
        for group in section.groups:
            if group.title:
                expanded.append(paragraph(nodes.strong("", group.title)))
            expanded.extend(bullet_list(_line(line, builder, docname) for line in group.lines))
    return expanded


def _line(line: TodoLine, builder: Builder, docname: str) -> Iterator[nodes.Node]:
    yield object_link(builder, docname, "method", line.paper, line.name) if line.paper else nodes.Text(line.name)
    yield nodes.Text(str(_(": ")) + said_of(line))


def setup_todo(app: Sphinx) -> None:
    """Register the node with its printer and its expansion."""
    app.add_node(paper_todo, html=(visit_todo, None))
    register_expansion(paper_todo, expand_todo)
