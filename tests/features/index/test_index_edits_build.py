"""After edits, paper-index and survey-cards show what is there, and no page is read that shows nothing of it."""

from __future__ import annotations

import re

import pytest
from tests.features.index.test_index_build import directive, listing
from tests.support.harness import Site, wait_for_clock
from tests.support.sites import (
    PAGES,
    small_site,
    soup,
    warnings,
)


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site that tests edit one after the other."""
    pages = {
        "lists/name.md": directive("paper-index"),
        "lists/year.md": directive("paper-index", "beta", "by: year"),
        "lists/tag.md": directive("paper-index", "", "by: tag"),
        "home.md": directive("survey-cards"),
        "apart.md": "# Apart\n",
    }
    found = small_site(
        tmp_path_factory.mktemp("edited"), {**PAGES, **pages}, 'suppress_warnings = ["toc.not_included"]\n'
    )
    assert warnings(found.build(), found.source) == []
    wait_for_clock()
    return found


LISTS = ("lists/name", "lists/year", "lists/tag")


def read_pages(log: str) -> set[str]:
    return set(re.findall(r"reading sources\.\.\. \[ *\d+%\] (\S+)", log))


@pytest.mark.parametrize(
    ("file", "old", "new", "reread"),
    [
        ("surveys/alpha.yaml", "name: Six", "name: Seven", {"surveys/alpha", "lists/name", "lists/tag"}),
        ("surveys/beta.yaml", "title: Beta methods", "title: Beta", {"surveys/beta", *LISTS, "home"}),
        ("surveys/alpha.yaml", "summary: Plain.", "summary: Plainer.", {"surveys/alpha", "lists/name"}),
        ("surveys/alpha.yaml", "All of *alpha*", "Most of *alpha*", {"surveys/alpha", "home"}),
        ("surveys/vocabulary.yaml", "name: very fast", "name: rapid", {"surveys/alpha", "lists/name", "lists/tag"}),
    ],
    ids=["name", "title", "text", "summary", "tag"],
)
def test_an_edit_rereads_what_shows_it(edited: Site, file: str, old: str, new: str, reread: set[str]) -> None:
    wait_for_clock()
    edited.replace(file, old, new)
    report = edited.assert_incremental_equals_clean()
    assert read_pages(report.log) == reread


def test_cards_follow_the_list_by_tag(edited: Site) -> None:
    """The page that explains the tags moves, goes and comes back: cards that are not read again are written again."""
    card = edited.output() / "surveys" / "alpha.html"
    assert 'href="../lists/tag.html#tag-fast"' in card.read_text("utf-8")
    wait_for_clock()
    text = edited.read("lists/tag.md")
    edited.remove("lists/tag.md")
    edited.assert_incremental_equals_clean()
    assert "#tag-fast" not in card.read_text("utf-8")
    wait_for_clock()
    edited.write("apart.md", text)
    report = edited.assert_incremental_equals_clean(jobs=2)
    assert "surveys/alpha" not in read_pages(report.log)
    assert 'href="../apart.html#tag-fast"' in card.read_text("utf-8")
    edited.assert_no_op()


def test_an_index_of_a_survey_that_comes_later(edited: Site) -> None:
    wait_for_clock()
    edited.write("lists/year.md", directive("paper-index", "gamma", "by: year"))
    (message,) = warnings(edited.build(), edited.source)
    assert "there is no survey 'gamma'" in message
    wait_for_clock()
    edited.replace("surveys/beta.yaml", "survey: beta", "survey: beta\naliases: [gamma]")
    edited.assert_incremental_equals_clean()
    assert listing(soup(edited.output() / "lists" / "year.html")) == [("year-2018", "2018", ["other"])]
