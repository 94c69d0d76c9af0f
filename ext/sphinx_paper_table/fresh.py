"""Incremental equals clean: the first name of `sphinx_fresh`, which this sets up and nothing else.

Projects that name it go on as they are; both names together load the extension once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up `sphinx_fresh`."""
    app.setup_extension("sphinx_fresh")
    return {"version": "2", "parallel_read_safe": True, "parallel_write_safe": True}
