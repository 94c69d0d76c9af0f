"""Rankings, a table for each benchmark: how they are built and how each builder prints them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from docutils import nodes
from markupsafe import Markup
from sphinx import addnodes

from sphinx_paper_table.cards.contents import ContentsEntry, register_entries
from sphinx_paper_table.cards.docutils_helpers import (
    in_environment,
    object_link,
    paragraph,
    reference_link,
    register_expansion,
)
from sphinx_paper_table.cards.facets import Choice, Facets
from sphinx_paper_table.cards.filter import CLASS as FILTER_CLASS
from sphinx_paper_table.cards.filter import build_filter
from sphinx_paper_table.cards.html import MAX_LEVEL, permalink_of, rendered, templates, texts_of
from sphinx_paper_table.cards.links import PageLinks
from sphinx_paper_table.cards.node_types import paper_filter
from sphinx_paper_table.cards.paper_nodes import text_node
from sphinx_paper_table.cards.single_page import register_anchors
from sphinx_paper_table.features.results import chart
from sphinx_paper_table.features.results.filters import facts_of_row, setting_choices
from sphinx_paper_table.features.results.node import ResultsTable, ResultsTablePart, paper_results
from sphinx_paper_table.features.results.tikz import chart_tikz
from sphinx_paper_table.sphinx_host.outputs import data_files
from sphinx_paper_table.sphinx_host.setting_words import setting_words, state_mark
from sphinx_paper_table.sphinx_host.source_locations import localised_location
from sphinx_paper_table.sphinx_host.translation import _
from sphinx_paper_table.survey.result_lines import measured, result_line
from sphinx_paper_table.survey.settings import setting_line, shared_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_paper_table.sphinx_host.markup import MarkupParser
    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Benchmark
    from sphinx_paper_table.survey.rankings import Ranking, RankingPart
    from sphinx_paper_table.survey.result_lines import ResultLine

BEST: Final = {"higher": _("higher is better"), "lower": _("lower is better")}
"""What readers see of a benchmark's direction."""
LISTED: Final = _("Listed, not ranked: no other method has a number that can be compared.")
"""What readers see before numbers that are no ranking."""
ALL: Final = _("All: %s")
"""What all rows of a table have in common."""
DATED: Final = _("A number stands at the date of its method, unless it is known to be later.")
"""What readers see below a chart."""
LEAST_DRAWN: Final = 5
"""Numbers of which a chart says more than their table."""
LEAST_FILTERED: Final = 8
"""Numbers from which on readers can filter them."""
_LONG: Final = 12
"""More rows may be broken over pages."""
COLUMNS: Final = (
    *((_("Method"), 18, "method"), (_("Value"), 13, "value"), (_("Setting"), 30, "setting")),
    *((_("Source"), 26, "source"), (_("First public"), 13, "date")),
)
"""Headings, with the widths of columns that are printed, and their names in the order that a reader chooses."""

_RAGGED: Final = "".join(rf">{{\raggedright\arraybackslash}}\X{{{width}}}{{100}}" for _name, width, _key in COLUMNS)
"""The columns for LaTeX, which would stretch the few words of a line."""


def build_results(
    rankings: tuple[Ranking, ...], catalogue: Catalogue, markup: MarkupParser, anchor: Callable[[str], str]
) -> paper_results:
    """Return the node, rankings before what is listed only; *anchor* gives each benchmark its id on the page."""
    node = paper_results("")
    choices = setting_choices(row.result for ranking in rankings for row in ranking.rows)
    tables = []
    for ranking in sorted(rankings, key=lambda ranking: not ranking.is_ranking):
        benchmark, text = ranking.benchmark, -1
        if benchmark.protocol is not None:
            text = len(node.children)
            node += text_node("description", benchmark.protocol, markup)
        detail = measured(benchmark, str(_(", ")))
        shown = tuple(_part(part, catalogue, choices) for part in ranking.parts)
        title, best = str(benchmark.name), benchmark.direction if detail else ""
        tables.append(
            ResultsTable(
                *(ranking.id, anchor(ranking.id), title, detail, best, shown, text, _measure(benchmark)),
                former=tuple(anchor(str(alias)) for alias in benchmark.aliases),
            )
        )
    node["tables"] = tuple(tables)
    if choices and sum(table.count for table in tables) >= LEAST_FILTERED:
        years = tuple(sorted({row.date[:4] for ranking in rankings for row in ranking.rows if row.date}))
        node += build_filter(Facets(more=tuple(choices.items()), years=years), sortable=False)
        node["classes"] = [FILTER_CLASS]
    return node


def _part(part: RankingPart, catalogue: Catalogue, choices: Mapping[str, tuple[Choice, ...]]) -> ResultsTablePart:
    shared = shared_settings([row.result for row in part.rows])
    words = setting_words()
    said = setting_line(part.rows[0].result, words, set(shared) - ({"encoder"} if part.encoder else set()))
    rows = tuple(result_line(catalogue.papers[row.paper], row.result, catalogue, words, shared) for row in part.rows)
    facts = tuple(facts_of_row(row, choices) for row in part.rows)
    return ResultsTablePart(part.encoder, rows, part.is_ranking, str(ALL) % said if said else "", facts)


def _measure(benchmark: Benchmark) -> str:
    """Return what is measured, with its unit."""
    said = str(_("{metric} ({unit})")).format(metric=benchmark.metric, unit=benchmark.unit)
    return said if benchmark.unit else str(benchmark.metric)


def visit_results(self: HTML5Translator, node: nodes.Element) -> None:
    """Print the rankings whole."""
    links = PageLinks(self.builder, self.builder.current_docname)
    bar = next(iter(node.findall(paper_filter)), None)
    html = (
        templates()
        .get_template("features/results/results.html")
        .render(
            tables=node["tables"],
            bar=rendered(self, bar) if bar else "",
            is_book=self.builder.name == "epub",
            texts=texts_of(self, node),
            links=links,
            data={table.anchor: _data(table, links) for table in node["tables"]},
            charts={
                (table.anchor, part.title): _chart(table, part, self.builder, links)
                for table in node["tables"]
                for part in table.parts
                if part.is_ranking
            },
            size=(chart.WIDTH, chart.HEIGHT),
            level=min(self.section_level + 1, MAX_LEVEL),
            permalink=permalink_of(self, "any"),
            BEST=BEST,
            LISTED=LISTED,
            DATED=DATED,
            columns=[(name, key) for name, _width, key in COLUMNS],
        )
    )
    self.body.append(html + "\n")
    raise nodes.SkipNode


def _data(table: ResultsTable, links: PageLinks) -> list[tuple[str, str]]:
    """Return (form, address) of the files with the results on a benchmark that the vocabulary has."""
    files = [(form, links.file(address)) for form, address in data_files(table.benchmark)] if table.best else []
    return [(form, address) for form, address in files if address]


def _chart(table: ResultsTable, part: ResultsTablePart, builder: Builder, links: PageLinks) -> Markup:
    """Return the chart of a ranking; none in EPUB, where Sphinx does not declare that a page has an SVG."""
    drawing = None if builder.name == "epub" else _drawn(table, part, links.paper)
    return Markup() if drawing is None else Markup(ET.tostring(drawing, encoding="unicode"))  # noqa: S704 (escaped there)


def _drawn(table: ResultsTable, part: ResultsTablePart, link: Callable[[str], str]) -> ET.Element | None:
    """Return the chart of a ranking that has enough numbers."""
    if not table.best or len(part.rows) < LEAST_DRAWN:
        return None
    measure = str(table.measure) + str(_(", ")) + str(BEST[table.best])
    return chart.chart(part.rows, table.best, measure, link, is_comparable=part.is_comparable)


def _printed_chart(table: ResultsTable, part: ResultsTablePart) -> list[nodes.Node]:
    """Return the chart of a ranking for LaTeX, with what its marks mean."""
    drawing = _drawn(table, part, str) if part.is_ranking else None
    if drawing is None:
        return []
    name = str(_(", ")).join(filter(None, (table.title, part.title)))
    meant = [("full", _("reported by the authors"))]
    meant += [("hollow", _("reported by others"))] if any(row.is_secondary for row in part.rows) else []
    meant += [("best", _("best until then"))] if part.is_comparable else []
    legend: list[nodes.Node] = []
    for mark, words in meant:
        legend += [
            nodes.raw("", rf"\papertablemark{{{mark}}}~", format="latex"),
            nodes.Text(str(words)),
            nodes.raw("", r"\quad ", format="latex"),
        ]
    alt = str(_("Chart: {name}")).format(name=name)
    drawn = nodes.raw("", chart_tikz(drawing, alt), format="latex")
    return [drawn, *in_environment("papertablelegend", [paragraph(*legend, nodes.Text(str(DATED)))])]


def expand_results(node: Any, builder: Builder, docname: str) -> list[nodes.Node]:
    """Return a heading, what is measured, and the tables of each benchmark."""
    blocks: list[nodes.Node] = []
    for table in node["tables"]:
        blocks.append(nodes.target("", "", ids=[table.anchor, *table.former]))
        blocks.append(nodes.rubric("", table.title, translatable=False))
        about: list[nodes.Node] = [nodes.Text(_about(table))] if table.detail else []
        if table.text >= 0:
            about += [nodes.Text(str(_("; ")) if about else ""), *node.children[table.text].children]
        if about:
            blocks.append(paragraph(*about))
        for part in table.parts:
            if part.title or not part.is_ranking:
                blocks.append(paragraph(nodes.strong("", part.title) if part.title else nodes.Text(str(LISTED))))
            if part.shared:
                blocks.append(paragraph(nodes.Text(part.shared)))
            if builder.format == "latex":
                blocks += [*_printed_chart(table, part), addnodes.tabular_col_spec(spec=_RAGGED)]
            blocks.append(_table(part, builder, docname))
    return blocks


def _about(table: ResultsTable) -> str:
    return str(table.detail) + str(_("; ")) + str(BEST[table.best])


def _table(part: ResultsTablePart, builder: Builder, docname: str) -> nodes.table:
    group = nodes.tgroup(cols=len(COLUMNS))
    group.extend(nodes.colspec(colwidth=width) for _name, width, _key in COLUMNS)
    group += nodes.thead("", _row([[nodes.Text(str(name))] for name, _width, _key in COLUMNS]))
    group += nodes.tbody("", *(_row(_cells(row, builder, docname)) for row in part.rows))
    # For LaTeX: where columns have a width, all tables have the same, and long ones are broken.
    return nodes.table(
        "", group, classes=["pt-ranks", "colwidths-given", *(["longtable"] if len(part.rows) > _LONG else [])]
    )


def _row(cells: list[list[nodes.Node]]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", paragraph(*cell)) for cell in cells))


def _cells(row: ResultLine, builder: Builder, docname: str) -> list[list[nodes.Node]]:
    return [
        [
            object_link(builder, docname, "method", row.paper, row.name),
            nodes.Text(state_mark(row.status)),
        ],
        [nodes.strong("", row.value)],
        [nodes.Text(row.setting)],
        [_source(row, builder, docname), nodes.Text(_remarks(row))],
        [nodes.Text(row.date)],
    ]


def _source(row: ResultLine, builder: Builder, docname: str) -> nodes.Node:
    if row.url:
        text = row.url if builder.name == "text" else row.source  # where nothing can be clicked
        return nodes.reference("", text, refuri=row.url, internal=False)
    if row.cite:
        return reference_link(builder, docname, row.cite)
    return nodes.Text(row.source)


def _remarks(row: ResultLine) -> str:
    remarks = (localised_location(row.where), str(_("reported by others")) if row.is_secondary else "")
    return "".join(str(_(", ")) + str(part) for part in remarks if part)


def _give_anchors(node: paper_results, give: Callable[[str], str]) -> None:
    node["tables"] = tuple(
        replace(table, anchor=give(table.anchor), former=tuple(map(give, table.former))) for table in node["tables"]
    )


def setup_results(app: Sphinx) -> None:
    """Register the node with its printer and its expansion."""
    app.add_node(paper_results, html=(visit_results, None))
    register_expansion(paper_results, expand_results)
    register_anchors(paper_results, _give_anchors)
    register_entries(paper_results, lambda node: [ContentsEntry(table.anchor, table.title) for table in node["tables"]])
