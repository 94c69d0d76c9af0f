"""Changes of a ``conf.py`` as text edits, at places that the syntax tree gives; the file is never run."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from sphinx_paper_table.survey.edits import TextEdit, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_paper_table.editing.documents import Document


def add_to_list(document: Document, name: str, item: str) -> list[TextEdit] | None:
    """Return the edits that put the text *item* last into the list *name*, laid out as the others are.

    A list that is not there is added. None where the list is not written out, once and at the top of the file.
    """
    tree = _parsed(document.text)
    if tree is None:
        return None
    if not any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(tree)):
        end = len(document.text)
        gap = "" if not document.text or document.text.endswith("\n") else "\n"
        return [TextEdit(document.name, end, end, f'{gap}\n{name} = ["{item}"]\n')]
    found = list(_lists(tree, name))
    if len(found) != 1:
        return None
    edits = [TextEdit(document.name, place, place, text) for place, text in _insertions(document.text, found[0], item)]
    after = _parsed(apply_edits(document.text, edits))
    wanted = [*map(ast.unparse, found[0].elts), repr(item)]
    is_right = after is not None and [list(map(ast.unparse, one.elts)) for one in _lists(after, name)] == [wanted]
    return edits if is_right else None


def _parsed(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _lists(tree: ast.Module, name: str) -> Iterator[ast.List | ast.Tuple]:
    """Yield what the top of the file assigns to *name*, where it is a list or a tuple that is written out."""
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            value = getattr(node, "value", None)
            if isinstance(value, ast.List | ast.Tuple):
                yield value


def _insertions(text: str, found: ast.List | ast.Tuple, item: str) -> Iterator[tuple[int, str]]:
    """Yield what to insert, and where: on a line of its own where the last item has one."""
    if not found.elts:
        yield _offset(text, found.lineno, found.col_offset) + 1, f'"{item}"'
        return
    last = found.elts[-1]
    start = _offset(text, last.lineno, last.col_offset)
    end = _offset(text, last.end_lineno or last.lineno, last.end_col_offset or last.col_offset)
    quote = "'" if text[start] == "'" else '"'
    written = f"{quote}{item}{quote}"
    indent = text[text.rfind("\n", 0, start) + 1 : start]
    line_end = text.find("\n", end)
    if indent.strip() or last.lineno == found.lineno or line_end < 0:
        yield end, f", {written}"
    elif text[end:].lstrip().startswith(","):
        yield line_end, f"\n{indent}{written},"
    else:
        yield end, ","
        yield line_end, f"\n{indent}{written}"


def _offset(text: str, line: int, column: int) -> int:
    """Return the offset in *text* of a place in the tree, whose columns count bytes of UTF-8."""
    lines = text.split("\n")
    before = sum(len(one) + 1 for one in lines[: line - 1])
    return before + len(lines[line - 1].encode()[:column].decode("utf-8", "ignore"))
