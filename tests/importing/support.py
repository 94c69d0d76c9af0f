"""Collections from text, for tests of their formats."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_paper_table.importing.formats import read_collection
from sphinx_paper_table.importing.sources import ReadOptions, SourceFile

if TYPE_CHECKING:
    from sphinx_paper_table.importing.collection import Collection, Group


def collection(name: str, text: str, groups: str = "", format_name: str = "") -> Collection:
    """Return what the file *name* tells, whose format is found out."""
    source = SourceFile(Path("nowhere") / name, name, text)
    return read_collection(source, ReadOptions(groups=groups), format_name)[1]


def shape(groups: tuple[Group, ...]) -> list[object]:
    """Return the names of groups with the keys of their works and the groups within."""
    return [(group.name, [work.key for work in group.works], *shape(group.groups)) for group in groups]
