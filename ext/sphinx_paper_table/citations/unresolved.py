"""Citations that lead nowhere: why, how to mend it, and what a reader sees in their place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.util import logging

from sphinx_paper_table.citations.library import library_of
from sphinx_paper_table.survey.characters import visible
from sphinx_paper_table.survey.problems import nearest

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
    message = f'could not find bibtex key "{visible(key)}"'
    if env.config.citations_compatible:
        logger.warning("%s", message, location=location, type="bibtex", subtype="key_not_found")
        return
    if file is not None:
        message += f" in a list: {Path(file).name} has it, but no bibliography lists it"
        hint = "add a bibliography whose filter admits it"
    elif any(keys for keys in library.keys):
        hint = nearest(key, (known for keys in library.keys for known in keys))
    else:
        hint = "the files of bibtex_bibfiles have no entry"
    logger.warning("%s; %s", message, hint, location=location, type="bibtex", subtype="key_not_found")


def unresolved_mark(target: CitationTarget) -> nodes.inline:
    """Return what stands on the page for a citation that leads nowhere: "[key?]", with the notes that it has."""
    before = f"{target.pre} " if target.pre else ""
    behind = f", {target.post}" if target.post else ""
    return nodes.inline("", f"[{before}{target.key}?{behind}]", classes=["unresolved-citation"])
