"""What the build of the wheel makes of the scripts and style sheets."""

from __future__ import annotations

import runpy
from functools import cache

from tests.support.sites import ROOT


@cache
def minified() -> dict[str, str]:
    """Return their texts by their paths in the wheel, as its build hook makes them."""
    return dict(runpy.run_path(str(ROOT / "hatch_build.py"))["minified"](ROOT / "ext"))
