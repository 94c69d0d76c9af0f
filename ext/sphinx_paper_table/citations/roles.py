"""The ``cite`` roles without the counting: references are taken from the doctree, see `domain`; and ``footcite``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util import logging

from sphinx_paper_table.compat.sphinxcontrib_bibtex import CiteRole, FootCiteRole, parse_citation_targets
from sphinx_paper_table.survey.problems import Code

if TYPE_CHECKING:
    from docutils.nodes import Node, system_message
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)


class EngineCiteRole(CiteRole):
    """A citation."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Show what is no list of keys as it is written; the stock package would raise an exception."""
        try:
            list(parse_citation_targets(self.target))
        except (ValueError, RecursionError):
            message = f"'{' '.join(self.target[:80].split())}' is not a list of BibTeX keys"
            hint = "write keys with commas between them, and notes in braces: {see}key{p. 3}"
            logger.warning(
                "%s; %s",
                message,
                hint,
                location=self.get_location(),
                type="paper_table",
                subtype=str(Code.UNKNOWN_CITATION),
            )
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


class EngineFootCiteRole(FootCiteRole):
    """A citation with its reference in a footnote."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Let the page depend on the files, also when they lack the key: it may come later."""
        domain: Any = self.env.get_domain("cite")
        for path in domain.bibdata.bibfiles:
            self.env.note_dependency(str(path))
        found, messages = super().run()
        if not self.config.citations_compatible:
            keys = [key.strip() for key in self.text.split(",")]
            found += [nodes.inline("", f"[{key}?]") for key in keys if key not in domain.bibdata.data.entries]
        return found, messages
