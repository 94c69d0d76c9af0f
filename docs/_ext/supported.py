"""The tables of what is supported, from one file: ```{supported-table} supported.yaml Outputs```.

The page is MyST, and so is what is made here: Sphinx translates it with the other texts of the page.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def cells(row: list[Any]) -> list[str]:
    """Return the cells of a row; a builder stands for the commands that make its output and look at it."""
    found: list[str] = []
    for cell in row:
        if isinstance(cell, dict):
            name = cell["builder"]
            found += [
                f"`make {name}`",
                f'`make {name} SPHINXOPTS="-D language=zh_CN"`',
                f'`make test-views PYTESTOPTS="-k real-{name}"`',
            ]
        else:
            found.append(cell)
    return found


def markdown(table: dict[str, Any]) -> str:
    """Return a table of the file as Markdown."""
    rows = [table["head"], ["---"] * len(table["head"]), *map(cells, table["rows"])]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


class SupportedTable(SphinxDirective):
    """One table of a file beside the page: its arguments are the file, and the title of the table."""

    required_arguments = 2
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the table; the page is read again when the file changes."""
        name, title = self.arguments
        _relative, path = self.env.relfn2path(name)
        self.env.note_dependency(path)
        self.env.note_dependency(__file__)
        tables = {table["title"]: table for table in yaml.safe_load(Path(path).read_text("utf-8"))}
        found = self.parse_text_to_nodes(markdown(tables[title]))
        for body in (body for node in found for body in node.findall(nodes.tbody)):
            for paragraph in body.findall(nodes.paragraph):
                is_code = all(isinstance(child, nodes.literal) for child in paragraph)
                paragraph["translatable"] = not is_code and " " in paragraph.astext()  # a single word is a name
        return found


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("supported-table", SupportedTable)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
