"""Every contact with Sphinx's environment: configuration, messages, the loaded catalogue, the domain, assets.

Layer 2 of the package. Components talk to Sphinx through here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.host.assets import setup_assets
from sphinx_paper_table.host.build import setup_build
from sphinx_paper_table.host.config import setup_config
from sphinx_paper_table.host.content_policy import setup_content_policy
from sphinx_paper_table.host.domain import Page, Target, ViewRecord, setup_domain
from sphinx_paper_table.host.editing import setup_editing
from sphinx_paper_table.host.feed import setup_feed
from sphinx_paper_table.host.mathjax import setup_mathjax
from sphinx_paper_table.host.outputs import setup_outputs
from sphinx_paper_table.host.pagefind import setup_pagefind
from sphinx_paper_table.host.search import setup_search
from sphinx_paper_table.host.spaces import setup_spaces

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["Page", "Target", "ViewRecord", "setup"]


def setup(app: Sphinx) -> None:
    """Register configuration, domain, events and assets."""
    setup_config(app)
    setup_domain(app)
    setup_build(app)
    setup_assets(app)
    setup_editing(app)
    setup_mathjax(app)
    setup_outputs(app)
    setup_feed(app)
    setup_search(app)
    setup_spaces(app)
    setup_pagefind(app)
    setup_content_policy(app)
