"""What pages say of surveys is read from their sources, in both languages, at the lines that a build names."""

from __future__ import annotations

import textwrap

import pytest

from sphinx_paper_table.reading.page_sources import PageDirective, PageRole, in_page


def found(text: str, *, is_markdown: bool = True) -> list[tuple[object, ...]]:
    """Return the first words of what stands on a page, and their lines."""
    return [
        (one.name, one.argument, one.line)
        if isinstance(one, PageDirective)
        else (one.name, one.content if isinstance(one, PageRole) else None, one.line)
        for one in in_page(textwrap.dedent(text).lstrip("\n"), is_markdown=is_markdown)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```{paper-table} rag\n```\n", [("paper-table", "rag", 1)]),
        (":::{paper-table} rag\n:::\n", [("paper-table", "rag", 1)]),
        ("# A\n\n````{note}\n```{paper-table} rag\n```\n````\n", [("paper-table", "rag", 4)]),
        ("- item\n\n  ```{paper-table} rag\n  ```\n", [("paper-table", "rag", 3)]),
        ("One\n{paper}`a` two\n{paper:group}`b <s#g>`", [("paper", "a", 1), ("paper:group", "b <s#g>", 1)]),
        ("`` {paper}`a` `` and\n\n    {paper}`b`\n", []),
        ("```\n{paper}`a`\n```\n~~~{code-block} md\n```{paper-table} rag\n```\n~~~\n", []),
        ("```{eval-rst}\n\n.. paper-table:: rag\n```\n", [("paper-table", "rag", 3)]),
        ("```{include} other.md\n```\n", [("include", "other.md", 1)]),
    ],
)
def test_markdown(text: str, expected: list[tuple[object, ...]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (".. paper-table:: rag\n", [("paper-table", "rag", 1)]),
        ("A\n=\n\n.. note::\n\n   .. paper-table:: rag\n      :layout: cards\n", [("paper-table", "rag", 6)]),
        ("One\n:paper:`a` two\n\n:paper:group:`b <s#g>`", [("paper", "a", 1), ("paper:group", "b <s#g>", 4)]),
        ("``:paper:`a``` and::\n\n   :paper:`b`\n\nthen", []),
        (".. a comment\n   .. paper-table:: rag\n\n..\n   :paper:`a`\n", []),
        (".. code-block:: rst\n\n   .. paper-table:: rag\n", []),
        (".. _label:\n\n:paper:`a`\n", [("paper", "a", 3)]),
        (".. include:: other.rst\n", [("include", "other.rst", 1)]),
    ],
)
def test_restructuredtext(text: str, expected: list[tuple[object, ...]]) -> None:
    assert found(text, is_markdown=False) == expected


@pytest.mark.parametrize(
    "text",
    [
        "```{paper-table}\n:layout: cards\n:no-index:\n\n- id: x\n```",
        "```{paper-table}\n---\nlayout: cards\nno-index:\n---\n- id: x\n```",
    ],
)
def test_options_and_body_of_markdown(text: str) -> None:
    (one,) = in_page(text, is_markdown=True)
    assert isinstance(one, PageDirective)
    assert one.options == {"layout": "cards", "no-index": ""}
    assert (one.body.strip(), text.split("\n")[one.body_line - 1]) == ("- id: x", "- id: x")


def test_options_and_body_of_restructuredtext() -> None:
    text = ".. paper-table::\n   :layout: cards\n   :no-index:\n\n   - id: x\n     name: X\n\nafter"
    (one,) = in_page(text, is_markdown=False)
    assert one == PageDirective(
        "paper-table", "", {"layout": "cards", "no-index": ""}, "- id: x\n  name: X", 1, 5, 4, 0
    )


def test_a_page_without_any_is_not_parsed() -> None:
    assert list(in_page("`" * 10_000, is_markdown=True)) == []
    assert not any(isinstance(one, PageRole) for one in in_page("a paper", is_markdown=False))
