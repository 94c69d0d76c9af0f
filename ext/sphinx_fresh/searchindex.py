"""The search index of an incremental build, made equal to that of a clean one.

Sphinx loads the index of the previous build and takes out the pages that it writes again. That leaves terms
that no page has any more (``"term":[]``), and loses the index entries of all pages not written:
`IndexBuilder.load` does not read them back. Both are repaired in the loaded index just before it is dumped.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from .compat import index_entries, index_terms, indexed_pages, knows_index, load_index, prune_titles_only

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.builders import Builder

    from .record import Record

_logger = logging.getLogger(__name__)


def index_path(builder: Builder) -> Path | None:
    """Path of the search index that *builder* dumps; None when it has none."""
    name = getattr(builder, "searchindex_filename", None)
    return builder.outdir / name if name and getattr(builder, "search", False) else None


def is_usable(path: Path) -> bool:
    """Whether Sphinx can load the index: a truncated one loses every page that is not written."""
    try:
        text = path.read_text(encoding="utf-8")
        loaded = load_index(text) if path.suffix == ".js" else json.loads(text)
    except (OSError, ValueError):
        return path.suffix not in {".js", ".json"} and path.is_file()
    return isinstance(loaded, dict) and "docnames" in loaded


def repair(builder: Builder, record: Record, known: set[str]) -> None:
    """Bring the loaded index of *builder* into the state that writing all *known* pages gives."""
    indexer = getattr(builder, "indexer", None)
    if indexer is None:
        return
    if not knows_index(indexer):
        _logger.warning(
            "the search index of this Sphinx is not known to sphinx_fresh and may keep "
            "traces of earlier builds; delete the output directory for an exact one",
            type="fresh",
            subtype="search_index",
        )
        return
    if not known.issuperset(indexed_pages(indexer)):  # Sphinx has left out what it writes
        indexer.prune(known)
    for mapping in index_terms(indexer):
        for term in [term for term, pages in mapping.items() if not pages]:
            del mapping[term]
    prune_titles_only(indexer, known)
    _restore_entries(indexer, record)


def _restore_entries(indexer: Any, record: Record) -> None:
    current = index_entries(indexer)
    entries = {
        docname: current[docname]
        if docname in current
        else [(*entry,) for entry in record.index_entries.get(docname, ())]
        for docname in indexed_pages(indexer)
    }
    current.clear()
    current.update(entries)
    record.index_entries = {docname: kept for docname, kept in entries.items() if kept}
