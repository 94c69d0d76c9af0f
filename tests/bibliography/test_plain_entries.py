"""An entry that is written plainly is read by patterns, and is the one that pybtex's scanner would give."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path
from random import Random
from typing import Final

from sphinx_paper_table.bibliography.file_parts import parts_of, position
from sphinx_paper_table.bibliography.macros import Macros
from sphinx_paper_table.bibliography.plain_entries import plain_entry
from sphinx_paper_table.bibliography.scanner import _entries_of, _Parser
from sphinx_paper_table.survey.problems import Problems

REFERENCES: Final = Path(__file__).resolve().parents[2] / "refs.bib"
WRITTEN: Final = (
    *("{", "}", '"', ",", "@", "%", "#", "=", "\\", "\n", "  ", "{x}", "@misc{b, title = {B}}", "}\n}", ",,", "jan"),
    *("title = {T}, ", "1", "é", "\\%", "(", ")", "\r", "xdata = {c},", "  @", "comment"),
)


def read_both_ways(text: str) -> list[bool]:
    """Compare the two ways for each part of *text*; return for which of them the plain one was sure."""
    sure = []
    for part in parts_of(text):
        place, problems = position(text, "a.bib", part.start), Problems()
        plain = plain_entry(part, place)
        sure.append(plain is not None)
        if plain is not None:
            parser = _Parser(part.text, Macros(), problems, place)
            scanned = list(_entries_of(parser, problems, is_last=part.is_last))
            parser.report_undefined()
            assert [astuple(plain)] == [astuple(entry) for entry in scanned], part.text
            assert not len(problems), part.text
    return sure


def test_nearly_all_entries_are_plain() -> None:
    sure = read_both_ways(REFERENCES.read_text("utf-8"))
    assert sum(sure) > 0.8 * len(sure)


def test_entries_changed_at_random_are_the_same_or_left_to_the_scanner() -> None:
    random = Random(5)  # noqa: S311 (nothing secret)
    text = REFERENCES.read_text("utf-8")
    entries = [part.text.removesuffix("@") for part in parts_of(text)][1:40]
    sure = []
    for _ in range(400):
        signs = list(random.choice(entries))
        for _ in range(random.randint(1, 3)):
            at = random.randrange(len(signs))
            signs[at : at + random.randint(0, 2)] = random.choice(WRITTEN)
        sure += read_both_ways("".join(signs))
    assert 30 < sum(sure) < len(sure)


def test_what_is_no_entry_is_left_to_the_scanner() -> None:
    for text in (
        "@string{a,b = {c},}",
        "@comment{a, b = {c},}",
        "@misc{a,}",
        "@misc{a, b = {c},} x",
        "a@misc{a, b = {c},}",
    ):
        assert not any(read_both_ways(text)), text
    assert read_both_ways("@misc{a,\n b = {c},\n}\n  @Misc{d, e={{f}},}")[1:] == [True, True]
