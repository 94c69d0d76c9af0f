"""A lineage as TikZ, for LaTeX. The list that follows says the same and has the links."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.cards.drawing import text_width
from sphinx_paper_table.cards.tikz import UPRIGHT, fitted_to_page, picture, text_at
from sphinx_paper_table.cards.tikz_paths import path_of
from sphinx_paper_table.compat.sphinx import tex_escaped
from sphinx_paper_table.features.lineage.timeline import HEIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_paper_table.features.lineage.query import Kind, Lineage
    from sphinx_paper_table.features.lineage.timeline import Drawing

_PATTERNS: Final = (
    *(
        "line width=1.1bp",
        "dash pattern=on 7bp off 3bp",
        "line cap=round, dash pattern=on 0.1bp off 3bp, line width=1.2bp",
    ),
    *(
        "dash pattern=on 7bp off 3bp on 1.5bp off 3bp",
        "dash pattern=on 12bp off 2.3bp on 3bp off 2.3bp",
        "dash pattern=on 9bp off 2bp on 1.5bp off 2bp",
    ),
    *(
        "dash pattern=on 15bp off 3bp",
        "line width=0.5bp",
        "line cap=round, dash pattern=on 0.1bp off 6bp, line width=1.3bp",
    ),
)
"""As in the style sheet."""
_ARROWS: Final = ("-{Triangle}", "-{Triangle}", "-{Triangle[open]}", "-{Straight Barb}", "-{Diamond}")
_LONGEST: Final = 1340
_OVERLAP: Final = 140
_LOW: Final = 0.7
"""How wide a drawing may be so that its letters can be read on paper, how much of one part is in the next too, and how
high a part may be for its width."""


def tikz(lineage: Lineage, labels: Sequence[str], drawing: Drawing, words: tuple[str, str]) -> str:
    """Return the drawing with its legend: in parts where it is too wide for a page, on a larger sheet if too high.

    *labels* stand in its boxes. Of the *words*, the first stands above what has no date, the second in the place of a
    drawing on a larger sheet, which follows.
    """
    undated, large = words
    if drawing.width > UPRIGHT and drawing.height > _LOW * min(drawing.width, _LONGEST):
        sheet = _tikz_picture(lineage, labels, drawing, undated, (0, drawing.width))
        said = rf"\par\noindent\emph{{{tex_escaped(large)}}}\par"
        return f"\\papertabledrawing{{%\n{said}\n\\papertablefoldout{{%\n{sheet}}}}}\n"
    pictures = [
        fitted_to_page(_tikz_picture(lineage, labels, drawing, undated, part), part[1] - part[0], drawing.height)
        for part in _windows(drawing)
    ]
    return "\\papertabledrawing{%\n" + "\n".join(pictures) + "}\n"


def _windows(drawing: Drawing) -> Iterator[tuple[float, float]]:
    """Yield from where to where each part goes. Parts overlap, so that each method is whole in one."""
    count = ceil((drawing.width - _OVERLAP) / (_LONGEST - _OVERLAP))
    if count <= 1:
        yield 0, drawing.width
        return
    step = (drawing.width - _OVERLAP) / count
    for number in range(count):
        yield number * step, (number + 1) * step + _OVERLAP


def _tikz_picture(
    lineage: Lineage, labels: Sequence[str], drawing: Drawing, undated: str, part: tuple[float, float]
) -> str:
    left, right = part
    return picture(
        [
            rf"\begin{{scope}}\clip ({left:g},0) rectangle ({right:g},{drawing.height});",
            *_axis(drawing, undated),
            *_edges(lineage, drawing),
            *_members(lineage, labels, drawing),
            r"\end{scope}",
            *(_legend(lineage, drawing) if not left else ()),
        ]
    )


def _axis(drawing: Drawing, undated: str) -> Iterator[str]:
    for band in drawing.bands[::2]:
        yield rf"\fill[black!4] (0,{band.y}) rectangle ({drawing.width},{band.y + band.height});"
    for year in drawing.years:
        yield rf"\draw[black!20] ({year.x},6) -- ({year.x},{drawing.height - 6});"
        yield text_at(year.x + 4, 14, year.label, "anchor=west")
    if drawing.undated:
        yield text_at(drawing.undated, 14, undated, "anchor=west")
    for band in drawing.bands:
        yield text_at(
            8, band.y + 12, band.title, r"anchor=west, font=\sffamily\bfseries\fontsize{9.5bp}{11bp}\selectfont"
        )


def _edges(lineage: Lineage, drawing: Drawing) -> Iterator[str]:
    kinds = {kind.id: kind for kind in lineage.kinds}
    for line in drawing.lines:
        kind = kinds[lineage.edges[line.edge].type]
        yield rf"\draw[{_style(kind)}] {path_of(line.path)};"


def _style(kind: Kind) -> str:
    arrow = "" if kind.is_symmetric else f", {_ARROWS[kind.number % len(_ARROWS)]}"
    return _PATTERNS[kind.number % len(_PATTERNS)] + arrow


def _members(lineage: Lineage, labels: Sequence[str], drawing: Drawing) -> Iterator[str]:
    for member, label, box in zip(lineage.members, labels, drawing.boxes, strict=True):
        width = ", line width=1.4bp" if member.paper == lineage.of else ""
        width += ", dashed" if member.status else ""
        corner = f"({box.right},{box.y + HEIGHT})"
        yield rf"\filldraw[fill=white, draw=black!60, rounded corners=3bp{width}] ({box.x},{box.y}) rectangle {corner};"
        yield text_at(box.x + box.width / 2, box.middle, label)


def _legend(lineage: Lineage, drawing: Drawing) -> Iterator[str]:
    x, y = 24, drawing.height + 14
    for kind in lineage.kinds:
        label = kind.forward or kind.label
        yield rf"\draw[{_style(kind)}] ({x},{y}) -- ({x + 44},{y});"
        yield text_at(x + 50, y, label, "anchor=west")
        x += 80 + text_width(label)
