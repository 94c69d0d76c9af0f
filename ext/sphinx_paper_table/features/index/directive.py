"""The directive ``paper-index``: methods for looking up, by name, year, venue, tag or survey."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from sphinx_paper_table.cards.facets import facets
from sphinx_paper_table.cards.layout import unique_id
from sphinx_paper_table.citations import label_words
from sphinx_paper_table.features.index.printers import add_filter, build_index
from sphinx_paper_table.features.index.query import Index, IndexQuery, first_of, index_groups
from sphinx_paper_table.reading.directive_options import OF_DIRECTIVES
from sphinx_paper_table.reading.table_options import wants_filter
from sphinx_paper_table.sphinx_host.directive import CatalogueDirective
from sphinx_paper_table.sphinx_host.domain import INDEX, TAG, Target, ViewRecord, paper_domain
from sphinx_paper_table.sphinx_host.markup import MarkupParser
from sphinx_paper_table.sphinx_host.selection_options import accepting
from sphinx_paper_table.sphinx_host.session import session_of
from sphinx_paper_table.survey.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_paper_table.features.index.query import IndexGroup

OPTIONS: Final = OF_DIRECTIVES["paper-index"]
_NO_WORD: Final = re.compile(r"[\W_]+")
_SORTS: Final = {"added": "newest"}
"""The order within a heading, where it is not that of the names."""
_PREFIXES: Final = {"name": "letter", "survey": "view"}
"""Prefixes of anchors that are not the kind of index: the survey's own page has ``survey-ID``."""


class PaperIndex(CatalogueDirective):
    """Short lines, each with a link to the card; it owns no method's anchor."""

    declared, rule = OPTIONS, "paper-index"
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = accepting(OPTIONS)

    def run(self) -> list[nodes.Node]:
        """Return the index as one node."""
        written = self.written()
        options, by = written.options, written.options.get("by", "name")
        selection = replace(written.selection(written.argument), sort=options.get("sort", _SORTS.get(by, "name")))
        view = self.selected(selection)
        if view is None:
            return []
        catalogue = session_of(self.env).catalogue
        words = label_words()
        query = IndexQuery(selection, by, words, options.get("first", 0))
        groups = first_of(index_groups(view, catalogue, by, words), query.first)
        linked = {("method", line.paper) for group in groups for line in group.lines}
        linked |= {("survey", line.survey) for group in groups for line in group.lines}
        linked |= {("survey", group.key) for group in groups if by == "survey"}
        mark = query.fingerprint_of(Index(view, groups), catalogue)
        self.page.views.append(ViewRecord.of(query, mark, self.lineno, frozenset(linked)))
        if not groups:
            return []
        is_all = replace(selection, years=None, letters=()) == Selection(sort=selection.sort)
        is_whole = is_all and not query.first
        if by == "name" and is_whole:
            paper_domain(self.env).note_target(Target(INDEX, "", "", self.env.docname, "", self.lineno))
        node = build_index(
            groups, by, MarkupParser(self.env, self.state.document), lambda group: self._anchors(group, by, is_whole)
        )
        node["lines"] = options.get("lines", "")
        if wants_filter(options, len({line.paper for group in groups for line in group.lines})):
            add_filter(node, facets(view, catalogue))
        self.set_source_info(node)
        return [*self.ways_to_parts(selection, by), node]

    def _anchors(self, group: IndexGroup, by: str, is_whole: bool) -> Iterator[str]:  # noqa: FBT001 (bound once, above)
        """Yield the id of a heading, then its former ones; an index of everything is where tags on cards lead."""
        names = (_NO_WORD.sub("-", key.lower()).strip("-") or "other" for key in (group.key, *group.former))
        first, *former = dict.fromkeys(names)
        anchor = self._anchor(first, by)
        if by == TAG and is_whole and group.key:
            target = Target(TAG, group.key, group.title, self.env.docname, anchor, self.lineno)
            paper_domain(self.env).note_target(target)
        yield anchor
        yield from (self._anchor(name, by) for name in former)

    def _anchor(self, name: str, by: str) -> str:
        return unique_id(self.state.document, f"{_PREFIXES.get(by, by)}-{name}")


def setup_paper_index(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("paper-index", PaperIndex)
