"""Which directives and roles a record may have, without Sphinx: by name, wherever in a text they stand."""

from __future__ import annotations

import pytest

from sphinx_paper_table.reading.markup import check_directives
from sphinx_paper_table.survey.allowed import MAX_DEPTH, NEVER, USES, Kind, by_name
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.located import Located, Position
from sphinx_paper_table.survey.problems import Problems

DECLARED = [
    (kind, name)
    for use in USES
    for kind, names in zip(Kind, (use.directives, use.roles), strict=True)
    for name in names
]


def refused(text: str, markup: Markup = Markup.BLOCK, *added: str) -> list[str]:
    """Return "LINE:COLUMN KIND NAME" of everything in a text that may not stand there."""
    problems = Problems()
    check_directives(Located(text, Position("x.yaml", 1, 1)), markup, problems, by_name(added, added))
    return [
        f"{problem.position.line}:{problem.position.column} "
        + problem.message.removeprefix("the ").removesuffix(" has no place here").replace("'", "")
        for problem in problems.sorted()
    ]


def written(kind: Kind, name: str) -> str:
    return f"```{{{name}}} x\n```\n" if kind is Kind.DIRECTIVE else f"a {{{name}}}`x`"


@pytest.mark.parametrize(("kind", "name"), DECLARED)
def test_what_is_declared_is_allowed_in_any_case(kind: Kind, name: str) -> None:
    assert refused(written(kind, name)) == []
    assert refused(written(kind, name.upper())) == []


@pytest.mark.parametrize(
    "name",
    [
        "Include",
        "INCLUDE",
        "literalInclude",
        "Raw",
        "Eval-rst",
        "包含",
        "原文",
        "Paper-Table",
        "exec",
        "mermaid",
        "nte",
    ],
)
@pytest.mark.parametrize(
    ("before", "fence", "place"),
    [("", "```", "1:1"), ("a\n\n- b\n\n  ", "~~~", "5:3"), ("> ", ":::", "1:3"), ("   ", "`````", "1:4")],
)
def test_other_directives_are_refused_wherever_they_stand(name: str, before: str, fence: str, place: str) -> None:
    assert refused(f"{before}{fence}{{{name}}} x\n") == [f"{place} directive {name}"]


@pytest.mark.parametrize("name", ["raw", "RAW", "exec", "html", "foo:bar", "footcite"])
def test_other_roles_are_refused(name: str) -> None:
    text = f"One.\n\n- two {{{name}}}`x`"
    assert refused(text) == [f"3:7 role {name}"]
    assert refused(f"two {{{name}}}`x`", Markup.INLINE) == [f"1:5 role {name}"]


def test_each_role_is_reported_at_its_place() -> None:
    assert refused("{raw}`x` {sub}`y` {raw}`z`\n{raw}`a`") == ["1:1 role raw", "1:19 role raw", "2:1 role raw"]


@pytest.mark.parametrize(
    "text",
    [
        "`` {raw}`x` ``",
        "    {raw}`x`",
        "```\n{raw}`x`\n```{include} y",
        "~~~\n```{include} y\n```\n~~~",
        "```{code-block} md\n:::{include} x\n```",
        r"\{raw}`x`",
        "see {include} and ```{include} x",
    ],
)
def test_code_is_no_markup(text: str) -> None:
    assert refused(text) == []


def test_the_content_of_directives_is_read_too() -> None:
    text = "::::{note} A {raw}`t`\n:class: x\n\n```{grid}\n:::{Include} x\n```\n::::\n"
    assert refused(text) == ["1:14 role raw", "5:1 directive Include"]


@pytest.mark.parametrize("form", [":file: x\n:header: a\n", ":header: a\n:url: x\n", "---\nheader: a\nfile: x\n---\n"])
def test_options_that_read_files_are_refused(form: str) -> None:
    (found,) = refused(f"```{{CSV-Table}} t\n{form}```\n")
    assert found.startswith("1:1 option ")
    assert refused("```{csv-table} t\n:header: a\n\nfile: x\n```\n") == []


def test_directives_stand_in_one_another_only_so_deep() -> None:
    def nested(depth: int) -> str:
        return "".join(f"{'`' * (depth - level + 3)}{{note}}\n" for level in range(depth))

    assert refused(nested(MAX_DEPTH)) == []
    assert refused(nested(MAX_DEPTH + 1)) == [
        f"{MAX_DEPTH + 1}:1 directives stand in one another more than {MAX_DEPTH} deep"
    ]
    assert len(refused(nested(300))) == 1


def test_a_project_allows_more_but_never_everything() -> None:
    text = "```{Mermaid}\n```\n```{include} x\n```\n{mermaid}`x`"
    assert refused(text, Markup.BLOCK, "mermaid", "include", "raw") == ["3:1 directive include"]
    assert not by_name(tuple(NEVER[Kind.DIRECTIVE])).names[Kind.DIRECTIVE] & NEVER[Kind.DIRECTIVE]


@pytest.mark.parametrize(
    ("name", "is_allowed"),
    [
        ("external:ref", True),
        ("external+python:py:class", True),
        ("external+python:cite:p", True),
        ("external+x:raw", False),
        ("external", False),
        ("std:ref", True),
        ("func", True),
        ("py:func", True),
        ("py:raw", False),
    ],
)
def test_roles_for_other_sites_make_links_only(name: str, *, is_allowed: bool) -> None:
    assert by_name().permits(Kind.ROLE, name) is is_allowed


def test_names_are_plain() -> None:
    assert refused("```{include} x\n```", Markup.NAME) == refused("{raw}`x`", Markup.PLAIN) == []
