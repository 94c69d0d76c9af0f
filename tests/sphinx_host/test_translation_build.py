"""The records' own gettext domains: templates from the gettext builder, translations wherever a text is shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.support.harness import wait_for_clock
from tests.support.sites import INDEX, PAGES, small_site, soup, warnings

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import Tag
    from tests.support.harness import Site

CONF = 'locale_dirs = ["locale"]\ngettext_compact = False\n'
PLACE = "locale/zh_CN/LC_MESSAGES/records/surveys"
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
ALPHA = {
    "One v1": "方法一",
    "Finds **keys** with $k_+$, see {cite:p}`kim2018zero` and {paper}`two`.": (
        "用 $k_+$ 找到 **键**，见 {cite:p}`kim2018zero` 与 {paper}`two`。"
    ),
    "a *queue* replaces the bank": "用 *队列* 代替存储库",
    "Level one": "第一层",
}
VOCABULARY = {"very fast": "很快"}
PAGE = "# 起点\n\n{paper}`one` {paper:group}`alpha#g1`\n\n```{toctree}\n:glob:\n\nsurveys/*\nreferences\nplain\n```\n"


def catalogue(messages: dict[str, str]) -> str:
    """Return a .po file."""
    return HEADER + "".join(f'\nmsgid "{text}"\nmsgstr "{translation}"\n' for text, translation in messages.items())


def chinese_site(path: Path) -> Site:
    """A site whose survey alpha is translated in part, built in Chinese."""
    files = {
        **PAGES,
        "index.md": PAGE,
        "plain.md": "# Plain\n\nNo table, no role, {cite:t}`kim2018zero`.\n",
        f"{PLACE}/alpha.po": catalogue(ALPHA),
        f"{PLACE}/vocabulary.po": catalogue(VOCABULARY),
    }
    site = small_site(path, files, CONF)
    site.options = ["-D", "language=zh_CN"]
    return site


def messages(template: str) -> dict[str, list[str]]:
    """Return the places of every message of a .pot file."""
    found = {}
    for block in template.split("\n\n")[1:]:
        places = re.findall(r"^#: (\S+)$", block, re.MULTILINE)
        (text,) = re.findall(r'^msgid (".*?")\nmsgstr', block, re.MULTILINE | re.DOTALL)
        found["".join(re.findall(r'"(.*)"', text)).replace("\\n", "\n")] = places
    return found


def test_templates(tmp_path: Path) -> None:
    """Each YAML file has its own; every message names the line on which its text begins."""
    site = small_site(tmp_path, PAGES, CONF)
    assert warnings(site.build("gettext"), site.source) == []
    folder = site.output("gettext") / "records" / "surveys"
    assert {path.name for path in folder.glob("*")} == {"alpha.pot", "beta.pot", "vocabulary.pot"}
    lines = site.read("surveys/alpha.yaml").splitlines()
    found = messages((folder / "alpha.pot").read_text("utf-8"))
    for text in ("One v1", "Level one", "A *point* of One.", "a *queue* replaces the bank", "A *local* note.", "R50"):
        (number,) = (n for n, line in enumerate(lines, 1) if text in line)
        assert [place.rsplit("/", 2)[-2:] for place in found[text]] == [["surveys", f"alpha.yaml:{number}"]], text
    assert set(found) >= set(ALPHA)
    assert "very fast" in (folder / "vocabulary.pot").read_text("utf-8")
    own = (site.output("gettext") / "surveys" / "alpha.pot").read_text("utf-8")
    assert "One v1" not in own, "the page's own domain repeats no text of a record"
    assert 'msgid "Alpha"' in own


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The Chinese site, built without a warning."""
    site = chinese_site(tmp_path_factory.mktemp("chinese"))
    assert warnings(site.build(), site.source) == []
    return site


def card(site: Site, name: str, paper: str) -> Tag:
    """Return the card of a paper on a page."""
    found = soup(site.output() / f"{name}.html").select_one(f"#paper-{paper}")
    assert found is not None
    return found


def test_translated_on_its_page(site: Site) -> None:
    one = card(site, "surveys/alpha", "one")
    text = one.get_text()
    assert "方法一" in text
    assert "很快" in text
    assert "quite small" in text
    assert one.select_one(".pt-summary strong").get_text() == "键"  # type: ignore[union-attr]
    assert one.select_one(".pt-summary math").get_text(strip=True) == "k+"  # type: ignore[union-attr]
    assert one.select_one(".pt-relations small em").get_text() == "队列"  # type: ignore[union-attr]
    labels = [
        label.get_text(strip=True) for label in soup(site.output() / "surveys/alpha.html").select(".sd-tab-label")
    ]
    assert labels == ["第一层", "Second group", "全部"]


def test_untranslated_texts_stay(site: Site) -> None:
    assert "Plain." in card(site, "surveys/alpha", "two").get_text()
    assert "A point of One." in card(site, "surveys/alpha", "one").get_text()


def test_translated_on_other_pages(site: Site) -> None:
    """The name and the reason on the card at the other end of a relation, the text of roles, the inventory."""
    other = card(site, "surveys/beta", "other")
    (link,) = other.select(".pt-relations a")
    assert (link["href"], link.get_text()) == ("alpha.html#paper-one", "方法一")
    assert "用队列代替存储库" in other.get_text()
    texts = [link.get_text() for link in soup(site.output() / "index.html").select("article[role=main] p a")]
    assert texts == ["方法一", "第一层"]
    objects = (site.output() / "searchindex.js").read_text("utf-8")
    assert "方法一" in objects or "\\u65b9\\u6cd5\\u4e00" in objects


def test_citations_are_not_doubled(site: Site, tmp_path: Path) -> None:
    """Sphinx's own translation parses a text twice, and each time its citations are noted."""
    english = small_site(tmp_path, {**PAGES, "index.md": INDEX})
    english.build()

    def cited(of: Site) -> tuple[int, int]:
        html = soup(of.output() / "surveys" / "alpha.html")
        return len(html.select(".bibtex-citation")), len(html.select(".pt-cite"))

    def references(of: Site) -> list[str]:
        links = soup(of.output() / "references.html").select(".citation .backrefs a")
        return [str(link["href"]) for link in links]

    assert cited(site) == cited(english)
    assert cited(site)[0] >= 2
    assert references(site) == references(english)


def test_an_edit_of_a_translation_rereads_what_shows_it(tmp_path: Path) -> None:
    site = chinese_site(tmp_path)
    site.build()
    wait_for_clock()
    site.replace(f"{PLACE}/alpha.po", "用 *队列* 代替存储库", "以 *队列* 取代存储库")
    report = site.assert_incremental_equals_clean()
    assert set(re.findall(r"reading sources\.\.\. \[ *\d+%\] (\S+)", report.log)) == {"surveys/alpha", "surveys/beta"}
    assert "以队列取代存储库" in card(site, "surveys/beta", "other").get_text()
    wait_for_clock()
    site.write(f"{PLACE}/alpha.po", site.read(f"{PLACE}/alpha.po") + '\nmsgid "Plain."\nmsgstr "朴素。"\n')
    report = site.assert_incremental_equals_clean()
    assert set(re.findall(r"reading sources\.\.\. \[ *\d+%\] (\S+)", report.log)) == {"surveys/alpha"}
    site.assert_no_op()


def test_a_new_translation_and_one_that_goes(tmp_path: Path) -> None:
    site = chinese_site(tmp_path)
    site.build()
    wait_for_clock()
    site.write(f"{PLACE}/beta.po", catalogue({"Beta methods": "乙方法"}))
    site.assert_incremental_equals_clean()
    site.remove(f"{PLACE}/vocabulary.po")
    (site.source / PLACE / "vocabulary.mo").unlink()
    site.assert_incremental_equals_clean()
    assert "very fast" in card(site, "surveys/alpha", "one").get_text()


def test_yaml_in_a_page(tmp_path: Path) -> None:
    """The records in a page's body stand in the page's domain below records/."""
    body = "# Own\n\n```{paper-table}\n- id: mine\n  name: My method\n  summary: Quite new.\n```\n"
    files = {**PAGES, "own.md": body, "index.md": INDEX.replace("references\n", "references\nown\n")}
    files["locale/zh_CN/LC_MESSAGES/records/own.po"] = catalogue({"My method": "我的方法"})
    site = small_site(tmp_path, files, CONF)
    site.build("gettext")
    found = messages((site.output("gettext") / "records" / "own.pot").read_text("utf-8"))
    assert {text: place[0].rsplit("/", 1)[-1] for text, place in found.items()} == {
        "My method": "own.md:5",
        "Quite new.": "own.md:6",
    }
    site.doctrees = tmp_path / "doctrees-html"  # Sphinx shares those of gettext with no other builder
    site.options = ["-D", "language=zh_CN"]
    assert warnings(site.build(), site.source) == []
    assert "我的方法" in soup(site.output() / "own.html").get_text()


@pytest.mark.parametrize(
    "header", ["text/plain; charset=charset=utf-8", "text/plain; charset=hex", "text/plain; x\x00"]
)
def test_a_catalogue_that_cannot_be_used_is_reported_and_left_out(tmp_path: Path, header: str) -> None:
    """Sphinx leaves an empty file of such a catalogue, which `gettext` cannot read."""
    site = chinese_site(tmp_path)
    site.replace(f"{PLACE}/alpha.po", "text/plain; charset=utf-8", header)
    site.options = [*site.options, "-E"]
    for report in (site.build(), site.build()):
        assert "Traceback" not in report.log
        said = [line for line in warnings(report, site.source) if line.startswith(f"{PLACE}/alpha.po:1")]
        assert len(said) == ("charset=" in header)
    assert "很快" in card(site, "surveys/alpha", "one").get_text()


def test_a_compiled_catalogue_that_is_damaged(tmp_path: Path) -> None:
    site = chinese_site(tmp_path)
    site.remove(f"{PLACE}/alpha.po")
    site.write(f"{PLACE}/alpha.mo", b"\xde\x12\x04\x95" + b"\xff" * 40)
    (said,) = [line for line in warnings(site.build(), site.source) if "alpha" in line]
    assert said.startswith(f"{PLACE}/alpha.po:1:1: WARNING: this catalogue of translations cannot be used")
    assert "Finds keys" in card(site, "surveys/alpha", "one").get_text()
