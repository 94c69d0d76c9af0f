"""HTML and quotes in every text that the schema has, found by introspection: a new field is tested once declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_origin

import pytest
import yaml
from tests.bad_input.project import Project, assert_harmless, assert_kept

from sphinx_paper_table.survey.entities import FILE_KINDS, Paper, Placement, Record
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.introspection import hints, info, parts, records_in
from sphinx_paper_table.survey.located import Located
from sphinx_paper_table.survey.status import Status
from sphinx_paper_table.survey.updates import Updates

if TYPE_CHECKING:
    from pathlib import Path

EVIL = "<script>alert({0})</script><img src=x onerror=alert({0})> \"double\" 'single' &amp; {0}"
VALUES = {
    "value": "1",
    "lang": "en",
    "duration": "1:00",
    "date": "2001",
    "added": "2001",
    "reviewed": "2001",
    "cite": "keeper2001",
    "benchmark": "speed",
    "to": "keeper-1",
    "ref": "keeper-1",
    "tags": ["blue"],
    "symmetric": "false",
    "acyclic": "false",
    "chronological": "false",
    "secondary": "true",
    "epochs": "2",
    "shots": "2",
    "resolution": "224",
    "frames": "8×8",
    "views": "10×3",
    "since": "2000",
}


class Filler:
    """Makes records of the schema, with a different evil text in every place that takes text."""

    def __init__(self) -> None:
        self.texts: list[tuple[str, Markup | None]] = []
        self.ids = 0

    def record(self, kind: type[Record], depth: int = 0) -> dict[str, Any]:
        """Return all fields of a record."""
        found = {}
        for name, hint in hints(kind).items():
            value = self.field(kind, name, hint, depth)
            if value is not None:
                found[name] = value
        return found

    def field(self, kind: type[Record], name: str, hint: Any, depth: int) -> Any:
        """Return a value for one field."""
        inner = records_in(hint)
        kinds = {get_origin(part) or part for part in parts(hint)}
        if kind in FILE_KINDS.values() and name == "tags":
            return {"blue": self.record(inner[0])}
        if name in VALUES:
            return VALUES[name]
        if inner and dict in kinds:
            return self._mapping(name, inner[0])
        if inner:
            return self._records(inner, depth, is_list=tuple in kinds)
        return self._scalar(kind, name, hint, is_list=tuple in kinds)

    def _mapping(self, name: str, inner: type[Record]) -> Any:
        key = {"benchmarks": "speed", "relations": "extends", "venues": "odd"}[name]
        value = self.record(inner)
        return {key: [value]} if "to" in value else {key: value}

    def _records(self, inner: tuple[type[Record], ...], depth: int, *, is_list: bool) -> Any:
        if depth > 1:
            return None
        found = [self.record(one, depth + 1) for one in dict.fromkeys(inner) if one in _heads(inner)]
        return found if is_list else found[0]

    def _scalar(self, kind: type[Record], name: str, hint: Any, *, is_list: bool) -> Any:
        described = info(kind, name)
        if any(get_origin(part) is Literal for part in parts(hint)):
            return "superseded" if kind is Status else None  # without it there is no status, and nobody reads its texts
        if _pattern(hint) == "^https?://":
            return f"https://example.org/{name}"
        if (name == "aliases" and _pattern(hint)) or described is None:
            return None
        if _pattern(hint):
            self.ids += 1
            return {"survey": "bad", "vocabulary": "evil"}.get(name, f"{name}-{self.ids}")
        self.texts.append((EVIL.format(len(self.texts)), _markup(hint)))
        text = self.texts[-1][0]
        return [text] if is_list else text


def _heads(inner: tuple[type[Record], ...]) -> set[type[Record]]:
    """Return the records that stand in the list itself, not those within them."""
    return {Paper, Placement} if Paper in inner else {inner[0]}


def _pattern(hint: Any) -> str:
    extras = (getattr(part, "json_schema_extra", None) for part in parts(hint))
    return next((extra["pattern"] for extra in extras if isinstance(extra, dict) and "pattern" in extra), "")


def _markup(hint: Any) -> Markup | None:
    return next((part for part in parts(hint) if isinstance(part, Markup)), None)


@pytest.fixture(scope="module")
def filler() -> tuple[Filler, str, str]:
    """Return the filler with a whole survey and a whole vocabulary."""
    made = Filler()
    survey = yaml.safe_dump(made.record(FILE_KINDS["survey"]), allow_unicode=True, sort_keys=False, width=10_000)
    vocabulary = yaml.safe_dump(made.record(FILE_KINDS["vocabulary"]), sort_keys=False, width=10_000)
    return made, survey, vocabulary


def test_every_field_for_text_is_filled(filler: tuple[Filler, str, str]) -> None:
    made, survey, vocabulary = filler
    declared = {
        (kind.__name__, name)
        for kind in Record.__subclasses__()
        if kind.__module__ != Updates.__module__  # a file of its own, see `tests.reading.test_updates`
        for name, hint in hints(kind).items()
        if Located in set(parts(hint)) and not records_in(hint) and not _pattern(hint) and name != "source"
    }
    assert len(declared) > 20
    for _kind, name in declared:
        assert f"{name}:" in survey + vocabulary
    assert len(made.texts) >= len(declared)


@pytest.mark.parametrize("layout", ["cards", "tabs", "table", "sections"])
def test_evil_texts_stay_texts(layout: str, filler: tuple[Filler, str, str], tmp_path: Path) -> None:
    made, survey, vocabulary = filler
    project = Project(tmp_path)
    project.write("surveys/bad.yaml", survey)
    project.write("surveys/vocabulary.yaml", vocabulary)
    project.write("bad.md", f"# Bad\n\n```{{paper-table}} bad\n:layout: {layout}\n```\n")
    outcome = project.build()
    assert "Traceback" not in outcome.log
    assert outcome.code == 0
    assert_harmless(project)
    assert_kept(project)
    assert project.build(strict=True).code == 1
    shown = project.page("bad").get_text()
    assert shown.count("<script>alert(") > len(made.texts) / 3
    found = set(project.check())
    unsafe = {message for message in found if message.endswith("[unsafe]")}
    marked = [text for text, markup in made.texts if markup is not None]
    assert len(unsafe) >= len(marked)
    assert found - unsafe == {message for message in found if "is neither a cite key nor a web address" in message}
