"""What every page of the built site says of itself, read without a browser."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

import pytest
from tests.support.browsing import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser

TAGS: Final = {"html": "en", "html-zh_CN": "zh-CN"}
_NOT_READ: Final = {"script", "style", "pre", "code", "math", "title"}


class Facts(HTMLParser):
    """The ids, links, landmarks and text of a page, in one pass."""

    def __init__(self, html: str) -> None:
        """Read all of it."""
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.alternates: dict[str, str] = {}
        self.language = ""
        self.mains = 0
        self.headings: list[int] = []
        self.text: list[str] = []
        self._unread = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element has."""
        given = {name: value or "" for name, value in attrs}
        self._unread += tag in _NOT_READ
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "html":
            self.language = given.get("lang", "")
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "link" and given.get("rel") == "alternate" and "hreflang" in given:
            self.alternates[given["hreflang"]] = given["href"]
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        self.mains += tag == "main" or given.get("role") == "main"

    def handle_endtag(self, tag: str) -> None:
        """Note where reading goes on."""
        self._unread -= tag in _NOT_READ

    def handle_data(self, data: str) -> None:
        """Keep what readers read."""
        if not self._unread:
            self.text.append(data)


@cache
def facts(path: Path) -> Facts:
    return Facts(path.read_text("utf-8"))


@pytest.fixture(params=TAGS)
def built(site: Path, request: pytest.FixtureRequest) -> Path:
    """Return the directory of the build in each language."""
    return site / str(request.param)


def pages(built: Path) -> Iterator[tuple[str, Facts]]:
    found = sorted(built.rglob("*.html"))
    assert len(found) > 20
    for path in found:
        if "_static" not in path.parts:
            yield path.relative_to(built).as_posix(), facts(path)


def test_each_page_has_one_main_part_and_says_its_language(built: Path) -> None:
    wrong = {name for name, page in pages(built) if page.mains != 1 or page.language != TAGS[built.name]}
    assert wrong == set()


def test_each_page_leads_to_itself_in_the_other_language(built: Path) -> None:
    (other,) = set(LANGUAGES.values()) - {built.name}
    for name, page in pages(built):
        if name == "404.html":  # it is shown at any address
            continue
        assert set(page.alternates) == {TAGS[other]}, name
        target = (built / name).parent / page.alternates[TAGS[other]]
        assert target.resolve() == (built.parent / other / name).resolve()
        assert target.is_file(), name


def test_every_link_within_the_site_leads_somewhere(built: Path) -> None:
    broken = set()
    for name, page in pages(built):
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            place = built if parts.path.startswith("/") else (built / name).parent
            target = (place / unquote(parts.path).lstrip("/")).resolve() if parts.path else built / name
            is_page = target.suffix == ".html" and target.is_file()
            if not target.exists() or (parts.fragment and is_page and unquote(parts.fragment) not in facts(target).ids):
                broken.add((name, link))
    assert broken == set()


def test_no_mark_of_emphasis_is_left_in_the_text(built: Path) -> None:
    """Beside Chinese punctuation, CommonMark takes some stars for stars."""
    assert {name for name, page in pages(built) if "**" in "".join(page.text)} == set()


def test_headings_skip_no_level(built: Path) -> None:
    """Groups in tabs and groups in groups have the level below what they stand in."""
    wrong = {
        name: page.headings
        for name, page in pages(built)
        if name.startswith(("surveys/", "methods/", "references"))
        and any(after > before + 1 for before, after in zip([0, *page.headings], page.headings, strict=False))
    }
    assert wrong == {}


def test_a_survey_shows_a_card_before_its_story(built: Path) -> None:
    """Its first one stood some 8,000 pixels down."""
    found = [path.read_text("utf-8") for path in (built / "surveys").glob("*.html") if path.stem != "background"]
    assert found
    for text in found:
        assert text.index('class="pt-steps') < text.index(" pt-card") < text.index('id="the-problem"')
