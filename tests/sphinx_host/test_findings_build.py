"""A build in which nothing has changed loads no record; whatever these depend on has them loaded again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.harness import wait_for_clock
from tests.support.sites import PAGES, small_site, warnings

if TYPE_CHECKING:
    from tests.support.harness import Report, Site

TELL = """
suppress_warnings = ["toc.not_included"]
def setup(app):
    from sphinx_paper_table.sphinx_host.session import session_of
    for event in ("fresh-facts", "build-finished"):
        tell = lambda app, _env: print("LOADED" if session_of(app.env).is_asked else "NOTHING LOADED")
        app.connect(event, tell, priority=960)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A built site, whose builds say whether they have loaded the records."""
    pages = {**PAGES, "apart.md": "# Apart\n\nNothing of it all.\n"}
    site = small_site(tmp_path_factory.mktemp("site"), pages, TELL)
    first = site.build()
    assert (warnings(first, site.source), loads(first)) == ([], True)
    wait_for_clock()
    return site


def loads(report: Report) -> bool:
    """Return whether a build has loaded the records."""
    assert "LOADED" in report.log
    return "NOTHING LOADED" not in report.log


def test_nothing_has_changed(site: Site) -> None:
    assert not loads(site.build())
    assert not loads(site.build()), "and what is left for the next build stays"


def test_prose_of_a_page_without_tables(site: Site) -> None:
    site.write("apart.md", "# Apart\n\nMore, see {cite:t}`lee2020one` and {paper}`one`.\n")
    report = site.build()
    assert report.written
    assert not loads(report)


@pytest.mark.parametrize(
    ("name", "addition"),
    [
        ("surveys/alpha.yaml", "# a comment\n"),
        ("surveys/vocabulary.yaml", "# a comment\n"),
        ("refs.bib", "@misc{more, title = {More}, author = {Moss, Ann}, year = {2020}}\n"),
        ("conf.py", "paper_table_math_commands = ['R']\n"),
        ("names.txt", ""),
        (
            "locale/en/LC_MESSAGES/records/surveys/beta.po",
            'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n',
        ),
    ],
)
def test_what_records_depend_on(site: Site, name: str, addition: str) -> None:
    """A file of the project changes: records are loaded once more, and not a second time."""
    if name == "conf.py":
        site.write("conf.py", site.read("conf.py") + 'locale_dirs = ["locale"]\npaper_table_names = "names.txt"\n')
        site.build()
    before = site.read(name) if (site.source / name).is_file() else "# no names\n" if name == "names.txt" else ""
    site.write(name, before + addition)
    assert loads(site.build())
    assert not loads(site.build())


def test_an_edit_that_others_do_not_see(site: Site) -> None:
    """One survey is read, its page is read and written, and what files say of it is replaced in them."""
    before, page = site.read("surveys/alpha.yaml"), site.read("surveys/alpha.md")
    for number in range(2):
        site.write("surveys/alpha.yaml", before.replace("Belongs to no group.", f"Belongs *nowhere* {number}."))
        report = site.assert_incremental_equals_clean()
        assert "survey files read: 1" in report.log
        assert "surveys/alpha" in report.written
        assert "surveys/beta" not in report.written
        wait_for_clock()
    site.write("surveys/alpha.md", f"{page}\nMore.\n")
    report = site.assert_incremental_equals_clean()
    assert "survey files read: 0" in report.log
    assert "surveys/beta" not in report.written
    (site.output() / "papers.json").write_text("{}")
    (site.output() / "data" / "search.js").unlink()
    site.write("surveys/alpha.yaml", before)
    site.assert_incremental_equals_clean()
    (site.doctrees / "records.pickle").write_bytes(b"damaged")
    site.write("surveys/alpha.md", page)
    site.assert_incremental_equals_clean()


def test_a_page_that_goes_leaves_its_methods_homeless(site: Site) -> None:
    """What is wrong between pages is looked at again, though no page is read."""
    before = site.read("surveys/beta.md")
    site.remove("surveys/beta.md")
    first, second = site.build(), site.build()
    assert [message for message in warnings(first, site.source) if "no page shows the survey 'beta'" in message]
    assert warnings(first, site.source) == warnings(second, site.source)
    wait_for_clock()
    site.write("surveys/beta.md", before)
    assert warnings(site.build(), site.source) == []


def test_problems_are_repeated(site: Site) -> None:
    before = site.read("surveys/beta.yaml")
    site.write("surveys/beta.yaml", before.replace("kim2018zero", "kim2018zro"))
    said = warnings(site.build(), site.source)
    assert [message for message in said if "kim2018zro" in message]
    assert warnings(site.build(), site.source) == said
    site.write("surveys/beta.yaml", before)
    assert warnings(site.build(), site.source) == []
