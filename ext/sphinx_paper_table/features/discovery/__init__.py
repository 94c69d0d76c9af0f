"""What search engines and other sites see of a site: descriptions, pictures, structured data, a map of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.features.discovery.head import setup_head
from sphinx_paper_table.features.discovery.site_files import setup_site_files

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register everything of this feature."""
    setup_head(app)
    setup_site_files(app)
