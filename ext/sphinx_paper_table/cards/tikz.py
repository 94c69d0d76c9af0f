r"""Drawings as TikZ: vectors in the fonts of the book, for LaTeX.

The package `PACKAGE`, which each LaTeX build gets, defines ``\papertabledrawing``: it prints its argument, or nothing
where TikZ is not installed; what stands beside a drawing says the same. A drawing is printed in its own units, the
pixels of a page, with y downwards, and made smaller only where it does not fit.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.compat.sphinx import tex_escaped
from sphinx_paper_table.sphinx_host.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

PACKAGE: Final = "sphinxpapertable"
PIXEL: Final = 0.75
"""Points of a pixel."""
UPRIGHT: Final = 900
"""Wider drawings lie on their side, along the height of the page."""


def picture(lines: Iterable[str]) -> str:
    """Return a drawing of the commands in *lines*, which have pixels as their unit."""
    options = rf"x={PIXEL}bp, y=-{PIXEL}bp, line width=0.7bp, font=\sffamily\fontsize{{9.5bp}}{{11bp}}\selectfont"
    return "\n".join([rf"\begin{{tikzpicture}}[{options}]", *lines, r"\end{tikzpicture}"])


def fitted_to_page(drawn: str, width: float, height: float) -> str:
    """Return a picture as large as the page allows, never larger than it is; on its side if that is larger."""
    tall, broad = r"\dimexpr\textheight-3\baselineskip\relax", r"\linewidth"
    is_long = width > max(UPRIGHT, height)
    size = f"{tall}}}{{{broad}" if is_long else f"{broad}}}{{{tall}"
    fitted = f"\\papertablefit{{{size}}}{{%\n{drawn}}}"
    return f"\\par\\noindent\\rotatebox{{90}}{{{fitted}}}\\par" if is_long else f"\\par\\noindent{fitted}\\par"


def text_at(x: float, y: float, text: str, style: str = "") -> str:
    """Return a text at a place, around it unless the *style* has another anchor."""
    return rf"\node[inner sep=0pt{style and ', ' + style}] at ({x:g},{y:g}) {{{tex_escaped(text)}}};"


def write_package(app: Sphinx) -> None:
    """Put the package where the book is written (``builder-inited``)."""
    if app.builder.format == "latex":
        source = Path(__file__).with_name(f"{PACKAGE}.sty")
        target = Path(app.outdir) / source.name
        target.parent.mkdir(parents=True, exist_ok=True)
        heading = str(_("Bibliography"))  # Sphinx leaves it to babel, which does not know every language
        own = "" if heading == "Bibliography" else rf"\AtBeginDocument{{\def\bibname{{{tex_escaped(heading)}}}}}" "\n"
        target.write_text(source.read_text("utf-8") + own, encoding="utf-8")


def setup_tikz(app: Sphinx) -> None:
    """Load the package in every book."""
    app.add_latex_package(PACKAGE)
    app.connect("builder-inited", write_package)
