"""The accidents of YAML: each is told with the line as it should be, costs nothing, and its fix leaves no problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.reading.test_yaml_tree import plain

from sphinx_paper_table.reading.yaml_tree import parse_yaml
from sphinx_paper_table.survey.edits import apply_edits
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Problems

if TYPE_CHECKING:
    from sphinx_paper_table.survey.problems import Problem

FILE = """\
survey: s
papers:
  - id: one
    name: One
  - id: two
    name: Two
{broken}
    date: 2020
  - id: three
    name: Three
"""


def problem_in(text: str) -> Problem:
    """Return the one problem of a file, of which nothing is lost, and whose fix leaves none."""
    problems = Problems()
    tree = parse_yaml(text, "x.yaml", problems)
    found = problems.sorted()
    assert len(found) == 1, [str(problem) for problem in found]
    assert [str(paper["id"]) for paper in tree["papers"]] == ["one", "two", "three"]
    if fix := found[0].fix:
        after = Problems()
        mended = parse_yaml(apply_edits(text, fix), "x.yaml", after)
        assert after.sorted() == ()
        assert plain(mended) == plain(tree)
    return found[0]


@pytest.mark.parametrize(
    ("broken", "column", "corrected"),
    [
        # A sign that means something.
        ("summary: RAG: a model", 17, "summary: 'RAG: a model'"),
        ("summary: see this:", 22, "summary: 'see this:'"),
        ("summary: `A` model", 14, "summary: '`A` model'"),
        ("summary: *RAG* is a model", 14, "summary: '*RAG* is a model'"),
        ("summary: **RAG** is a model", 14, "summary: '**RAG** is a model'"),
        ("summary: {paper}`one` that looks", 14, "summary: '{paper}`one` that looks'"),
        ("summary: [1] is a model", 14, "summary: '[1] is a model'"),
        ("summary: @home", 14, "summary: '@home'"),
        ("summary: %TeX", 14, "summary: '%TeX'"),
        ("summary: & more", 14, "summary: '& more'"),
        ("summary: >0.5 better", 14, "summary: '>0.5 better'"),
        ("summary: - a model", 14, "summary: '- a model'"),
        ("summary: ? what", 14, "summary: '? what'"),
        ("summary: , what", 14, "summary: ', what'"),
        ("summary: | A model", 14, "summary: A model"),
        ("summary: It's RAG: a model", 22, 'summary: "It\'s RAG: a model"'),
        # Quotes.
        ('summary: "RAG" is a model', 19, "summary: '\"RAG\" is a model'"),
        ("summary: 'RAG' is a model", 19, "summary: \"'RAG' is a model\""),
        ("summary: 'It's a model'", 17, 'summary: "It\'s a model"'),
        ('summary: "never closed', 14, 'summary: "never closed"'),
        ("summary: 'never closed", 14, "summary: 'never closed'"),
        (r'summary: "Score $\propto x$"', 22, r"summary: 'Score $\propto x$'"),
        (r'summary: "C:\papers\x"', 17, r"summary: 'C:\papers\x'"),
        ("summary: “RAG: a model”", 14, "summary: 'RAG: a model'"),
        # Spaces and signs that look like those of YAML.
        ("summary:A model", 12, "summary: A model"),
        ("summary：A model", 12, "summary: A model"),
        ("summary：“A model”", 12, "summary: “A model”"),
        ("summary = A model", 12, "summary: A model"),
        ("summary", 12, "summary:"),
        ("\N{NO-BREAK SPACE}   summary: A model", 1, "summary: A model"),
        ("summary:\N{NO-BREAK SPACE}A model", 13, "summary: A model"),
        ("\N{IDEOGRAPHIC SPACE}\N{IDEOGRAPHIC SPACE}summary: A model", 1, "summary: A model"),
        ("\tsummary: A model", 1, "summary: A model"),
        # Brackets and braces.
        ("tags: [a, b", 11, "tags: [a, b]"),
        ("tags: [a, b]]", 17, "tags: [a, b]"),
        ("links: {code: https://a.org", 12, "links: {code: https://a.org}"),
        ("relations: {extends: [{to: one, why: a: b}]}", 42, "relations: {extends: [{to: one, why: 'a: b'}]}"),
        (
            "relations: {extends: [{to: one, why: {paper}`a`}]}",
            42,
            "relations: {extends: [{to: one, why: '{paper}`a`'}]}",
        ),
        # Indentation.
        ("      summary: A model", 7, "summary: A model"),
        ("   summary: A model", 4, "summary: A model"),
        # Keys as other formats write them.
        ("cite: @he2020", 11, "cite: he2020"),
        ("cite: [@he2020]", 11, "cite: he2020"),
        ("cite: {cite}`he2020`", 11, "cite: he2020"),
        ("cite: `he2020`", 11, "cite: he2020"),
        ("cite: [@he2020; @li2021]", 11, "cite: [he2020, li2021]"),
    ],
)
def test_the_line_as_it_should_be_is_shown_and_read(broken: str, column: int, corrected: str) -> None:
    line = broken if not broken[0].isalpha() else f"    {broken}"
    found = problem_in(FILE.format(broken=line))
    assert (found.position.line, found.position.column) == (7, column)
    assert found.corrected.strip() == corrected
    assert str(found).endswith(f": {corrected}")


@pytest.mark.parametrize("dash", ["-", "–", "•", "\N{FULLWIDTH HYPHEN-MINUS}"])
def test_an_item_needs_a_hyphen_and_a_space(dash: str) -> None:
    found = problem_in(FILE.format(broken="").replace("- id: two", f"{dash}id: two").replace("\n\n", "\n"))
    assert found.corrected == "  - id: two"
    assert found.position.line == 5


def test_lines_that_are_all_indented_by_tabs_are_one_problem() -> None:
    found = problem_in(FILE.format(broken="\tsummary: A\n\tpoints: [b]\n\tdate: 2020").replace("\n    date: 2020", ""))
    assert found.corrected == "    summary: A\n    points: [b]\n    date: 2020"


def test_keys_that_are_all_too_shallow_are_one_problem() -> None:
    text = FILE.format(broken="  summary: A\n  tags: [b]").replace("    name: Two", "  name: Two")
    found = problem_in(text.replace("    date", "  date"))
    assert found.corrected == "    name: Two\n    summary: A\n    tags: [b]\n    date: 2020"
    assert "put it below 'id'" in str(found)


def test_an_item_that_stands_too_deep_is_put_below_the_others() -> None:
    text = FILE.format(broken="").replace("\n\n", "\n").replace("  - id: two", "   - id: two")
    found = problem_in(text.replace("    name: Two", "     name: Two").replace("    date", "     date"))
    assert found.corrected == "  - id: two\n    name: Two\n    date: 2020"


def test_a_text_of_several_lines_is_quoted_as_a_whole() -> None:
    found = problem_in(FILE.format(broken="    summary: A model that\n      does this: it looks"))
    assert found.corrected == "    summary: 'A model that\n      does this: it looks'"
    assert (found.position.line, found.position.column) == (8, 16)


def test_of_a_merge_conflict_the_first_side_is_read() -> None:
    sides = "<<<<<<< HEAD\n    summary: ours\n=======\n    summary: theirs\n>>>>>>> branch"
    problems = Problems()
    tree = parse_yaml(FILE.format(broken=sides), "x.yaml", problems)
    assert tree["papers"][1]["summary"] == "ours"
    assert [str(problem) for problem in problems.sorted()] == [
        (
            "x.yaml:7:1: a merge has left both sides of a conflict here; keep one and take out the lines with "
            "'<<<<<<<', '=======' and '>>>>>>>'; the first is read"
        )
    ]


def test_a_file_is_read_on_after_a_stray_document_mark() -> None:
    found = problem_in(FILE.format(broken="---\n    summary: A model"))
    assert str(found) == "x.yaml:7:1: '---' begins a second YAML document, and a file has one; take it out"
    assert (found.fix[0].start, found.fix[0].replacement) == (FILE.index("{broken}"), "")


def test_a_document_mark_at_the_beginning_is_none_of_these() -> None:
    problems = Problems()
    parse_yaml("# $schema=x\n---\ntitle: T\nsurvey: s\n", "x.yaml", problems)
    assert problems.sorted() == ()


@pytest.mark.parametrize(
    ("line", "column", "corrected"),
    [
        ("summary: Rank #1 with a # model", 19, "summary: 'Rank #1 with a # model'"),
        ("summary: A model # that looks", 22, "summary: 'A model # that looks'"),
        ("points: \n      - Two of # three", 16, "- 'Two of # three'"),
        ("name: #1 model", 11, "name: '#1 model'"),
        (r'summary: "Of $\tau$ and \\nabla"', 19, r"summary: 'Of $\tau$ and \nabla'"),
        (r'summary: "A $\frac{1}{2}$"', 18, r"summary: 'A $\frac{1}{2}$'"),
    ],
)
def test_what_yaml_takes_away_is_reported(line: str, column: int, corrected: str) -> None:
    found = problem_in(FILE.format(broken=f"    {line}").replace("    name: Two\n", ""))
    assert found.position.column == column
    assert found.corrected.strip() == corrected


@pytest.mark.parametrize(
    "line",
    [
        "summary: A model.  # to be checked",
        "summary: A model. # to be checked",
        "summary: C#, F# and a#b",
        "date: 2020 # of the preprint",
        "tags: # see the vocabulary\n      - a",
        "links: {code: https://a.org/#top}",
        r'summary: "a\nnew line and \\tau"',
    ],
)
def test_comments_and_escapes_that_are_meant_are_none(line: str) -> None:
    problems = Problems()
    parse_yaml(FILE.format(broken=f"    {line}").replace("    date: 2020\n", "", 1), "x.yaml", problems)
    assert problems.sorted() == ()


def test_a_fragment_of_a_page_has_no_fix_because_its_place_in_the_file_is_not_known() -> None:
    problems = Problems()
    parse_yaml("- id: a\n  name: A: b\n", "page.md", problems, Position("page.md", 7, 3))
    (found,) = problems.sorted()
    assert (str(found.position), found.fix) == ("page.md:8:12", ())
    assert found.corrected == "  name: 'A: b'"
