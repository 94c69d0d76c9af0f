"""Living literature surveys for Sphinx: YAML and BibTeX in, citable tabs, cards and tables out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_paper_table.extending import add_paper_layout
from sphinx_paper_table.version import VERSION

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["add_paper_layout", "setup"]
__version__: Final = VERSION
REQUIRED: Final = ("myst_parser", "sphinx_design", "sphinx_paper_table.citations", "sphinx_fresh")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything with Sphinx, lower layers first."""
    from sphinx_paper_table import cards, features, sphinx_host  # noqa: PLC0415 (the command line needs none)
    from sphinx_paper_table.store import version_of  # noqa: PLC0415 (nor this)

    for extension in REQUIRED:
        app.setup_extension(extension)
    sphinx_host.setup(app)
    cards.setup(app)
    features.setup(app)
    kept = version_of(sphinx_host.DomainPage, sphinx_host.Labels, *cards.RECORDS, *features.records())
    return {"version": __version__, "env_version": kept, "parallel_read_safe": True, "parallel_write_safe": True}
