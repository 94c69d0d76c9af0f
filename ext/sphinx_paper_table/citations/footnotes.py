"""The ``footcite`` roles: references in footnotes, read and printed as those in lists are.

The stock role (2.7, ``sphinxcontrib/bibtex/foot_roles.py``) ends the build where a style misses a field, and prints TeX
and HTML as they are written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from pybtex.style import FormattedEntry
from sphinx.addnodes import pending_xref
from sphinx.util import logging

from sphinx_paper_table.bibliography.for_styles import in_text
from sphinx_paper_table.citations.formatting import formatted, formatted_as_stock
from sphinx_paper_table.citations.library import library_of
from sphinx_paper_table.citations.naming import rendered
from sphinx_paper_table.citations.reference_text import mark_language, reference_paragraph
from sphinx_paper_table.citations.roles import targets_of
from sphinx_paper_table.citations.style_registry import style_of
from sphinx_paper_table.citations.unresolved import REPORTED, report_unresolved, unresolved_mark
from sphinx_paper_table.compat.sphinxcontrib_bibtex import (
    CitationTarget,
    FootCiteRole,
    FootReferenceInfo,
    note_of_footnote,
    page_footnotes,
)
from sphinx_paper_table.survey.anchors import is_foreign, mark
from sphinx_paper_table.survey.characters import visible
from sphinx_paper_table.survey.problems import Code

if TYPE_CHECKING:
    from docutils.nodes import Node, system_message
    from pybtex.database import Entry
    from sphinx.environment import BuildEnvironment

    from sphinx_paper_table.compat.sphinxcontrib_bibtex import PageFootnotes


logger = logging.getLogger(__name__)
_REPORTED_HERE: Final = "paper_table_footnotes_reported"
"""The keys of footnotes on the page being read that no file has, each with its line."""


class EngineFootCiteRole(FootCiteRole):
    """A citation with its reference in a footnote."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the marks of the footnotes; note these where the page has none of a key yet.

        The page depends on the files, also when they lack the key: it may come later.
        """
        domain: Any = self.env.get_domain("cite")
        for path in domain.bibdata.bibfiles:
            self.env.note_dependency(str(path))
        library = library_of(self.env)
        notes = page_footnotes(self.env)
        references, unknown = [], []
        for target in self._targets():
            entry = library.entries.entries.get(library.aliases.get(target.key, target.key))
            if entry is None:
                report_unresolved(self.env, target.key, (self.env.docname, self.lineno))
                reported: Any = self.env.temp_data.setdefault(_REPORTED_HERE, set())
                reported.add((self.lineno, target.key))
                unknown.append(target)
            else:
                self._check_notes(target)
                references.append(self._reference(entry, notes))
        found: list[Node] = []
        if references or not unknown:
            style: Any = self.env.get_domain("footcite").reference_style  # type: ignore[attr-defined]
            typ = self.name.partition(":")[2] or "p"
            found = rendered(style, typ, references, domain.backend, self.get_location())
        if not self.config.citations_compatible:
            found += map(unresolved_mark, unknown)
        return found or [nodes.literal(self.rawtext, self.text)], []

    def _targets(self) -> list[CitationTarget]:
        if self.config.citations_compatible:
            return [CitationTarget(key=key.strip(), pre="", post="") for key in self.text.split(",")]
        return targets_of(self.text, self.get_location())

    def _check_notes(self, target: CitationTarget) -> None:
        if target.pre or target.post:
            message = f"footnotes have no place for the notes of '{visible(target.key)}'"
            hint = "write them beside the role, or use the role 'cite'"
            kind = str(Code.UNKNOWN_CITATION)
            place = self.get_location()
            logger.warning("%s; %s", message, hint, location=place, type="paper_table", subtype=kind)

    def _reference(self, entry: Entry, notes: PageFootnotes) -> tuple[Any, Any, FootReferenceInfo]:
        style = style_of(self.config.bibtex_default_style)
        is_stock = self.config.citations_compatible
        printed = FormattedEntry(entry.key, (formatted_as_stock if is_stock else formatted)(style, entry), "")
        if entry.key not in notes.names:
            footnote = nodes.footnote(auto=1)
            footnote["names"].append(self._name(entry.key, notes))
            paragraph = reference_paragraph(printed.text)
            mark_language(paragraph, self.config.language)
            footnote += paragraph
            note_of_footnote(footnote, entry.key, notes, self.inliner.document)
        info = FootReferenceInfo(key=entry.key, refname=notes.names[entry.key], document=self.inliner.document)
        return entry if is_stock else in_text(entry), printed, info

    def _name(self, key: str, notes: PageFootnotes) -> str:
        """Return the name of a footnote, which is its id: no two keys of a page share one."""
        template = self.config.bibtex_footcite_id or "footcite-{key}"
        name = nodes.make_id(template.format(footbibliography_count=notes.lists + 1, key=key))
        is_unlike = is_foreign(key) or name in notes.names.values()
        return f"{name}-{mark(key)}".lstrip("-") if is_unlike and not self.config.citations_compatible else name


def note_reported(env: BuildEnvironment, document: nodes.document) -> None:
    """Keep citations from saying again what a footnote on the same line has said: that no file has a key."""
    reported: Any = env.temp_data.get(_REPORTED_HERE, set())
    for node in document.findall(pending_xref) if reported else ():
        if node.get("refdomain") == "cite" and (keys := [key for line, key in reported if line == node.line]):
            node[REPORTED] = [*node.get(REPORTED, ()), *keys]


def list_waiting(env: BuildEnvironment, docname: str, document: nodes.document) -> None:
    """Put the footnotes that no ``footbibliography`` of a page lists at the end of its last section."""
    notes = page_footnotes(env)
    if not notes.waiting.children:
        return
    message = "no 'footbibliography' is behind the last 'footcite'; its footnotes stand at the end of the page"
    logger.warning("%s", message, location=docname, type="bibtex", subtype="footbibliography")
    sections = [node for node in document.children if isinstance(node, nodes.section)]
    (sections[-1] if sections else document).append(notes.waiting.deepcopy())
    notes.waiting.clear()
