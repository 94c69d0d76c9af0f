"""Search: a field on any page, Chinese, and Pagefind on large sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.features.search.box import setup_box
from sphinx_paper_table.features.search.chinese import setup_search
from sphinx_paper_table.features.search.page import setup_search_page
from sphinx_paper_table.features.search.pagefind import setup_pagefind
from sphinx_paper_table.features.search.stems import setup_stems

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register everything of this feature."""
    setup_search(app)
    setup_pagefind(app)
    setup_search_page(app)
    setup_box(app)
    setup_stems(app)
