"""Spaces between Chinese characters: which go, and which stay."""

from __future__ import annotations

import pytest

from sphinx_paper_table.survey.cjk_spacing import closed_up, has_wide, without_spaces


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一句。 第二句", "第一句。第二句"),
        ("折叠的 一行", "折叠的一行"),
        ("句号。\nCLIP", "句号。CLIP"),
        ("CLIP （注）", "CLIP（注）"),
        ("他说 “好” 。", "他说“好”。"),
        ("カナ\n混じり", "カナ混じり"),
        ("用 CLIP 的 “a dog”", "用 CLIP 的“a dog”"),
        ("𠀀 𠀁", "𠀀𠀁"),
    ],
)
def test_joined_lines_lose_the_space(text: str, expected: str) -> None:
    assert without_spaces(text) == expected


@pytest.mark.parametrize(
    "text", ["用 CLIP 做", "An English line\nand another", "“quoted” words", "한국어 띄어쓰기", "第 3 节", " 前", "后 "]
)
def test_other_spaces_stay(text: str) -> None:
    assert without_spaces(text) == text
    assert closed_up([text]) == [text]


def test_between_the_parts_of_a_paragraph_the_space_goes() -> None:
    assert closed_up(["更好的特征。", " 最简单"]) == ["更好的特征。", "最简单"]
    assert closed_up(["见 ", "动量", " ", "编码器", " 。"]) == ["见", "动量", "", "编码器", "。"]
    assert closed_up(["由 ", "MoCo", " 提出。", " ", "CLIP"]) == ["由 ", "MoCo", " 提出。", "", "CLIP"]


def test_within_a_line_a_space_is_meant() -> None:
    assert closed_up(["第一章 引言", "更多"]) == ["第一章 引言", "更多"]
    assert closed_up(["第一行\n  第二行"]) == ["第一行第二行"]
    assert closed_up([]) == []


@pytest.mark.parametrize("text", ["plain", "“quoted” words", "한국어 띄어쓰기", "Müller – x", "\ufffc  x"])
def test_without_wide_characters_there_is_nothing_to_do(text: str) -> None:
    assert not has_wide(text)
    assert closed_up([text[:3], text[3:]]) == [text[:3], text[3:]]


@pytest.mark.parametrize("text", ["用", "（", "カ", "𠀀", "、"])
def test_beside_wide_characters_there_may_be(text: str) -> None:
    assert has_wide(f"Of {text}")
