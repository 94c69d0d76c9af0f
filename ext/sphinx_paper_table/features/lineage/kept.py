"""Drawings of lineages, kept by what is in them: choosing rows and ways takes seconds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.util import logging

from sphinx_paper_table.cards.drawing import text_width
from sphinx_paper_table.features.lineage.timeline import Drawing, draw
from sphinx_paper_table.store import Cache, cache_key, content_digest, folder_digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_paper_table.features.lineage.query import Lineage

logger = logging.getLogger(__name__)

FOLDER: Final = "drawings"
"""Beside the doctrees: a file for each place of a drawing, which another drawing there replaces."""


def kept_drawing(lineage: Lineage, labels: Sequence[str], doctrees: Path, place: str) -> Drawing:
    """Return the drawing of *lineage* with *labels* in its boxes: as it was kept for *place*, else drawn now."""
    widths = tuple(map(text_width, labels))
    dates = [(member.paper, member.date, member.lane) for member in lineage.members]
    facts = repr((widths, dates, lineage.edges, lineage.lanes, bool(lineage.groups)))
    key = cache_key(Drawing, more=(folder_digest(Path(__file__).parent, (".py",)), facts))
    path = doctrees / FOLDER / content_digest(place.encode())
    path.parent.mkdir(parents=True, exist_ok=True)
    cache = Cache(path, key, logger.info)
    found: Drawing | None = cache.load(0)
    if found is None:
        found = draw(lineage, labels)
        cache.save(found)
    return found
