"""Options that are used while pages are read: all pages are read again when one of them changes.

sphinxcontrib-bibtex 2.7 declares them as options of the output, so that Sphinx only writes the pages again: ids, styles
and headers stay as they were in bibliographies that are not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_USED: Final = (
    "bibtex_bibliography_header",
    "bibtex_bibliography_id",
    "bibtex_cite_id",
    "bibtex_default_style",
    "bibtex_footbibliography_header",
    "bibtex_footbibliography_id",
    "bibtex_footcite_id",
)


def pages_to_reread(
    app: Sphinx,
    env: BuildEnvironment,
    added: AbstractSet[str],
    changed: AbstractSet[str],
    removed: AbstractSet[str],
) -> list[str]:
    """Return all known pages when an option has changed since they were read (``env-get-outdated``)."""
    data = env.get_domain("cite").data
    current = {name: str(app.config[name]) for name in _USED}
    before, data["settings"] = data["settings"], current
    return sorted(env.all_docs.keys() & env.found_docs) if before not in (None, current) else []
