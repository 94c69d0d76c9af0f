"""The ``cite`` roles without the counting: references are taken from the doctree, see `domain`; and ``footcite``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinxcontrib.bibtex.foot_roles import FootCiteRole
from sphinxcontrib.bibtex.roles import CiteRole

if TYPE_CHECKING:
    from docutils import nodes
    from docutils.nodes import Node, system_message
    from sphinx.environment import BuildEnvironment


class EngineCiteRole(CiteRole):
    """A citation."""

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
        return super().run()
