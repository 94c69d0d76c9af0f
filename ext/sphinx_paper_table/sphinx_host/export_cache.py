"""Whether the exports are those of the present sources, without making them anew: at 10,000 papers that takes seconds.

Beside the doctrees stands, for each builder, a digest of everything that the exports are made from, and size and time
of every file as it was left.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.citations import library_of
from sphinx_paper_table.sphinx_host.session import session_of
from sphinx_paper_table.store import content_digest, folder_digest, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

_PACKAGE: Final = Path(__file__).parent.parent
_CODE: Final = (".py", ".mo", ".yaml", ".txt", ".json")


def exported_inputs(app: Sphinx, site: str) -> str:
    """Return a digest of the sources of all exports; *site* says where it stands and where everything is on it."""
    made_from = library_of(app.env).entries.digest, session_of(app.env).sources
    return content_digest(repr((folder_digest(_PACKAGE, _CODE), made_from, site)).encode())


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
    write_atomically(record, json.dumps({"inputs": inputs, "files": files}).encode())
