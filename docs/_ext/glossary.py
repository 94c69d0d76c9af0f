"""A table of terms, alike in every language of the site: docutils' ``csv-table`` with rows that are not translated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.directives.patches import CSVTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


LANGUAGES: Final = ("en", "zh-CN", "zh-CN")
"""The language of each column: a term, its translation, and the words that are not used for it."""


class GlossaryTable(CSVTable):
    """The directive ``glossary-table``, with the options of ``csv-table``; only the header is translated."""

    def run(self) -> Sequence[nodes.table | nodes.system_message]:
        """Return the table."""
        found = super().run()
        for row in (row for node in found for body in node.findall(nodes.tbody) for row in body.findall(nodes.row)):
            for entry, language in zip(row.findall(nodes.entry), LANGUAGES, strict=True):
                entry["classes"].append(f"language-{language}")  # docutils makes the attribute "lang" of it
            for paragraph in row.findall(nodes.paragraph):
                paragraph["translatable"] = False
        return found


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directive."""
    app.add_directive("glossary-table", GlossaryTable)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
