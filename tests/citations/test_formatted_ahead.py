"""With several processes, references are formatted by all of them, and say the same."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from tests.citations.support import BIB, KEYS, Project, bibliography, contents, rst

if TYPE_CHECKING:
    from pathlib import Path

MANY: Final = 430
ENTRIES: Final = "".join(f"@misc{{m{number}, title = {{The {number}th}}, year = {{2000}}}}\n" for number in range(MANY))
SITE: Final = {
    "index.rst": rst("Start", contents("own"), bibliography("all:")),
    "own.rst": rst(
        "Own", ":cite:p:`m7`", bibliography("filter: docname in docnames", "style: unsrt", "labelprefix: O")
    ),
}


def test_many_references_say_the_same(tmp_path: Path) -> None:
    project = Project(tmp_path, SITE, bib=BIB + ENTRIES)
    one, two = project.build(place="one"), project.build(place="two", jobs=2)
    said = f"references formatted: {MANY + len(KEYS) + 1}"
    assert (said in one.log, said in two.log) == (True, True)
    assert one.files(".html", ".js") == two.files(".html", ".js")
    kept = [(tmp_path / name / "doctrees" / "citations.pickle").read_bytes() for name in ("one", "two")]
    assert kept[0] == kept[1]


def test_all_processes_format(tmp_path: Path) -> None:
    """A style that says in which process it prints: without this it would be that of Sphinx, which resolves pages."""
    style = """
import os
from pybtex.plugin import register_plugin
from pybtex.richtext import Text
from pybtex.style.formatting.unsrt import Style
class Telling(Style):
    def format_entry(self, label, entry, bib_data=None):
        made = super().format_entry(label, entry)
        made.text = Text(made.text, f" In process {os.getpid()}.")
        return made
register_plugin("pybtex.style.formatting", "telling", Telling)
bibtex_default_style = "telling"
"""
    project = Project(tmp_path, SITE, bib=BIB + ENTRIES, conf=style)
    pages = project.build(jobs=2).files(".html")
    processes = Counter(number for page in pages.values() for number in re.findall(r"In process (\d+)", str(page)))
    shares = [number for number in processes.values() if number > 200]
    assert len(shares) == 2


def test_after_an_edit_one_is_formatted(tmp_path: Path) -> None:
    project = Project(tmp_path, SITE, bib=BIB + ENTRIES)
    project.build(place="kept", jobs=2)
    project.write("refs.bib", BIB + ENTRIES.replace("The 7th", "Number Seven"))
    edited = project.build(place="kept", jobs=2)
    assert "references formatted: 2" in edited.log
    assert edited.files(".html") == project.build(place="clean").files(".html")
