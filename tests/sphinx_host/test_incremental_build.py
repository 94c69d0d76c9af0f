"""After any edit of a site with paper tables, an incremental build equals a clean one, byte for byte.

`PAPER_EDITS` sets the number of edits at each number of jobs and `PAPER_SEED` where they start, for long runs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.sphinx_host.edits import Editor
from tests.support.editing import Plan, disturb
from tests.support.harness import choose, wait_for_clock
from tests.support.sites import PAGES, small_site, warnings

if TYPE_CHECKING:
    from pathlib import Path

from tests.support.harness import Report, Site

PLAN = Plan("PAPER", Editor)


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 4], ids=["j1", "j4"])
def test_random_edits(tmp_path: Path, jobs: int) -> None:
    """Every edit is followed by a build; two of five meet with something; text is built on the same doctrees."""
    numbers = choose(PLAN.seed + jobs)
    editor = Editor(tmp_path, numbers)
    editor.site.build(jobs=jobs)
    done = [f"seed {PLAN.seed}, {jobs} jobs"]
    for number, kind in enumerate(PLAN.edits(jobs)):
        if number % 5 in {1, 2}:
            done.append(disturb(editor, editor.site, kind, numbers, jobs))
        else:
            done.append(editor.edit(kind))
        if number % 5 == 4:
            done.append("text first")
            editor.site.assert_incremental_equals_clean("text", jobs, "\n".join(done))
        editor.site.assert_incremental_equals_clean(jobs=jobs, message="\n".join(done))


def read(report: Report) -> set[str]:
    """Return the pages that a build has read."""
    return set(re.findall(r"reading sources\.\.\. \[ *\d+%\] (\S+)", report.log))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site that tests edit one after the other."""
    pages = {**PAGES, "apart.md": "# Apart\n\nNothing of it all.\n"}
    site = small_site(tmp_path_factory.mktemp("site"), pages, 'suppress_warnings = ["toc.not_included"]\n')
    assert warnings(site.build(), site.source) == []
    wait_for_clock()
    return site


def test_an_inverse_appears_on_the_other_page(site: Site) -> None:
    """A relation added in one survey is read, and seen, on the page of the other."""
    relation = "  relations:\n    uses:\n    - {to: six, why: it is there}\n"
    site.write("surveys/beta.yaml", site.read("surveys/beta.yaml") + relation)
    report = site.assert_incremental_equals_clean()
    assert read(report) == {"surveys/alpha", "surveys/beta"}
    page = (site.output() / "surveys" / "alpha.html").read_text("utf-8")
    assert "used by" in page
    assert "it is there" in page


def test_a_private_fact_rereads_its_own_page_only(site: Site) -> None:
    wait_for_clock()
    site.replace("surveys/alpha.yaml", "summary: Plain.", "summary: Plainer.")
    report = site.assert_incremental_equals_clean()
    assert read(report) == {"surveys/alpha"}
    assert set(report.written) <= {"surveys/alpha", "index"}, "Sphinx writes what includes a page that was read"


def test_an_id_becomes_an_alias(site: Site) -> None:
    """Links to the former name stay, links to the anchor move."""
    wait_for_clock()
    site.replace("surveys/alpha.yaml", "- id: six\n", "- id: seven\n    aliases: [six]\n")
    site.assert_incremental_equals_clean()
    beta = (site.output() / "surveys" / "beta.html").read_text("utf-8")
    assert 'href="alpha.html#paper-seven"' in beta
    assert "#paper-six" not in beta


def test_a_reference_edited(site: Site) -> None:
    """The label on cards, on pages that cite, and in the inventory follow the bibliography."""
    wait_for_clock()
    site.replace("refs.bib", "author = {Lee, Ann and Park", "author = {Zhao, Ann and Park")
    site.assert_incremental_equals_clean()
    assert "[Zhao et al., 2020]" in (site.output() / "surveys" / "alpha.html").read_text("utf-8")


def test_a_citing_page_that_is_not_read_again(site: Site) -> None:
    """sphinxcontrib-bibtex alone leaves the old label there."""
    wait_for_clock()
    site.write("apart.md", "# Apart\n\n{cite:p}`kim2018zero`\n")
    site.build()
    wait_for_clock()
    site.replace("refs.bib", "author = {Kim, Eva and", "author = {Quist, Eva and")
    report = site.assert_incremental_equals_clean()
    assert "apart" not in read(report)
    assert "apart" in report.written
    assert "Quist" in (site.output() / "apart.html").read_text("utf-8")


def test_the_linked_one_of_two_bibliographies(tmp_path: Path) -> None:
    """A key that two pages list leads to the same one of them, whichever page was read last."""
    site = small_site(tmp_path, {**PAGES, "more.md": "# More\n\n```{bibliography}\n:all:\n```\n"})
    site.build()
    wait_for_clock()
    for name in ("more.md", "references.md"):
        site.write(name, site.read(name) + "\nOne more sentence.\n")
        site.assert_incremental_equals_clean(message=name)


def test_an_empty_table_is_filled(site: Site) -> None:
    """A table that found nothing is asked again when the catalogue changes."""
    wait_for_clock()
    site.write("apart.md", "# Apart\n\n```{paper-table} alpha\n:tags: fast\n:ids: two\n```\n")
    (message,) = warnings(site.build(), site.source)
    assert message.startswith("apart.md:3:1: WARNING: the table is empty")
    wait_for_clock()
    site.replace("surveys/alpha.yaml", "summary: Plainer.\n    tags:\n", "summary: Plainer.\n    tags:\n    - fast\n")
    report = site.assert_incremental_equals_clean()
    assert "apart" in read(report)
    assert 'data-paper="two"' in (site.output() / "apart.html").read_text("utf-8")


def test_a_table_of_a_survey_that_comes_later(site: Site) -> None:
    wait_for_clock()
    site.write("apart.md", "# Apart\n\n```{paper-table} gamma\n```\n")
    (message,) = warnings(site.build(), site.source)
    assert message.startswith("apart.md:3:18: WARNING: there is no survey 'gamma'")
    wait_for_clock()
    site.write("surveys/gamma.yaml", "survey: gamma\ntitle: Gamma\npapers:\n- {id: late, name: Late}\n")
    report = site.assert_incremental_equals_clean()
    assert "apart" in read(report)
    assert 'id="paper-late"' in (site.output() / "apart.html").read_text("utf-8")


def test_problems_are_repeated_until_mended(site: Site) -> None:
    wait_for_clock()
    site.replace("surveys/gamma.yaml", "{id: late, name: Late}", "{id: late, name: Late, tags: [fsat]}")
    first = warnings(site.build(), site.source)
    (message,) = first
    assert message.startswith("surveys/gamma.yaml:4:33: WARNING: the tag 'fsat' is not defined; did you mean 'fast'?")
    second = site.build()
    assert read(second) == set()
    assert warnings(second, site.source) == first
    wait_for_clock()
    site.replace("surveys/gamma.yaml", "fsat", "fast")
    assert warnings(site.assert_incremental_equals_clean(), site.source) == []


@pytest.mark.parametrize("jobs", [1, 4])
def test_a_build_without_change(site: Site, jobs: int) -> None:
    site.build(jobs=jobs)
    site.assert_no_op(jobs=jobs)
