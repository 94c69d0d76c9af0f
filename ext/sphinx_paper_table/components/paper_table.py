"""The directive ``paper-table``: a selection from the catalogue, a file or the YAML in its body, in some layout."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from docutils import nodes
from docutils.parsers.rst import directives
from myst_parser.mocking import MockStateMachine
from sphinx.util.docutils import SphinxDirective

from sphinx_paper_table.citations import citations_of
from sphinx_paper_table.host.config import LAYOUTS as LAYOUT_HELP
from sphinx_paper_table.host.domain import Target, ViewRecord, anchor_of, paper_domain
from sphinx_paper_table.host.markup import MarkupParser
from sphinx_paper_table.host.private import PrivateRecords, read_private
from sphinx_paper_table.host.session import session_of
from sphinx_paper_table.host.views import cited_by, cited_in, linked_from
from sphinx_paper_table.model.fingerprint import fingerprint
from sphinx_paper_table.model.located import Position
from sphinx_paper_table.model.problems import Code, Problem, nearest
from sphinx_paper_table.model.selection import HAS, SORTS, Selection, View, select, view_of
from sphinx_paper_table.nodes.build import video_link
from sphinx_paper_table.nodes.elements import paper_videos, paper_view
from sphinx_paper_table.nodes.layout import LAYOUTS, Canvas

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

    from sphinx_paper_table.model.catalogue import Catalogue
    from sphinx_paper_table.model.entities import Survey

_YEARS: Final = re.compile(r"^(\d{4})?\s*(?:[-–]\s*(\d{4})?)?$")


class Option(NamedTuple):
    """An option of the directive, declared once: the guide's table comes from here."""

    convert: Callable[[str | None], Any]
    help: str


def _words(value: str | None) -> tuple[str, ...]:
    found = tuple(word for word in re.split(r"[,\s]+", value or "") if word)
    if not found:
        msg = "it needs at least one word"
        raise ValueError(msg)
    return found


def _names(value: str | None) -> tuple[str, ...]:
    found = tuple(name.strip() for name in (value or "").split(",") if name.strip())
    if not found:
        msg = "it needs at least one name; separate several by commas"
        raise ValueError(msg)
    return found


def _years(value: str | None) -> tuple[int, int]:
    match = _YEARS.match((value or "").strip())
    if match is None or not any(match.groups()):
        msg = f"'{value}' is no range of years; write 2020, 2018-2020, 2018- or -2020"
        raise ValueError(msg)
    first, last = match.groups()
    is_range = re.search(r"[-–]", value or "")
    return int(first or 0), int(last or (9999 if is_range else first))


def _one_of(choices: dict[str, str]) -> Callable[[str | None], str]:
    def convert(value: str | None) -> str:
        word = (value or "").strip()
        if word not in choices:
            msg = f"there is no '{word}'; {nearest(word, choices)}"
            raise ValueError(msg)
        return word

    return convert


def _some_of(choices: dict[str, str]) -> Callable[[str | None], tuple[str, ...]]:
    one = _one_of(choices)
    return lambda value: tuple(one(word) for word in _words(value))


OPTIONS: Final[dict[str, Option]] = {
    "layout": Option(_one_of(LAYOUT_HELP), "How it looks: " + "; ".join(f"`{k}`, {v}" for k, v in LAYOUT_HELP.items())),
    "tags": Option(_words, "Only papers with one of these tags."),
    "years": Option(_years, "Only papers published in these years: `2020`, `2018-2020`, `2018-` or `-2020`."),
    "venues": Option(_names, "Only papers of these venues, separated by commas."),
    "ids": Option(_words, "Only these papers."),
    "has": Option(
        _some_of(HAS), "Only papers that have all of these: " + "; ".join(f"`{k}`, {v}" for k, v in HAS.items())
    ),
    "sort": Option(
        _one_of(SORTS), "The order within each group: " + "; ".join(f"`{k}`, {v}" for k, v in SORTS.items())
    ),
    "no-index": Option(directives.flag, "Leave anchors and index entries to another table of the same papers."),
}
"""What may stand below the directive's first line."""


class _AnyOption(dict[str, "Callable[[str], Any]"]):
    """Accepts every option as text: for one that is unknown, docutils would drop the directive and not say what is."""

    def __missing__(self, _name: str) -> Callable[[str], Any]:
        """Return what converts an option that is not declared."""
        return directives.unchanged


class PaperTable(SphinxDirective):
    """A view on the catalogue."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = _AnyOption.fromkeys(OPTIONS, directives.unchanged)

    def run(self) -> list[nodes.Node]:
        """Return the view's nodes; what is wrong is noted and reported at every build, and costs only itself."""
        self._problems = paper_domain(self.env).page(self.env.docname).problems
        options = self._converted_options()
        selection = Selection(
            (self.arguments[0].strip() if self.arguments else ""),
            **{name: options[name] for name in ("tags", "years", "venues", "ids", "has", "sort") if name in options},
        )
        found = self._found(selection)
        if found is None:
            return []
        view, catalogue, private = found
        if not view.count:
            self._note(Code.EMPTY, "the table is empty", "no paper fits all of its options; loosen or remove one")
            self._record(view, catalogue, private, is_index=False)
            return []
        layout = self._layout(options)
        is_index = view.selection.is_whole and "no-index" not in options and private is None
        node = self._node(view, catalogue, layout, is_index=is_index)
        self._record(view, catalogue, private, is_index=is_index)
        return _unwrapped(node) if layout == "sections" else [node]

    def _converted_options(self) -> dict[str, Any]:
        """Return the valid options; docutils would drop the directive for one that is not."""
        found = {}
        for name, value in self.options.items():
            if name not in OPTIONS:
                hint = f"{nearest(name, OPTIONS)} (it is left out)"
                self._note(Code.DIRECTIVE, f"there is no option '{name}'", hint)
                continue
            try:
                found[name] = OPTIONS[name].convert(value)
            except ValueError as error:
                self._note(Code.DIRECTIVE, f"the option '{name}' is left out: {error}")
        return found

    def _layout(self, options: dict[str, Any]) -> str:
        layout: str = options.get("layout", self.config.paper_table_layout)
        parent = self.state_machine.node
        if layout == "sections" and not isinstance(parent, (nodes.section, nodes.document)):
            self._note(Code.DIRECTIVE, "the layout 'sections' cannot stand inside other elements", "'cards' is used")
            return "cards"
        return layout

    def _found(self, selection: Selection) -> tuple[View, Catalogue, PrivateRecords | None] | None:
        """Return the view, the catalogue it is of, and the private records it shows, if it does."""
        session = session_of(self.env)
        is_file = selection.target.endswith((".yaml", ".yml"))
        if self.content and not selection.target:
            return self._private("\n".join(self.content), self._body_place, selection)
        if self.content:
            self._note(Code.DIRECTIVE, "the table has both an argument and a body", "the body is left out; remove one")
        if is_file:
            return self._from_file(selection)
        view = select(session.catalogue, selection)
        if view is None:
            kind = "group" if "#" in selection.target else "survey"
            known = session.catalogue.groups if kind == "group" else session.catalogue.surveys
            self._note(Code.DANGLING, f"there is no {kind} '{selection.target}'", nearest(selection.target, known))
            paper_domain(self.env).page(self.env.docname).views.append(ViewRecord(selection, "", self.lineno))
            return None
        return view, session.catalogue, None

    def _from_file(self, selection: Selection) -> tuple[View, Catalogue, PrivateRecords | None] | None:
        """Return the view of a YAML file: of a survey, when the file is one of the catalogue's."""
        relative, absolute = self.env.relfn2path(selection.target)
        path = Path(absolute).resolve()
        if not path.is_relative_to(Path(self.env.srcdir).resolve()):
            hint = "move it there; only files in the source directory are read"
            self._note(Code.UNREADABLE, f"'{selection.target}' lies outside the source directory", hint)
            return None
        self.env.note_dependency(relative)
        if not path.is_file():
            self._note(Code.UNREADABLE, f"there is no file '{selection.target}'", "paths begin at the page's directory")
            return None
        catalogue = session_of(self.env).catalogue
        known = next((survey for survey in catalogue.surveys.values() if Path(survey.position.path) == path), None)
        if known is not None:
            return view_of(known, catalogue, _retargeted(selection, known.survey)), catalogue, None
        return self._private(path, Position(str(path), 1, 1), selection)

    def _private(
        self, source: str | Path, place: Position, selection: Selection
    ) -> tuple[View, Catalogue, PrivateRecords | None] | None:
        private = read_private(self.env, source, place)
        self._problems.extend(private.problems)
        if private.survey is None:
            return None
        return view_of(private.survey, private.catalogue, selection), private.catalogue, private

    def _node(self, view: View, catalogue: Catalogue, layout: str, *, is_index: bool) -> paper_view:
        canvas = Canvas(
            catalogue, MarkupParser(self.env, self.state.document), self.state.document, self._owner(is_index)
        )
        node = paper_view("", layout=layout, anchor="", ids=[])
        self.set_source_info(node)
        if view.survey is not None and view.selection.is_whole:
            self._claim(node, view.survey, is_index=is_index)
            node.extend(canvas.intro(view.survey.summary))
            if view.survey.videos:
                node += paper_videos("", videos=tuple(map(video_link, view.survey.videos)))
        node.extend(LAYOUTS[layout](view, canvas))
        if is_index:
            self._note_targets(view)
        return node

    def _owner(self, is_index: bool) -> Callable[[str, str], bool]:  # noqa: FBT001 (bound once, called by layouts)
        """Return whether this view claims an anchor: the first table on the page that may, does."""
        taken = self.state.document.ids

        def owns(kind: str, name: str) -> bool:
            anchor = anchor_of(kind, name)
            if not is_index or anchor in taken:
                return False
            taken[anchor] = self.state.document
            return True

        return owns

    def _claim(self, node: paper_view, survey: Survey, *, is_index: bool) -> None:
        """Give the view the survey's anchor, and those of its former ids."""
        anchor = anchor_of("survey", survey.survey)
        if is_index and anchor not in self.state.document.ids:
            self.state.document.ids[anchor] = node
            node["anchor"] = anchor
            node["ids"] = [anchor, *(anchor_of("survey", alias) for alias in survey.aliases)]
            self._target("survey", survey.survey, str(survey.title), anchor)
            for alias in survey.aliases:
                self._target("survey", alias, str(survey.title), anchor, is_alias=True)

    def _note_targets(self, view: View) -> None:
        for section in view.all_sections():
            self._target("group", section.address, str(section.title), anchor_of("group", section.address))
        for entry in view.all_entries():
            if entry.is_home:
                anchor = anchor_of("method", entry.paper.id)
                self._target("method", entry.paper.id, str(entry.paper.name), anchor)
                for alias in entry.paper.aliases:
                    self._target("method", alias, str(entry.paper.name), anchor, is_alias=True)

    def _target(self, kind: str, name: str, title: str, anchor: str, *, is_alias: bool = False) -> None:
        target = Target(kind, str(name), title, self.env.docname, anchor, self.lineno, is_alias)
        paper_domain(self.env).note_target(target)

    def _record(self, view: View, catalogue: Catalogue, private: PrivateRecords | None, *, is_index: bool) -> None:
        """Note what the page must be read or written again for, and what it cites."""
        page = paper_domain(self.env).page(self.env.docname)
        cited = cited_in(view, catalogue)
        selection = None if private else view.selection
        record = ViewRecord(
            selection,
            private.fingerprint if private else fingerprint(view, catalogue),
            self.lineno,
            linked_from(view, catalogue),
            frozenset(cited),
            private.mentioned if private else frozenset(),
        )
        page.views.append(record)
        if private:
            page.private_texts.extend(private.texts)
        backlink = self.env.new_serialno("paper-table")
        citations = citations_of(self.env)
        citations.note(self.env.docname, cited, self.lineno, f"paper-table-{backlink}")
        for entry in view.all_entries():
            anchor = anchor_of("method", entry.paper.id) if is_index and entry.is_home else ""
            for key in cited_by(entry.paper, catalogue):
                citations.mention(self.env.docname, key, anchor, str(entry.paper.name))

    @property
    def _body_place(self) -> Position:
        """Where the body begins; MyST and docutils count differently, and only docutils takes an indentation away."""
        machine: object = self.state_machine
        if isinstance(machine, MockStateMachine):
            return self._place(self.lineno + self.content_offset + 1)
        _source, offset = self.content.items[0]
        first = next((line for line in self.block_text.splitlines() if line.strip() == self.content[0].strip()), "")
        return self._place(offset + 1)._replace(column=1 + first.find(self.content[0]))

    def _place(self, line: int) -> Position:
        source, _line = self.get_source_info()
        return Position(source or str(self.env.doc2path(self.env.docname)), line, 1)

    def _note(self, code: Code, message: str, hint: str = "") -> None:
        _source, line = self.get_source_info()
        self._problems.append(Problem(self._place(line or self.lineno), code, message, hint))


def _unwrapped(node: paper_view) -> list[nodes.Node]:
    """Return a view and its sections behind it, since contents list none that stand in something else."""
    sections = [child for child in node.children if isinstance(child, nodes.section)]
    node.children = [child for child in node.children if child not in sections]
    return [node, *sections] if node.children or node["ids"] else [*sections]


def _retargeted(selection: Selection, target: str) -> Selection:
    values = {name: getattr(selection, name) for name in Selection.__dataclass_fields__}
    return Selection(**{**values, "target": target})


def setup_paper_table(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("paper-table", PaperTable)
