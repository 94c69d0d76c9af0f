"""Chinese sentences are joined without spaces, on every kind of page and in every builder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.sites import PAGES, small_site, soup, warnings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.harness import Site

SURVEY = """\
survey: zhong
title: 综述
papers:
  - id: yi
    name: 方法一
    summary: >-
      折叠的第一行，
      第二行见 {paper}`er` 与 `代 码`。 **粗体。** 句子，CLIP
      的特征。
  - {id: er, name: 方法二, summary: "没有标记的\\n两行"}
"""
MARKDOWN = """\
# 第一章 引言

更好的特征。**粗体。** 后面的句子
换行之后，见 {paper}`yi` 的卡片 [链接](https://example.org) 。CLIP 的 “a dog” 与 $x$ 公式。

```text
代码。 不变
```

```{paper-table} zhong
```
"""
RST = """\
标题
====

更好的 *特征*\\ 。 **粗体。** 后面的句子
换行之后，A
B ``代 码`` 结束。
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    files = {**PAGES, "surveys/zhong.yaml": SURVEY, "zhong.md": MARKDOWN, "rst.rst": RST}
    site = small_site(tmp_path_factory.mktemp("spaces"), files, 'suppress_warnings = ["toc.not_included"]\n')
    assert warnings(site.build(), site.source) == []
    return site


def paragraphs(path: Path) -> list[str]:
    found = soup(path)
    for formula in found.select("math"):
        formula.string = formula.get_text(strip=True)
    return [text.get_text() for text in found.select("article p, article h1, article pre")]


def test_line_ends_and_mark_up_leave_no_space(site: Site) -> None:
    found = paragraphs(site.output() / "zhong.html")
    assert found[0].startswith("第一章 引言"), "a space within a line was meant"
    expected = "更好的特征。粗体。后面的句子换行之后，见方法一的卡片链接。CLIP 的 “a dog” 与 x 公式。"
    assert found[1:3] == [expected, "代码。 不变\n"]
    assert paragraphs(site.output() / "rst.html")[1] == ("更好的特征。粗体。后面的句子换行之后，A\nB 代 码 结束。")


def test_records_lose_what_yaml_has_folded(site: Site) -> None:
    html = soup(site.output() / "zhong.html")
    assert [text.get_text().strip() for text in html.select(".pt-summary")] == [
        "折叠的第一行，第二行见方法二与 代 码。粗体。句子，CLIP 的特征。",
        "没有标记的两行",
    ]


@pytest.mark.parametrize(("builder", "name"), [("text", "zhong.txt"), ("xml", "zhong.xml"), ("epub", "zhong.xhtml")])
def test_other_builders_do_the_same(site: Site, builder: str, name: str) -> None:
    assert warnings(site.build(builder), site.source) == []
    text = (site.output(builder) / name).read_text("utf-8")
    assert "后面的句子换行之后，见" in "".join(text.split("\n"))
    assert "粗体。 " not in text
