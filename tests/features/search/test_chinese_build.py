"""Chinese is searched by pairs of characters, on Chinese sites and where nobody has brought another search."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from sphinx.search import SearchLanguage, js_index, languages
from tests.support.sites import small_site, warnings

from sphinx_paper_table.features.search.chinese import BigramChinese, choose_language

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("动量编码器", ["动", "量", "编", "码", "器", "动量", "量编", "编码", "码器"]),
        ("负", ["负"]),
        ("MoCo v1，负样", ["MoCo", "v1", "负", "样", "负样"]),
        ("用CLIP做x_1", ["用", "CLIP", "做", "x_1"]),
        ("naïve Šuman, 2020", ["naïve", "Šuman", "2020"]),
        ("时时々", ["时", "时", "々", "时时", "时々"]),
        ("𠀋𠀌かな", ["𠀋", "𠀌", "𠀋𠀌", "かな"]),
        (" 。\n", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert BigramChinese({}).split(text) == words


def test_stems_are_english_and_chinese_is_left_alone() -> None:
    language = BigramChinese({})
    assert [language.stem(word) for word in ("Transformers", "动量", "负")] == ["transform", "动量", "负"]
    assert [word for word in ("负", "动量", "the", "2020", "v1") if language.word_filter(word)] == ["负", "动量", "v1"]


def test_a_chinese_site(tmp_path: Path) -> None:
    """The name of the stemmer is that of one in the file: Sphinx 9.0 would write one that is nowhere."""
    page = "# 开始\n\n动量编码器\n\n```{toctree}\n:glob:\n\nsurveys/*\nreferences\n```\n"
    site = small_site(tmp_path, {"index.md": page, "surveys/alpha.md": "# A\n"}, 'language = "zh_CN"')
    assert [line for line in warnings(site.build(), site.source) if "search" in line] == []
    script = (site.output() / "_static" / "language_data.js").read_text("utf-8")
    (stemmer,) = re.findall(r"window\.Stemmer = (\w+);", script)
    assert re.search(rf"\b{stemmer}\s*=\s*function|function {stemmer}\b|class {stemmer}\b", script), stemmer
    assert script.count("function splitQuery(query)") == 1
    terms = js_index.loads((site.output() / "searchindex.js").read_text("utf-8"))["terms"]
    assert {"动量", "量编", "编码", "码器", "器"} <= terms.keys()


class _Own(SearchLanguage):
    lang = "zh"


@pytest.mark.parametrize(
    ("language", "search", "before", "after"),
    [
        ("zh_CN", None, "sphinx.search.zh.SearchChinese", BigramChinese),
        ("zh_TW", None, "sphinx.search.zh.SearchChinese", BigramChinese),
        ("en", "zh", "sphinx.search.zh.SearchChinese", BigramChinese),
        ("en", None, "sphinx.search.zh.SearchChinese", "sphinx.search.zh.SearchChinese"),
        ("zh_CN", "en", "sphinx.search.zh.SearchChinese", "sphinx.search.zh.SearchChinese"),
        ("zh_CN", None, _Own, _Own),
    ],
)
def test_who_gets_it(
    language: str, search: str | None, before: object, after: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(languages, "zh", before)
    choose_language(_App(), SimpleNamespace(language=language, html_search_language=search))  # type: ignore[arg-type]
    assert languages["zh"] == after


class _App:
    """As much of Sphinx as it takes."""

    @staticmethod
    def add_search_language(found: type[SearchLanguage]) -> None:
        """Do as Sphinx does."""
        languages[found.lang] = found
