"""References in the text by what a style names: authors, title, year; by the key where an entry has none of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pybtex.database import Entry, Person
from sphinx.util import logging

from sphinx_paper_table.bibliography.for_styles import text_for_styles
from sphinx_paper_table.compat.pybtex import FieldIsMissing, PybtexSyntaxError
from sphinx_paper_table.compat.sphinxcontrib_bibtex import format_references
from sphinx_paper_table.survey.characters import visible

if TYPE_CHECKING:
    from docutils import nodes
    from pybtex.backends import BaseBackend

logger = logging.getLogger(__name__)


def rendered(
    style: Any, typ: str, references: list[tuple[Any, Any, Any]], backend: BaseBackend, location: Any
) -> list[nodes.Node]:
    """Return the nodes of *references*: entries, how they are printed, where they lead.

    An entry that lacks what the role *typ* of *style* prints is printed as its key, with a warning at *location*.
    """
    named = [(_nameable(style, typ, reference, backend, location), *reference[1:]) for reference in references]
    found: list[nodes.Node] = format_references(style, typ, named).render(backend)
    return found


def _nameable(style: Any, typ: str, reference: tuple[Any, Any, Any], backend: BaseBackend, location: Any) -> Any:
    """Return the entry of *reference*, or its key as one where the style cannot print it."""
    entry, formatted, _info = reference
    try:
        format_references(style, typ, [reference])
    except (FieldIsMissing, PybtexSyntaxError) as error:
        message, hint = visible(str(error)), "references in this style name it; it is cited by its key"
        logger.warning("%s; %s", message, hint, location=location, type="bibtex", subtype="missing_field")
        return _by_key(formatted.key, entry)
    return entry


def _by_key(key: str, entry: Entry) -> Entry:
    """Return *entry* as one that every style can print: the key is in the place of authors and title."""
    name = Person()
    name.last_names = [text_for_styles(f"{{{key}}}")]
    return Entry("misc", fields={"title": key, "year": entry.fields.get("year", "")}, persons={"author": [name]})
