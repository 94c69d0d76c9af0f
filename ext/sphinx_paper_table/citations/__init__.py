"""Citations that are fast, always current, and travel to other documentation: sphinxcontrib-bibtex, with an engine.

Usable without paper tables: ``extensions = ["sphinxcontrib.bibtex", "sphinx_paper_table.citations"]``. The rest of the
package asks through `Citations`; what is behind it can be replaced without touching a component.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import logging

from sphinx_paper_table.citations.assets import setup_assets
from sphinx_paper_table.citations.config import check_config
from sphinx_paper_table.citations.directive import EngineBibliographyDirective
from sphinx_paper_table.citations.domain import CitationDomain, FootCitationDomain
from sphinx_paper_table.citations.facts import citation_facts
from sphinx_paper_table.citations.footnotes import EngineFootCiteRole
from sphinx_paper_table.citations.formatted_ahead import setup_formatted_ahead
from sphinx_paper_table.citations.formatting import save_stores
from sphinx_paper_table.citations.interface import Citations, ReferenceLocation, citations_of
from sphinx_paper_table.citations.label_text import label_words, setup_label_text
from sphinx_paper_table.citations.labels import setup_labels
from sphinx_paper_table.citations.latex_lists import ReferencesInPlace
from sphinx_paper_table.citations.library import StoredEntries, library_of, open_library
from sphinx_paper_table.citations.list_parts import ListPart, setup_list_parts
from sphinx_paper_table.citations.listed import Listed
from sphinx_paper_table.citations.listing import Listings
from sphinx_paper_table.citations.mentions import Mention
from sphinx_paper_table.citations.reference_extras import setup_reference_extras
from sphinx_paper_table.citations.remote import clean_inventories
from sphinx_paper_table.citations.reread_on_config import pages_to_reread
from sphinx_paper_table.citations.roles import EngineCiteRole
from sphinx_paper_table.citations.said_later import setup_said_later
from sphinx_paper_table.citations.styles import register_styles
from sphinx_paper_table.citations.text_visitors import setup_text_visitors
from sphinx_paper_table.citations.titles import SpellTitles
from sphinx_paper_table.citations.transform import FillBibliographies, FillReferences
from sphinx_paper_table.compat.plugins import remember_plugins
from sphinx_paper_table.compat.pybtex_texts import remember_texts
from sphinx_paper_table.compat.sphinx import note_application
from sphinx_paper_table.store import version_of
from sphinx_paper_table.survey.known_problems import without_known
from sphinx_paper_table.survey.problems import Code, Severity

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from sphinx_paper_table.survey.problems import Problem

logger = logging.getLogger(__name__)

__all__ = ["Citations", "ReferenceLocation", "citations_of", "label_words", "library_of", "problems_of", "setup"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Put the engine behind sphinxcontrib-bibtex's directive, roles and domain."""
    remember_plugins()
    remember_texts()
    app.setup_extension("sphinxcontrib.bibtex")
    app.setup_extension("sphinx_fresh")
    setup_label_text(app)
    register_styles()
    setup_reference_extras(app)
    setup_said_later(app)
    setup_assets(app)
    setup_list_parts(app)
    app.add_domain(CitationDomain, override=True)
    app.add_domain(FootCitationDomain, override=True)
    app.add_directive("bibliography", EngineBibliographyDirective, override=True)
    app.add_role("cite", EngineCiteRole(), override=True)
    app.add_role("footcite", EngineFootCiteRole(), override=True)
    app.add_transform(SpellTitles)
    app.add_post_transform(FillBibliographies)
    app.add_post_transform(ReferencesInPlace)
    app.add_post_transform(FillReferences)
    app.connect("config-inited", check_config, priority=400)
    app.connect("builder-inited", note_application, priority=100)
    app.connect("builder-inited", open_library, priority=300)
    app.connect("builder-inited", clean_inventories, priority=900)
    app.connect("env-get-outdated", pages_to_reread)
    app.connect("env-updated", _report, priority=700)
    app.connect("fresh-facts", citation_facts)
    app.connect("build-finished", save_stores)
    setup_formatted_ahead(app)
    setup_labels(app)
    setup_text_visitors(app)
    kept = version_of(Listings, Listed, ListPart, Mention, StoredEntries)
    return {"version": "1", "env_version": kept, "parallel_read_safe": True, "parallel_write_safe": True}


def problems_of(env: BuildEnvironment) -> tuple[Problem, ...]:
    """Return what is wrong with the BibTeX files. Anchors that clash do not matter where they are numbered."""
    silent = set() if env.config.bibtex_cite_id and not env.config.citations_compatible else {Code.ANCHOR}
    return tuple(problem for problem in library_of(env).problems if problem.code not in silent)


def _report(app: Sphinx, env: BuildEnvironment) -> None:
    """Report these problems, at every build until they are mended; paper tables report them among their own."""
    if "sphinx_paper_table" not in app.extensions:
        for problem in without_known(problems_of(env), env.config.citations_ignore):
            if problem.severity is not Severity.ADVICE:
                place, kind = str(problem.position), str(problem.code)
                logger.warning("%s", problem.text, location=place, type="paper_table", subtype=kind)
