"""How much of other pages a page shows outside its own text: a matter of the theme and of ``html_sidebars``.

What is known of themes is data, in ``themes.toml``. A project's own templates are looked at: one that mentions neither
a toctree nor another template shows nothing of other pages.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from .compat import patmatch, theme_sidebars
from .global_inputs import files_under
from .navigation import LEVELS, Level
from .store import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinx.application import Sphinx

_SHARED: Final = "basic"
_SHOWS_MORE: Final = re.compile(r"toctree|navigation|globaltoc|sidebar|include|import")


def navigation_levels(app: Sphinx) -> Callable[[str], Level]:
    """Return a function that gives the level of a page, from ``fresh_navigation`` or from its sidebars."""
    wanted = app.config.fresh_navigation
    if app.builder.format != "html":
        return lambda _docname: "none"
    if wanted != "auto":
        return lambda _docname: cast("Level", wanted)
    sidebars = _Sidebars(app)
    return sidebars.level


class _Sidebars:
    """The sidebars of one project."""

    def __init__(self, app: Sphinx) -> None:
        theme = _themes().get(app.config.html_theme, {})
        own = [Path(app.confdir, entry) for entry in app.config.templates_path]
        texts = {path.relative_to(root).as_posix(): read_text(path) for root in own for path in files_under(root)}
        self._known: dict[str, Level] = {**_themes()[_SHARED]["sidebars"], **theme.get("sidebars", {})}
        self._known |= {name: "sections" if _SHOWS_MORE.search(text) else "none" for name, text in texts.items()}
        used = {name for names in app.config.html_sidebars.values() for name in names}
        pages = [self._known[name] for name in texts if name not in used]
        self._page = _highest([theme.get("page", "sections"), *pages])
        self._default = self._level_of(theme_sidebars(app.builder))
        self._patterns = [(pattern, self._level_of(names)) for pattern, names in app.config.html_sidebars.items()]

    def _level_of(self, sidebars: Iterable[str] | None) -> Level:
        if sidebars is None:
            return "sections"
        return _highest([self._page, *(self._known.get(name, "sections") for name in sidebars)])

    def level(self, docname: str) -> Level:
        """Return what *docname* shows; where several patterns match, what any of them shows."""
        matching = [level for pattern, level in self._patterns if patmatch(docname, pattern)]
        return _highest(matching) if matching else self._default


def _highest(levels: Iterable[Level]) -> Level:
    return max(levels, key=LEVELS.index)


@cache
def _themes() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("themes.toml").read_text("utf-8"))
