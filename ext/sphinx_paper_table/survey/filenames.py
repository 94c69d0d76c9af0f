"""Names of files that come from data: the one place where an id, whatever it says, becomes a part of a path."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from sphinx_paper_table.survey.fields import is_id

MAX_BYTES: Final = 240
"""File systems allow 255 bytes; a file being written has a few more in its name."""
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
"""Devices in every folder of Windows, whatever the ending
(https://learn.microsoft.com/windows/win32/fileio/naming-a-file)."""
_OTHER: Final = re.compile(r"[^a-z0-9]+")


def file_name(name: str, suffix: str) -> str:
    """Return the name of the file with *suffix*, such as ``.bib``, for what is called *name*.

    An id is its own name, as the public contract says. What is no id, too long, or a device of Windows gets a name made
    of its first letters and digits and a hash, with a sign that no id has between them. So no name leads to another
    directory, and no two differ in case alone.
    """
    if is_id(name) and not _RESERVED.match(name) and len(name) + len(suffix) <= MAX_BYTES:
        return name + suffix
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    kept = _OTHER.sub("-", name[:MAX_BYTES].lower()).strip("-")
    return f"{kept[: MAX_BYTES - len(digest) - len(suffix) - 1]}_{digest}{suffix}"
