"""Shared doctrees, several builders, single files, damaged and killed builds."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.sphinx_fresh.example import Editor, example
from tests.support.harness import Site, choose, wait_for_clock

if TYPE_CHECKING:
    from pathlib import Path

KILLS = int(os.environ.get("FRESH_KILLS", "4"))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The example site, built."""
    site = example(tmp_path, "alabaster")
    site.build()
    wait_for_clock()
    return site


def test_text_before_html_on_shared_doctrees(site: Site) -> None:
    """Reading for one builder must not make pages of another look current."""
    site.replace("hidden.rst", "Hidden page\n===========", "Renamed page\n============")
    site.write("auto/new.rst", "New\n===\n")
    site.assert_incremental_equals_clean("text")
    site.assert_incremental_equals_clean("html")
    site.remove("auto/new.rst")
    site.assert_incremental_equals_clean("html")
    site.assert_incremental_equals_clean("text")
    assert not (site.output("text") / "auto" / "new.txt").exists()


@pytest.mark.parametrize("builder", ["dirhtml", "xml", "pseudoxml", "singlehtml"])
def test_other_builders(site: Site, builder: str) -> None:
    site.strict = False
    site.build(builder)
    wait_for_clock()
    site.replace("hidden.rst", "Hidden page\n===========", "Renamed page\n============")
    site.remove("deep/page.rst")
    site.replace("deep/index.rst", "   page\n", "")
    site.assert_incremental_equals_clean(builder)


def test_two_builders_in_one_directory(site: Site) -> None:
    site.output("dirhtml").symlink_to(site.output("html"))
    site.assert_incremental_equals_clean("dirhtml")
    site.assert_incremental_equals_clean("html")


def test_one_file_built_on_its_own(site: Site) -> None:
    """Pages that a build of single files left alone are not recorded as written."""
    site.replace("hidden.rst", "Hidden page\n===========", "Renamed page\n============")
    site.build("html", 1, "deep/page.rst")
    site.assert_incremental_equals_clean()


def test_output_removed_or_restored_from_an_older_build(site: Site) -> None:
    shutil.copytree(site.output(), site.path / "older")
    site.replace("hidden.rst", "Hidden page\n===========", "Renamed page\n============")
    site.assert_incremental_equals_clean()
    shutil.rmtree(site.output())
    (site.path / "older").rename(site.output())
    site.assert_incremental_equals_clean()
    shutil.rmtree(site.output())
    site.assert_incremental_equals_clean()


def test_inventory_and_index_are_left_alone_while_they_are_right(site: Site) -> None:
    inventory, index = site.output() / "objects.inv", site.output() / "searchindex.js"
    before = [path.stat().st_mtime_ns for path in (inventory, index)]
    site.build()
    assert [path.stat().st_mtime_ns for path in (inventory, index)] == before
    site.replace("hidden.rst", "Hidden page\n===========", "Hidden page\n===========\n\nOne more quotation.")
    site.assert_incremental_equals_clean()
    assert inventory.stat().st_mtime_ns == before[0]
    assert index.stat().st_mtime_ns > before[1]
    site.replace("hidden.rst", "Hidden page\n===========", "Renamed page\n============")
    site.assert_incremental_equals_clean()
    assert inventory.stat().st_mtime_ns > before[0]
    inventory.write_bytes(b"damaged")
    site.assert_incremental_equals_clean()
    inventory.unlink()
    site.assert_incremental_equals_clean()


@pytest.mark.parametrize("name", ["html/searchindex.js", "doctrees/environment.pickle", "record", "doctree"])
def test_truncated_files(site: Site, name: str) -> None:
    site.strict = False  # Sphinx says that it cannot load the index
    path = {
        "record": next(site.doctrees.glob("fresh-*.json")),
        "doctree": site.doctrees / "alpha.doctree",
    }.get(name, site.path / name)
    path.write_bytes(path.read_bytes()[:100])
    site.assert_incremental_equals_clean()


MOMENTS = (
    "doctree-read 1",
    "env-updated 1",
    "env-check-consistency 1",
    "html-page-context 4",
    "html-page-context 2",
    "html-collect-pages 1",
    "build-finished 1",
)


@pytest.mark.parametrize("jobs", [1, 4], ids=["j1", "j4"])
def test_an_edit_taken_back_after_a_kill(site: Site, jobs: int) -> None:
    """What the killed build read and wrote is wrong again, though it is newer than the sources."""
    before = site.read("hidden.rst")
    for moment in MOMENTS:
        wait_for_clock()
        site.replace("hidden.rst", "Hidden page\n===========", "Renamed page\n============")
        site.write("auto/new.rst", "New\n===\n")
        assert site.kill_build(jobs=jobs, moment=moment), moment
        site.write("hidden.rst", before)
        site.remove("auto/new.rst")
        site.assert_incremental_equals_clean(jobs=jobs, message=f"killed at {moment}")
        site.assert_no_op(jobs=jobs)


def test_a_doctree_of_a_killed_build_is_not_trusted(site: Site) -> None:
    """All pages were read with a sentence from the configuration that is gone, some are written."""
    conf = site.read("conf.py")
    site.write("conf.py", conf + 'rst_epilog = "A sentence that is gone."\n')
    assert site.kill_build(moment="env-updated 1")
    site.write("conf.py", conf)
    site.replace("alpha.rst", "Alpha page\n==========", "Another title\n=============")
    site.assert_incremental_equals_clean()


@pytest.mark.parametrize("jobs", [1, 4], ids=["j1", "j4"])
def test_builds_killed_at_any_moment(site: Site, jobs: int) -> None:
    site.strict = False
    numbers = choose(5 + jobs)
    editor = Editor(site, numbers)
    for _number in range(KILLS):
        done = [editor.edit(), editor.edit()]
        delay = numbers.uniform(0.02, 0.5)
        killed = site.kill_build(delay, jobs=jobs)
        site.assert_incremental_equals_clean(jobs=jobs, message=f"{done} {delay} {killed}")
