"""A drawing in SVG as data: shapes and texts of an allow-list, whose looks are classes with a meaning.

What a page shows of a file is what this module knows, so that no file brings a script, a style or an address onto a
page. Elements and attributes are those of https://www.w3.org/TR/SVG2/. Colours are none of them: classes say what a
shape is, and the style sheet gives it a colour that can be seen on light and on dark pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from xml.parsers import expat

from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Code, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STYLES: Final[Mapping[str, str]] = {
    "box": "a shape with an edge and no colour of its own",
    "a": "a shape in the first colour",
    "b": "in the second",
    "c": "in the third",
    "d": "in the fourth",
    "e": "in the fifth",
    "faint": "a colour that steps back, for what is not at work",
    "dot": "a small full shape without an edge, for points",
    "line": "a line",
    "arrow": "a line with a head at its end",
    "dashed": "a broken line or edge",
    "thin": "a thin line or edge",
    "thick": "a thick one",
    "strong": "a text that stands out",
    "quiet": "a text that steps back",
    "small": "a small text",
    "formula": "a text set as a formula",
    "middle": "a text around its place",
    "end": "a text that ends at its place",
}
"""The classes that a drawing may use, with what they mean."""
SHAPES: Final = frozenset({"g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"})
LEFT_OUT: Final = frozenset({"style", "title", "desc", "metadata"})
"""What files have for those who open them alone; pages have a style sheet and a text alternative of their own."""
_NUMBERS: Final = re.compile(r"[-+.,\deE\s]*")
_PATH: Final = re.compile(r"[-+.,\deE\sMmLlHhVvCcSsQqTtAaZz]*")
_TRANSFORM: Final = re.compile(r"(?:(?:translate|rotate|scale)\([-+.,\deE\s]*+\)\s*+)*+")
_ATTRIBUTES: Final[Mapping[str, re.Pattern[str]]] = {
    **dict.fromkeys(("x", "y", "dx", "dy", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry"), _NUMBERS),
    **dict.fromkeys(("width", "height", "points", "opacity"), _NUMBERS),
    "d": _PATH,
    "transform": _TRANSFORM,
}
_NOT_TRANSLATED: Final = "translate"
_LARGEST: Final = 1_000_000
_DEEPEST: Final = 50
_LETTER: Final = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Shape:
    """An element with its attributes, its classes among them, and what is in it: shapes, and texts in those of texts.

    A text that is not *translated* is the same in all languages.
    """

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Shape | str, ...] = ()
    is_translated: bool = True


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes on a field that is so wide and so high."""

    box: tuple[float, float, float, float]
    shapes: tuple[Shape, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The texts that are translated, each once."""
        return tuple(dict.fromkeys(found for shape in self.shapes for found in _labels(shape)))


def _labels(shape: Shape) -> Iterator[str]:
    for child in shape.children:
        if isinstance(child, Shape):
            yield from _labels(child)
        elif shape.is_translated and _LETTER.search(child):
            yield child.strip()


def read_drawing(source: bytes, path: str) -> tuple[Drawing | None, list[Problem]]:
    """Return the drawing in an SVG file, and what had to be left out of it; no drawing where it cannot be read.

    *path* is the file's name in messages.
    """
    if len(source) > _LARGEST:
        hint = f"a drawing has at most {_LARGEST:,} bytes; make it simpler"
        return None, [Problem(Position(path), Code.TOO_LARGE, "this drawing is too large", hint)]
    reader = _Reader(path)
    try:
        reader.parser.Parse(source, True)  # noqa: FBT003 (the last part)
    except expat.ExpatError as error:
        place = Position(path, error.lineno, error.offset + 1)
        message = f"this is no XML that can be read: {expat.ErrorString(error.code)}"
        return None, [Problem(place, Code.SYNTAX, message, "mend the file here, or export it anew as plain SVG")]
    except _EntityError:
        return None, reader.problems
    return reader.drawing(), reader.problems


class _EntityError(Exception):
    """A file declares a text that stands for others; they are not looked up, which a file could make without end."""


class _Reader:
    """Makes shapes of what the parser finds, and notes the rest."""

    def __init__(self, path: str) -> None:
        self.problems: list[Problem] = []
        self._path, self._skipped, self._box = path, 0, ""
        self._root = "svg"
        self._open: list[tuple[str, tuple[tuple[str, str], ...], list[Shape | str], bool]] = []
        self._found: tuple[Shape, ...] = ()
        self.parser: Any = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.buffer_text = True
        self.parser.EntityDeclHandler = self._refuse_entity

    def drawing(self) -> Drawing | None:
        """Return what was found; without the size of its field there is no drawing."""
        numbers = self._box.replace(",", " ").split()
        try:
            x, y, width, height = map(float, numbers)
        except ValueError:
            x = y = width = height = 0
        if self._root != "svg" or not (0 < width < _LARGEST and 0 < height < _LARGEST):
            hint = 'its first element is <svg viewBox="0 0 WIDTH HEIGHT">'
            self.problems.append(Problem(Position(self._path, 1, 1), Code.BAD_VALUE, "this is no drawing", hint))
            return None
        return Drawing((x, y, width, height), self._found)

    def _refuse_entity(self, *_declared: object) -> None:
        self._note("an entity has no place in a drawing", "write the character itself", Code.UNSAFE)
        raise _EntityError

    def _note(self, message: str, hint: str, code: Code = Code.BAD_VALUE) -> None:
        place = Position(self._path, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        self.problems.append(Problem(place, code, message, hint))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if self._skipped:
            self._skipped += 1
        elif not self._open:
            self._root, self._box = name, attributes.get("viewBox", "")
            self._open.append((name, (), [], attributes.get(_NOT_TRANSLATED) != "no"))
        elif name not in SHAPES or len(self._open) > _DEEPEST:
            self._skipped = 1
            if name not in LEFT_OUT:
                self._note(f"the element '{name[:60]}' is left out of the drawing", nearest(name, SHAPES))
        else:
            translated = self._open[-1][3] and attributes.get(_NOT_TRANSLATED) != "no"
            self._open.append((name, tuple(self._allowed(attributes)), [], translated))

    def _allowed(self, attributes: dict[str, str]) -> Iterator[tuple[str, str]]:
        """Yield the attributes that a shape keeps; others are noted."""
        for name, value in attributes.items():
            if name == "class":
                yield name, " ".join(self._styles(value))
            elif name in _ATTRIBUTES and _ATTRIBUTES[name].fullmatch(value):
                yield name, value
            elif name in _ATTRIBUTES:
                self._note(f"the value of '{name}' is left out of the drawing", "write plain numbers, without units")
            elif name != _NOT_TRANSLATED:
                hint = "a class says what a shape looks like" if name in {"fill", "stroke", "style"} else ""
                self._note(
                    f"the attribute '{name[:60]}' is left out of the drawing", hint or nearest(name, _ATTRIBUTES)
                )

    def _styles(self, value: str) -> Iterator[str]:
        for name in value.split():
            if name in STYLES:
                yield name
            else:
                self._note(f"a drawing has no class '{name[:60]}'", nearest(name, STYLES))

    def _end(self, _tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        name, attributes, children, translated = self._open.pop()
        if not self._open:
            self._found = tuple(child for child in children if isinstance(child, Shape))
            return
        self._open[-1][2].append(Shape(name, attributes, tuple(children), translated))

    def _text(self, text: str) -> None:
        """Keep the text of texts, with one space for many."""
        if self._skipped or not self._open or self._open[-1][0] not in {"text", "tspan"}:
            return
        ends = " " if text[0].isspace() else "", " " if text[-1].isspace() else ""
        words = " ".join(text.split())
        if words:
            self._open[-1][2].append(f"{ends[0]}{words}{ends[1]}")
