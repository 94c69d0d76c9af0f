"""What is said of plain inline texts without a parser is what the parser says."""

from __future__ import annotations

import random

import pytest

from sphinx_paper_table.survey import markdown
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.inline_markup import inline_spans, is_all_bold, is_simple

_PIECES = (*("`", "``", "```", "{a}", "{cite:p}", "{", "}", " ", "  "), *("x", "é7", "_", "*", "**", "&amp;", ".", "!"))
_HARD = ("\\", "<", "[", "](u)", "$", "<b>")


def _texts(seed: int, pieces: tuple[str, ...], count: int = 400) -> list[str]:
    choice = random.Random(seed)  # noqa: S311 (tests that can be repeated)
    return ["".join(choice.choices(pieces, k=choice.randint(1, 14))) for _ in range(count)]


@pytest.mark.parametrize("seed", range(3))
def test_spans_are_those_of_the_parser(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = _texts(seed, (*_PIECES, *_HARD))
    markdown._all_spans.cache_clear()
    fast = {text: list(markdown.markup_spans(text, Markup.INLINE)) for text in texts}
    monkeypatch.setattr(markdown, "is_simple", lambda _text: False)
    markdown._all_spans.cache_clear()
    assert fast == {text: list(markdown.markup_spans(text, Markup.INLINE)) for text in texts}
    markdown._all_spans.cache_clear()
    assert sum(map(is_simple, texts)) > 50
    assert any(list(inline_spans(text)) for text in texts if is_simple(text))


@pytest.mark.parametrize("seed", range(3))
def test_bold_text_that_is_whole_leaves_no_stars(seed: int) -> None:
    whole = [text for text in _texts(seed, ("**", "**", "a", "b c", " ", "7", ".", "*", "_")) if is_all_bold(text)]
    assert any("**" in text for text in whole)
    assert not [text for text in whole if "**" in markdown.plain_text(text, lambda _name, content: content)]


@pytest.mark.parametrize(
    "text", ["**open", "a ** b ** c", "**a **", "_a **b_ c**", "[a **b](x) c**", "**a* b**", "*a **b* c**"]
)
def test_bold_text_that_may_be_open_is_left_to_the_parser(text: str) -> None:
    assert not is_all_bold(text)


def test_a_plain_text_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "_parser", lambda: pytest.fail("it was parsed"))
    markdown._all_spans.cache_clear()
    spans = list(markdown.markup_spans("See {cite:p}`he2020momentum` and `code`.", Markup.INLINE))
    assert [span.content for span in spans] == ["he2020momentum", "code"]
