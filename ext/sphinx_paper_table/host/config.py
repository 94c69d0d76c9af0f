"""The configuration values, each declared once: default, what is accepted, help; the guide's table comes from here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from sphinx.util import logging

from sphinx_paper_table.model.problems import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.config import Config

logger = logging.getLogger(__name__)

LAYOUTS: Final[dict[str, str]] = {
    "tabs": "one tab for each group of the outermost level, cards in it",
    "cards": "a heading and a grid of cards for each group",
    "table": "a table, one row a paper",
    "sections": "a section of the page for each group and each paper",
}
"""How a view can look."""


@dataclass(frozen=True, slots=True)
class Option:
    """One configuration value; *check* returns what is wrong with a value, or the empty string."""

    name: str
    default: Any
    types: tuple[type, ...]
    help: str
    check: Callable[[Any], str]
    rebuild: Literal["", "env", "html"] = "env"


def _patterns(value: Any) -> str:
    if isinstance(value, str) or not all(isinstance(item, str) for item in value):
        return "it must be a list of patterns such as ['surveys/**/*.yaml']"
    outside = [item for item in value if item.startswith("/") or ".." in item.split("/")]
    if outside:
        return f"the pattern '{outside[0]}' leaves the source directory"
    return next((f"'{item}' is not a pattern" for item in value if not _is_pattern(item)), "")


def _is_pattern(item: str) -> bool:
    try:
        next(Path("no such directory").glob(item), None)
    except (ValueError, NotImplementedError, IndexError):
        return False
    return True


def _layout(value: Any) -> str:
    return "" if value in LAYOUTS else f"there is no layout '{value}'; {nearest(str(value), LAYOUTS)}"


OPTIONS: Final = (
    Option(
        "paper_table_surveys",
        ["surveys/**/*.yaml"],
        (list, tuple),
        "The survey and vocabulary files: patterns relative to the source directory.",
        _patterns,
    ),
    Option("paper_table_layout", "tabs", (str,), "The layout of a `paper-table` that names none.", _layout),
)


def setup_config(app: Sphinx) -> None:
    """Declare the configuration values and check them once they are read."""
    for option in OPTIONS:
        app.add_config_value(option.name, option.default, option.rebuild, option.types, option.help)
    app.connect("config-inited", check_config, priority=400)
    app.connect("config-inited", _adopt_bibtex_defaults, priority=400)


def check_config(_app: Sphinx, config: Config) -> None:
    """Warn of every value that is not valid, and use the default in its place."""
    for option in OPTIONS:
        value = config[option.name]
        problem = option.check(value) if isinstance(value, option.types) else f"it must be a {option.types[0].__name__}"
        if problem:
            message = "conf.py: %s = %r is not valid: %s; using %r"
            logger.warning(message, option.name, value, problem, option.default, type="paper_table", subtype="config")
            config[option.name] = option.default


def _adopt_bibtex_defaults(app: Sphinx, config: Config) -> None:
    """Fill in what sphinxcontrib-bibtex would refuse to work without, and the anchors that our contract promises."""
    if config.bibtex_bibfiles is None:
        config.bibtex_bibfiles = ["refs.bib"] if (app.confdir / "refs.bib").is_file() else []
    if not config.bibtex_cite_id:
        config.bibtex_cite_id = "cite-{key}"
