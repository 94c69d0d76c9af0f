"""Citations that lead nowhere: why, how to mend it, and what a reader sees in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.util import logging

from sphinx_paper_table.citations.library import library_of
from sphinx_paper_table.reading.page_citations import WARNING, unresolved
from sphinx_paper_table.survey.characters import visible

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from sphinx_paper_table.compat.sphinxcontrib_bibtex import CitationTarget

logger = logging.getLogger(__name__)
REPORTED: Final = "reported_keys"
"""The attribute of a reference for keys of which a better message says already that no file has them."""


def report_unresolved(env: BuildEnvironment, key: str, location: nodes.Node | tuple[str, int]) -> None:
    """Say which of the two it is: a key that no file has, or one that no bibliography lists."""
    library = library_of(env)
    name = library.aliases.get(key, key)
    file = next((path for path, keys in library.files.items() if name in keys), None)
    if env.config.citations_compatible:
        message = f'could not find bibtex key "{visible(key)}"'
    else:
        message = "; ".join(unresolved(key, str(file or ""), [known for keys in library.keys for known in keys]))
    kind, _, subtype = WARNING.partition(".")
    logger.warning("%s", message, location=location, type=kind, subtype=subtype)


def unresolved_mark(target: CitationTarget) -> nodes.inline:
    """Return what stands on the page for a citation that leads nowhere: "[key?]", with the notes that it has."""
    before = f"{target.pre} " if target.pre else ""
    behind = f", {target.post}" if target.post else ""
    return nodes.inline("", f"[{before}{target.key}?{behind}]", classes=["unresolved-citation"])
