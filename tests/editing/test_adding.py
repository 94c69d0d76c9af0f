"""New entries go where `format` puts them; titles keep their capitals, and tags are found in words."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from sphinx_paper_table.bibliography.macros import Macros
from sphinx_paper_table.bibliography.scanner import raw_entries
from sphinx_paper_table.bibliography.writer import format_bibtex
from sphinx_paper_table.editing.adding import is_same, protected
from sphinx_paper_table.editing.bibtex_editor import BibtexEditor
from sphinx_paper_table.editing.documents import Document
from sphinx_paper_table.editing.proposals import proposed_tags
from sphinx_paper_table.survey.edits import apply_edits
from sphinx_paper_table.survey.entities import TagTerm, Vocabulary
from sphinx_paper_table.survey.located import Located
from sphinx_paper_table.survey.problems import Problems
from sphinx_paper_table.survey.references import Author, BibtexEntry, Reference

REFS = (Path(__file__).parents[2] / "refs.bib").read_text("utf-8")


def entries(text: str) -> list[BibtexEntry]:
    return list(raw_entries(text, "refs.bib", Macros(is_complete=False), Problems()))


def inserted(text: str, *new: BibtexEntry) -> str:
    editor = BibtexEditor(Document("refs.bib", Path("refs.bib"), text.encode(), text))
    editor.insert(new)
    return apply_edits(text, editor.finished())


def test_entries_that_were_taken_out_go_back_where_they_were() -> None:
    """Any of the site's own bibliography, the first and the last too, alone and several together."""
    shuffled = random.Random(7)  # noqa: S311 (a seed makes it repeatable)
    all_entries = entries(REFS)[:40]
    text = "\n".join(f"{entry.source}\n" for entry in all_entries)
    groups = [all_entries[:1], all_entries[-1:], all_entries[:3], *(shuffled.sample(all_entries, 5) for _ in range(5))]
    for group in groups:
        without = "\n".join(f"{entry.source}\n" for entry in all_entries if entry not in group)
        assert inserted(without, *group) == text
    assert inserted("", *shuffled.sample(all_entries, 40)) == text


NEW = BibtexEntry("misc", "m2020new", (("title", "New"),))
WRITTEN = "@misc{m2020new,\n  title = {New},\n}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"{WRITTEN}\n"),
        ("% nothing yet\n", f"% nothing yet\n\n{WRITTEN}\n"),
        ("@misc{a, title={A}}", f"@misc{{a, title={{A}}}}\n\n{WRITTEN}"),
        ("@misc{a, title={A}} % why\n", f"@misc{{a, title={{A}}}} % why\n\n{WRITTEN}\n"),
        ("@misc{z, title={Z}}\n", f"{WRITTEN}\n\n@misc{{z, title={{Z}}}}\n"),
        (
            '@string{x = "X"}\n\n% of z\n@misc{z, title={Z}}\n',
            f'@string{{x = "X"}}\n\n{WRITTEN}\n\n% of z\n@misc{{z, title={{Z}}}}\n',
        ),
        (
            "@misc{a, title={A}}\n@misc{z, title={Z}}\n",
            f"@misc{{a, title={{A}}}}\n{WRITTEN}\n@misc{{z, title={{Z}}}}\n",
        ),
        (
            "@misc{z, title={Z}}\n\n@misc{a, title={A}}\n",
            f"@misc{{z, title={{Z}}}}\n\n@misc{{a, title={{A}}}}\n\n{WRITTEN}\n",
        ),
        (
            "@misc{a, title={A}, crossref={p}}\n\n@book{p, title={P}}\n",
            f"@misc{{a, title={{A}}, crossref={{p}}}}\n\n{WRITTEN}\n\n@book{{p, title={{P}}}}\n",
        ),
    ],
    ids=["empty", "comment", "no line end", "behind", "first", "comment above", "close", "unsorted", "parent"],
)
def test_an_entry_finds_its_place(before: str, after: str) -> None:
    assert inserted(before, NEW) == after


def test_format_moves_nothing_that_was_added() -> None:
    text = format_bibtex(REFS, "refs.bib", Problems())
    new = [BibtexEntry("misc", key, (("title", "T"),)) for key in ("a2020", "He2020z", "zzz", "m_x:1")]
    after = inserted(text, *new)
    assert format_bibtex(after, "refs.bib", Problems()) == after


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("MoCo: Momentum Contrast", "{MoCo}: Momentum Contrast"),
        ("Flamingo: a Visual Language Model", "{Flamingo}: a Visual Language Model"),
        ("A study of CLIP and of ImageNet-1K", "A study of {CLIP} and of {ImageNet}-{1K}"),
        ("{BERT}: already done with CLIP", "{BERT}: already done with CLIP"),
        (r"\emph{X} of CLIP", r"\emph{X} of CLIP"),
        ("On $L_1$ of CLIP", "On $L_1$ of CLIP"),
    ],
)
def test_capitals_are_kept(title: str, written: str) -> None:
    assert protected(title) == written


MOSS, FERN = (Author("Ann", "Moss"),), (Author("Bo", "Fern"),)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Reference("a", "misc", doi="10.1/X"), Reference("b", "misc", doi="10.1/x"), True),
        (Reference("a", "misc", arxiv="2005.1"), Reference("b", "misc", arxiv="2005.1", doi="10.1/x"), True),
        (
            Reference("a", "misc", identifiers=(("acl", "P1"),)),
            Reference("b", "misc", identifiers=(("acl", "P1"),)),
            True,
        ),
        (
            Reference("a", "misc", identifiers=(("isbn", "1"),)),
            Reference("b", "misc", identifiers=(("isbn", "1"),)),
            False,
        ),
        (
            Reference("a", "misc", "On moss: a study", authors=MOSS, arxiv="1"),
            Reference("b", "misc", "On Moss - A Study", authors=MOSS, doi="10.1/x"),
            True,
        ),
        (Reference("a", "misc", "On moss", authors=MOSS), Reference("b", "misc", "On moss", authors=FERN), False),
        (
            Reference("a", "misc", "On moss I", authors=MOSS, doi="10.1/x"),
            Reference("b", "misc", "On moss II", authors=MOSS, doi="10.1/y"),
            False,
        ),
        (Reference("a", "misc", "", authors=MOSS), Reference("b", "misc", "", authors=MOSS), False),
    ],
)
def test_one_publication_is_recognised(one: Reference, other: Reference, *, same: bool) -> None:
    assert is_same(one, other) is same
    assert is_same(other, one) is same


def test_tags_stand_in_words() -> None:
    def term(name: str, *aliases: str) -> TagTerm:
        return TagTerm(name=Located(name), aliases=tuple(map(Located, aliases)))

    tags = {
        "queue": term("queue"),
        "memory-bank": term("memory bank"),
        "language-model": term("language models", "llm"),
        "gan": term("generative adversarial network"),
        "c": term("c"),
        "moss": term("苔藓"),
    }
    vocabulary = Vocabulary(vocabulary=Located("v"), tags={Located(key): value for key, value in tags.items()})
    text = "Memory-Banks, queues and LLMs: not a sequence c of organs"
    assert proposed_tags(text, vocabulary) == ["memory-bank", "queue", "language-model"]
    assert proposed_tags("", vocabulary) == []
