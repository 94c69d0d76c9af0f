"""Living literature surveys for Sphinx: YAML and BibTeX in, citable tabs, cards and tables out."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__: Final = version("sphinx-paper-table")
REQUIRED: Final = ("myst_parser", "sphinx_design", "sphinx_paper_table.citations", "sphinx_fresh")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything with Sphinx, lower layers first."""
    from sphinx_paper_table import components, host, nodes  # noqa: PLC0415 (the command line needs none)

    for extension in REQUIRED:
        app.setup_extension(extension)
    host.setup(app)
    nodes.setup(app)
    components.setup(app)
    kept = nodes.shape() ^ nodes.shape(host.Page, host.Target, host.ViewRecord)
    return {"version": __version__, "env_version": kept, "parallel_read_safe": True, "parallel_write_safe": True}
