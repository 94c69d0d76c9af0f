"""Plain text of sentences in MyST."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING, Final

import pytest

from sphinx_paper_table.survey import markdown
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.markdown import markup_spans, plain_text

if TYPE_CHECKING:
    from markdown_it.token import Token

SIGNS: Final = (*map(chr, range(32, 127)), "é", "中", "\t", "\n", "\x85", "\xa0", "\N{LINE SEPARATOR}")
PARTS: Final = (
    *SIGNS,
    "word",
    " ",
    " a b ",
    "{cite}`key`",
    "$x$",
    "http://a.example",
    "a@b.example",
    "1. ",
    "- ",
    "# ",
)


def shown(text: str) -> str:
    return plain_text(text, lambda role, content: f"<{role}:{content}>")


@pytest.mark.parametrize("seed", range(4))
def test_a_text_without_marks_is_what_the_parser_makes_of_it(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not given to the parser would come back from it unchanged."""
    random = Random(seed)  # noqa: S311 (no secret)
    texts = ["".join(random.choices(PARTS, k=random.randint(0, 9))) for _ in range(300)]
    direct = [shown(text) for text in texts]
    assert any(not markdown._MARKED.search(text) for text in texts)
    monkeypatch.setattr(markdown, "_MARKED", re.compile(""))
    assert [shown(text) for text in texts] == direct


def test_marks_go_and_roles_are_asked() -> None:
    assert shown("A *b* {cite}`k` `c`\\\nd &amp; e") == "A b <cite:k> c d & e"


BLOCKS: Final = (
    *PARTS,
    "\n\n",
    "\n```{note}\n",
    "\n```\n",
    "| a | b |\n|---|---|\n",
    " \\| ",
    "> ",
    "[^1]: ",
    "$$",
    "\0",
)


@pytest.mark.parametrize("seed", range(4))
def test_paragraphs_that_are_not_read_further_have_no_spans(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spans are those of the parser that reads every paragraph."""
    random = Random(seed)  # noqa: S311 (no secret)
    texts = ["".join(random.choices(BLOCKS, k=random.randint(0, 30))) for _ in range(200)]
    found = [list(markup_spans(text, markup)) for text in texts for markup in (Markup.BLOCK, Markup.INLINE)]
    assert sum(map(len, found)) > 100
    markdown._all_spans.cache_clear()
    monkeypatch.setattr(markdown, "_tokens", _tokens_of_the_parser)
    right = [list(markup_spans(text, markup)) for text in texts for markup in (Markup.BLOCK, Markup.INLINE)]
    markdown._all_spans.cache_clear()
    assert found == right


def _tokens_of_the_parser(source: str, *, is_block: bool) -> list[Token]:
    parser = markdown._parser()
    return parser.parse(source) if is_block else parser.parseInline(source)
