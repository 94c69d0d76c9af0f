"""Formulas as MathML: whatever cannot be converted is shown as text, and never ends a build."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.support.sites import DOCS, small_site, soup, warnings

if TYPE_CHECKING:
    from pathlib import Path

CONF = f"""
import sys
sys.path.insert(0, {str(DOCS / "_ext")!r})
extensions.append("mathml")
html_math_renderer = "mathml"
"""
FORMULAS = (r"\foo<img src=x onerror=alert(1)>", r"\foo &lt;", "^", "_x^y", "&", r"\limits", r"\text{<b onclick=x>}")


def test_formulas_that_make_no_sense_are_text(tmp_path: Path) -> None:
    """A page's own prose is its author's; a formula in it is text all the same."""
    page = "# Page\n\n" + "\n\n".join(f"{{math}}`{formula}`" for formula in FORMULAS)
    site = small_site(tmp_path, {"index.md": page}, CONF)
    report = site.build("html")
    assert "Traceback" not in report.log
    said = [line for line in warnings(report, site.source) if "[mathml.tex]" in line]
    assert len(said) == len(FORMULAS) - 1
    assert all(re.match(r"index\.md:\d+: ", line) for line in said)
    html = soup(site.output() / "index.html")
    assert not html.select("[onerror], [onclick]")
    assert [code.get_text() for code in html.select("p > code")] == list(FORMULAS[:-1])
