"""What the recorded run of the benchmark has found: ```{benchmark-results} worse```.

The argument says what of it: ``run``, ``worse``, ``costs``, ``growth``, ``limits`` or ``federation``. The numbers are
those of ``benchmarks/recorded.json`` and ``recorded_federation.json``. All of them stand in tables, so that drawings
need no words but names: nothing is lost to those who do not see them, and to builders that draw nothing.
"""

from __future__ import annotations

import base64
import json
import math
import sys
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

ROOT: Final = Path(__file__).parents[2]
sys.path.append(str(ROOT))  # `benchmarks` is no part of the distribution

from benchmarks.federation import STEPS  # noqa: E402
from benchmarks.measure import FULL, NOTHING, PARALLEL  # noqa: E402
from benchmarks.report import cpu, growth, limits  # noqa: E402
from benchmarks.variants import Tables  # noqa: E402

Run = dict[str, Any]
RECORDED: Final = ROOT / "benchmarks" / "recorded.json"
FEDERATION: Final = ROOT / "benchmarks" / "recorded_federation.json"
PHASES: Final = {
    FULL: "everything",
    PARALLEL: "everything, two processes",
    NOTHING: "nothing new",
    "record": "one record",
    "entry": "one BibTeX entry",
    "prose": "the prose of one page",
}
"""What readers call the builds."""
_WORDS: Final = {
    *PHASES.values(),
    *("empty project", "hand-written", "time, 1 format", "time, 3 formats", "memory"),
    *STEPS,
}
"""Cells that are translated; others are names and numbers."""
_BAR: Final = 100
_WIDTH, _HEIGHT = 440, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 150, 12, 34


def worse_table(run: Run) -> str:
    """Return what costs more than in the run before; a sentence where that is nothing."""
    rows = [[f"{papers:,}", PHASES[phase], f"{factor:.2f} ×"] for papers, phase, factor in run.get("worse", ())]
    if rows:
        return _table(["Papers", "Build", "Cost"], rows)
    if "compared with" in run:
        return "Nothing costs a tenth more than in the run before."
    return "This is the first run that was kept: there is none to compare it with."


def cost_tables(run: Run) -> Iterator[tuple[str, str, list[float]]]:
    """Yield the number of papers, a table of all tools, and the seconds of full builds."""
    for size in _sizes(run):
        found = size["variants"]
        rows = [
            [name, *(f"{one['phases'][phase]['cpu']:.2f}" for phase in PHASES), str(one["phases"][FULL]["megabytes"])]
            for name, one in found.items()
        ]
        head = ["Tool", *(f"{words}, s" for words in PHASES.values()), "Memory, MB"]
        costs = [float(one["phases"][FULL]["cpu"]) for one in found.values()]
        yield f"n = {size['papers']:,}", _table(head, rows), costs


def growth_table(run: Run) -> str:
    """Return the exponents between the sizes."""
    rows = [(*what.split(", "), *rest) for what, *rest in growth(run)]
    return _table(
        ["Tool", "Build", "From", "To", "Exponent"], [(name, PHASES[kind], *rest) for name, kind, *rest in rows]
    )


def limits_table(run: Run) -> str:
    """Return the largest sites for one machine."""
    found = limits(run)
    if found is None:
        return "Two sizes have to be measured before this can be computed."
    rows = [
        [f"time, {number} format{'s' if number > 1 else ''}", f"{most:,}"] for number, most in found.by_time.items()
    ]
    return _table(["Limit", "Papers"], [*rows, ["memory", f"{found.by_memory:,}"]])


def federation_table(found: Run) -> str:
    """Return what each of several sites costs, and how many of its pages change, step by step."""
    sites = len(found["steps"][0]["cpu"])
    rows = [
        [
            step["step"],
            *(f"{cost:.2f} s ({pages})" for cost, pages in zip(step["cpu"], step["pages"], strict=True)),
        ]
        for step in found["steps"]
    ]
    return _table(["Build (pages that change)", *(f"{number + 1}" for number in range(sites))], rows)


def _sizes(run: Run) -> list[Run]:
    return sorted(run["sizes"], key=lambda size: int(size["papers"]))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def bar(value: float, most: float) -> str:
    """Return a bar as long as *value*; the longest is *most*."""
    width = max(value / most * _BAR, 1)
    drawn = f'<rect width="{width:.0f}" height="12" fill="currentColor" fill-opacity="0.55"/>'
    return f'<svg viewBox="0 0 {_BAR} 12" width="{_BAR}" height="12" aria-hidden="true">{drawn}</svg> '


def curves(run: Run) -> str:
    """Return costs over papers, both on logarithmic scales: straight lines, as steep as their exponents."""
    lines: dict[str, list[tuple[int, float]]] = {}
    for size in _sizes(run):
        for name in size["variants"]:
            for phase, mark in ((FULL, ""), *([(NOTHING, " (no-op)")] if name == Tables.name else [])):
                seconds = cpu(size, name, phase)
                if seconds:
                    lines.setdefault(name + mark, []).append((size["papers"], seconds))
    lines = {name: points for name, points in lines.items() if len(points) > 1}
    if not lines:
        return ""
    every = [point for points in lines.values() for point in points]
    across = _scale([papers for papers, _cost in every], _LEFT, _WIDTH - _RIGHT)
    up = _scale([cost for _papers, cost in every], _HEIGHT - _BOTTOM, _TOP)
    drawn = [*_grid(across, up, every), *_drawn(lines, across, up)]
    attributes = 'fill="currentColor" stroke="none" font-size="14" aria-hidden="true"'
    return f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" width="100%" height="{_HEIGHT}" {attributes}>{"".join(drawn)}</svg>'


def _scale(values: Sequence[float], begin: float, end: float) -> Callable[[float], float]:
    """Return the logarithmic scale on which *values* reach from *begin* to *end*, from one power of ten to another."""
    low, high = _powers(values)
    return lambda value: begin + (math.log10(value) - low) / (high - low) * (end - begin)


def _powers(values: Sequence[float]) -> tuple[int, int]:
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def _grid(
    across: Callable[[float], float], up: Callable[[float], float], every: Sequence[tuple[int, float]]
) -> Iterator[str]:
    low, high = _powers([papers for papers, _cost in every])
    for power in range(low, high + 1):
        x = across(10**power)
        yield f'<path d="M{x:.0f} {_TOP}V{_HEIGHT - _BOTTOM}" stroke="currentColor" stroke-opacity="0.2"/>'
        yield f'<text x="{x:.0f}" y="{_HEIGHT - 14}" text-anchor="middle">{10**power:,}</text>'
    low, high = _powers([cost for _papers, cost in every])
    for power in range(low, high + 1):
        y = up(10.0**power)
        yield f'<path d="M{_LEFT} {y:.0f}H{_WIDTH - _RIGHT}" stroke="currentColor" stroke-opacity="0.2"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4:.0f}" text-anchor="end">{10.0**power:g} s</text>'


def _drawn(
    lines: dict[str, list[tuple[int, float]]], across: Callable[[float], float], up: Callable[[float], float]
) -> Iterator[str]:
    """Yield the lines with their names at the end, which make room for each other."""
    below = -math.inf
    for name, points in sorted(lines.items(), key=lambda line: up(line[1][-1][1])):
        places = [(across(papers), up(cost)) for papers, cost in points]
        path = "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in places)
        is_ours = name.startswith(Tables.name)
        look = f'fill="none" stroke="currentColor" stroke-width="{3 if is_ours else 1.5}"'
        yield f'<path d="{path}" {look}/>'
        yield from (f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3.5"/>' for x, y in places)
        below = max(places[-1][1] + 4, below + 15)
        yield f'<text x="{places[-1][0] + 8:.0f}" y="{below:.0f}">{escape(name)}</text>'


class BenchmarkResults(SphinxDirective):
    """A part of the recorded run."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return the part; the page is read again when there is another run."""
        for path in (RECORDED, FEDERATION, Path(__file__), Path(sys.modules[limits.__module__].__file__ or "")):
            self.env.note_dependency(str(path))
        run = json.loads(RECORDED.read_text("utf-8"))
        parts: dict[str, Callable[[Run], list[nodes.Node]]] = {
            "run": self._about,
            "worse": lambda run: self._parsed(worse_table(run)),
            "costs": self._costs,
            "growth": lambda run: [*_drawing(curves(run)), *_picture(curves(run)), *self._parsed(growth_table(run))],
            "limits": lambda run: self._parsed(limits_table(run)),
            "federation": lambda _run: self._parsed(federation_table(json.loads(FEDERATION.read_text("utf-8")))),
        }
        return parts[directives.choice(self.arguments[0], tuple(parts))](run)

    def _about(self, run: Run) -> list[nodes.Node]:
        versions = ", ".join(f"{name} {version}" for name, version in run["versions"].items())
        said = f"{run['date']} · {run['machine']} · {versions}"
        return [nodes.paragraph(said, said, translatable=False)]

    def _costs(self, run: Run) -> list[nodes.Node]:
        made: list[nodes.Node] = []
        for title, text, costs in cost_tables(run):
            made.append(nodes.rubric(title, title, translatable=False))
            tables = self._parsed(text)
            rows = [row for found in tables for body in found.findall(nodes.tbody) for row in body.findall(nodes.row)]
            for row, cost in zip(rows, costs, strict=True):
                (paragraph,) = row[1].findall(nodes.paragraph)
                paragraph[:0] = _drawing(bar(cost, max(costs)))
            made += tables
        return made

    def _parsed(self, text: str) -> list[nodes.Node]:
        """Return Markdown as nodes; names and numbers are no texts to be translated."""
        found = self.parse_text_to_nodes(text)
        for cell in (cell for node in found for cell in node.findall(nodes.entry)):
            is_head = isinstance(cell.parent.parent, nodes.thead)
            for paragraph in cell.findall(nodes.paragraph):
                said = paragraph.astext()
                paragraph["translatable"] = not said.isdigit() if is_head else said in _WORDS
        return found


def _drawing(svg: str) -> list[nodes.Node]:
    """Return a drawing for pages; in books Sphinx declares none that stands on a page."""
    return [addnodes.only("", nodes.raw("", svg, format="html"), expr="html and not epub")] if svg else []


def _picture(svg: str) -> list[nodes.Node]:
    """Return a drawing for books; the numbers stand in the table below it."""
    if not svg:
        return []
    whole = svg.replace(
        'width="100%"', f'xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" font-family="sans-serif"', 1
    )
    address = f"data:image/svg+xml;base64,{base64.b64encode(whole.encode()).decode()}"
    return [addnodes.only("", nodes.raw("", f'<img src="{address}" alt="" />', format="html"), expr="epub")]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("benchmark-results", BenchmarkResults)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
