"""The schemas for editors and the reader of YAML agree on every value."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sphinx_paper_table.exports.json_schema import SCHEMAS, schema
from sphinx_paper_table.reading.loader import load_text
from sphinx_paper_table.survey import entities
from sphinx_paper_table.survey.entities import FILE_KINDS, Part, Record, Survey, Vocabulary
from sphinx_paper_table.survey.introspection import field_names
from sphinx_paper_table.survey.problems import Problems

SURVEYS, VOCABULARIES = (Draft202012Validator(schema(name)) for name in SCHEMAS)
VALUES: Final[list[Any]] = [
    *(None, True, False, 0, 1, -1, 5, 224, 2019, 2020, 1499, 2100, 20226, 10**6, 10**6 + 1, 1.5, 1e-7, 2104.1, -3.2),
    *("", " ", "a", "a b", "A", "2019", "2019-11", "2019-11-13", "2019-13", "2019-02-29", "2020-02-29", "2026-02-30"),
    *("1600-02-29", "1700-02-29", "2020-04-31", "2100-01", "1500", "44.5", "44.5%", "1e5", "1e-5", "1e30", "nan", ".5"),
    *("yes", "No", "true", "T", "maybe", "he2020", "a,b", "@a", "rag-1.5", "s#g", "a--b", "-a", "8×8", "8x8", "224"),
    *(
        "51:15",
        "1:32:01",
        "99:99",
        "en",
        "zh-CN",
        "english",
        "https://x.org",
        "HTTP://x.org:80/a?b#c",
        "https://",
        "x.org",
    ),
    *("https://x.org/a b", "javascript:alert(1)", "https://[::1]/", "two\nlines", "higher", "lower", "dataset"),
    *("retracted", "superseded by a", "superseded by a b ", "superseded by ", "superseded by a\nb", "Superseded by a"),
    *({"kind": "withdrawn"}, {"kind": "superseded", "by": 2020}, {"by": "a"}),
    *([], {}, ["a"], ["a", "b"], [None], [1], [["a"]], {"a": "b"}, [{"a": "b"}], {"a": None}, {"a": ["b"]}),
    *(
        {"a": [{"to": "b"}]},
        {"a": [{"to": "b", "why": None}]},
        {"a": [{"to": None}]},
        {"A": ["b"]},
        {"code": "https://x.org"},
    ),
    *(
        [{"id": "a", "name": "A"}],
        [{"ref": "a"}],
        [{"ref": "a", "id": "b", "name": "c"}],
        [{"id": "a"}],
        {"a": {"name": "A"}},
    ),
    [{"benchmark": "b", "value": 1, "source": "s"}],
    [{"benchmark": "b", "value": "1", "source": "s", "epochs": 5, "secondary": "no"}],
    [{"title": "T", "duration": "51:15", "date": 2020, "youtube": "https://x.org"}],
    [{"id": "g", "title": "G", "papers": None, "groups": []}],
    {"a": {"name": "A", "dataset": "D", "metric": "M", "direction": None}},
    {"a": {"name": "A", "acyclic": "yes", "symmetric": 0}},
]


def agreed(document: dict[str, Any]) -> bool:
    """Return whether a file with this content is accepted, by the schemas as by the reader."""
    problems = Problems()
    record = load_text(json.dumps(document, ensure_ascii=False), "x.yaml", problems)
    schema_of = {Survey: SURVEYS, Part: SURVEYS, Vocabulary: VOCABULARIES}
    kind = type(record) if record is not None else Survey
    found = [str(problem) for problem in problems.sorted()]
    assert schema_of[kind].is_valid(document) == (not found), (document, found)
    return not found


def around(kind: type[Record], content: dict[str, Any]) -> dict[str, Any]:
    """Return a file with one record of that kind."""
    paper = {"id": "p", "name": "P"}
    survey = {"survey": "s", "title": "S"}
    places: dict[str, dict[str, Any]] = {
        "Paper": {**survey, "papers": [content]},
        "Placement": {**survey, "papers": [content]},
        "Group": {**survey, "groups": [content]},
        "Video": {**survey, "videos": [content]},
        "Links": {**survey, "papers": [{**paper, "links": content}]},
        "Status": {**survey, "papers": [{**paper, "status": content}]},
        "Relation": {**survey, "papers": [{**paper, "relations": {"uses": [content]}}]},
        "Result": {**survey, "papers": [{**paper, "results": [content]}]},
        "TagTerm": {"vocabulary": "v", "tags": {"t": content}},
        "RelationType": {"vocabulary": "v", "relations": {"t": content}},
        "Benchmark": {"vocabulary": "v", "benchmarks": {"t": content}},
        "Venue": {"vocabulary": "v", "venues": {"t": content}},
    }
    return places.get(kind.__name__, content)


LEAST: Final[dict[str, dict[str, Any]]] = {
    "Paper": {"id": "p", "name": "P"},
    "Placement": {"ref": "p"},
    "Group": {"id": "g", "title": "G"},
    "Video": {"title": "T"},
    "Links": {},
    "Relation": {"to": "q"},
    "Status": {"kind": "retracted"},
    "Result": {"benchmark": "b", "value": 1, "source": "s"},
    "TagTerm": {"name": "T"},
    "RelationType": {"name": "T"},
    "Benchmark": {"name": "B", "dataset": "D", "metric": "M"},
    "Venue": {"name": "V"},
    "Survey": {"survey": "s", "title": "S"},
    "Part": {"part": "s"},
    "Vocabulary": {"vocabulary": "v"},
}
"""Of each record, what it must have."""


@cache
def kinds() -> dict[str, type[Record]]:
    """Return every record that a YAML file can hold, by its name in the schemas."""
    named = {name for file in SCHEMAS for name in schema(file)["$defs"]} | {
        kind.__name__ for kind in FILE_KINDS.values()
    }
    return {name: getattr(entities, name) for name in named}


FIELDS: Final = sorted((name, field) for name, kind in kinds().items() for field in field_names(kind))


def test_every_record_is_tried() -> None:
    assert kinds().keys() == LEAST.keys()


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_schema_and_reader_agree_on_every_value_of_every_field(name: str, field: str) -> None:
    answers = {agreed(around(kinds()[name], {**LEAST[name], field: value})) for value in VALUES}
    assert answers == {True, False}


SCALARS: Final = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: not number.is_integer()),
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"], exclude_characters="\\"), max_size=20),
    *(
        st.from_regex(re.compile(pattern.replace(r"\s", " ")), fullmatch=True)
        for pattern in (r"[a-z0-9.-]{1,9}", r"\d{4}-\d\d-\d\d")
    ),
)


@given(
    field=st.sampled_from(FIELDS), value=st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=2), max_leaves=3)
)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_schema_and_reader_agree_on_generated_values(field: tuple[str, str], value: Any) -> None:
    name, key = field
    agreed(around(kinds()[name], {**LEAST[name], key: value}))


def test_what_is_required_cannot_be_left_out() -> None:
    for name, least in LEAST.items():
        for key in least:
            if (name, key) in {("Survey", "survey"), ("Part", "part"), ("Vocabulary", "vocabulary")}:
                continue  # it says what the file is
            assert not agreed(around(kinds()[name], {other: value for other, value in least.items() if other != key}))
