"""Whether the exports are those of the present sources, without making them anew: at 10,000 papers that takes seconds.

Beside the doctrees stands, for each builder, a digest of everything that the exports are made from, and size and time
of every file as it was left.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.citations import library_of
from sphinx_paper_table.host.session import survey_files
from sphinx_paper_table.host.translation import catalogue_files
from sphinx_paper_table.load.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

_PACKAGE: Final = Path(__file__).parent.parent


def exported_inputs(app: Sphinx, site: str) -> str:
    """Return a digest of the sources of all exports; *site* says where it stands and where everything is on it."""
    found = hashlib.blake2b(f"{_code()} {library_of(app.env).entries.digest} {site}".encode())
    surveys = survey_files(app.srcdir, app.config.paper_table_surveys)
    for path in (*surveys, *catalogue_files(app, surveys)):
        found.update(f"\0{path}\0".encode())
        found.update(_content(path))
    return found.hexdigest()


def _content(path: Path) -> bytes:
    """Return what a file says; nothing of one that cannot be read, which is reported elsewhere."""
    try:
        return read_bytes(path)
    except OSError:
        return b""


def _code() -> str:
    """Return what changes with this package: another version, or work on it."""
    return repr(sorted(_stamp(path) for path in _PACKAGE.rglob("*") if path.suffix in {".py", ".mo", ".yaml"}))


def _stamp(path: Path) -> tuple[int, int]:
    """Return size and time of a file; zeros when there is none."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def is_current(record: Path, inputs: str, outdir: Path) -> bool:
    """Return whether *record* is of these inputs and every file is as it was left."""
    try:
        known = json.loads(record.read_text("utf-8"))
        files: dict[str, list[int]] = known["files"]
        return bool(known["inputs"] == inputs) and all(
            _stamp(outdir / address) == (size, time) for address, (size, time) in files.items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # none yet, or damaged
        return False


def note_outputs(record: Path, inputs: str, outdir: Path, addresses: Iterable[str]) -> None:
    """Keep what `is_current` compares."""
    files = {address: _stamp(outdir / address) for address in addresses}
    temporary = record.with_suffix(f".{os.getpid()}")
    temporary.write_text(json.dumps({"inputs": inputs, "files": files}), "utf-8")
    temporary.replace(record)
