"""Quotation marks are set in the texts of cards, and texts without any stay as they are."""

from __future__ import annotations

import itertools
from random import Random
from typing import TYPE_CHECKING

from docutils.utils.smartquotes import educate_tokens, smartchars
from tests.support.sites import small_site, soup

from sphinx_paper_table.cards.quiet_texts import _CHANGED

if TYPE_CHECKING:
    from pathlib import Path

PIECES = (*"abc .-'\"`\\&;,!?()<>«»„“”‘’…–—", " ", "--", "...", ". . .", "&#34;", "&quot;", "é", "词", "。")
SURVEY = """\
survey: quotes
title: Survey
papers:
  - {id: quoted, name: Quoted, summary: "It's \\"one\\" --- not *two's* ... or `\\"three\\"`."}
  - {id: quiet, name: Quiet, summary: "A *second* and `third` - of **all**."}
"""


def test_marks_are_set_where_there_are_some(tmp_path: Path) -> None:
    files = {"index.md": "# Start\n\n```{paper-table} quotes\n```\n", "surveys/quotes.yaml": SURVEY}
    site = small_site(tmp_path, files)
    site.build()
    page = soup(site.output() / "index.html")
    summaries = [" ".join(found.decode_contents().split()) for found in page.select(".pt-summary")]
    assert "It’s “one” — not <em>two’s</em> … or" in summaries[0]
    assert '"three"' in page.select(".pt-summary")[0].get_text()
    assert summaries[1].startswith("A <em>second</em> and <code")
    assert summaries[1].rstrip().endswith("- of <strong>all</strong>.")


def test_nothing_is_changed_in_texts_that_are_passed_over() -> None:
    random = Random(2)  # noqa: S311 (of texts)
    texts = ["".join(random.choices(PIECES, k=random.randint(1, 9))) for _ in range(3000)]
    quiet = [text for text in texts if not _CHANGED.search(text)]
    assert len(quiet) > len(texts) // 10
    for text, language, action in itertools.product(quiet[:300], sorted(smartchars.quotes), ("qDe", "qbBdiew")):
        cut = len(text) // 2
        tokens = [("plain", text[:cut]), ("plain", text[cut:])]
        assert list(educate_tokens(iter(tokens), action, language)) == [text[:cut], text[cut:]]
