"""A table of terms, alike in every language of the site: docutils' ``csv-table`` with rows that are not translated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.directives.patches import CSVTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class GlossaryTable(CSVTable):
    """The directive ``glossary-table``, with the options of ``csv-table``; only the header is translated."""

    def run(self) -> Sequence[nodes.table | nodes.system_message]:
        """Return the table."""
        found = super().run()
        for body in (body for node in found for body in node.findall(nodes.tbody)):
            for paragraph in body.findall(nodes.paragraph):
                paragraph["translatable"] = False
        return found


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directive."""
    app.add_directive("glossary-table", GlossaryTable)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
