"""What the scripts of this directory draw with: SVG as the directive ``paper-figure`` reads it."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Final

FIGURES: Final = Path(__file__).resolve().parents[1] / "surveys" / "figures"
"""Where the drawings stand."""
Number = float


class Drawing:
    """Collects shapes and texts; classes are those that the guide lists for ``paper-figure``."""

    def __init__(self, width: Number, height: Number) -> None:
        """Begin with an empty field."""
        self._size = f"{width:g} {height:g}"
        self._lines: list[str] = []

    def rect(self, x: Number, y: Number, width: Number, height: Number, style: str = "box", round_: Number = 5) -> None:
        """Draw a box."""
        place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
        self._lines.append(f'<rect class="{style}" {place} rx="{round_:g}"/>')

    def circle(self, x: Number, y: Number, radius: Number, style: str) -> None:
        """Draw a circle or a point."""
        self._lines.append(f'<circle class="{style}" cx="{x:g}" cy="{y:g}" r="{radius:g}"/>')

    def path(self, d: str, style: str = "line") -> None:
        """Draw a path, in the language of SVG."""
        self._lines.append(f'<path class="{style}" d="{d}"/>')

    def arrow(self, x1: Number, y1: Number, x2: Number, y2: Number, style: str = "arrow") -> None:
        """Draw a straight arrow."""
        self.path(f"M{x1:g} {y1:g}L{x2:g} {y2:g}", style)

    def curve(self, points: list[tuple[Number, Number]], style: str = "line") -> None:
        """Draw a line through points."""
        self.path("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points), style)

    def text(self, x: Number, y: Number, text: str, style: str = "middle") -> None:
        """Write a label, which is translated."""
        self._write(x, y, escape(text, quote=False), style)

    def name(self, x: Number, y: Number, text: str, style: str = "middle") -> None:
        """Write a name, which is the same in all languages."""
        self._write(x, y, escape(text, quote=False), style, ' translate="no"')

    def formula(self, x: Number, y: Number, text: str, style: str = "middle") -> None:
        """Write a formula; what stands between underscores is set below the line: ``f_q_``."""
        parts = escape(text, quote=False).split("_")
        low = [
            f'<tspan class="small" dy="4">{part}</tspan><tspan dy="-4">{after}</tspan>'
            for part, after in zip(parts[1::2], parts[2::2], strict=True)
        ]
        self._write(
            x,
            y,
            "".join((parts[0], *low)).replace('<tspan dy="-4"></tspan>', ""),
            f"formula {style}",
            ' translate="no"',
        )

    def _write(self, x: Number, y: Number, markup: str, style: str, more: str = "") -> None:
        self._lines.append(f'<text class="{style}" x="{x:g}" y="{y:g}"{more}>{markup}</text>')

    def source(self) -> str:
        """Return the file."""
        body = "\n".join(f"  {line}" for line in self._lines)
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self._size}">\n{body}\n</svg>\n'
