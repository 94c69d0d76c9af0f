"""Options that are used while pages are read: all pages are read again when one of them changes.

sphinxcontrib-bibtex 2.7 declares them as options of the output, so that Sphinx only writes the pages again: ids, styles
and headers stay as they were in bibliographies that are not read.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.util import logging

from sphinx_paper_table.citations.style_registry import FALLBACK, is_style, styles
from sphinx_paper_table.citations.styles import FORMATTING
from sphinx_paper_table.compat.sphinxcontrib_bibtex import is_reference_style
from sphinx_paper_table.survey.characters import visible
from sphinx_paper_table.survey.problems import nearest

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)
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


def check_styles(app: Sphinx, config: Config) -> None:
    """Replace styles that there are not (``config-inited``)."""
    for option in ("bibtex_default_style", "bibtex_tooltips_style"):
        style = config[option]
        if style and not is_style(style):
            hint = nearest(str(style), {*styles(), FORMATTING})
            message = f"{option}: there is no style '{style}'; {hint}; '{FALLBACK}' is used"
            place = _place_of(option, Path(app.confdir, "conf.py"))
            logger.warning("%s", visible(message), location=place, type="bibtex", subtype="style_error")
            config[option] = FALLBACK
    for option, fallback in (("bibtex_reference_style", "label"), ("bibtex_foot_reference_style", "foot")):
        if not (config.citations_compatible or is_reference_style(config[option])):
            message = f"{option}: there is no style '{config[option]}'; '{fallback}' is used"
            place = _place_of(option, Path(app.confdir, "conf.py"))
            logger.warning("%s", visible(message), location=place, type="bibtex", subtype="style_error")
            config[option] = fallback


def _place_of(option: str, conf: Path) -> str:
    """Return the line of conf.py that sets an option, else the first."""
    lines = conf.read_text("utf-8", "replace").splitlines() if conf.is_file() else []
    return f"{conf}:{next((number for number, line in enumerate(lines, 1) if line.startswith(option)), 1)}"
