"""Style sheets take their colours from the theme: a colour of their own is at most what a variable falls back to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest
from tests.support.sites import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SHEETS: Final = sorted(set((ROOT / "ext").rglob("*.css")) - set((ROOT / "ext").rglob("paper_print.css")))
"""All but that for paper, which is white."""
COLOUR: Final = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|hwb|lab|lch|oklab|oklch)\(|"
    r"(?<![-\w])(?:white|black|gr[ae]y|red|green|blue|yellow|orange|purple|silver|navy|teal)(?![-\w])",
    re.IGNORECASE,
)
OWN: Final = {
    "hues that groups are told apart by": re.compile(r"--pt-hue: [^;]+;"),
    "marks of found words, dark on light in every theme": re.compile(r"::highlight\(pt-found\) \{[^}]*\}"),
    "shadows, which are dark in every theme": re.compile(r"box-shadow: [^;]+;"),
}


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_colours_are_those_of_the_theme(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    for own in OWN.values():
        text = own.sub("", text)
    assert [line.strip() for line in text.splitlines() if COLOUR.search(re.sub(r"var\([^()]*\)", "", line))] == []
