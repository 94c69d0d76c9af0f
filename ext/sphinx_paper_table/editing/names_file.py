"""New lines for the file of public names, each in its place; what somebody has written there stays."""

from __future__ import annotations

from bisect import bisect
from typing import TYPE_CHECKING

from sphinx_paper_table.exports.names import PublicName, recorded_names
from sphinx_paper_table.survey.edits import TextEdit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_paper_table.editing.documents import Document


def edits_of(document: Document, new: Iterable[PublicName]) -> Iterator[TextEdit]:
    """Yield the edits that put *new* names before the recorded ones that follow them in the alphabet."""
    text = document.text
    recorded = sorted(recorded_names(text).items())
    lines: dict[int, list[PublicName]] = {}
    for name in new:
        place = bisect(recorded, name, key=lambda item: item[0])
        line = recorded[place][1] if place < len(recorded) else 0
        lines.setdefault(line, []).append(name)
    starts = [0]
    for written in text.split("\n"):
        starts.append(starts[-1] + len(written) + 1)
    for line, names in lines.items():
        place = starts[line - 1] if line else len(text)
        lead = "\n" if not line and text and not text.endswith("\n") else ""
        yield TextEdit(document.name, place, place, lead + "".join(f"{name}\n" for name in sorted(names)))
