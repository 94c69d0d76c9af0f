"""What readers see besides cards: a folder a feature. Features never import each other.

A feature is added or removed with its folder and its name in `FEATURES`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FEATURES: Final = (
    "index",
    "lineage",
    "results",
    "comparison",
    "figure",
    "survey_cards",
    "survey_header",
    "sources",
    "references",
    "todo",
    "previews",
    "languages",
    "feed",
    "discovery",
    "markdown",
    "search",
)


def records() -> list[type]:
    """Return what the nodes of all features hold."""
    found = (import_module(f"{__name__}.{name}") for name in FEATURES)
    return [record for feature in found for record in getattr(feature, "RECORDS", ())]


def setup(app: Sphinx) -> None:
    """Register every feature."""
    for name in FEATURES:
        import_module(f"{__name__}.{name}").setup(app)
