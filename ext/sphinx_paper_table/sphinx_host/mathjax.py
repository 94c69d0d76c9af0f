r"""MathJax with its own guard, on sites that use it: it typesets whatever text of a page looks like TeX.

Formulas of records are checked when they are parsed, but MathJax finds ``\\(…\\)`` in names and titles too, where no
parser saw a formula. Its extension ``ui/safe`` lets no TeX link to anything that runs, or style more than itself:
https://docs.mathjax.org/en/latest/options/safe.html.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_GUARD: Final = "ui/safe"
_PROTOCOLS: Final = {"http": True, "https": True, "file": False, "javascript": False, "data": False}


def guard_mathjax(app: Sphinx) -> None:
    """Add the guard to the project's configuration of MathJax, unless that configures the guard itself."""
    if getattr(app.builder, "math_renderer_name", None) != "mathjax" or app.config.mathjax2_config:
        return
    name = "mathjax3_config" if app.config.mathjax3_config and not app.config.mathjax4_config else "mathjax4_config"
    config: dict[str, Any] = deepcopy(app.config[name]) or {}
    options = config.setdefault("options", {})
    if "safeOptions" not in options:
        options["safeOptions"] = {"safeProtocols": dict(_PROTOCOLS)}
        loaded = config.setdefault("loader", {}).setdefault("load", [])
        if _GUARD not in loaded:
            loaded.append(_GUARD)
        app.config[name] = config


def setup_mathjax(app: Sphinx) -> None:
    """Connect, behind MyST, which sets its own options at the same event."""
    app.connect("builder-inited", guard_mathjax, priority=800)
