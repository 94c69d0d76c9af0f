"""The inventory of objects, which Sphinx sorts and compresses at every build: left alone while it would be the same.

`StandaloneHTMLBuilder.dump_inventory` (sphinx/builders/html) takes half a second for 50,000 objects. Can go when it
compares first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .compat import INVENTORY_FILENAME, skip_dump
from .digest import digest
from .record import file_stamp

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from .record import Record
    from .xref_answers import Objects


def inventory_digest(env: BuildEnvironment, inputs: str, objects: Objects) -> str:
    """Digest of all that the inventory says, that of *objects*; *inputs* are those of every page."""
    return digest(inputs, env.config.project, env.config.version, objects.digest)


def keep_inventory(builder: Builder, record: Record, wanted: str) -> None:
    """Let *builder* leave the inventory alone when it is as it was left, and *wanted* is what *record* has of it."""
    outdir = builder.outdir
    if record.inventory == wanted and record.stamps.get(INVENTORY_FILENAME) == file_stamp(outdir, INVENTORY_FILENAME):
        skip_dump(builder, "dump_inventory")
    record.inventory = wanted


def note_inventory(record: Record, outdir: Path) -> None:
    """Remember how the inventory was left."""
    stamp = file_stamp(outdir, INVENTORY_FILENAME)
    if stamp is not None:
        record.stamps[INVENTORY_FILENAME] = stamp
