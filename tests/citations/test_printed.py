"""How every type of entry is printed, by every style and builder; see `printed`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.citations import printed

from sphinx_paper_table.bibliography.entry_types import STAND_INS

if TYPE_CHECKING:
    from pathlib import Path


def test_entries_are_printed_as_the_file_shows(tmp_path: Path) -> None:
    made = printed.complete(tmp_path, printed.kept())
    assert made == printed.FILE.read_text("utf-8"), "python -m tests.citations.printed writes the file; see its diff"


@pytest.mark.parametrize("name", [*printed.STYLES[1:], "author_year"])
def test_every_style_prints_the_same(name: str) -> None:
    assert printed.texts(name) == printed.texts("plain")


def test_the_file_has_every_type() -> None:
    kinds = {kind for kind, _key in printed.HEAD.findall(printed.BIB)}
    assert kinds - {"unheardof"} == STAND_INS.keys() - {"xdata"}
