"""What is refused in sentences, and what roles in them name; places are exact to the column."""

from __future__ import annotations

import pytest

from sphinx_paper_table.reading.markup import check_text
from sphinx_paper_table.survey.allowed import NEVER, Kind
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.located import Folded, Located, Position
from sphinx_paper_table.survey.markdown import role_targets
from sphinx_paper_table.survey.problems import Code, Problems

PLACE = Position("x.yaml", 4, 10)


def checked(text: str, markup: Markup = Markup.INLINE) -> list[tuple[str, str]]:
    """Return place and message of what is unsafe in a text."""
    problems = Problems()
    check_text(Located(text, PLACE), markup, problems)
    assert {problem.code for problem in problems.sorted()} <= {Code.UNSAFE, Code.MARKUP}
    return [(str(problem.position), problem.message) for problem in problems.sorted() if problem.code is Code.UNSAFE]


@pytest.mark.parametrize(
    ("text", "offset", "quoted"),
    [
        ("a <b>bold</b>", 2, "<b>"),
        ("<script>alert(1)</script>", 0, "<script>"),
        ("x <SCRIPT src=//x>", 2, "<SCRIPT src=//x>"),
        ("x <script", 2, "<script"),
        ("x </p>", 2, "</p>"),
        ("x <br/>", 2, "<br/>"),
        ("x <img src=x onerror=alert(1)>", 2, "<img src=x onerror=alert(1)>"),
        ("x <!-- note -->", 2, "<!--"),
        ("x <svg/onload=alert(1)><iframe>", 23, "<iframe"),
        ("x <my-element a='b'>", 2, "<my-element a='b'>"),
    ],
)
def test_html_is_reported_where_it_begins(text: str, offset: int, quoted: str) -> None:
    for markup in Markup:
        found = checked(text, markup)
        assert found[0][0] == f"x.yaml:4:{10 + offset}"
        assert found[0][1].startswith(f"HTML has no place here: '{quoted[:7]}")


@pytest.mark.parametrize(
    "text",
    [
        "a < b and c > d",
        "1 <2> 3",
        "`<b>` and ``<script> ` ``",
        "$x <b> y$",
        "{paper}`text <moco-v1>`",
        "<https://example.org/>",
        "\"quotes\" 'and' & ampersands",
        "[a](https://example.org/)",
        "x <- y -> z",
    ],
)
def test_what_only_looks_like_html_is_left_alone(text: str) -> None:
    assert [message for _, message in checked(text) if "<moco-v1>" not in message] == []


@pytest.mark.parametrize(
    ("text", "offset", "scheme"),
    [
        ("[a](javascript:alert(1))", 4, "javascript"),
        ("see [a]( JavaScript:alert(1))", 9, "javascript"),
        ("![a](data:text/html,x)", 5, "data"),
        ("[a](<vbscript:x>)", 5, "vbscript"),
        ("<javascript:alert(1)>", 1, "javascript"),
        ("[a](file:///etc/passwd)", 4, "file"),
    ],
)
def test_addresses_that_run_are_reported(text: str, offset: int, scheme: str) -> None:
    assert checked(text)[-1] == (f"x.yaml:4:{10 + offset}", f"an address with '{scheme}:' has no place here")


@pytest.mark.parametrize("name", sorted(NEVER[Kind.DIRECTIVE]))
@pytest.mark.parametrize("fence", ["```", ":::", "~~~~", "   ```"])
def test_directives_without_a_place_in_records_are_reported(name: str, fence: str) -> None:
    text = f"Fine.\n\n{fence}{{{name}}} x\n"
    column = 10 + len(fence) - len(fence.strip())
    assert checked(text, Markup.BLOCK) == [(f"x.yaml:6:{column}", f"the directive '{name}' has no place here")]
    assert checked(text, Markup.INLINE) == []


def test_all_refused_directives_of_a_text_are_reported() -> None:
    text = "```{raw} html\n```\n\n```{include} x\n```\n\n```{note}\n```\n"
    assert [place for place, _ in checked(text, Markup.BLOCK)] == ["x.yaml:4:10", "x.yaml:7:10"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{paper}`moco-v1`", [("paper", "moco-v1", 18)]),
        ("{paper}`it <moco-v1>`", [("paper", "moco-v1", 18)]),
        ("{paper:survey}`s` and {paper:group}`s#g`", [("paper:survey", "s", 25), ("paper:group", "s#g", 46)]),
        ("{cite}`a,b`", [("cite", "a", 17), ("cite", "b", 17)]),
        ("{cite:t}`{see}a{p. 3}`", [("cite:t", "a", 19)]),
        ("{cite:p}`a, b`", [("cite:p", "a", 19), ("cite:p", "b", 19)]),
        ("{doc}`x` plain `{paper}` text", []),
    ],
)
def test_roles_name_papers_and_keys(text: str, found: list[tuple[str, str, int]]) -> None:
    assert [
        (role, target, place.column) for role, target, place in role_targets(Located(text, PLACE), Markup.INLINE)
    ] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("`{paper}`x`` {paper}`y`", ["1:22 y"]),
        ("`` {paper}`x` `` and {paper}`y`", ["1:30 y"]),
        (r"\{paper}`x` {paper}`y`", ["1:21 y"]),
        ("```\n{paper}`x`\n```\n\n    {cite}`k`\n\n{paper}`y`", ["7:9 y"]),
        (":::{code-block} md\n{paper}`x`\n:::", []),
        ("```{include} x\n{paper}`x`\n```", []),
        ("% {paper}`x`\n\n<div>{paper}`x`</div>", []),
        ("$a {paper}`x` b$", ["1:12 x"]),
        ("{paper}``x``", ["1:10 x"]),
        ("- a\n\n  > b {paper}`x`\n  > {cite}`k,l`", ["3:15 x", "4:12 k", "4:12 l"]),
        (":::{note} A {paper}`x`\n:class: u\n\n- b\n  {paper}`y`\n:::", ["1:21 x", "5:11 y"]),
        ("> ```{tip}\n> - a\n>   {paper}`x`\n> ```", ["3:13 x"]),
        ("|a|b|\n|-|-|\n|{cite}`k`|u \\| {cite}`k`|", ["3:9 k", "3:24 k"]),
        ("## {paper}`x` ##\n\n[^1]: {paper}`y`", ["1:12 x", "3:15 y"]),
        ("Term\n:  {paper}`x`\n\n   {paper}`y`\n\n:f: {paper}`z`", ["2:12 x", "4:12 y", "6:13 z"]),
    ],
)
def test_roles_are_those_of_the_markdown_parser(text: str, found: list[str]) -> None:
    targets = sorted(role_targets(Located(text, Position("x.yaml", 1, 1)), Markup.BLOCK), key=lambda named: named[2])
    assert [f"{place.line}:{place.column} {target}" for _role, target, place in targets] == found


@pytest.mark.parametrize("markup", [Markup.PLAIN, Markup.NAME])
def test_what_is_no_markup_has_no_roles(markup: Markup) -> None:
    assert list(role_targets(Located("{paper}`x`", PLACE), markup)) == []


def test_html_in_a_directive_is_reported_and_html_in_code_is_not() -> None:
    assert checked(":::{note}\n<b>\n:::", Markup.BLOCK)[0][0] == "x.yaml:5:10"
    assert checked("```{note}\n<b>\n```", Markup.BLOCK)[0][0] == "x.yaml:5:10"
    assert checked("    <b>\n\n~~~\n<b>\n~~~\n\n~~~{code-block} html\n<b>\n~~~", Markup.BLOCK) == []
    assert [place for place, _ in checked("~~~{raw} html\n<b>\n~~~", Markup.BLOCK)] == ["x.yaml:4:10"]


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        (Located("one two", PLACE), 4, Position("x.yaml", 4, 14)),
        (Located("one\ntwo", PLACE), 5, Position("x.yaml", 5, 11)),
        (Located("one\n\ntwo", PLACE), 5, Position("x.yaml", 6, 10)),
        (Folded("one two", PLACE), 4, PLACE),
        (Located("one", Position("x.yaml", 4)), 2, Position("x.yaml", 4, 0)),
    ],
)
def test_places_within_texts_are_as_exact_as_they_can_be(text: Located, offset: int, place: Position) -> None:
    assert text.position_at(offset) == place
