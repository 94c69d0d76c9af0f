"""A drawing as TikZ, for LaTeX: the classes of its shapes as the style sheet has them on a light page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_paper_table.cards.tikz import fitted_to_page
from sphinx_paper_table.cards.tikz_shapes import Look, shapes_picture
from sphinx_paper_table.compat.sphinx import tex_escaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_paper_table.cards.tikz_shapes import Classes
    from sphinx_paper_table.reading.drawings import Drawing

_COLOURS: Final = frozenset("abcde")
_HEAD: Final = "-{Triangle[length=6bp, width=5.5bp]}"


def figure_tikz(drawing: Drawing, alt: str, said: Mapping[str, str]) -> str:
    """Return a drawing with its text alternative; *said* has the labels in the language of the book."""
    picture = shapes_picture(drawing.shapes, drawing.box, Look(_shape, _text), lambda label: said.get(label, label))
    fitted = fitted_to_page(picture, *drawing.box[2:])
    return f"\\papertablefigure{{{tex_escaped(alt)}}}{{%\n{fitted}}}\n"


def _hue(classes: Classes) -> str:
    """Return the colour that the last of the classes names, or nothing."""
    return next((f"papertable{name}" for name in reversed(classes) if name in _COLOURS), "")


def _shape(classes: Classes) -> str:
    hue = _hue(classes)
    if "line" in classes or "arrow" in classes:
        options = [f"draw={hue or 'black'}!70!black", _HEAD if "arrow" in classes else ""]
        width = 1.05
    elif "dot" in classes:
        options, width = [f"fill={hue or 'black'}!78!black"], 0
    elif hue or "box" in classes:
        colours = (f"{hue}!20", f"{hue}!62!black") if hue else ("black!4", "black!55")
        options, width = [f"fill={colours[0]}", f"draw={colours[1]}"], 0.9
    else:
        options, width = ["fill=black"], 0
    width = 0.5 if "thin" in classes else 1.95 if "thick" in classes else width
    options += [f"line width={width}bp"] if width else []
    options += ["dash pattern=on 3.75bp off 3bp"] if "dashed" in classes else []
    options += ["opacity=0.35"] if "faint" in classes else []
    return ", ".join(filter(None, options))


def _text(classes: Classes) -> str:
    hue = _hue(classes)
    size = 9 if "small" in classes else 10.5
    colour = f"{hue}!55!black" if hue else "black!65" if "quiet" in classes or "faint" in classes else ""
    commands = [
        r"\rmfamily\itshape" if "formula" in classes else r"\sffamily",
        rf"\fontsize{{{size:g}bp}}{{{size * 1.2:g}bp}}\selectfont",
        r"\bfseries" if "strong" in classes else "",
        rf"\color{{{colour}}}" if colour else "",
    ]
    return "".join(commands) + " "
