"""The list of contents on a page, ``toctree``, with one more entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.survey.edits import TextEdit

if TYPE_CHECKING:
    from sphinx_paper_table.editing.documents import Document

_MYST: Final = re.compile(r"^([ \t]*)(`{3,}|:{3,})([^\n]*)\n(.*?)^[ \t]*\2[`:]*[ \t]*$", re.MULTILINE | re.DOTALL)
"""Any block between fences, so that one within another, an example, is not taken for a directive."""
_RST: Final = re.compile(r"^([ \t]*)(\.\. )(toctree)::[ \t]*\n((?:[ \t]*\n|\1[ \t]+\S.*(?:\n|\Z))*)", re.MULTILINE)
_NEW: Final = {".md": "\n```{{toctree}}\n{}\n```\n", ".rst": "\n.. toctree::\n\n   {}\n"}


def add_to_contents(page: Document, docname: str) -> list[TextEdit]:
    """Return the edits that name *docname* last in the first list of contents of *page*; a page without one gets one.

    None are needed where a pattern of a list with the option ``glob`` has that page already.
    """
    blocks = (_MYST if page.path.suffix == ".md" else _RST).finditer(page.text)
    found = [one for one in blocks if one[3].strip(" \t{}") == "toctree"]
    if any(":glob:" in one[4] and _has(one[4], docname) for one in found):
        return []
    if not found:
        end = len(page.text)
        gap = "" if page.text.endswith("\n") else "\n"
        return [TextEdit(page.name, end, end, gap + _NEW[page.path.suffix].format(docname))]
    indent, body = found[0][1], found[0][4]
    kept = body.rstrip()
    lines = [line for line in kept.split("\n") if line.strip()]
    last = lines[-1] if lines else ""
    deeper = "   " if page.path.suffix == ".rst" else ""
    margin = last[: len(last) - len(last.lstrip())] if last else f"{indent}{deeper}"
    is_entry = bool(last) and not last.lstrip().startswith((":", "---"))
    place = found[0].start(4) + len(kept)
    if kept:
        return [TextEdit(page.name, place, place, f"{'' if is_entry else chr(10)}\n{margin}{docname}")]
    return [TextEdit(page.name, place, place, f"{chr(10) if deeper else ''}{margin}{docname}\n")]


def _has(body: str, docname: str) -> bool:
    """Return whether one of the patterns in *body* is for *docname*, as Sphinx understands them."""
    patterns = (re.escape(line.strip().lstrip("/")) for line in body.split("\n") if line.strip())
    return any(
        re.fullmatch(one.replace(r"\*\*", ".*").replace(r"\*", "[^/]*").replace(r"\?", "[^/]"), docname)
        for one in patterns
    )
