"""Values are read without pydantic where nothing is to be said of them, and then as pydantic reads them."""

from __future__ import annotations

import dataclasses
import re
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from sphinx_paper_table.reading.mending import mended
from sphinx_paper_table.reading.record_keys import records
from sphinx_paper_table.reading.right_values import Unsure, _reader, right_record
from sphinx_paper_table.reading.yaml_tree import parse_yaml
from sphinx_paper_table.survey.entities import FILE_KINDS, MAX_LEVELS, Record
from sphinx_paper_table.survey.introspection import hints
from sphinx_paper_table.survey.located import position_of
from sphinx_paper_table.survey.problems import Problems

DOCS: Final = Path(__file__).resolve().parents[2] / "docs" / "surveys"
RIGHT: Final = (
    """\
survey: «all»
title: «A title»
aliases: [«old»]
summary: «Some words»
videos: [{title: «A talk», lang: «en», duration: «51:15», date: «2019-02», bilibili: «https://b.org/x»}]
papers:
  - id: «one»
    name: «One»
    cite: «he2020momentum»
    status: «retracted»
    points: [«A», «B»]
    tags: [«red»]
    links: {code: «https://x.org»}
    relations: {«extends»: [«two», {to: «three», why: «reason»}]}
    results:
      - {benchmark: «x», value: «44.5», source: «https://x.org», epochs: «200», resolution: «224», secondary: «true»}
    added: «2019-02-03»
  - {ref: «two», note: «There»}
groups: [{id: «g», title: «G», groups: [{id: «h», title: «H», aliases: [«old#g»]}]}]
""",
    """\
vocabulary: «all»
tags: {«red»: {name: «Red», kind: «dataset»}, b: {name: «B», description: «What»}}
relations: {«extends»: {name: «extends», symmetric: «no», acyclic: «1»}}
benchmarks: {«x»: {name: «X», dataset: «X», metric: «top-1», direction: «higher», since: «2019»}}
venues: {«v»: {name: «V», aliases: [«W»]}}
""",
)
_SLOT: Final = re.compile(r"«([^»]*)»")
WORDS: Final = (
    *("one", "two", "moco-v1", "A name", "'a\n\n  b'", "' '", "''", "~", "", "[a, b]", "{a: b}", "en"),
    *("2019", "2019-02-30", "1.0", "44.5", "1e30", "1_000", "٣", "inf", "224", "8×8", "51:15"),
    *("https://x.org", "javascript:x", "he2020momentum", "retracted", "superseded by two", "superseded", "true", "Off"),
    *("higher", "dataset", "200", "1000000", "1000001", "0", "-3"),
    *("no", "a b", "a--b", "x" * 201, '"\\u00e9"', "|-\n      x"),
)  # fmt: skip


def told(value: Any) -> Any:
    """Return everything in *value*: kinds, texts and places."""
    if isinstance(value, Record):
        return type(value), [told(getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return [told(item) for item in value]
    if isinstance(value, dict):
        return [(told(key), told(item)) for key, item in value.items()]
    return type(value), str(value), position_of(value)


def read_both_ways(text: str) -> tuple[Any, Any, int]:
    """Return what the quick way and pydantic make of a file, and how many problems its values have."""
    problems, tree = Problems(), parse_yaml(text, "a.yaml", Problems())
    kind: Any = next(record for key, record in FILE_KINDS.items() if key in tree)
    right = right_record(kind, tree)  # before the other, which changes the tree
    return right, mended(kind, tree, problems, text), len(problems)


def test_there_is_a_way_to_read_each_field() -> None:
    for record in records():
        for name, hint in hints(record).items():
            assert _reader(hint) is not _reader(complex), name


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.yaml")), ids=lambda path: path.stem)
def test_surveys_are_read_as_pydantic_reads_them(path: Path) -> None:
    right, other, _count = read_both_ways(path.read_text("utf-8"))
    assert right is not None
    assert told(right) == told(other)


def test_what_is_taken_for_right_is_right() -> None:
    random = Random(3)  # noqa: S311 (nothing secret)
    certain = 0
    for number in range(200):
        form = RIGHT[number % 3 == 0]
        slots = set(random.sample(range(len(_SLOT.findall(form))), random.randint(0, 2)))
        place = count()
        text = _SLOT.sub(lambda word: random.choice(WORDS) if next(place) in slots else word[1], form)  # noqa: B023
        if not isinstance(parse_yaml(text, "a.yaml", Problems()), dict):
            continue
        right, other, problems = read_both_ways(text)
        if right is not None:
            certain += 1
            assert not problems, text
            assert told(right) == told(other), text
    assert certain > 70


def test_keys_that_are_not_known_are_never_taken_for_right() -> None:
    for line in ("color: red", "color:", "tags:", "papers: [{id: a}]"):
        right, _other, count = read_both_ways(f"survey: a\ntitle: A\n{line}\n")
        assert (right is None) == bool(count), line


def test_groups_stand_in_each_other_as_deep_as_is_certain() -> None:
    def nested(depth: int) -> str:
        return "survey: a\ntitle: A\n" + "".join(
            f"{'  ' * level}groups:\n{'  ' * level}- id: g{level}\n{'  ' * level}  title: T\n" for level in range(depth)
        )

    right, other, _count = read_both_ways(nested(MAX_LEVELS))
    assert right is not None
    assert told(right) == told(other)
    assert read_both_ways(nested(MAX_LEVELS + 1))[0] is None
    assert read_both_ways(nested(400))[0] is None


def test_a_type_that_is_not_known_is_left_to_pydantic() -> None:
    with pytest.raises(Unsure):
        _reader(complex)("1", Problems())
