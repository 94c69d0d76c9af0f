"""The wheel has scripts and style sheets without comments and spaces, and with short names for local variables.

A checkout, and what is installed from it with ``pip install --editable``, serve the sources themselves: nobody has to
remember a step after an edit or a pull. The source archive has the sources too, and a wheel is the same whichever of
the two it is built from.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS: Final = {".css": "text/css", ".js": "application/javascript"}


def minified(packages: Path) -> Iterator[tuple[str, str]]:
    """Yield the scripts and style sheets below a folder, each as its path there and its text for the wheel."""
    import minify  # noqa: PLC0415 (an editable install does without)

    for path in sorted(packages.rglob("*")):
        if path.suffix in KINDS:
            text = minify.string(KINDS[path.suffix], path.read_text("utf-8"))
            yield path.relative_to(packages).as_posix(), f"{text}\n"


class MinifyingHook(BuildHookInterface[Any]):
    """Puts them in the place of their sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write them into a folder that lives as long as the build, and tell it of them."""
        if version == "editable":
            return
        self._folder = tempfile.TemporaryDirectory()
        for number, (name, text) in enumerate(minified(Path(self.root, "ext"))):
            path = Path(self._folder.name, f"{number}{Path(name).suffix}")
            path.write_text(text, "utf-8")
            build_data["force_include"][str(path)] = name
