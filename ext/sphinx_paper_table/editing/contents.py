"""The list of contents on a page, ``toctree``, with one more entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_paper_table.reading.page_files import matcher
from sphinx_paper_table.survey.edits import TextEdit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_paper_table.editing.documents import Document

SUFFIXES: Final = {"myst": ".md", "rst": ".rst"}
"""The mark-up of pages, with the ending of their files."""
_FENCE: Final = re.compile(r"([ \t]{0,99}+)(`{3,99}+|:{3,99}+)(.*)")
_TOCTREE: Final = re.compile(r"([ \t]{0,99}+)\.\. toctree::[ \t]{0,99}+")
_NEW: Final = {".md": "\n```{{toctree}}\n{}\n```\n", ".rst": "\n.. toctree::\n\n   {}\n"}


class _Contents(NamedTuple):
    """A list of contents: how far it is indented, what stands in it, and where that begins."""

    indent: str
    body: str
    start: int


def add_to_contents(page: Document, docname: str) -> list[TextEdit]:
    """Return the edits that name *docname* last in the first list of contents of *page*; a page without one gets one.

    None are needed where a pattern of a list with the option ``glob`` has that page already.
    """
    found = list((_fenced if page.path.suffix == ".md" else _indented)(page.text))
    if any(":glob:" in one.body and _has(one.body, docname) for one in found):
        return []
    if not found:
        end = len(page.text)
        gap = "" if page.text.endswith("\n") else "\n"
        return [TextEdit(page.name, end, end, gap + _NEW[page.path.suffix].format(docname))]
    indent, body, start = found[0]
    kept = body.rstrip()
    lines = [line for line in kept.split("\n") if line.strip()]
    last = lines[-1] if lines else ""
    deeper = "   " if page.path.suffix == ".rst" else ""
    margin = last[: len(last) - len(last.lstrip())] if last else f"{indent}{deeper}"
    is_entry = bool(last) and not last.lstrip().startswith((":", "---"))
    place = start + len(kept)
    if kept:
        return [TextEdit(page.name, place, place, f"{'' if is_entry else chr(10)}\n{margin}{docname}")]
    return [TextEdit(page.name, place, place, f"{chr(10) if deeper else ''}{margin}{docname}\n")]


def _fenced(text: str) -> Iterator[_Contents]:
    """Yield those of a page in MyST; within another block, an example, there are none."""
    opened, indent, words, start, place = "", "", "", 0, 0
    for line in text.splitlines(keepends=True):
        fence = _FENCE.fullmatch(line.rstrip("\r\n"))
        after = place + len(line)
        if opened and fence and fence[2].startswith(opened) and not fence[3].strip(" \t`:"):
            if words.strip(" \t{}") == "toctree":
                yield _Contents(indent, text[start:place], start)
            opened = ""
        elif not opened and fence:
            indent, opened, words, start = fence[1], fence[2], fence[3], after
        place = after


def _indented(text: str) -> Iterator[_Contents]:
    """Yield those of a page in reStructuredText: the lines that stand deeper below the directive."""
    found, start, place = None, 0, 0
    for line in text.splitlines(keepends=True):
        if found and line.strip() and not (line.startswith(found[1]) and line[len(found[1])] in " \t"):
            yield _Contents(found[1], text[start:place], start)
            found = None
        place += len(line)
        if found is None and (found := _TOCTREE.fullmatch(line.rstrip("\r\n"))):
            start = place
    if found:
        yield _Contents(found[1], text[start:place], start)


def _has(body: str, docname: str) -> bool:
    """Return whether one of the patterns in *body* is for *docname*, as Sphinx understands them."""
    patterns = (line.strip().lstrip("/") for line in body.split("\n") if line.strip())
    return matcher(patterns).match(docname) is not None
