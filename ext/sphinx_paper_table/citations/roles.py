"""The ``cite`` roles without the counting: references are taken from the doctree, see `domain`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.util import logging

from sphinx_paper_table.compat.sphinxcontrib_bibtex import CiteRole, parse_citation_targets
from sphinx_paper_table.survey.characters import visible
from sphinx_paper_table.survey.citation_lists import cited_keys, list_fault
from sphinx_paper_table.survey.problems import Code

if TYPE_CHECKING:
    from docutils.nodes import Node, system_message
    from sphinx.environment import BuildEnvironment

    from sphinx_paper_table.compat.sphinxcontrib_bibtex import CitationTarget

logger = logging.getLogger(__name__)
IN_RECORD: Final = "paper_table_in_record"
"""Set in ``env.temp_data`` while a record's text is parsed: what it names was checked when it was loaded."""


def targets_of(text: str, location: tuple[str, int] | str) -> list[CitationTarget]:
    """Return the keys with their notes that the *text* of a role has; none, with a warning, if it is no list of them.

    The stock package would raise an exception.
    """
    if cited_keys(text):
        return list(parse_citation_targets(text))
    message, hint = map(visible, list_fault(text))
    kind = str(Code.UNKNOWN_CITATION)
    logger.warning("%s; %s", message, hint, location=location, type="paper_table", subtype=kind)
    return []


class EngineCiteRole(CiteRole):
    """A citation."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Show what is no list of keys as it is written."""
        is_checked = IN_RECORD in self.env.temp_data
        if not (cited_keys(self.target) if is_checked else targets_of(self.target, self.get_location())):
            return [nodes.literal(self.rawtext, self.text)], []
        return super().run()

    def result_nodes(
        self,
        document: nodes.document,
        env: BuildEnvironment,
        node: nodes.Element,
        is_ref: bool,  # noqa: FBT001 (Sphinx's signature)
    ) -> tuple[list[Node], list[system_message]]:
        """Give the reference its domain and an id; the stock role also counts it, once more for each translation."""
        if not node.get("refdomain"):
            node["refdomain"], node["reftype"] = "cite", "p"
        document.note_explicit_target(node, node)
        return [node], []
