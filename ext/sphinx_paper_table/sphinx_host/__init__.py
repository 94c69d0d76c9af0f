"""Every contact with Sphinx's environment: configuration, messages, the loaded catalogue, the domain, assets.

Cards and features talk to Sphinx through here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.sphinx_host.assets import setup_assets
from sphinx_paper_table.sphinx_host.build import setup_build
from sphinx_paper_table.sphinx_host.cjk_spacing_transform import setup_cjk_spacing
from sphinx_paper_table.sphinx_host.collector import setup_collector
from sphinx_paper_table.sphinx_host.compiled_templates import setup_compiled_templates
from sphinx_paper_table.sphinx_host.config import setup_config
from sphinx_paper_table.sphinx_host.content_policy import setup_content_policy
from sphinx_paper_table.sphinx_host.domain import DomainPage, Labels, Target, ViewRecord, setup_domain
from sphinx_paper_table.sphinx_host.edit_links import setup_edit_links
from sphinx_paper_table.sphinx_host.labels import setup_labels
from sphinx_paper_table.sphinx_host.latex_addresses import setup_latex_addresses
from sphinx_paper_table.sphinx_host.manual_pages import setup_manual_pages
from sphinx_paper_table.sphinx_host.math_renderer import setup_math_renderer
from sphinx_paper_table.sphinx_host.mathjax import setup_mathjax
from sphinx_paper_table.sphinx_host.outputs import setup_outputs
from sphinx_paper_table.sphinx_host.own_names import setup_own_names

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["DomainPage", "Labels", "Target", "ViewRecord", "setup"]


def setup(app: Sphinx) -> None:
    """Register configuration, domain, events and assets."""
    setup_config(app)
    setup_domain(app)
    setup_build(app)
    setup_labels(app)
    setup_own_names(app)
    setup_assets(app)
    setup_edit_links(app)
    setup_math_renderer(app)
    setup_mathjax(app)
    setup_outputs(app)
    setup_cjk_spacing(app)
    setup_latex_addresses(app)
    setup_manual_pages(app)
    setup_content_policy(app)
    setup_compiled_templates(app)
    setup_collector(app)
