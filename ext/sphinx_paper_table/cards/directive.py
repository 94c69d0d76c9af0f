"""The directive ``paper-table``: a selection from the catalogue, a file or the YAML in its body, in some layout."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes

from sphinx_paper_table.cards.facets import facets
from sphinx_paper_table.cards.filter import add_facts, build_filter
from sphinx_paper_table.cards.layout import Canvas
from sphinx_paper_table.cards.layouts import BUILT_IN
from sphinx_paper_table.cards.node_types import paper_card, paper_intro, paper_videos, paper_view
from sphinx_paper_table.cards.paper_nodes import video_link
from sphinx_paper_table.citations import citations_of
from sphinx_paper_table.compat.docutils import reserve_id
from sphinx_paper_table.compat.myst_parser import is_mocked
from sphinx_paper_table.reading.checks import items_of
from sphinx_paper_table.reading.directive_rules import LOOSEN, TABLE, Written, is_own_file, note_inside, note_text
from sphinx_paper_table.reading.other_sites import targets_elsewhere
from sphinx_paper_table.reading.table_options import OF_TABLES, Option, listed, one_of, wants_filter
from sphinx_paper_table.sphinx_host.directive import CatalogueDirective
from sphinx_paper_table.sphinx_host.domain import Target, ViewRecord, paper_domain
from sphinx_paper_table.sphinx_host.inline_records import InlineRecords, read_inline_records
from sphinx_paper_table.sphinx_host.layouts import LAYOUTS, Layout
from sphinx_paper_table.sphinx_host.markup import MarkupParser
from sphinx_paper_table.sphinx_host.selection_options import accepting
from sphinx_paper_table.sphinx_host.session import session_of
from sphinx_paper_table.sphinx_host.views import cited_by, cited_in, linked_from
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.selection import Selection, View, flat, view_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Survey
    from sphinx_paper_table.survey.query import Query


def _layout_name(value: str | None) -> str:
    """Return the name of a layout that is there: other extensions may have brought some."""
    return one_of({name: layout.help for name, layout in LAYOUTS.items()})(value)


_BUILT_IN: Final = {layout.name: layout.help for layout in BUILT_IN}
OPTIONS: Final[dict[str, Option]] = {
    "layout": Option(
        _layout_name,
        f"How it looks: {listed(_BUILT_IN)}",
    ),
    **OF_TABLES,
}
"""What may stand below the directive's first line; other extensions can bring layouts until the build begins."""


_MAX_LAID_OUT: Final = 200
"""Cards that browsers lay out at once without a delay that readers notice."""


class PaperTable(CatalogueDirective):
    """A view on the catalogue."""

    declared = OPTIONS
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = accepting(OPTIONS)

    def run(self) -> list[nodes.Node]:
        """Return the view's nodes."""
        written = self.written()
        options = written.options
        asked_for = self._asked_for(written, written.selection(written.argument))
        if asked_for is None:
            return []
        view, catalogue, private = asked_for
        if not view.count:
            written.note_empty("the table is empty", LOOSEN, view.selection.target)
            self._record(view, catalogue, private, is_index=False)
            return []
        layout = self._layout(written)
        is_index = view.selection.is_whole and not {"flat", "no-index"} & options.keys() and private is None
        shown = flat(view, catalogue) if "flat" in options else view
        node = self._node(shown, catalogue, layout, is_index=is_index)
        if not layout.has_sections and wants_filter(options, view.count):
            self._add_filter(node, view, catalogue, sortable=not layout.has_columns)
        self._record(view, catalogue, private, is_index=is_index)
        ways = [] if private else self.ways_to_parts(view.selection)
        return [*ways, *(_unwrapped(node) if layout.has_sections else [node])]

    def _layout(self, written: Written) -> Layout:
        layout = LAYOUTS[written.options.get("layout", self.config.paper_table_layout)]
        parent = self.state_machine.node
        if layout.has_sections and not isinstance(parent, (nodes.section, nodes.document)):
            note_inside(layout.name, written)
            return LAYOUTS["cards"]
        return layout

    def _asked_for(self, written: Written, selection: Selection) -> tuple[View, Catalogue, InlineRecords | None] | None:
        """Return the view, the catalogue it is of, and the private records it shows, if it does."""
        is_file = selection.target.endswith((".yaml", ".yml"))
        if self.content and not selection.target:
            return self._private("\n".join(self.content), self._body_place, selection)
        if self.content:
            note_text(TABLE, "\n".join(self.content), self.declared, written)
        if is_file:
            return self._from_file(written, selection)
        written.selected(selection)
        view = self.selected(selection)
        return None if view is None else (view, session_of(self.env).catalogue, None)

    def _from_file(self, written: Written, selection: Selection) -> tuple[View, Catalogue, InlineRecords | None] | None:
        """Return the view of a YAML file: of a survey, when the file is one of the catalogue's."""
        relative, absolute = self.env.relfn2path(selection.target)
        path = Path(absolute).resolve()
        root = Path(self.env.srcdir).resolve()
        if path.is_relative_to(root):
            self.env.note_dependency(relative)
        if not is_own_file(path, root, written):
            return None
        catalogue = session_of(self.env).catalogue
        known = next((survey for survey in catalogue.surveys.values() if Path(survey.position.path) == path), None)
        if known is not None:
            return view_of(known, catalogue, replace(selection, target=known.survey)), catalogue, None
        return self._private(path, Position(str(path), 1, 1), selection)

    def _private(
        self, source: str | Path, place: Position, selection: Selection
    ) -> tuple[View, Catalogue, InlineRecords | None] | None:
        private = read_inline_records(self.env, source, place)
        self.page.problems.extend(private.problems)
        others = targets_elsewhere(items_of(private.survey)) if private.survey else ()
        self.page.references.extend(("method", str(target), target.position) for target in others)
        if private.survey is None:
            return None
        return view_of(private.survey, private.catalogue, selection), private.catalogue, private

    def _node(self, view: View, catalogue: Catalogue, layout: Layout, *, is_index: bool) -> paper_view:
        canvas = Canvas(
            catalogue,
            MarkupParser(self.env, self.state.document),
            self.state.document,
            self._owner(catalogue, is_index),
        )
        node = paper_view("", layout=layout.name, anchor="", ids=[], many=view.count > _MAX_LAID_OUT)
        self.set_source_info(node)
        if view.survey is not None and view.selection.is_whole:
            self._claim(node, view.survey, catalogue, is_index=is_index)
            node.extend(canvas.intro(view.survey.summary))
            if view.survey.videos:
                node += paper_videos("", videos=tuple(map(video_link, view.survey.videos)))
        node.extend(layout.build(view, canvas))
        _link_neighbours(node)
        if is_index:
            self._note_targets(view, catalogue)
        return node

    def _add_filter(self, node: paper_view, view: View, catalogue: Catalogue, *, sortable: bool) -> None:
        """Let readers filter, and sort what has no columns to sort by."""
        choices = facets(view, catalogue)
        about = (
            place for place, child in enumerate(node.children, 1) if isinstance(child, (paper_intro, paper_videos))
        )
        node.insert(max(about, default=0), build_filter(choices, sortable=sortable))
        add_facts(node, choices)

    def _owner(self, catalogue: Catalogue, is_index: bool) -> Callable[[str, str], bool]:  # noqa: FBT001 (bound once, called by layouts)
        """Return whether this view claims an anchor: the first table on the page that may, does."""
        document = self.state.document

        def owns(kind: str, name: str) -> bool:
            anchor = catalogue.anchor(kind, name)
            if not is_index or anchor in document.ids:
                return False
            reserve_id(document, anchor)
            return True

        return owns

    def _claim(self, node: paper_view, survey: Survey, catalogue: Catalogue, *, is_index: bool) -> None:
        """Give the view the survey's anchor, and those of its former ids."""
        anchor = catalogue.anchor("survey", survey.survey)
        if is_index and anchor not in self.state.document.ids:
            reserve_id(self.state.document, anchor)
            node["anchor"] = anchor
            node["ids"] = [anchor, *(catalogue.anchor("survey", alias) for alias in survey.aliases)]
            self._target("survey", survey.survey, str(survey.title), anchor)
            for alias in survey.aliases:
                self._target("survey", alias, str(survey.title), anchor, is_alias=True)

    def _note_targets(self, view: View, catalogue: Catalogue) -> None:
        for section in view.all_sections():
            anchor = catalogue.anchor("group", section.address)
            self._target("group", section.address, str(section.title), anchor)
            for former in catalogue.former_of_groups.get(section.address, ()):
                self._target("group", former, str(section.title), anchor, is_alias=True)
        for entry in view.all_entries():
            if entry.is_home:
                anchor = catalogue.anchor("method", entry.paper.id)
                self._target("method", entry.paper.id, str(entry.paper.name), anchor)
                for alias in entry.paper.aliases:
                    self._target("method", alias, str(entry.paper.name), anchor, is_alias=True)

    def _target(self, kind: str, name: str, title: str, anchor: str, *, is_alias: bool = False) -> None:
        target = Target(kind, str(name), title, self.env.docname, anchor, self.lineno, is_alias)
        paper_domain(self.env).note_target(target)

    def _record(self, view: View, catalogue: Catalogue, private: InlineRecords | None, *, is_index: bool) -> None:
        """Note what the page must be read or written again for, and what it cites."""
        cited = cited_in(view, catalogue)
        query: Query[Any] = private.query if private else view.selection
        mark = private.fingerprint if private else view.selection.fingerprint_of(view, catalogue)
        record = ViewRecord.of(query, mark, self.lineno, linked_from(view, catalogue), frozenset(cited))
        self.page.views.append(record)
        if private:
            self.page.private_texts.extend(private.texts)
        backlink = self.env.new_serialno("paper-table")
        citations = citations_of(self.env)
        citations.note(self.env.docname, cited, self.lineno, f"paper-table-{backlink}")
        for entry in view.all_entries():
            anchor = catalogue.anchor("method", entry.paper.id) if is_index and entry.is_home else ""
            for key in cited_by(entry.paper, catalogue):
                citations.mention(self.env.docname, key, anchor, str(entry.paper.name))

    @property
    def _body_place(self) -> Position:
        """Where the body begins; MyST and docutils count differently, and only docutils takes an indentation away."""
        if is_mocked(self.state_machine):
            return self.place(self.lineno + self.content_offset + 1)
        _source, offset = self.content.items[0]
        first = next((line for line in self.block_text.splitlines() if line.strip() == self.content[0].strip()), "")
        return self.place(offset + 1)._replace(column=1 + first.find(self.content[0]))


def _link_neighbours(view: paper_view) -> None:
    """Let each card that has an anchor lead to the one before it and the one after it."""
    cards = [card for card in view.findall(paper_card) if card["card"].anchor and card["layout"] == "card"]
    ends = [("", ""), *((card["card"].anchor, card["card"].name) for card in cards), ("", "")]
    for card, before, after in zip(cards, ends, ends[2:], strict=False):
        card["card"] = replace(card["card"], before=before, after=after)


def _unwrapped(node: paper_view) -> list[nodes.Node]:
    """Return a view and its sections behind it, since contents list none that stand in something else."""
    sections = [child for child in node.children if isinstance(child, nodes.section)]
    node.children = [child for child in node.children if child not in sections]
    return [node, *sections] if node.children or node["ids"] else [*sections]


def setup_paper_table(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("paper-table", PaperTable)
