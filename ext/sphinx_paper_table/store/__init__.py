"""Whatever is derived and kept on disk between builds: written whole, checked when read, made anew when it is unfit.

The lowest layer: it knows neither Sphinx nor surveys. `Cache` is a file of pickled values, `Memo` a function whose
results stand in one, `Values` a file of many values of which few are held, `keys` says when they are those of the
present program and `write_atomically` replaces any file. `Packed` is a list within Sphinx's environment that is
unpickled when somebody looks into it.
"""

from __future__ import annotations

from sphinx_paper_table.store.cache import Cache
from sphinx_paper_table.store.files import write_atomically, write_if_new
from sphinx_paper_table.store.keys import (
    cache_key,
    content_digest,
    files_digest,
    folder_digest,
    installed_versions,
    program_digest,
    shape_of,
    source_digest,
    version_of,
)
from sphinx_paper_table.store.memo import Memo
from sphinx_paper_table.store.packed import Packed
from sphinx_paper_table.store.values import Values

__all__ = [
    "Cache",
    "Memo",
    "Packed",
    "Values",
    "cache_key",
    "content_digest",
    "files_digest",
    "folder_digest",
    "installed_versions",
    "program_digest",
    "shape_of",
    "source_digest",
    "version_of",
    "write_atomically",
    "write_if_new",
]
