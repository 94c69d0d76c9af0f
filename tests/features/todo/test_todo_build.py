"""The directive ``paper-todo``: in MyST and reStructuredText, as HTML and as text, in two languages, day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.sites import small_site, soup
from tests.support.texts import BIB, SURVEY, VOCABULARY, edited

if TYPE_CHECKING:
    from tests.support.harness import Site

FILES = {
    "index.md": "# Start\n\n```{toctree}\n:glob:\n\n*\n```\n",
    "cards.md": "# Cards\n\n```{paper-table} s\n:layout: cards\n```\n",
    "all.md": "# All\n\n```{paper-todo} s\n:months: 24\n```\n",
    "some.rst": "Some\n====\n\n.. paper-todo:: s#inner\n   :kinds: tags, summary\n",
    "none.rst": "None\n====\n\n.. paper-todo:: s\n   :kinds: reference\n",
    "references.md": "# References\n\n```{bibliography}\n:all:\n```\n",
    "surveys/s.yaml": SURVEY,
    "surveys/v.yaml": VOCABULARY,
    "refs.bib": BIB,
}


def lines(site: Site, page: str) -> list[str]:
    return [" ".join(item.get_text().split()) for item in soup(site.output() / f"{page}.html").select(".pt-todo li")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A small site as HTML and as text."""
    made = small_site(tmp_path_factory.mktemp("todo"), FILES)
    made.build()
    made.build("text")
    return made


def test_a_line_an_entry_by_survey_and_group(site: Site) -> None:
    page = soup(site.output() / "all.html")
    assert [heading.get_text() for heading in page.select(".pt-todo :is(h2, h3, h4)")] == ["Survey", "First", "Inner"]
    assert lines(site, "all") == [
        "Old: No numbers",
        "New: No link to code; Preprint, perhaps published by now (2020-03)",
        "third: No summary; No tags; No numbers; No link to code",
    ]
    assert page.select_one(".pt-todo p").get_text() == "To do: 7, in a survey of 3 entries"  # type: ignore[union-attr]
    assert [link["href"] for link in page.select(".pt-todo li a")] == [
        f"cards.html#paper-{name}" for name in ("old", "new", "third")
    ]


def test_options_narrow_it(site: Site) -> None:
    assert lines(site, "some") == ["third: No summary; No tags"]
    assert soup(site.output() / "none.html").select_one(".pt-todo").get_text(strip=True) == "Nothing is to do."  # type: ignore[union-attr]


def test_formats_without_a_printer_have_it(site: Site) -> None:
    text = (site.output("text") / "all.txt").read_text("utf-8")
    for line in ("To do: 7, in a survey of 3 entries", "* third: No summary; No tags; No numbers; No link to code"):
        assert line in text
    assert "Nothing is to do." in (site.output("text") / "none.txt").read_text("utf-8")


def test_pages_follow_entries_comments_translations_and_the_day(tmp_path_factory: pytest.TempPathFactory) -> None:
    files = {**FILES, "surveys/s.yaml": edited(SURVEY, "        aliases: [former]\n", "        reviewed: 2026-01-01\n")}
    site = small_site(tmp_path_factory.mktemp("todo-changes"), files)
    site.build_with({"SOURCE_DATE_EPOCH": "1795651200"})
    assert "Reviewed" not in str(lines(site, "all"))
    site.build_with({"SOURCE_DATE_EPOCH": "1895651200"})
    assert "Reviewed long ago (2026-01-01)" in str(lines(site, "all"))
    site.replace("surveys/s.yaml", "        cite: third2019\n", "        cite: third2019  # TODO\n")
    po = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "First"\nmsgstr "Erste"\n'
    site.write("locales/de/LC_MESSAGES/records/surveys/s.po", po)
    site.build_with({"SOURCE_DATE_EPOCH": "1895651200"})
    assert "third: Unfinished; No summary" in str(lines(site, "all"))
    assert lines(site, "all")[0].startswith("records/surveys/s: Not translated (de: ")


def test_what_is_wrong_is_said_and_costs_only_itself(tmp_path_factory: pytest.TempPathFactory) -> None:
    wrong = "# All\n\n```{paper-todo} t\n```\n\n```{paper-todo} s\n:kinds: tag\n:month: 3\n:months: many\n```\n"
    site = small_site(tmp_path_factory.mktemp("todo-wrong"), {**FILES, "all.md": wrong})
    site.strict = False
    said = site.build().log
    for message in ("there is no survey 't'", "did you mean 'tags'?", "no option 'month'", "'months' is left out"):
        assert message in said, said
    assert len(lines(site, "all")) == 3


def test_it_is_said_in_the_readers_language(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = small_site(tmp_path_factory.mktemp("todo-zh"), FILES, "language = 'zh_CN'\n")
    site.build()
    assert lines(site, "all")[0] == "Old：没有数值结果"
