"""BibTeX as a collection: entries whole, groups from what the file has, and nothing dropped."""

from __future__ import annotations

from typing import Final

import pytest
from tests.importing.support import collection, shape

from sphinx_paper_table.bibliography.reader import parse_bibtex
from sphinx_paper_table.bibliography.settings import DEFAULT
from sphinx_paper_table.bibliography.writer import entry_text
from sphinx_paper_table.importing.collection import Work
from sphinx_paper_table.importing.entries import decode
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Problems, Severity

FILE = """\
% Encoding: UTF-8

@preamble{"\\newcommand{\\x}{y}"}
@string{cvpr = "Computer Vision"}

%%%%%%%%%%%%%%%%%%
%% First part
%%%%%%%%%%%%%%%%%%

@article{a, title = {A}, author = {X, Y}, journal = cvpr, keywords = {deep learning; vision}, annote = {My *words}}
@article{b, title = {B}, keywords = {vision}}

% ---- Second part ----
@book{c, title = {C}}
% a remark that is
% longer than a line
@misc{d, title = {D}, crossref = {p}}
@proceedings{p, title = {P}}
@comment{Last part}
@misc{e, title = {E}}
"""
JABREF = r"""
@Article{one, title = {One}, groups = {Sub; x, Top}}
@Article{two, title = {Two}, groups = {Top}, keywords = {Night, day}}
@Article{three, title = {Three}}

@Comment{jabref-meta: databaseType:bibtex;}
@Comment{jabref-meta: grouping:
0 AllEntriesGroup:;
1 StaticGroup:Top\;0\;1\;0x8a8a8aff\;\;Words\;;
2 StaticGroup:Sub\\\; x\;0\;1\;\;\;\;;
1 KeywordGroup:Dark\;0\;keywords\;night\;0\;0\;1\;\;\;\;;
1 SearchGroup:Found\;0\;author=x\;0\;0\;1\;\;\;\;;
}
"""
OLD_JABREF = r"""
@Article{one, title = {One}}
@Article{two, title = {Two}}
@comment{jabref-meta: groupsversion:3;}
@comment{jabref-meta: groupstree:
0 AllEntriesGroup:;
1 ExplicitGroup:Top\;0\;one\;two\;;
2 ExplicitGroup:Inner\;2\;two\;;
}
"""


def test_comments_are_groups_where_they_are_headings() -> None:
    found = collection("x.bib", FILE)
    assert shape(found.groups) == [
        ("First part", ["a", "b"]),
        ("Second part", ["c", "d"]),
        ("Last part", ["e"]),
    ]
    assert [work.key for work in found.references] == ["p"], "what others inherit from is no paper"
    assert [(one.position.line, one.reason) for one in found.leftovers] == [
        (3, "TeX for the whole list of references"),
        (1, "a comment"),
        (15, "a comment"),
    ]
    first = found.groups[0].works[0]
    assert (first.tags, first.summary, first.position.line) == (("deep learning", "vision"), "My *words", 10)


def test_other_groups_are_made_when_asked_for() -> None:
    keywords = collection("x.bib", FILE, "keywords")
    assert shape(keywords.groups) == [("deep learning", ["a"]), ("vision", ["b"])]
    assert [work.key for work in keywords.works] == ["c", "d", "e"]
    none = collection("x.bib", FILE, "none")
    assert (none.groups, [work.key for work in none.works]) == ((), ["a", "b", "c", "d", "e"])
    assert "%% First part" in "".join(one.text for one in none.leftovers), "headings that head nothing are kept"


def test_dates_above_each_entry_are_no_groups() -> None:
    text = "".join(f"% June {day}, 2026\n@misc{{k{day}, title = {{T}}}}\n\n" for day in range(1, 9))
    found = collection("x.bib", text)
    assert (found.groups, len(found.works), len(found.leftovers)) == ((), 8, 8)


def test_remarks_on_entries_are_no_groups() -> None:
    text = "".join(f"% Data verified\n@misc{{k{n}, title = {{T}}}}\n@misc{{l{n}, title = {{T}}}}\n\n" for n in range(4))
    found = collection("x.bib", text)
    assert (found.groups, len(found.works), len(found.leftovers)) == ((), 8, 4)


def test_the_tree_of_jabref() -> None:
    """Groups by name, by a word of a field, and what searches, which is left over."""
    found = collection("x.bib", JABREF)
    assert shape(found.groups) == [
        ("Top", ["one", "two"], ("Sub; x", ["one"])),
        ("Dark", ["two"]),
        ("Found", []),
    ]
    assert [work.key for work in found.works] == ["three"]
    assert [one.reason for one in found.leftovers] == ["a group of JabRef that searches"]
    assert shape(collection("x.bib", OLD_JABREF).groups) == [("Top", ["one", "two"], ("Inner", ["two"]))]


@pytest.mark.parametrize(
    "meta",
    [
        "grouping:",
        "grouping:\n99999 StaticGroup:;\n-1 x",
        "grouping:\n1 StaticGroup:\\;\\\\;",
        "groupstree: 1 X:" + "\\" * 99,
    ],
)
def test_a_tree_that_is_none_ends_nothing(meta: str) -> None:
    found = collection("x.bib", f"@misc{{a, title = {{T}}}}\n@comment{{jabref-meta: {meta}}}\n")
    assert len(list(found.all_works())) == 1


def test_what_cannot_be_read_is_left_over() -> None:
    found = collection("x.bib", "@article{a, title = {A}}\n@article(b title {B}\n\n@misc{c, title = {C}}\nwords\n")
    assert [work.key for work in found.works] == ["a", "c"]
    text = "".join(one.text for one in found.leftovers)
    assert "@article(b title {B}" in text
    assert "words" in text


def decoded(*sources: str) -> tuple[list[str], list[str]]:
    """Return the titles of entries, and what was taken out of them."""
    works = list(collection("x.bib", "\n".join(sources)).all_works())
    found = decode(works, DEFAULT)
    return [reference.title for reference in found.references], [one.text for one in found.leftovers]


@pytest.mark.parametrize(
    ("fields", "taken"),
    [
        ("url = {javascript:alert(1)}", "url = javascript:alert(1)"),
        ("note = {\\href{vbscript:x}{y}}", "note = \\href{vbscript:x}{y}"),
        ("doi = {10.1/x}, DOI = {10.2/y}", "DOI = 10.2/y"),
    ],
)
def test_what_a_build_would_warn_of_is_taken_out_and_kept(fields: str, taken: str) -> None:
    titles, texts = decoded(f"@misc{{k, title = {{T}}, {fields}}}")
    assert titles == ["T"]
    assert texts == [taken]


def test_a_slip_in_a_type_is_mended_and_said() -> None:
    assert decoded("@inproceeding{k, title = {T}, year = 2020}") == (["T"], ["@type = inproceeding"])


def test_entries_inherit_under_whatever_keys() -> None:
    text = "@inproceedings{a, title = {T}, crossref = {p}}\n@proceedings{p, title = {P}, year = 2020}"
    found = collection("x.bib", text)
    assert decode([*found.all_works(), *found.references], DEFAULT).references[0].year == "2020"


ODD: Final = ("{", "}", "\\", "%", "a{b}c}", "$", "\0\x07", "<script>", "&amp;", "`{paper}`", "🙂" * 200, "x" * 200_000)


@pytest.mark.parametrize("title", ODD)
def test_whatever_stands_in_a_field_the_entry_can_be_built(title: str) -> None:
    fields = {"title": title, "note": title, "doi": title, "url": title, "a b": title}
    work = Work(position=Position("x", 1, 1), key="k", fields=fields)
    problems = Problems()
    text = "\n".join(map(entry_text, decode([work], DEFAULT).entries))
    parse_bibtex({"x.bib": text}, problems)
    assert [problem for problem in problems.sorted() if problem.severity is not Severity.ADVICE] == []
