"""Renew ``static/``: scripts and style sheets as sites get them.

They are those of ``frontend/`` without comments and spaces, and with short names for local variables.

Usage::

    .ci/frontend.py             after a file in frontend/ has changed
    .ci/frontend.py --check     change nothing; exit with 1 when a file is missing, not the same, or of no source

Minified here and not by every build, so that sites need no minifier and get the same bytes everywhere.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import minify

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE: Final = Path(__file__).resolve().parents[1] / "ext" / "sphinx_paper_table"
SOURCES: Final = PACKAGE / "frontend"
STATIC: Final = PACKAGE / "static"
KINDS: Final = {".css": "text/css", ".js": "application/javascript"}


def minified() -> dict[str, str]:
    """Return the files of ``static/`` by name."""
    sources = {path: path.read_text("utf-8") for path in sorted(SOURCES.iterdir())}
    return {path.name: f"{minify.string(KINDS[path.suffix], text)}\n" for path, text in sources.items()}


def faults(wanted: dict[str, str]) -> Iterator[str]:
    """Yield what is wrong with ``static/``."""
    there = {path.name: path.read_text("utf-8") for path in STATIC.iterdir()} if STATIC.is_dir() else {}
    for name in sorted(wanted.keys() | there.keys()):
        if wanted.get(name) != there.get(name):
            state = "has no source" if name not in wanted else "is missing" if name not in there else "is out of date"
            yield f"{STATIC / name}: {state}; run `make frontend`"


def main(arguments: list[str]) -> int:
    """Renew the files, or name what is wrong with them."""
    parser = argparse.ArgumentParser(description="Renew the scripts and style sheets of the extension.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 when something is wrong")
    options = parser.parse_args(arguments)
    wanted = minified()
    if options.check:
        found = list(faults(wanted))
        print(*found, sep="\n", end="\n" if found else "")
        return int(bool(found))
    STATIC.mkdir(exist_ok=True)
    for path in STATIC.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (STATIC / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
