"""The site in Chinese: its texts appear translated wherever they are shown."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml.html import document_fromstring
from tests.support.sites import quick_soup

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from tests.conftest import RealSite

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "ext" / "sphinx_paper_table" / "locale"
LABELS = ROOT / ".ci" / "labels.py"
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def site(real_site: RealSite) -> Path:
    """Return the site, built in Chinese as `make html-zh` builds it, with warnings as errors."""
    return real_site("zh_CN")


@cache
def page(site: Path, name: str) -> BeautifulSoup:
    return quick_soup(site / name)


def card(site: Path, paper: str, name: str = "surveys/contrastive-learning.html") -> Tag:
    found = page(site, name).select_one(f"#paper-{paper}")
    assert found is not None
    return found


def relations(of: Tag) -> dict[str, dict[str, str]]:
    """Return label → paper → reason, as a card shows them."""
    found: dict[str, dict[str, str]] = {}
    label = ""
    for item in of.select(".pt-relations > *"):
        if item.name == "dt":
            label = item.get_text(strip=True)
            found[label] = {}
        else:
            paper, _, reason = item.get_text().partition("：")
            found[label][paper] = reason
    return found


def test_the_card_is_translated_and_keeps_its_name_and_its_markup(site: Path) -> None:
    moco = card(site, "moco-v1")
    name, summary = moco.select_one(".pt-name"), moco.select_one(".pt-summary")
    assert name is not None
    assert summary is not None
    assert name.get_text().startswith("MoCo v1")
    assert "字典查询" in summary.get_text()
    assert [item.get_text() for item in summary.select("em")] == ["队列", "动量编码器"]
    assert [item.get_text() for item in moco.select(".pt-tags li")] == ["个体判别", "队列", "动量编码器"]
    assert "Contrastive learning is read" not in moco.get_text()


def test_points_relations_and_settings_are_all_in_chinese(site: Path) -> None:
    moco = card(site, "moco-v1")
    points = [item.get_text() for item in moco.select(".pt-points li")]
    settings = [item.get_text() for item in moco.select(".pt-setting")]
    reasons = [reason for papers in relations(moco).values() for reason in papers.values()]
    assert (len(points), len(settings), len(reasons)) == (4, 2, 12)
    assert [text for text in (*points, *settings, *reasons) if not HAN.search(text)] == []
    assert moco.select(".pt-points :is(.math, math)"), "the formula is still one"


def test_labels_and_names_of_relations_are_in_chinese(site: Path) -> None:
    found = relations(card(site, "moco-v1"))
    assert list(found) == ["基于", "采用", "比较", "同期工作", "相关", "后续扩展", "被采用于"]
    assert list(found["后续扩展"]) == ["MoCo v2"], "extended by"
    named = [
        item.get("aria-label") or item.get_text()
        for item in card(site, "moco-v1").select("summary, .pt-details > .pt-label")
    ]
    assert named == ["MoCo v1 的详情", "要点", "实验结果"]


@pytest.mark.parametrize(
    ("paper", "file", "label", "reason"),
    [
        ("instdisc", "surveys/contrastive-learning.html", "后续工作", "取代了记忆库"),
        ("cpc-v1", "surveys/contrastive-learning.html", "被采用于", "损失函数为 InfoNCE"),
        ("simclr-v1", "surveys/contrastive-learning.html", "比较", "负样本来源不同"),
        ("resnet", "surveys/background.html", "被采用于", "查询编码器与键编码器均为 ResNet-50"),
    ],
)
def test_the_reasons_of_the_paper_are_translated_on_the_cards_at_the_other_end(
    site: Path, paper: str, file: str, label: str, reason: str
) -> None:
    assert reason in relations(card(site, paper, file))[label]["MoCo v1"]


def test_only_latin_words_stand_out_in_citations(site: Path) -> None:
    """Chinese emphasis is bold: "et al." is set in italics, its Chinese counterpart as the text around it."""
    found = page(site, "surveys/background.html")
    assert "He 等 [2016]" in found.get_text()
    assert [item.get_text() for item in found.select("em") if item.get_text() == "等"] == []


def test_no_text_of_a_card_is_left_in_english(site: Path) -> None:
    slots = ".pt-summary, .pt-points li, .pt-relations small, .pt-setting, .pt-note"
    found = {
        f"{file.name}: {text}"
        for file in site.glob("surveys/*.html")
        for item in quick_soup(file).select(slots)
        if not HAN.search(text := item.get_text()) and re.search(r"[a-z]{3,} [a-z]{3,}", text)
    }
    assert found == set()


def test_no_mark_of_the_text_shows_on_a_page(site: Path) -> None:
    """Emphasis beside Chinese needs a boundary that MyST accepts; what it does not accept appears as it is written."""
    for file in site.rglob("*.html"):
        found = document_fromstring(file.read_bytes())
        for code in found.xpath("//pre | //code | //script | //style | //math"):
            code.drop_tree()
        assert re.findall(r".{0,20}(?:\*|`|\{[a-z:]+\}).{0,20}", found.text_content()) == [], file


def test_the_theme_speaks_chinese(site: Path) -> None:
    """Sphinx's own catalogue lacks the labels of Furo; the site's `sphinx.po` adds them."""
    found = page(site, "surveys/background.html")
    labels = ".toc-title, .skip-to-content, .back-to-top, .related-pages .context"
    assert [item.get_text(strip=True) for item in found.select(labels)] == [
        "跳至正文", "返回顶部", "下一页", "上一页", "本页内容",
    ]  # fmt: skip


def test_the_tables_of_the_reference_are_translated_and_keep_their_names(site: Path) -> None:
    table = page(site, "guide/reference.html").select_one("#record-paper table")
    assert table is not None
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in table.select("tr")]
    assert rows[0] == ["键", "值", "含义"]
    assert rows[2] == ["name", "文本", "读者熟悉的简称。必填。例如：MoCo v1。"]
    assert [row[1:] for row in rows if row[0] == "relations"] == [
        ["映射：id 到 Relation 的列表", "从关系类型到论文列表，每项为一个 id，或带有理由的映射。"]
    ]


def test_cells_of_code_and_names_ask_for_no_translation(real_site: RealSite) -> None:
    template = (real_site(builder="gettext") / "guide" / "reference.pot").read_text("utf-8")
    assert 'msgid "list of ids"' in template
    assert 'msgid "Former ids; links to them keep working."' in template
    for name in ("`aliases`", "{ref}`Links <record-links>`", "`:layout:`", "`paper_table.missing-key`"):
        assert f'msgid "{name}"' not in template


WIDE = "\\u3001-\\u303f\\u3400-\\u9fff\\uff01-\\uff60\\u2018-\\u201d"
GAP = re.compile(rf"[{WIDE}]\s+[{WIDE}]")
APART = (
    *("p", "li", "td", "th", "div", "section", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "summary", "figcaption"),
    *("label", "option", "button", "legend"),
)
"""What stands by itself on the screen; a mark has a space or an edge around it."""
HIDDEN = "//*[{}]".format(
    " or ".join(
        [f"self::{name}" for name in ("script", "style", "pre", "code", "svg", "math")]
        + [f"contains(concat(' ', @class, ' '), ' {name} ')" for name in ("math", "pt-hidden", "pt-badge")]
    )
)


def gaps(found: Any) -> list[str]:
    """Return every piece of text with a space between two Chinese characters; Beautiful Soup would take seconds."""
    for hidden in found.xpath(HIDDEN):
        hidden.tail = f"|{hidden.tail or ''}"
        hidden.drop_tree()
    for block in found.iter(*APART):
        block.text = f"|{block.text or ''}"
        if len(block):
            block[-1].tail = f"{block[-1].tail or ''}|"
        else:
            block.text += "|"
    text = found.body.text_content()
    return [text[max(0, gap.start() - 15) : gap.end() + 15] for gap in GAP.finditer(text)]


def test_no_space_is_left_between_chinese_characters(site: Path) -> None:
    """Sentences, links and emphasis are joined as Chinese joins them, whatever spaces their mark-up needed."""
    pages = {file: document_fromstring(file.read_bytes()) for file in site.rglob("*.html")}
    assert len(pages) > 25
    assert {str(file): found for file, html in pages.items() if (found := gaps(html))} == {}


def test_a_gap_would_be_found() -> None:
    text = "<body><p>更好的<b>特征。</b> 最简单</p>"
    assert gaps(document_fromstring(text)) == ["|更好的特征。 最简单|"]
    assert gaps(document_fromstring("<body><p>一</p> <p>二，CLIP 的 <code>x</code> 三</p>")) == []


def labels(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(LABELS), "--check", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_every_label_is_translated_and_compiled() -> None:
    result = labels()
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ('msgstr "要点"', 'msgstr "重点"', ["it is older than its source"]),
        ('msgstr "要点"', 'msgstr ""', ["'Key points' is not translated"]),
        ('msgid "Key points"', 'msgid "Key ideas"', ["'Key points' is not in it", "nothing uses 'Key ideas'"]),
    ],
)
def test_a_label_that_is_not_current_is_named(tmp_path: Path, old: str, new: str, faults: list[str]) -> None:
    locale = Path(shutil.copytree(LOCALE, tmp_path / "locale"))
    source = locale / "zh_CN" / "LC_MESSAGES" / "sphinx_paper_table.po"
    text = source.read_text(encoding="utf-8")
    assert text.count(old) == 1
    source.write_text(text.replace(old, new), encoding="utf-8")
    result = labels("--locale", str(locale))
    assert result.returncode == 1
    assert [fault for fault in faults if fault not in result.stderr] == []


def test_what_is_english_says_so(site: Path) -> None:
    """Screen readers change the voice, and browsers the font, for titles and references."""
    card = page(site, "surveys/background.html").select_one("#paper-resnet")
    assert card is not None
    assert {item.get("lang") for item in card.select(".pt-title, .pt-all")} == {"en"}
    listed = page(site, "references.html").select(".citation > p:not(.cited-on)")
    assert {item.get("lang") for item in listed} == {"en"}


def test_punctuation_between_chinese_words_is_chinese(site: Path) -> None:
    found = page(site, "surveys/background.html")
    assert {item.get_text()[0] for item in found.select(".pt-relations small")} == {"："}
    assert {item.get_text()[:4] for item in page(site, "references.html").select(".cited-on")} == {"引用于："}
