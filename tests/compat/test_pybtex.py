"""What `compat.pybtex` names is there, and is what we take it for."""

from __future__ import annotations

from typing import Any

import pytest
from pybtex.database import Entry, Person
from pybtex.style.formatting.plain import Style

from sphinx_paper_table.compat import pybtex as compat


def parser(text: str) -> Any:
    """Return a parser that stands at the name of the first entry."""
    found = compat.LowLevelParser(text, macros=compat.CaseInsensitiveDict(compat.month_names))
    assert found.skip_to([found.AT])
    found.command_start = found.pos - 1
    return found


def test_an_entry_is_parsed_alone() -> None:
    found = parser("text @misc{key, title = {T} # jan} rest")
    command, (key, fields) = found.parse_command()
    assert (command, key, fields) == ("misc", "key", [("title", ["T", "January"])])
    assert found.text[found.command_start : found.pos].startswith("@misc{")
    assert not found.eof()


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("@comment{x}", compat.SkipEntry),
        ("@misc{key, title = nothing}", compat.UndefinedMacro),
        ("@misc{key, title = {T", compat.PrematureEOF),
        ("@misc{key, title = }", compat.PybtexSyntaxError),
    ],
)
def test_errors(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        parser(text).parse_command()


def test_methods_that_are_overridden() -> None:
    names = ("handle_error", "parse_value", "substitute_macro")
    assert all(callable(getattr(compat.LowLevelParser, name)) for name in names)
    assert issubclass(compat.UndefinedMacro, compat.PybtexSyntaxError)


def test_what_the_scanner_looks_for() -> None:
    pattern = compat.ScannerPattern("[a-z]+", "a word")
    assert pattern.search("12 ab").group() == "ab"
    assert pattern.description == "a word"


def test_macros_of_any_case() -> None:
    macros = compat.CaseInsensitiveDict(compat.month_names)
    assert macros["JAN"] == macros["jan"] == "January"


def test_people_of_any_case() -> None:
    people = compat.OrderedCaseInsensitiveDict({"Author": ["A"]})
    assert people["author"] == ["A"]
    assert type(Entry("misc").persons) is compat.OrderedCaseInsensitiveDict


def test_values_and_names() -> None:
    assert compat.normalize_whitespace(" a\n  b ") == "a b"
    assert compat.split_name_list("Ann {A and B} and Bo Boe") == ["Ann {A and B}", "Bo Boe"]


def test_a_style_says_what_it_misses() -> None:
    with pytest.raises(compat.FieldIsMissing, match="missing"):
        Style().format_entry("", Entry("article", fields={"year": "2020"}))


def test_what_templates_are_written_in() -> None:
    @compat.node  # type: ignore[untyped-decorator]
    def kind(_children: Any, context: Any) -> Any:
        return context["entry"].type

    entry = Entry("misc", fields={"title": "A title", "url": "https://a.example"})
    template = compat.join(sep=" ")[
        compat.sentence[compat.tag("em")[compat.field("title")], compat.optional_field("none")],
        compat.first_of[compat.optional[compat.field("none")], compat.together["a", "b"]],
        compat.words[compat.href(compat.field("url", raw=True))["link"], kind()],
    ]
    text = template.format_data({"entry": entry, "style": Style(), "bib_data": None})
    assert text.render_as("html") == '<em>A title</em>. a&nbsp;b <a href="https://a.example">link</a> misc'


def test_a_person_can_be_made_of_parts() -> None:
    assert compat.person_of("Moss", ["Ann", "B.", "C."]) == Person("Moss, Ann B. C.")
    assert vars(compat.person_of("Moss", ["Ann"])) == vars(Person("Moss, Ann"))


def test_a_person_is_made_of_parts() -> None:
    found = compat.person_with(["Ann"], ["Bea"], ["van"], ["Ng"], ["Jr."])
    assert found == Person("van Ng, Jr., Ann Bea")
    assert str(found) == "van Ng, Jr., Ann Bea"
