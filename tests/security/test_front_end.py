"""What is hostile in surveys and bibliographies costs itself: one located problem, and everything else is read."""

from __future__ import annotations

import csv
import io
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pytest
from docutils.nodes import make_id
from tests.citations.support import Project, bibliography, rst
from tests.support.texts import bibliography_of, lines, load_files

from sphinx_paper_table.bibliography.writer import format_bibtex
from sphinx_paper_table.citations.remote import RemoteReference, one_line_title
from sphinx_paper_table.cli import main
from sphinx_paper_table.exports.results import _cell
from sphinx_paper_table.reading.blanking import without_code
from sphinx_paper_table.survey.anchors import is_foreign, key_anchor
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.markdown import plain_text
from sphinx_paper_table.survey.problems import Code, Problems
from sphinx_paper_table.survey.source_files import decode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HEAD: Final = "survey: s\ntitle: S\n"


def found(text: str, bib: str = "") -> list[str]:
    """Return the problems of a survey file."""
    return lines(load_files({"s.yaml": text}, {"r.bib": bib}).problems)


@pytest.mark.parametrize(
    "title",
    [
        "Achieving 95% accuracy",
        "{Achieving 95% accuracy}",
        "{Achieving 95% accuracy with {BERT}}",
        r"Achieving 95\% accuracy",
    ],
)
def test_a_percent_sign_begins_no_comment(title: str) -> None:
    read, problems = bibliography_of(
        f"@misc{{k, author={{A, B}}, title={{{title}}}, year=2000, url={{https://x.org/%20a}}}}"
    )
    assert problems == []
    assert read.references["k"].title.startswith("Achieving 95% accuracy")
    assert read.references["k"].url == "https://x.org/%20a"


def test_a_percent_sign_is_whole_on_the_page_and_in_labels(tmp_path: Path) -> None:
    bib = "@misc{k, title={{Cutting cost by {50%} at scale}}, year=2000}\n"
    built = Project(
        tmp_path, {"index.rst": rst("A", ":cite:p:`k`", bibliography("style: author_year"))}, "", bib
    ).build()
    assert "Cutting cost by 50% at scale" in built.page().get_text()


def test_strings_that_grow_without_end_cost_their_entry() -> None:
    names = "abcdefghi"
    text = '@string{a="xxxxxxxxxx"}\n'
    text += "".join(f"@string{{{new} = {' # '.join([old] * 10)}}}\n" for old, new in pairwise(names))
    read, problems = bibliography_of(
        f"{text}@misc{{k, title = i, author = {{A, B}}, year = 2000}}\n@misc{{l, title={{L}}, author={{A, B}}, year=1}}"
    )
    assert [problem.rpartition(" ")[2] for problem in problems] == ["[too-large]", "[bibtex-field]"]
    assert problems[0].startswith("refs.bib:6:1: this @string is left out; what its @string stand for is too long")
    assert list(read.references) == ["k", "l"]


def test_a_survey_without_value_and_title_is_said_to_have_none() -> None:
    assert found("survey:\ntitle:\n") == [
        "s.yaml:1:1: 'survey' has no value; write 'survey: …' [missing-key]",
        "s.yaml:2:1: 'title' has no value; write 'title: …' [missing-key]",
    ]


def test_an_incomplete_group_may_have_aliases() -> None:
    problems = found("groups:\n- &a\n  id: x\n- *a\npart: x\n")
    assert problems[0] == "s.yaml:2:3: the key 'title' is missing; add 'title: …' [missing-key]"


@pytest.mark.parametrize(
    "written", [r'"P\nadam std:label -1 /evil.html#x Adam"', "|\n    P\n    adam std:label -1 /evil.html#x Adam"]
)
def test_a_name_is_one_line_and_a_break_is_reported(written: str) -> None:
    loaded = load_files({"s.yaml": f"{HEAD}papers:\n- id: p\n  name: {written}\n"})
    assert str(loaded.catalogue.papers["p"].name) == "P adam std:label -1 /evil.html#x Adam"
    assert ["there is a line break in what must be one line" in line for line in lines(loaded.problems)] == [True]


def test_the_end_of_a_block_text_is_no_line_break() -> None:
    assert found(f"{HEAD}papers:\n- id: p\n  name: |\n    P\n") == []


@pytest.mark.parametrize("sign", ["\\0", "\\a", "\\e", "\\x7f", "\\x9b", "\\uffff"])
def test_control_characters_of_yaml_are_left_out_and_reported(sign: str) -> None:
    loaded = load_files({"s.yaml": f'{HEAD}papers:\n- id: p\n  name: "P{sign}Q"\n  summary: "a{sign}b"\n'})
    paper = loaded.catalogue.papers["p"]
    assert (paper.name, paper.summary) == ("PQ", "ab")
    assert all("there is the control character U+" in line for line in lines(loaded.problems))
    assert len(loaded.problems) == 2


def test_control_characters_of_files_are_spaces() -> None:
    problems = Problems()
    assert decode(b"a: \x07b\r\nc\x1b", "f", problems) == "a:  b\nc "
    assert any(line.startswith("f:1:4: there is the control character U+0007") for line in lines(problems.sorted()))


def test_bytes_after_lone_carriage_returns_have_their_place() -> None:
    problems = Problems()
    decode(b"a\rb\rc\xff", "f", problems)
    assert str(problems.sorted()[-1].position) == "f:3:2"


def test_utf_16_is_read_and_reported() -> None:
    for coding in ("utf-16", "utf-16-le", "utf-16-be"):
        problems = Problems()
        assert decode("a: ü".encode(coding), "f", problems) == "a: ü"
        assert [problem.message for problem in problems.sorted()] == ["the file is UTF-16"]


def test_messages_are_one_line_and_bounded() -> None:
    problems = Problems()
    problems.add(Code.SYNTAX, "a\nb\x1b[31m" + "x" * 10_000)
    (line,) = lines(problems.sorted())
    assert "\\n" in line
    assert "\\x1b" in line
    assert len(line) < 1000


def test_a_thousand_problems_of_one_kind_are_enough() -> None:
    tags = ", ".join(f"t{number}" for number in range(20_000))
    problems = found(f"{HEAD}papers: [{{id: p, name: P, tags: [{tags}]}}]\n", "")
    assert len(problems) <= 1
    vocabulary = "vocabulary: v\ntags: {a: {name: A}}\n"
    loaded = load_files({"s.yaml": f"{HEAD}papers: [{{id: p, name: P, tags: [{tags}]}}]\n", "v.yaml": vocabulary})
    assert len(loaded.problems) == 1001
    assert "more than 1,000 problems" in str(loaded.problems[-1])


def test_ids_and_keys_are_bounded() -> None:
    long = "a" * 250
    problems = found(f"{HEAD}papers: [{{id: {long}, name: P}}]\n")
    assert any("is 250 characters long; the limit is 200" in problem for problem in problems)
    _read, problems = bibliography_of(f"@misc{{{long}, title={{T}}, author={{A}}, year=1}}")
    assert "is 250 characters long" in problems[0]


def test_ids_that_differ_in_punctuation_share_no_anchor_in_silence() -> None:
    text = f"{HEAD}papers: [{{id: a.b, name: P}}, {{id: a-b, name: Q}}]\n"
    assert found(text) == [
        (
            "s.yaml:3:35: 'a-b' would have the anchor 'paper-a-b' of 'a.b'; 'a.b' has it, at s.yaml:3; choose another "
            "id for one of them [anchor]"
        )
    ]
    one = "survey: a\ntitle: A\npapers: [{id: p, name: P}]\ngroups: [{id: b-c, title: G}]\n"
    two = "survey: a-b\ntitle: A\npapers: [{id: q, name: P}]\ngroups: [{id: c, title: G}]\n"
    (problem,) = lines(load_files({"a.yaml": one, "b.yaml": two}).problems)
    assert "'a-b#c' would have the anchor 'group-a-b-c' of 'a#b-c'" in problem


@pytest.mark.parametrize("key", ["he2020momentum", "DBLP:conf/cvpr/He20", "müller2020", "Søren2020", "a_b+c", "straße"])
def test_anchors_of_latin_keys_are_those_of_docutils(key: str) -> None:
    assert f"cite-{key_anchor(key)}" == make_id(f"cite-{key}")
    assert not is_foreign(key)


def test_foreign_and_shared_keys_have_the_same_anchors_in_every_order(tmp_path: Path) -> None:
    entries = [
        f"@misc{{{key}, author={{A, B}}, title={{{key}}}, year=2000}}\n" for key in ("a:b", "a-b", "王2020", "李2020")
    ]
    anchors = []
    for number, listed in enumerate((entries, [*entries[:2], *entries[:1:-1]])):
        page = rst("A", bibliography("all:"))
        built = Project(tmp_path / str(number), {"index.rst": page}, "", "".join(listed)).build()
        anchors.append({str(item["id"]) for item in built.page().select(".citation")})
        (warning,) = [line for line in built.warnings if "anchor" in line]
        assert warning.startswith("refs.bib:2:1: WARNING: the key 'a-b' would have the anchor of 'a:b'; ")
    assert anchors[0] == anchors[1]
    assert {"cite-a-b", f"cite-{key_anchor('王2020')}", f"cite-{key_anchor('李2020')}"} < anchors[0]
    assert not any(anchor.startswith("id") for anchor in anchors[0])


def test_an_unknown_style_is_reported_and_replaced(tmp_path: Path) -> None:
    files = {"index.rst": rst("A", bibliography("all:", "style: plian"))}
    built = Project(tmp_path, files, "bibtex_default_style = 'alhpa'\n").build()
    assert built.warnings == [
        (
            "conf.py:7:1: WARNING: conf.py: bibtex_default_style = 'alhpa' is not valid: there is no style 'alhpa'; "
            "did you mean 'alpha'?; using 'alpha' [paper_table.config]"
        ),
        "index.rst:4: WARNING: there is no style 'plian'; did you mean 'plain'?; 'alpha' is used [bibtex.style_error]",
    ]
    assert len(built.page().select(".citation")) == 7


@pytest.mark.parametrize(
    "label", ["100% {of", "a } b { c", "\\emph{x", "x\x00\x1b\ny", "and and and", " et al.", "z" * 10**6]
)
def test_titles_of_other_sites_are_text(label: str) -> None:
    title = one_line_title(label)
    assert len(title) <= 200
    assert title.isprintable()
    (person, *_) = RemoteReference("k", "https://x.org/", "a", title).entry.persons["author"]
    assert all(str(name) in title for name in person.rich_last_names)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-3.2", "-3.2"),
        ("+4", "+4"),
        ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
        ("\t=1", "'\t=1"),
        ("a=1", "a=1"),
        (-3.25, -3.25),
        (True, "true"),
    ],
)
def test_cells_of_spreadsheets_are_no_formulas(value: object, shown: object) -> None:
    text = io.StringIO()
    csv.writer(text).writerow([_cell(value)])
    assert _cell(value) == shown


def test_format_keeps_the_order_of_keys_that_differ_in_case() -> None:
    text = "@misc{b, title = {1}}\n@misc{B, title = {2}}\n@misc{a, title = {3}}\n"
    found = format_bibtex(text, "f", Problems())
    assert [line[6:-1] for line in found.splitlines() if line.startswith("@")] == ["a", "b", "B"]


@pytest.mark.parametrize(
    ("text", "bare"),
    [("a `b` c", "a     c"), ("``a`b`` `", "        `"), ("$x$ `", "    `"), ("`" * 50_000 + "x", "`" * 50_000 + "x")],
)
def test_code_is_found_in_one_pass(text: str, bare: str) -> None:
    assert without_code(text, Markup.INLINE) == bare


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("*a* **b** `c`", "a b c"),
        ("2 * 3", "2 * 3"),
        ("`a*b` *c*", "a*b c"),
        ("*" * 3, "***"),
        (r"\*a*", "*a*"),
        ("a[b](x)<c>", "ab<c>"),
    ],
)
def test_marks_of_sentences_are_taken_out(text: str, bare: str) -> None:
    assert plain_text(text, lambda _role, content: content) == bare


HOSTILE: Final[Mapping[str, str]] = {
    "brackets": "[" * 100_000,
    "mappings": "{a: " * 50_000,
    "quotes": "'\"" * 50_000,
    "list": f"{HEAD}papers: [{{id: p, name: P, tags: [{'a, ' * 100_001}]}}]\n",
    "spaces": f"{HEAD}papers:\n-{' ' * 100_000}x\n- a: b: c\n",
    "texts": f'{HEAD}papers:\n- {{id: p, name: P, summary: "{"](" * 40_000}"}}\n',
    "groups": f"{HEAD}papers: [{{id: p, name: P}}]\ngroups:\n" + "- {id: g, title: G}\n" * 5_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_surveys_are_read_to_their_end(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test of the suite's own limit of time: the square of such a size takes minutes."""
    (tmp_path / "surveys").mkdir()
    (tmp_path / "surveys" / "s.yaml").write_text(HOSTILE[name], "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) in {0, 1}


def test_entries_that_are_never_closed_are_read_once_each() -> None:
    read, problems = bibliography_of("@a{b, c={\n" * 50_000)
    assert not read.references
    assert len(problems) == 1001
