"""Each kind of value: what it accepts, what it refuses, what it becomes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from sphinx_paper_table.survey import fields
from sphinx_paper_table.survey.located import Located, Position

GOOD: dict[str, list[str]] = {
    "Id": ["a", "moco-v1", "cpc-v2.1", "3d", "a1-b2-c3"],
    "CiteKey": ["he2020momentum", "DBLP:conf/x", "a_b", "smith:2000+x"],
    "Url": ["https://x.org", "http://localhost:8000/a?b=c#d", "https://x.org/a_(b)", "HTTPS://X.ORG/"],
    "Date": ["2019", "2019-11", "2019-11-13", "1543", "2099-12-31"],
    "Language": ["en", "zh", "zh_CN", "pt-BR", "gsw"],
    "Duration": ["51:15", "1:32:01", "0:05", "100:00:00"],
    "Plain": ["x", " x ", "<b>"],
    "Inline": ["x"],
    "Block": ["x\n\ny\n"],
    "Name": ["x"],
}
BAD: dict[str, list[str]] = {
    "Id": ["", "A", "moco_v1", "-a", "a-", "a--b", "a b", "a#b", "ä", "a\n"],
    "CiteKey": ["", "a b", "a,b", "a{b", "a%b", "a#b", "a'b", 'a"b', "a=b", "a\\b"],
    "Url": [
        "",
        "x.org",
        "//x.org",
        "ftp://x.org",
        "javascript:alert(1)",
        "https:",
        "https:///a",
        "https://x.org/ b",
        'https://x.org/"b',
        "https://x.org/<b>",
        "https://[x",
        "mailto:a@b.c",
        "https://x.org\n",
    ],
    "Date": [
        "",
        "19",
        "2019-13",
        "2019-00",
        "2019-11-32",
        "2019-1-1",
        "1399",
        "2100",
        "11/2019",
        "2019-11-13T00:00",
        "2019\n",
    ],
    "Language": ["", "e", "english", "EN", "zh CN"],
    "Duration": ["", "51", "1:60", "1:2:3:4", "51:1", "-1:00"],
    "Plain": ["", " ", "\n"],
    "Inline": ["", " "],
    "Block": ["", "\n"],
    "Name": ["", " "],
}


def validate(kind: str, value: object) -> Any:
    """Return what *value* becomes as a field of this kind."""
    adapter: TypeAdapter[Any] = TypeAdapter(getattr(fields, kind))
    return adapter.validate_python(value)


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in GOOD.items() for value in values])
def test_what_is_accepted_is_unchanged_and_keeps_its_place(kind: str, value: str) -> None:
    place = Position("x.yaml", 2, 3)
    found = validate(kind, Located(value, place))
    assert (found, found.position) == (value, place)


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in BAD.items() for value in values])
def test_what_is_refused(kind: str, value: str) -> None:
    with pytest.raises(ValidationError) as error:
        validate(kind, value)
    assert error.value.errors()[0]["type"] in {"bad-value", "unsafe"}


@pytest.mark.parametrize("kind", sorted(GOOD))
@pytest.mark.parametrize(("value", "found"), [({}, "a mapping"), ([], "a list"), (3, "no text")])
def test_what_is_no_text_is_called_by_its_name(kind: str, value: object, found: str) -> None:
    with pytest.raises(ValidationError) as error:
        validate(kind, value)
    assert error.value.errors()[0]["type"] == "wrong-type"
    assert f"not {found}" in error.value.errors()[0]["msg"] or kind == "CiteKeys"


@pytest.mark.parametrize(
    ("text", "number"), [("41.0", "41.0"), ("1e3", "1E+3"), ("-0.5", "-0.5"), (" 7 ", "7"), ("0", "0")]
)
def test_numbers_keep_the_digits_of_their_source(text: str, number: str) -> None:
    found = validate("Number", Located(text))
    assert isinstance(found, Decimal)
    assert str(found) == number


@pytest.mark.parametrize("text", ["", "many", "1,5", "nan", "inf", "1e21", "1_000", "1e999999999", "12 %"])
def test_what_is_no_number_of_a_result_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        validate("Number", Located(text))


def test_one_cite_key_may_stand_for_a_list_of_one() -> None:
    assert validate("CiteKeys", Located("a")) == ("a",)
    assert validate("CiteKeys", [Located("a"), Located("b")]) == ("a", "b")
