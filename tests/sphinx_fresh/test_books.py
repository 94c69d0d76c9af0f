"""EPUB: what is kept in the output directory for the next build does not enter the book, and is no warning."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from tests.support.harness import Site

if TYPE_CHECKING:
    from pathlib import Path

CONF = """\
extensions = ["sphinx_paper_table.fresh"]
project = copyright = "Book"
version = "1"
epub_exclude_files = ["left.out"]
"""


def test_a_second_book_of_changed_pages_and_configuration_has_no_warning(tmp_path: Path) -> None:
    site = Site(tmp_path, conf=CONF, files={"index.rst": "Home\n====\n\nText.\n"})
    assert "WARNING" not in site.build("epub").log
    site.write("index.rst", "Home\n====\n\nOther text.\n")
    site.write("conf.py", CONF + 'html_title = "New"\nepub_title = "New"\n')
    assert "WARNING" not in site.build("epub").log
    (book,) = tmp_path.rglob("*.epub")
    names = zipfile.ZipFile(book).namelist()
    assert "index.xhtml" in names
    assert [name for name in names if "fresh" in name or "buildinfo" in name] == []
