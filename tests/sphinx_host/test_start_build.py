"""What a build loads before it knows whether anybody asks for it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Final

from tests.support.sites import small_site

if TYPE_CHECKING:
    from pathlib import Path

_LOADED: Final = """
import sys
from sphinx.cmd.build import main
assert main(sys.argv[1:]) == 0  # as `Site` builds, a process of its own
print(*sys.modules, sep="\\n")
"""
_FOR_RECORDS: Final = {"pydantic", "leather", "latex2mathml", "rispy"}
_OURS: Final = {
    *("sphinx_paper_table.exports.files", "sphinx_paper_table.exports.records", "sphinx_paper_table.reading.loader"),
    *("sphinx_paper_table.reading.page_markup", "sphinx_paper_table.sphinx_host.mathml"),
}


def test_a_build_of_nothing_loads_neither_the_reader_of_records_nor_what_writes_exports(tmp_path: Path) -> None:
    """Failed before: seventy modules were loaded for nothing."""
    site = small_site(tmp_path)
    site.build()
    arguments = site.arguments("html", 1, site.output(), site.doctrees)
    done = subprocess.run([sys.executable, "-c", _LOADED, *arguments], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & (_FOR_RECORDS | _OURS)
    assert "sphinx_paper_table.sphinx_host.outputs" in loaded
