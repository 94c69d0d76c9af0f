"""A catalogue of outlines says what one of records says, and reads those records that it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from tests.support.texts import SURVEY, edited, load_files

from sphinx_paper_table.survey.faces import face_of
from sphinx_paper_table.survey.outlines import Outlines, outline_of
from sphinx_paper_table.survey.selection import Selection
from sphinx_paper_table.survey.status_lines import statuses_of_references

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Survey

OTHER: Final = """\
survey: other
title: Other
aliases: [was]
papers:
  - {ref: former, note: Seen before.}
groups:
  - id: g
    title: G
    aliases: [h, s#gone]
    papers:
      - {id: a.b, name: A, date: 2017, status: superseded by new, relations: {extends: [old, site:far]}}
      - {id: a-b, name: B, relations: {extends: [{to: former, why: it was there}]}}
  - {id: empty, title: Empty, groups: [{id: inner, title: Inner, papers: [{ref: third}]}]}
"""
ALONE: Final = "survey: alone\ntitle: Alone\npapers:\n  - {id: alone, name: Alone}\n"
KEYED: Final = (
    *("surveys", "papers", "homes", "residents", "groups", "former_groups", "former_of_groups", "aliases"),
    *("survey_aliases", "outgoing", "incoming", "elsewhere", "shown_in", "survey_order", "first_keys"),
)


@pytest.fixture(scope="module")
def whole() -> Catalogue:
    """Return a catalogue of records."""
    return load_files({"a.yaml": SURVEY, "b.yaml": OTHER, "c.yaml": ALONE}).catalogue


def outlined(whole: Catalogue, read: list[str]) -> Catalogue:
    """Return the same of outlines; the names of surveys that are read are put into *read*."""

    def load(name: str) -> Survey:
        read.append(name)
        return whole.surveys[name]

    outlines = {str(name): outline_of(survey) for name, survey in whole.surveys.items()}
    return Outlines(outlines).catalogue(load, whole, {"sharing": whole.sharing})


@pytest.mark.parametrize("name", KEYED)
def test_every_index_is_the_same(whole: Catalogue, name: str) -> None:
    expected: Mapping[str, object] = getattr(whole, name)
    found: Mapping[str, object] = getattr(outlined(whole, []), name)
    assert dict(found) == dict(expected)
    assert len(found) == len(expected)
    assert "none" not in found


def test_what_is_computed_from_indexes_is_the_same(whole: Catalogue) -> None:
    found = outlined(whole, [])
    assert (found.edges, found.edges_elsewhere) == (whole.edges, whole.edges_elsewhere)
    assert found.stated_types == whole.stated_types == ("extends", "compares-with")
    assert found.with_status == whole.with_status == ("a.b",)
    assert statuses_of_references(found) == statuses_of_references(whole)
    assert [found.relations_of(name) for name in found.papers] == [whole.relations_of(name) for name in whole.papers]
    assert list(found.papers) == list(whole.papers)
    assert found.anchor("method", "a-b") == whole.anchor("method", "a-b") != "paper-a-b"
    assert (found.paper("former"), found.survey("was")) == (whole.papers["new"], whole.surveys["other"])
    for target in ("s", "other", "was", "s#first", "other#h", "s#gone", ""):
        selection = Selection(target)
        assert selection.fingerprint(found) == selection.fingerprint(whole)
        assert selection.shown_surveys(found) == selection.shown_surveys(whole)


def test_records_are_read_when_they_are_asked_for(whole: Catalogue) -> None:
    read: list[str] = []
    found = outlined(whole, read)
    assert ("alone" in found.papers, found.homes["new"].survey, found.outgoing.get("old")) == (True, "s", None)
    assert found.anchor("group", "s#first") == "group-s-first"
    assert read == []
    assert Selection("alone").fingerprint(found)
    assert read == ["alone"]
    assert Selection("other").shown_surveys(found) == frozenset({"other", "s"})
    assert read == ["alone"]
    assert Selection("other#g").fingerprint(found)
    assert sorted(read) == ["alone", "other", "s"]


@pytest.mark.parametrize(
    ("old", "new", "is_seen"),
    [
        ("The *old* one.", "The new one.", False),
        ("points: [One point.]", "points: []", False),
        ("links: {code: https://example.org/old}", "added: 2020-01-01", False),
        ("About the first.", "Nothing.", False),
        ("Here again.", "Not here.", False),
        ("name: Old", "name: Young", True),
        ("why: it grew", "why: it shrank", True),
        ("cite: old2018", "cite: third2019", True),
        ("tags: [blue]", "tags: [red]", True),
        ("title: Inner", "title: Outer", True),
        ("value: 41.0", "value: 42.0", True),
        ("aliases: [former]", "aliases: [past]", True),
    ],
)
def test_what_others_see_of_a_survey(old: str, new: str, is_seen: bool) -> None:  # noqa: FBT001 (a case)
    one, other = (load_files({"s.yaml": text}).catalogue.surveys["s"] for text in (SURVEY, edited(SURVEY, old, new)))
    assert one != other
    assert (face_of(one) != face_of(other)) is is_seen
