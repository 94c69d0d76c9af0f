"""The ``cite`` roles without the counting: references are taken from the doctree, see `domain`."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.util import logging

from sphinx_paper_table.compat.sphinxcontrib_bibtex import CiteRole, parse_citation_targets
from sphinx_paper_table.survey.characters import visible
from sphinx_paper_table.survey.problems import Code

if TYPE_CHECKING:
    from docutils.nodes import Node, system_message
    from sphinx.environment import BuildEnvironment

    from sphinx_paper_table.compat.sphinxcontrib_bibtex import CitationTarget

logger = logging.getLogger(__name__)
_NOTE: Final = re.compile(r"\{[^{}]*\}")
_EMPTY_NOTE: Final = re.compile(r"\{\s*\}")


def targets_of(text: str, location: tuple[str, int] | str) -> list[CitationTarget]:
    """Return the keys with their notes that the *text* of a role has; none, with a warning, if it is no list of them.

    The stock package would raise an exception.
    """
    try:
        return list(parse_citation_targets(text))
    except (ValueError, RecursionError):
        message = f"'{visible(' '.join(text[:80].split()))}' is not a list of BibTeX keys"
        hint = f"{_cause(text)}; write keys with commas between them, and notes in braces: {{see}}key{{p. 3}}"
        kind = str(Code.UNKNOWN_CITATION)
        logger.warning("%s: %s", message, hint, location=location, type="paper_table", subtype=kind)
    return []


def _cause(text: str) -> str:
    """Return what is wrong with the text of a role."""
    depths = list(accumulate({"{": 1, "}": -1}.get(sign, 0) for sign in text))
    parts = _NOTE.sub("{}", text).split(",")
    causes = {
        "it has no key": not text.strip(" ,"),
        "a brace is missing": min(depths) < 0 or depths[-1],
        "braces stand in a note": max(depths) > 1,
        "a note is empty": _EMPTY_NOTE.search(text),
        "there is a comma too many": not all(part.strip() for part in parts),
        "a note has no key": not all(part.strip("{} ") for part in parts),
    }
    return next((cause for cause, holds in causes.items() if holds), "a comma between two keys is missing")


class EngineCiteRole(CiteRole):
    """A citation."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Show what is no list of keys as it is written."""
        if not targets_of(self.target, self.get_location()):
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
