"""The files that an output directory itself shows to be of an earlier build, for when the record of that is lost.

The search index names every page with its source; the pages name the images and downloads that they show.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from sphinx.builders.html import StandaloneHTMLBuilder

from .compat import load_index
from .outputs import page_outputs
from .searchindex import index_path
from .store import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sphinx.builders import Builder

_COPIED: Final = re.compile(r"[\"'=/](_(?:images|downloads|modules)/[^\"'?#<>\s]+)")


def published_files(builder: Builder) -> set[str]:
    """Files that an earlier build of *builder* has left, as far as its pages are listed in its search index."""
    if not isinstance(builder, StandaloneHTMLBuilder):
        return set()
    files: set[str] = set()
    for docname, source in _pages(builder):
        outputs = page_outputs(builder, docname, source)
        files.update(outputs)
        for name in outputs[:1]:
            files.update(_COPIED.findall(read_text(builder.outdir / name)))
    return files


def _pages(builder: StandaloneHTMLBuilder) -> Iterator[tuple[str, str]]:
    path: Path | None = index_path(builder)
    text = read_text(path) if path is not None else ""
    try:
        loaded = load_index(text) if path and path.suffix == ".js" else json.loads(text)
        names, sources = loaded["docnames"], loaded["filenames"]
        pairs = list(zip(names, sources, strict=True))
    except (ValueError, TypeError, KeyError):
        return
    yield from ((name, source) for name, source in pairs if isinstance(name, str) and isinstance(source, str))
