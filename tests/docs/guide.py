"""The guide and its examples, as tests read them."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from collections.abc import Mapping


ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide"
EXAMPLES = GUIDE / "examples"
FENCE = re.compile(r"^( *)(`{3,})(\w+)\n(.*?)^\1\2$", re.MULTILINE | re.DOTALL)


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def words(page: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(item.get_text().replace("¶", "").split()) for item in page.select(selector)]


def table(page: BeautifulSoup, anchor: str) -> Mapping[str, list[str]]:
    """Return the rows of the first table behind an anchor by their first cell."""
    (start,) = page.select(f"#{anchor}")
    found = start.find_next("table")
    assert found is not None
    rows = [[" ".join(cell.get_text().split()) for cell in row.select("td")] for row in found.select("tbody tr")]
    return {row[0]: row for row in rows}


def blocks(path: Path) -> list[tuple[str, str]]:
    """Return language and text of the code blocks of a document."""
    found = FENCE.findall(path.read_text(encoding="utf-8"))
    return [(language, textwrap.dedent(text)) for _indent, _fence, language, text in found]
