"""What is lost, damaged or saved at a bad moment between two builds: the next one still equals a clean one."""

from __future__ import annotations

import os
import pickle
import shutil
from typing import TYPE_CHECKING, Final

import pytest
from tests.support.harness import Site, wait_for_clock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CONF: Final = """
import os, pathlib, sys
sys.path.insert(0, str(pathlib.Path(__file__).parent))
project = "Small"
extensions = ["sphinx_paper_table.fresh", "myst_parser", "extension.words"]
html_theme = "basic"
exclude_patterns = ["parts"]
suppress_warnings = ["toc", "myst", "image"]


def load(app):
    '''Stand for an extension that loads a file before pages are read, and for an author who saves it then.'''
    path = pathlib.Path(app.srcdir, "parts", "loaded.txt")
    app.loaded = path.read_text()
    if os.environ.get("SAVE"):
        path.write_text(app.loaded.replace("before", "after"))


def show(app, docname, content):
    '''Show the loaded file on a page.'''
    if docname == "shows":
        app.env.note_dependency(str(pathlib.Path(app.srcdir, "parts", "loaded.txt")))
        content[0] += "\\n" + app.loaded


def save(app, doctree):
    '''Stand for an author who saves two files while the page `parts` is read.'''
    if app.env.docname == "parts" and os.environ.get("SAVE"):
        for name in ("parts.md", "parts/code.txt"):
            path = pathlib.Path(app.srcdir, name)
            path.write_text(path.read_text().replace("before", "after"))


def setup(app):
    app.connect("doctree-read", save)
    app.connect("builder-inited", load)
    app.connect("source-read", show)
"""
WORDS: Final = """
from docutils.parsers.rst import Directive
from docutils import nodes


class Words(Directive):
    def run(self):
        return [nodes.paragraph("", "words one")]


def setup(app):
    app.add_directive("words", Words)
    return {"version": "1", "parallel_read_safe": True}
"""
FILES: Final = {
    "index.md": "# Start\n\n```{toctree}\nm/index\nparts\n```\n",
    "m/index.md": "# M\n\n```{toctree}\nBy year <by-year>\nby-venue\nby-tag\n```\n",
    "m/by-year.md": "# Year\n\nSee [all](index.md).\n",
    "m/by-venue.md": "# Venue\n\nSee [years](by-year.md), [later](later.md), [data](later.csv) and [all](../m).\n",
    "m/by-tag.md": "# Tag\n\n```{words}\n```\n\n![dot](dot.svg)\n",
    "m/dot.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "parts.md": "# Parts before\n\n```{literalinclude} parts/code.txt\n```\n",
    "parts/code.txt": "before\n",
    "shows.md": ":orphan:\n\n# Shows\n",
    "parts/loaded.txt": "loaded before\n",
    "extension/__init__.py": "",
    "extension/words.py": WORDS,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site that tests edit one after the other."""
    found = Site(tmp_path_factory.mktemp("damage"), CONF, dict(FILES))
    found.build()
    return found


def test_a_removed_page_leaves_toctrees_and_links(site: Site) -> None:
    """The toctree and the link were made while reading: the pages with them are read again, there and back."""
    wait_for_clock()
    site.remove("m/by-year.md")
    site.assert_incremental_equals_clean(message="removed")
    wait_for_clock()
    site.write("m/by-year.md", FILES["m/by-year.md"])
    site.assert_incremental_equals_clean(message="back")


def test_files_that_a_page_missed(site: Site) -> None:
    """A link to what is not there becomes a link to a page, or a download, when it comes."""
    wait_for_clock()
    site.write("m/later.csv", "a,b\n")
    site.write("m/later.md", ":orphan:\n\n# Later\n")
    site.assert_incremental_equals_clean()
    site.remove("m/later.md")
    site.remove("m/later.csv")
    site.assert_incremental_equals_clean()


def test_lost_output_is_written_again(site: Site) -> None:
    for name in ("_sources/m/by-tag.md.txt", "_images/dot.svg"):
        (site.output() / name).unlink()
    report = site.assert_incremental_equals_clean()
    assert set(report.written) <= {"m/by-tag", "m/index", "index"}


@pytest.mark.parametrize("lost", ["record", "doctrees"])
def test_a_removed_page_goes_though_the_record_is_lost(site: Site, lost: str) -> None:
    """Its page, its source, its picture: the search index and the page itself say what they were."""
    site.write("m/extra.md", ":orphan:\n\n# Extra\n\n![pic](extra.svg)\n")
    site.write("m/extra.svg", FILES["m/dot.svg"])
    site.build()
    assert (site.output() / "_images" / "extra.svg").is_file()
    site.remove("m/extra.md")
    if lost == "doctrees":
        shutil.rmtree(site.doctrees)
    else:
        for path in site.doctrees.glob("fresh-*.json"):
            path.unlink()
    site.assert_incremental_equals_clean()


def test_an_edited_extension_is_read_with(site: Site) -> None:
    """Without a new version: pages are read again, not only written."""
    wait_for_clock()
    site.replace("extension/words.py", "words one", "words two")
    site.assert_incremental_equals_clean()
    assert "words two" in (site.output() / "m" / "by-tag.html").read_text("utf-8")
    site.replace("conf.py", 'app.connect("doctree-read", save)', 'app.connect("doctree-read", save); edit(app)')
    site.write("conf.py", site.read("conf.py") + '\n\ndef edit(app):\n    app.connect("source-read", shout)\n\n\n')
    shout = 'def shout(app, name, content):\n    content[0] = content[0].replace("Venue", "VENUE")\n'
    site.write("conf.py", site.read("conf.py") + shout)
    site.assert_incremental_equals_clean()
    assert "VENUE" in (site.output() / "m" / "by-venue.html").read_text("utf-8")


def test_files_saved_while_they_are_read(site: Site) -> None:
    """The next build shows them, and the one after it has nothing to do."""
    wait_for_clock()
    (site.source / "parts.md").touch()
    (site.source / "parts" / "loaded.txt").touch()
    site.build_with({"SAVE": "1"})
    assert "Parts before" in (site.output() / "parts.html").read_text("utf-8")
    site.assert_incremental_equals_clean()
    assert "Parts after" in (site.output() / "parts.html").read_text("utf-8")
    assert "loaded after" in (site.output() / "shows.html").read_text("utf-8")
    site.assert_no_op()


def flipped(path: Path) -> None:
    """Change one bit in the middle; the file keeps its time."""
    before, data = path.stat(), bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def foreign(path: Path) -> None:
    path.write_bytes(pickle.dumps({"what": "else"}))


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "file").touch()


@pytest.mark.parametrize("name", ["environment.pickle", "m/by-tag.doctree", "fresh-*.json", "fresh-*.digest"])
@pytest.mark.parametrize("damage", [flipped, truncated, foreign, folder])
def test_damaged_caches(site: Site, name: str, damage: Callable[[Path], None]) -> None:
    """What cannot be read is made anew, while other things change; nothing is said but a notice."""
    site.build()
    wait_for_clock()
    (path,) = site.doctrees.glob(name)
    damage(path)
    site.write("m/by-venue.md", site.read("m/by-venue.md") + f"\n{name} {damage.__name__}\n")
    site.assert_incremental_equals_clean()
    site.assert_no_op()


def test_several_caches_damaged_at_once(site: Site) -> None:
    """All pages are read again, and what lies in the places of their doctrees is in the way."""
    site.build()
    truncated(site.doctrees / "environment.pickle")
    folder(site.doctrees / "index.doctree")
    shutil.rmtree(site.doctrees / "m")
    (site.doctrees / "m").touch()
    site.assert_incremental_equals_clean()
    site.assert_no_op()


def test_a_damaged_journal(site: Site) -> None:
    """A build that is killed leaves its journal: one that cannot be read is believed to name every page."""
    site.build()
    (record,) = site.doctrees.glob("fresh-*.json")
    journal = record.with_suffix(".journal")
    for content in (b"", b"\xff\xfe\tx\n", b"m/by-tag\tm/by-tag.html\tnot a checksum\n"):
        journal.write_bytes(content)
        report = site.assert_incremental_equals_clean()
        assert len(report.written) >= 6
    assert not journal.exists()
