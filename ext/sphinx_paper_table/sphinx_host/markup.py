"""The records' texts, written in MyST, to nodes: on reStructuredText pages too, with messages at the text's place.

HTML never becomes markup here, which `reading.markup` has reported by then; what else is refused, `host.harmless` says.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, cast

from docutils import nodes
from sphinx.addnodes import pending_xref

from sphinx_paper_table.citations.roles import IN_RECORD
from sphinx_paper_table.citations.unresolved import REPORTED
from sphinx_paper_table.citations.unsafe_links import replace_node
from sphinx_paper_table.compat.docutils import standing_at
from sphinx_paper_table.compat.myst_parser import begin_text, new_parser, project_config
from sphinx_paper_table.reading.checks import IN_TRANSLATION, missing_key
from sphinx_paper_table.sphinx_host.domain import paper_domain
from sphinx_paper_table.sphinx_host.harmless import make_harmless
from sphinx_paper_table.sphinx_host.local_files import refuse_foreign_files
from sphinx_paper_table.sphinx_host.renderer import RecordRenderer, config_for_records
from sphinx_paper_table.sphinx_host.session import rules_of, session_of
from sphinx_paper_table.sphinx_host.simple_texts import RULES, simple_nodes
from sphinx_paper_table.survey.citation_lists import cited_keys
from sphinx_paper_table.survey.cjk_spacing import without_spaces
from sphinx_paper_table.survey.located import Located, Position, position_of
from sphinx_paper_table.survey.problems import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from sphinx.environment import BuildEnvironment

AS_WRITTEN: Final = (nodes.FixedTextElement, nodes.literal, nodes.math, nodes.raw)
"""What is not read as a sentence: its spaces stay."""
_CHANGING: Final = frozenset({"replacements", "smartquotes", "linkify", "gfm_autolink", "substitution", "section_ref"})
"""MyST extensions that change text without any mark-up in it."""

_PLAIN: Final = frozenset({nodes.emphasis, nodes.strong, nodes.literal})
_DEEPEST: Final = 100
"""Levels of nodes in one text; lists in directives in tables have some thirty."""
_LONGEST: Final = 120
"""Characters of an exception that a message repeats."""


class MarkupParser:
    """Parses texts for one document."""

    def __init__(self, env: BuildEnvironment, document: nodes.document) -> None:
        """Prepare for *document*; the parser itself is made when the first text needs it."""
        self._env = env
        self._rules = rules_of(env)
        self._config = config_for_records(project_config(env), self._rules)
        self._problems = paper_domain(env).page(env.docname).problems
        self._known: set[tuple[str, str]] = set()
        self._document = document
        self._parser: MarkdownIt | None = None
        self._is_simple = (
            _CHANGING.isdisjoint(self._config.enable_extensions)
            and RULES.isdisjoint(self._config.disable_syntax)
            and not self._config.gfm_only
        )

    def inline(self, text: Located) -> list[nodes.Node]:
        """Return *text* as inline nodes; one whose mark-up is plain to see is not parsed at all."""
        found = simple_nodes(_one_line(text), position_of(text)) if self._is_simple else None
        return self._render(text, inline=True) if found is None else found

    def block(self, text: Located) -> list[nodes.Node]:
        """Return *text* as paragraphs, lists and other blocks, which Sphinx is not to translate once more."""
        found = self._render(text, inline=False)
        for node in found:
            for element in node.findall(nodes.TextElement):
                if not isinstance(element, nodes.inline):  # Sphinx takes those apart (`RemoveTranslatableInline`)
                    element["translatable"] = False
        return found

    def _render(self, text: Located, *, inline: bool) -> list[nodes.Node]:
        holder = nodes.inline() if inline else nodes.container()
        place, written = position_of(text), _one_line(text) if inline else str(text)
        renderer = self._renderer(place)
        try:
            with _source(self._env, self._document, place), renderer.current_node_context(holder):
                renderer.nested_render_text(written, max(place.line - 1, 0), inline=inline)
            if not _is_plain(holder):
                for problem in make_harmless(holder, text, self._env.config, self._document):
                    self._note(problem)
                self._problems.extend(refuse_foreign_files(holder, text, self._env))
                self._mark_reported(holder, place.path)
            fault = "it is nested too deeply" if _is_deep(holder) else ""
        except Exception as error:  # noqa: BLE001 (whatever a directive or role makes of a text, the site is built)
            self._parser, fault = None, f"{type(error).__name__}: {error}"[:_LONGEST]
        if fault:
            hint = "it is shown as it is written; simplify it"
            self._problems.append(Problem(place, Code.DIRECTIVE, f"the text cannot be rendered: {fault}", hint))
            shown = nodes.literal(text, text) if inline else nodes.literal_block(text, text, language="none")
            return [shown]
        _close_up(holder)
        return holder.children

    def _note(self, problem: Problem) -> None:
        """Note what is not known already: what a name stands for may depend on the page."""
        mark = problem.position.path, problem.message
        if mark not in self._known_messages():
            self._known.add(mark)
            self._problems.append(problem)

    def _known_messages(self) -> set[tuple[str, str]]:
        if not self._known:
            known = (*session_of(self._env).problems, *self._problems)
            self._known = {(other.position.path, other.message.removeprefix(IN_TRANSLATION)) for other in known}
        return self._known

    def _mark_reported(self, holder: nodes.Element, path: str) -> None:
        """Mark the keys of citations that the check of the records has reported: they have no other message."""
        references = session_of(self._env).catalogue.references
        for node in holder.findall(pending_xref):
            if node.get("refdomain") == "cite":
                missing = [key for key in cited_keys(node["reftarget"]) if key not in references]
                node[REPORTED] = [key for key in missing if (path, missing_key(key)) in self._known_messages()]

    def _renderer(self, place: Position) -> RecordRenderer:
        if self._parser is None:
            self._parser = new_parser(self._config, RecordRenderer, self._document)
        renderer = cast("RecordRenderer", self._parser.renderer)
        renderer.place, renderer.allowed, renderer.note = place, self._rules, self._note
        begin_text(renderer, self._document)
        return renderer


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def _is_plain(holder: nodes.Element) -> bool:
    """Return whether there are but words in *holder*, as in most texts: no links, files, formulas or names."""
    return all(
        type(node) is nodes.Text or (type(node) in _PLAIN and not (node["ids"] or node["names"] or node["dupnames"]))  # type: ignore[index]
        for child in holder.children
        for node in child.findall()
    )


def _is_deep(holder: nodes.Element) -> bool:
    """Return whether nodes stand in one another deeper than writers follow with Python's stack."""
    level: list[nodes.Node] = [holder]
    for _ in range(_DEEPEST):
        level = [child for node in level for child in node.children]
        if not level:
            return False
    return True


@contextmanager
def _source(env: BuildEnvironment, document: nodes.document, place: Position) -> Iterator[None]:
    """Let everything made or reported meanwhile stand at *place*, and roles know that a record speaks."""
    with standing_at(document, place.path, place.line):
        env.temp_data[IN_RECORD] = True
        try:
            yield
        finally:
            env.temp_data.pop(IN_RECORD, None)


def _close_up(holder: nodes.Element) -> None:
    """Take out the spaces that YAML makes of line ends within Chinese sentences."""
    for text in list(holder.findall(nodes.Text)):
        if not text.isascii() and not isinstance(text.parent, AS_WRITTEN):
            replace_node(text, [nodes.Text(without_spaces(str(text)))])
