"""The search index of an incremental build, made equal to that of a clean one.

Sphinx loads the index of the previous build and takes out the pages that it writes again. That leaves terms
that no page has any more (``"term":[]``), and loses the index entries of all pages not written:
`IndexBuilder.load` does not read them back. Both are repaired in the loaded index just before it is dumped.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sphinx.search import js_index
from sphinx.util import logging

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.builders import Builder

    from .record import IndexEntry, Record

_logger = logging.getLogger(__name__)

#: Private attributes of `sphinx.search.IndexBuilder` used here; read in Sphinx 9.0 and 9.1.
_PARTS = ("_mapping", "_title_mapping", "_titles", "_index_entries")


def index_path(builder: Builder) -> Path | None:
    """Where *builder* dumps its search index, if it has one."""
    name = getattr(builder, "searchindex_filename", None)
    return builder.outdir / name if name and getattr(builder, "search", False) else None


def is_usable(path: Path) -> bool:
    """Whether Sphinx can load the index: a truncated one loses every page that is not written."""
    try:
        text = path.read_text(encoding="utf-8")
        loaded = js_index.loads(text) if path.suffix == ".js" else json.loads(text)
    except (OSError, ValueError):
        return path.suffix not in {".js", ".json"} and path.is_file()
    return isinstance(loaded, dict) and "docnames" in loaded


def repair(builder: Builder, record: Record, known: set[str]) -> None:
    """Bring the loaded index of *builder* into the state that writing all *known* pages gives."""
    indexer = getattr(builder, "indexer", None)
    if indexer is None:
        return
    if any(not hasattr(indexer, part) for part in _PARTS):
        _logger.warning(
            "the search index of this Sphinx is not known to sphinx_fresh and may keep "
            "traces of earlier builds; delete the output directory for an exact one",
            type="fresh",
            subtype="search_index",
        )
        return
    indexer.prune(known)
    for mapping in (indexer._mapping, indexer._title_mapping):  # noqa: SLF001
        for term in [term for term, pages in mapping.items() if not pages]:
            del mapping[term]
    _restore_entries(indexer, record)


def _restore_entries(indexer: Any, record: Record) -> None:
    fed: dict[str, list[IndexEntry]] = dict(indexer._index_entries)  # noqa: SLF001
    entries = {
        docname: fed[docname] if docname in fed else _entries(record, docname)
        for docname in sorted(indexer._titles)  # noqa: SLF001
    }
    indexer._index_entries.clear()  # noqa: SLF001
    indexer._index_entries.update(entries)  # noqa: SLF001
    record.index_entries = {docname: found for docname, found in entries.items() if found}


def _entries(record: Record, docname: str) -> list[IndexEntry]:
    return [(entry, anchor, main) for entry, anchor, main in record.index_entries.get(docname, [])]
