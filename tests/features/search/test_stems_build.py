"""Sphinx's index is made of words that were stemmed before, by whatever build."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.support.harness import wait_for_clock
from tests.support.sites import PAGES, small_site

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.harness import Report

STEMMED = re.compile(r"words stemmed: (\d+)")


def stemmed(report: Report) -> int:
    """Return how many words a build has stemmed."""
    found = STEMMED.search(report.log)
    assert found
    return int(found[1])


def test_a_word_is_stemmed_once(tmp_path: Path) -> None:
    site = small_site(tmp_path, {**PAGES, "apart.md": "# Apart\n\nLearning one.\n"}, "")
    assert stemmed(site.build()) > 20
    wait_for_clock()
    site.write("apart.md", "# Apart\n\nLearning one, quaggas.\n")
    again = site.assert_incremental_equals_clean()
    assert stemmed(again) == 1
    assert "quagga" in (site.output() / "searchindex.js").read_text("utf-8")
