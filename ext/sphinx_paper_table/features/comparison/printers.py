"""Methods side by side: the table that authors ask for, and the empty one that readers fill by a script."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from sphinx_paper_table.cards.docutils_helpers import joined, object_link, paragraph, register_expansion
from sphinx_paper_table.cards.html import FIELD_LABELS, LINK_NAMES, templates
from sphinx_paper_table.cards.links import PageLinks
from sphinx_paper_table.features.comparison.node import paper_compare
from sphinx_paper_table.sphinx_host.domain import INDEX
from sphinx_paper_table.sphinx_host.translation import _
from sphinx_paper_table.survey.paper_fields import compared_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_paper_table.features.comparison.query import Column, Comparison
    from sphinx_paper_table.survey.result_lines import ResultLine

CHOOSER: Final = "pt-chooser"
"""The class of the table that readers fill."""
ROWS: Final = tuple(compared_fields())
"""The rows besides those of benchmarks, which stand before the last one."""


def build_comparison(comparison: Comparison) -> paper_compare:
    """Return the node of a comparison; where it is an example, readers choose others."""
    return paper_compare("", comparison=comparison, classes=[CHOOSER] if comparison.is_example else [])


def visit_compare(self: HTML5Translator, node: nodes.Element) -> None:
    """Print the table, or for an e-book without scripts, what an empty one says."""
    links = PageLinks(self.builder, self.builder.current_docname)
    html = templates().get_template("features/comparison/comparison.html")
    self.body.append(
        html.render(
            comparison=node["comparison"],
            links=links,
            all_methods=links.object(INDEX, ""),
            rows=ROWS,
            has_script=self.builder.name != "epub",
            link_names=json.dumps({kind: str(name) for kind, name in LINK_NAMES.items()}, ensure_ascii=False),
        )
        + "\n"
    )
    raise nodes.SkipNode


def expand_compare(node: Any, builder: Builder, docname: str) -> list[nodes.Node]:
    """Return a standard table; where readers would choose, a sentence."""
    comparison: Comparison = node["comparison"]
    if comparison.is_example:
        link = object_link(builder, docname, INDEX, "", str(_("All methods")))
        return [paragraph(nodes.Text(str(_("Methods can be compared on the web pages only. "))), link)]
    cells = _Cells(comparison, builder, docname)
    group = nodes.tgroup(cols=len(comparison.columns) + 1)
    group.extend(
        nodes.colspec(colwidth=width) for width in (16, *(84 // len(comparison.columns),) * len(comparison.columns))
    )
    group += nodes.thead("", _row([[], *([cells.name(column)] for column in comparison.columns)]))
    lines = [(str(FIELD_LABELS[row]), [cells.field(column, row) for column in comparison.columns]) for row in ROWS]
    lines[-1:-1] = [
        (name, [cells.results(column, benchmark) for column in comparison.columns])
        for benchmark, name in comparison.benchmarks
    ]
    group += nodes.tbody("", *(_row([[nodes.Text(label)], *line]) for label, line in lines if any(line)))
    return [nodes.table("", group, classes=["pt-comparison"])]


class _Cells:
    """The cells of a comparison as inline nodes."""

    def __init__(self, comparison: Comparison, builder: Builder, docname: str) -> None:
        self._comparison, self._builder, self._docname = comparison, builder, docname

    def name(self, column: Column) -> nodes.Node:
        return self._link("method", column.paper, column.name)

    def field(self, column: Column, row: str) -> list[nodes.Node]:
        """Return what stands in one of `ROWS`."""
        if row == "places":
            return [nodes.Text(str(_(": ")).join(column.places))]
        if row == "status":
            return [nodes.Text(column.status)] if column.status else []
        if row == "tags":
            return joined([[self._link("tag", tag, name)] for tag, name in column.tags], str(_(", ")))
        if row in {"relations", "reasons"}:
            return joined([*self._said_of_others(column, row)], str(_("; ")))
        if row == "links":
            return joined(
                [[nodes.reference("", str(LINK_NAMES[kind]), refuri=url)] for kind, url in column.links], str(_(", "))
            )
        return [nodes.Text(column.text(row))] if column.text(row) else []

    def results(self, column: Column, benchmark: str) -> list[nodes.Node]:
        """Return the numbers on a benchmark."""
        numbers = [_result_text(line) for line in column.results if line.benchmark == benchmark]
        return [nodes.Text(str(_("; ")).join(numbers))]

    def _said_of_others(self, column: Column, row: str) -> Iterator[list[nodes.Node]]:
        """Yield the relations of a column to the others, with their reasons where the row is of these."""
        plain = ((label, other, "") for label, other in self._comparison.relations(column))
        for label, other, why in plain if row == "relations" else self._comparison.reasons(column):
            link = self._link("method", other, self._comparison.name(other))
            yield [nodes.Text(f"{label} "), link, *([nodes.Text(str(_(": ")) + why)] if why else [])]

    def _link(self, kind: str, name: str, text: str) -> nodes.Node:
        return object_link(self._builder, self._docname, kind, name, text)


def _result_text(line: ResultLine) -> str:
    remarks = [part for part in (line.setting, str(_("reported by others")) if line.is_secondary else "") if part]
    said = str(_("{value} ({remarks})")).format(value=line.value, remarks=str(_("; ")).join(remarks))
    return said if remarks else line.value


def _row(cells: Sequence[list[nodes.Node]]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", paragraph(*cell)) for cell in cells))


def setup_compare(app: Sphinx) -> None:
    """Register the node with its printer and its expansion."""
    app.add_node(paper_compare, html=(visit_compare, None))
    register_expansion(paper_compare, expand_compare)
