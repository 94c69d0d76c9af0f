"""The pages of a project: the files that Sphinx reads, found by the rules of its ``exclude_patterns``.

`sphinx.util.matching` has the same rules (https://www.sphinx-doc.org/en/master/usage/configuration.html, *Patterns*);
to import it takes longer than all that is asked of it here.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_paper_table.reading.project import Project

_WILDCARD: Final = re.compile(r"(\*\*|\*|\?|\[[^\]]{0,200}\])")
_ALWAYS: Final = ("**/_sources", ".#*", "**/.#*", "*.lproj/**")
MARKDOWN: Final = ".md"
READABLE: Final = frozenset({MARKDOWN, ".rst", ".txt"})


class PageFile(NamedTuple):
    """The source of a page."""

    docname: str
    path: Path


def page_files(project: Project) -> Iterator[PageFile]:
    """Yield the pages of *project*, in the order of their names."""
    suffixes = suffixes_of(project)
    folders = ("templates_path", "html_static_path", "html_extra_path")
    named = [str(name) for setting in ("exclude_patterns", *folders) for name in project[setting]]
    excluded = matcher([*named, *_ALWAYS])
    included = matcher(map(str, project["include_patterns"]))
    found = []
    for folder, below, names in os.walk(project.source):
        relative = os.path.relpath(folder, project.source).replace(os.sep, "/").removeprefix(".").lstrip("/")
        prefix = f"{relative}/" if relative else ""
        below[:] = [name for name in below if not excluded.match(prefix + name)]
        for name in names:
            suffix = next((suffix for suffix in suffixes if name.endswith(suffix)), None)
            whole = prefix + name
            if suffix and included.match(whole) and not excluded.match(whole):
                found.append(PageFile(whole.removesuffix(suffix), Path(folder, name)))
    yield from sorted(found)


def suffixes_of(project: Project) -> tuple[str, ...]:
    """Return the ends of the names of pages; MyST brings its own."""
    given = project["source_suffix"]
    return tuple(dict.fromkeys([given, MARKDOWN] if isinstance(given, str) else [*map(str, given), MARKDOWN]))


def matcher(patterns: Iterable[str]) -> re.Pattern[str]:
    """Return what matches a path that one of *patterns* is for, as Sphinx understands them."""
    return re.compile("|".join(f"(?:{_translated(pattern)})" for pattern in patterns) or r"(?!)")


def _translated(pattern: str) -> str:
    """Return *pattern* as a regular expression: ``**`` goes across folders, ``*`` and ``?`` do not."""
    found = _WILDCARD.split(pattern)
    parts = {"**": ".*", "*": "[^/]*", "?": "[^/]"}
    words = (
        parts.get(word) or (_characters(word) if word.startswith("[") and word.endswith("]") else re.escape(word))
        for word in found
    )
    return f"{''.join(words)}\\Z"


def _characters(word: str) -> str:
    inner = word[1:-1].replace("\\", "\\\\")
    return f"[^{inner[1:]}/]" if inner.startswith("!") else f"[{inner}]"
