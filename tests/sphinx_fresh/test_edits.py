"""After any edit, an incremental build equals a clean one.

`FRESH_EDITS` sets the number of random edits and `FRESH_SEED` where they start, for long runs.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from tests.sphinx_fresh.example import CONF, FILES, Editor, example, png
from tests.support.editing import Plan, disturb
from tests.support.harness import Site, choose, compare, wait_for_clock

if TYPE_CHECKING:
    from pathlib import Path

PLAN = Plan("FRESH", Editor)


@pytest.mark.parametrize("count", ["", "3", "50"])
def test_a_plan_has_every_kind_of_edit(monkeypatch: pytest.MonkeyPatch, count: str) -> None:
    """Unless fewer edits are asked for; the same seed gives the same plan, another one another."""
    monkeypatch.setenv("MINE_EDITS", count) if count else monkeypatch.delenv("MINE_EDITS", raising=False)
    monkeypatch.delenv("MINE_SEED", raising=False)
    plan = Plan("MINE", Editor)
    one, four = plan.edits(1), plan.edits(4)
    if count != "3":
        assert sorted({*one, *four} - {""}) == Editor.kinds()
    assert [len(one), len(four)] == ([int(count)] * 2 if count else [10, 10])
    assert one == plan.edits(1)
    monkeypatch.setenv("MINE_SEED", "2")
    assert one != plan.edits(1)


@pytest.mark.parametrize(("theme", "jobs"), [("furo", 1), ("alabaster", 4)], ids=["furo-j1", "alabaster-j4"])
def test_random_edits(tmp_path: Path, theme: str, jobs: int) -> None:
    site = example(tmp_path, theme)
    site.strict = False  # an edit may leave a reference without its target
    site.build(jobs=jobs)
    numbers = choose(PLAN.seed + jobs)
    editor = Editor(site, numbers)
    done = []
    for number, kind in enumerate(PLAN.edits(jobs)):
        done.append(disturb(editor, site, kind, numbers, jobs) if number % 4 == 2 else editor.edit(kind))
        site.assert_incremental_equals_clean(jobs=jobs, message="\n".join([f"seed {PLAN.seed}", *done[-30:]]))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The example site in alabaster, built; tests edit it one after the other."""
    site = example(tmp_path_factory.mktemp("site"), "alabaster")
    site.build()
    return site


def test_a_build_without_change_reads_and_writes_nothing(built: Site) -> None:
    built.build()
    for jobs in (1, 4):
        built.assert_no_op(jobs=jobs)


def test_jobs_make_no_difference(built: Site) -> None:
    built.build()
    assert compare(built.output(), built.build_clean(jobs=4)) == []


def test_a_title_reaches_neighbours_references_and_sidebars(built: Site) -> None:
    built.replace("hidden.rst", "Hidden page\n===========", "Renamed page\n============")
    built.assert_incremental_equals_clean()
    assert "Renamed page" in (built.output() / "sub" / "one.html").read_text(encoding="utf-8")


def test_only_pages_that_show_it_are_written(tmp_path: Path) -> None:
    """The promise is not kept by writing everything."""
    site = example(tmp_path)
    wait_for_clock()  # pages whose files were saved as the build began are read once more
    site.build()
    wait_for_clock()
    site.write("deep/page.rst", site.read("deep/page.rst") + "\nOne more sentence.\n")
    report = site.assert_incremental_equals_clean()
    assert set(report.written) <= {"deep/index", "deep/page"}


def test_a_removed_page_takes_its_files_along(built: Site) -> None:
    built.write("auto/later.rst", "Later\n=====\n\n.. image:: /img/later.png\n\nword quagga\n")
    built.write("img/later.png", png(77))
    built.assert_incremental_equals_clean()
    assert (built.output() / "_images" / "later.png").is_file()
    built.remove("auto/later.rst")
    built.assert_incremental_equals_clean()
    assert "quagga" not in (built.output() / "searchindex.js").read_text(encoding="utf-8")


def test_files_that_nobody_recorded_stay(built: Site) -> None:
    strangers = [built.output() / name for name in ("CNAME", "_static/mine.css", "_images/mine.png")]
    for path in strangers:
        path.write_text("mine", encoding="utf-8")
    built.write("_static/extra.css", "a {}")
    built.build()
    built.remove("_static/extra.css")
    built.build()
    assert not (built.output() / "_static" / "extra.css").exists()
    assert all(path.read_text(encoding="utf-8") == "mine" for path in strangers)
    for path in strangers:
        path.unlink()


def test_a_style_sheet_that_goes_loses_its_checksum(built: Site) -> None:
    built.write("_static/site.css", "b {}")
    built.assert_incremental_equals_clean()
    (built.source / "_static" / "site.css").rename(built.path / "kept.css")
    built.assert_incremental_equals_clean()
    (built.path / "kept.css").rename(built.source / "_static" / "site.css")
    built.assert_incremental_equals_clean()


def test_an_older_file_in_place_of_a_source(built: Site) -> None:
    """``mv`` and archives bring files with an old date: Sphinx asks only for newer ones."""
    old = built.path / "old.rst"
    old.write_text("Deep page\n=========\n\nfrom the archive\n", encoding="utf-8")
    os.utime(old, (1_000_000_000, 1_000_000_000))
    old.replace(built.source / "deep" / "page.rst")
    built.assert_incremental_equals_clean()
    old.write_text("code = 'old'\n", encoding="utf-8")
    os.utime(old, (1_000_000_000, 1_000_000_000))
    old.replace(built.source / "parts" / "code.txt")
    built.assert_incremental_equals_clean()


def test_a_removed_template(built: Site) -> None:
    built.write("_templates/page.html", '{% extends "!page.html" %}{% block footer %}x{% endblock %}')
    built.assert_incremental_equals_clean()
    built.remove("_templates/page.html")
    built.assert_incremental_equals_clean()


def test_a_suffix_changes(built: Site) -> None:
    built.remove("auto/first.rst")
    built.write("auto/first.md", "# Auto first\n\n(auto-label)=\n## Part\n\nword zebra\n")
    built.assert_incremental_equals_clean()
    built.remove("auto/first.md")
    built.write("auto/first.rst", FILES["auto/first.rst"])
    built.assert_incremental_equals_clean()


def test_theme_and_navigation_change(tmp_path: Path) -> None:
    site = example(tmp_path, "alabaster")
    site.build()
    wait_for_clock()
    site.write("conf.py", CONF.format(theme="furo"))
    site.assert_incremental_equals_clean()


def test_a_split_general_index(tmp_path: Path) -> None:
    files = {"index.rst": "Start\n=====\n\n.. index:: apple\n.. index:: banana\n\ntext\n"}
    conf = 'extensions = ["sphinx_paper_table.fresh"]\nhtml_split_index = True\n'
    site = Site(tmp_path, conf, dict(files))
    site.build()
    wait_for_clock()
    site.replace("index.rst", ".. index:: banana\n", "")
    site.assert_incremental_equals_clean()
    assert not (site.output() / "genindex-B.html").exists()


def test_module_pages_of_viewcode(tmp_path: Path) -> None:
    conf = (
        "import sys, pathlib\nsys.path.insert(0, str(pathlib.Path(__file__).parent / 'parts'))\n"
        'extensions = ["sphinx_paper_table.fresh", "sphinx.ext.autodoc", "sphinx.ext.viewcode"]\n'
        'exclude_patterns = ["parts"]\n'
    )
    files: dict[str, str | bytes] = {
        "index.rst": "Start\n=====\n\n.. toctree::\n\n   api\n   other\n",
        "api.rst": "Api\n===\n\n.. autofunction:: fresh_mod_a.run\n",
        "other.rst": "Other\n=====\n\n.. autofunction:: fresh_mod_b.run\n",
        "parts/fresh_mod_a.py": 'def run():\n    """Run."""\n',
        "parts/fresh_mod_b.py": 'def run():\n    """Run b."""\n',
    }
    site = Site(tmp_path, conf, files)
    site.build()
    wait_for_clock()
    site.replace("other.rst", "Other\n=====", "Another\n=======")
    site.assert_incremental_equals_clean()
    site.write("other.rst", "Other\n=====\n\nnothing\n")
    site.assert_incremental_equals_clean()
    site.assert_no_op()
