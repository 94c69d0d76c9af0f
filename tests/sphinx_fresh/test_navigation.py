"""What a page shows of others, by theme and sidebars; deep and circular toctrees; the switch; the first name."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sphinx
from tests.support.harness import Site, wait_for_clock

from sphinx_fresh import sidebars
from sphinx_fresh.navigation import Navigation
from sphinx_fresh.page_records import PageRecord
from sphinx_fresh.toc_digests import TocDigests

ROOT = Path(__file__).resolve().parents[2]
PAGES = {f"p{number}.rst": f"Page {number}\n======\n\nPart\n----\n\ntext\n" for number in range(6)}
FILES = {**PAGES, "index.rst": "Start\n=====\n\n.. toctree::\n   :titlesonly:\n   :glob:\n\n   p*\n"}


def project(path: Path, conf: str) -> Site:
    """Return a built project of seven pages, in the theme basic unless *conf* has another one."""
    site = Site(path, f'extensions = ["sphinx_fresh"]\nhtml_theme = "basic"\n{conf}\n', dict(FILES))
    site.build()
    wait_for_clock()
    return site


@pytest.mark.parametrize(
    ("conf", "shows"),
    [
        ('html_sidebars = {"**": []}', False),
        ("", False),
        ('html_sidebars = {"p1": ["globaltoc.html"]}', False),
        ('html_sidebars = {"**": ["localtoc.html", "globaltoc.html"]}', True),
        ('html_sidebars = {"**": ["unknown.html"]}\ntemplates_path = ["templates"]', True),
        ('html_theme = "agogo"', True),
        ('html_theme = "nature"', False),
    ],
    ids=["no sidebars", "default", "one page", "all pages", "own sidebar", "unknown theme", "known theme"],
)
def test_a_heading_rewrites_what_shows_it(tmp_path: Path, conf: str, *, shows: bool) -> None:
    site = Site(tmp_path, f'extensions = ["sphinx_fresh"]\nhtml_theme = "basic"\n{conf}\n', dict(FILES))
    site.write("templates/unknown.html", "{{ toctree(maxdepth=3) }}")
    site.build()
    wait_for_clock()
    site.replace("p3.rst", "Part\n----", "Share\n-----")
    report = site.assert_incremental_equals_clean()
    written = set(report.written)
    assert ({"p0", "p5"} <= written) == shows
    if "p1" in conf:
        assert "p1" in written
    site.assert_no_op()


def test_themes_are_what_their_templates_say() -> None:
    """A theme of Sphinx that is said to show nothing has a toctree in those sidebars alone that are said to."""
    themes = sidebars._themes()
    for name, theme in themes.items():
        assert set(theme) <= {"page", "sidebars"}, name
        folder = Path(sphinx.__file__).parent / "themes" / name
        if folder.is_dir():
            showing = {path.name for path in folder.glob("*.html") if "toctree" in path.read_text("utf-8")}
            assert showing == {name for name, level in theme.get("sidebars", {}).items() if level != "none"}
    assert "toctree" in (Path(sphinx.__file__).parent / "themes" / "agogo" / "layout.html").read_text("utf-8")
    assert "agogo" not in themes


def test_deep_and_circular_toctrees() -> None:
    """No recursion, so that no limit of the interpreter has to be changed for it."""
    deep = 20_000
    digests = TocDigests("t", "t", "s")
    pages = {f"p{number}": PageRecord("", (f"p{number + 1}",), digests) for number in range(deep)}
    pages[f"p{deep}"] = PageRecord("", ("p0", "p5", "gone"), digests)
    env: Any = SimpleNamespace(
        collect_relations=dict, toc_secnumbers={}, toc_fignumbers={}, config=SimpleNamespace(root_doc="p0")
    )
    before = Navigation(env, pages).site("sections")
    assert before == Navigation(env, pages).site("sections")
    assert before != Navigation(env, pages).site("titles") != ""
    assert Navigation(env, pages).site("none") == ""
    pages[f"p{deep}"] = PageRecord("", ("p0", "p5"), TocDigests("t", "t", "other"))
    assert before != Navigation(env, pages).site("sections")
    assert Navigation(env, pages).contents("p1") != Navigation(env, pages).contents("p2")


def test_the_switch(tmp_path: Path) -> None:
    """Off, nothing is kept, removed or repaired; on again, everything is from there on."""
    site = project(tmp_path, "fresh_enabled = False")
    assert not list(site.doctrees.glob("fresh-*"))
    site.remove("p4.rst")
    site.build()
    for name in ("p4.html", "_sources/p4.rst.txt"):
        (site.output() / name).unlink()
    site.write("conf.py", site.read("conf.py").replace("False", "True"))
    site.build()
    site.remove("p5.rst")
    site.assert_incremental_equals_clean()
    assert list(site.doctrees.glob("fresh-*"))


def test_the_first_name(tmp_path: Path) -> None:
    """It does the same; both together set up one extension; nothing of it is published."""
    both = project(tmp_path, 'extensions = ["sphinx_paper_table.fresh", "sphinx_fresh"]')
    both.replace("p3.rst", "Page 3", "Leaf 3")
    both.assert_incremental_equals_clean()
    assert not [path for path in both.output().rglob("*") if "fresh" in path.name]
    only = both.read("conf.py").replace(', "sphinx_fresh"]', "]")
    both.write("conf.py", only)
    both.replace("p3.rst", "Leaf 3", "Leaf 4")
    both.assert_incremental_equals_clean()


def test_the_example_of_the_guide(tmp_path: Path) -> None:
    """What an extension states about its pages has them written again."""
    conf = (ROOT / "docs" / "guide" / "examples" / "fresh" / "conf.py").read_text("utf-8")
    site = Site(tmp_path, conf, dict(FILES))
    site.build()
    wait_for_clock()
    site.replace("index.rst", "Start", "Begin")
    site.assert_incremental_equals_clean()
    assert "Part of: Begin" in (site.output() / "p3.html").read_text("utf-8")


def test_doctrees_and_output_move_together(tmp_path: Path) -> None:
    """Restored at another place, the output is still known by its search index, and nothing stays behind."""
    site = project(tmp_path, "")
    shutil.move(site.output(), site.path / "elsewhere")
    shutil.move(site.path / "elsewhere", site.output())
    site.assert_no_op()
    site.remove("p4.rst")
    shutil.rmtree(site.doctrees)
    site.assert_incremental_equals_clean()
