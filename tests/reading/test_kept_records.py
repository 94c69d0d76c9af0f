"""Records that an earlier run has left, brought up to date, are those that are loaded anew; else they are not used."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.support.texts import VOCABULARY

from sphinx_paper_table.bibliography.former_entries import former_entries
from sphinx_paper_table.bibliography.reader import parse_bibtex
from sphinx_paper_table.reading.kept_records import Project, kept_records, known_records
from sphinx_paper_table.reading.loader import LoadResult, load_surveys
from sphinx_paper_table.reading.parsed import parsed_in
from sphinx_paper_table.store import files_digest
from sphinx_paper_table.survey.allowed import DEFAULT
from sphinx_paper_table.survey.bib_files import NO_BIB_FILES
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Code, Problem, Problems
from sphinx_paper_table.survey.selection import Selection

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_paper_table.reading.kept_records import KeptRecords, Known
    from sphinx_paper_table.reading.parsed import Parsed
    from sphinx_paper_table.survey.query import Query

SURVEY: Final = """survey: {id}
title: The {id} papers
groups:
  - id: first
    title: First
    papers:
      - id: {id}-one
        name: One
{cite}        summary: A text.
        relations: {{extends: [{{to: {id}-two, why: a reason}}, {other}-two]}}
      - {{id: {id}-two, name: Two, summary: "Second, see {{paper}}`{other}-one`."}}
"""
NAMES: Final = {"alpha": "beta", "beta": "gamma", "gamma": "alpha"}
BIB: Final = """@article{lee2020one, author = {Lee, Ann}, title = {One}, journal = {J}, year = {2020}}
@article{kim2018zero, author = {Kim, Eva}, title = {Zero}, journal = {J}, year = {2018}, ids = {kim}}
"""
BIBLIOGRAPHY: Final = parse_bibtex({"refs.bib": BIB}, Problems())
REFERENCES: Final = BIBLIOGRAPHY.references


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with three surveys and a vocabulary."""
    for name, other in NAMES.items():
        cite = "" if name == "beta" else "        cite: lee2020one\n"
        (tmp_path / f"{name}.yaml").write_text(SURVEY.format(id=name, other=other, cite=cite))
    (tmp_path / "vocabulary.yaml").write_text(VOCABULARY)
    return tmp_path


def translate(text: str) -> str:
    return text.replace("text", "Text")


def project(folder: Path) -> Project:
    contents = {str(path): files_digest([path], folder) for path in sorted(folder.glob("*.yaml"))}
    parsed = parsed_in(folder / "parsed.pickle", lambda _sentence: None)
    return Project(contents, parsed, REFERENCES, NO_BIB_FILES, DEFAULT, translate)


def loaded(folder: Path, parsed: Parsed | None = None) -> LoadResult:
    files = {str(path): path for path in sorted(folder.glob("*.yaml"))}
    return load_surveys(files, REFERENCES, parsed=parsed)


def keep(folder: Path) -> KeptRecords:
    """Return what a first run leaves."""
    now = project(folder)
    result = loaded(folder, now.parsed)
    now.parsed.save()
    kept = kept_records(result, result.catalogue, result.problems, now.contents)
    assert kept is not None
    return kept


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / f"{name}.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def assert_up_to_date(known: Known, folder: Path) -> None:
    """Compare with what is loaded anew; records compare without their places, problems with them."""
    anew = loaded(folder)
    original = known.catalogue.original
    assert original is not None
    assert dict(original.surveys) == dict(anew.catalogue.surveys)
    assert {name: paper.position for name, paper in original.papers.items()} == {
        name: paper.position for name, paper in anew.catalogue.papers.items()
    }
    assert known.problems == anew.problems


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("summary: A text.", "summary: Another text."),
        ("summary: A text.", "summary: A text with {cite:t}`missing` and {paper}`nothing`."),
        ("summary: A text.", "summary: >-\n          On\n          lines, **never ended."),
        ("summary: Second", "added: 2020-01-01, summary: Second"),
        ("    title: First", "    title: First\n    summary: <b>Bold</b>"),
    ],
)
def test_an_edit_that_others_do_not_see(folder: Path, old: str, new: str) -> None:
    kept = keep(folder)
    edit(folder, "beta", 'summary: "Second' if old == "summary: Second" else old, new.replace("Second", '"Second'))
    now = project(folder)
    known = known_records(kept, now)
    assert known is not None
    assert (known.changed, now.parsed.count) == (frozenset({"beta"}), 1)
    assert_up_to_date(known, folder)
    now.parsed.save()
    again = project(folder)
    later = known_records(known.kept, again)
    assert later is not None
    assert (later.changed, again.parsed.count) == (frozenset(), 0)
    assert_up_to_date(later, folder)
    assert later.catalogue.papers["alpha-one"].summary == "A Text."
    assert known.former().papers["beta-two"] == later.catalogue.papers["beta-two"] or "added" in new


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("beta", "name: One", "name: Eins"),
        ("beta", "why: a reason", "why: none"),
        ("beta", "id: beta-two", "id: beta-too"),
        ("beta", "survey: beta", "part: alpha"),
        ("beta", "title: First", "titel: First"),
        ("beta", "papers:", "papers: ["),
        ("vocabulary", "name: Blue", "name: Azure"),
    ],
)
def test_an_edit_that_others_see(folder: Path, name: str, old: str, new: str) -> None:
    kept = keep(folder)
    edit(folder, name, old, new)
    assert known_records(kept, project(folder)) is None


def test_files_that_come_and_go(folder: Path) -> None:
    kept = keep(folder)
    (folder / "delta.yaml").write_text("survey: delta\ntitle: D\npapers:\n  - {id: d, name: D}\n")
    assert known_records(kept, project(folder)) is None
    (folder / "delta.yaml").unlink()
    assert known_records(kept, project(folder)) is not None
    (folder / "gamma.yaml").unlink()
    assert known_records(kept, project(folder)) is None


def test_records_that_are_not_kept_are_loaded_anew(folder: Path) -> None:
    kept = keep(folder)
    (folder / "parsed.pickle").unlink()
    assert known_records(kept, project(folder)) is None


def test_a_survey_in_several_files_is_not_kept(folder: Path) -> None:
    (folder / "more.yaml").write_text("part: beta\npapers:\n  - {id: more, name: More}\n")
    now = project(folder)
    result = loaded(folder, now.parsed)
    assert kept_records(result, result.catalogue, result.problems, now.contents) is None


def test_advice_with_a_place_in_the_edited_file(folder: Path) -> None:
    """That two records have one publication names the line of the first, which an edit may move."""
    kept = keep(folder)
    assert any("have one publication" in problem.message for problem in kept.shared_keys)
    edit(folder, "alpha", "title: First", "title: First\n    period: before\n    summary: Some.")
    known = known_records(kept, project(folder))
    assert known is not None
    assert_up_to_date(known, folder)


def test_another_problem_with_a_place_in_the_edited_file(folder: Path) -> None:
    kept = keep(folder)
    told = Problem(Position("vocabulary.yaml"), Code.ANCHOR, "an anchor", f"{folder}/alpha.yaml has it")
    edit(folder, "alpha", "summary: A text.", "summary: Another text.")
    assert known_records(replace(kept, problems=(told,)), project(folder)) is None
    assert known_records(kept, project(folder)) is not None


def test_only_answers_that_an_edit_may_change_are_looked_for(folder: Path) -> None:
    kept = keep(folder)
    queries = [Selection(name) for name in (*NAMES, "")]
    marks: dict[Query[Any], str] = {query: f"as {query.target or 'all'}" for query in queries}
    kept = replace(kept, marks=marks)
    edit(folder, "beta", "summary: A text.", "summary: Another text.")
    known = known_records(kept, project(folder))
    assert known is not None
    found = {query.target: known.fingerprint(query) for query in queries}
    assert (found["alpha"], found["gamma"]) == ("as alpha", "as gamma")
    assert found["beta"] == Selection("beta").fingerprint(known.catalogue)
    assert found[""] == Selection("").fingerprint(known.catalogue)


def project_after(folder: Path, old: str, new: str) -> Project:
    """Return the project with another bibliography."""
    assert old in BIB
    now = parse_bibtex({"refs.bib": BIB.replace(old, new)}, Problems())
    former = former_entries("before", BIBLIOGRAPHY, now)
    return replace(project(folder), references=now.references, bibliography="now", former=former)


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("{One}", "{Eins}", {"alpha", "gamma"}),
        ("journal = {J}, year = {2020}", "journal = {J}, year = {2020}, pages = {1--2}", {"alpha", "gamma"}),
        ("Lee, Ann", "Lee, Amy", {"alpha", "gamma"}),
        ("{Zero}", "{Null}", {"beta"}),
    ],
)
def test_an_entry_that_only_those_see_who_name_it(folder: Path, old: str, new: str, changed: set[str]) -> None:
    edit(folder, "beta", "A text.", "A text, see {cite:t}`kim`.")
    kept = replace(keep(folder), bibliography="before")
    now = project_after(folder, old, new)
    known = known_records(kept, now)
    assert known is not None
    assert (set(known.changed), now.parsed.count) == (changed, 0)
    assert known.kept.bibliography == "now"
    assert known.catalogue.references == now.references
    assert known.former().references == REFERENCES
    assert all(paper.summary for paper in known.former().papers.values())
    anew = load_surveys({str(path): path for path in sorted(folder.glob("*.yaml"))}, now.references)
    assert known.problems == anew.problems
    now.parsed.save()
    assert known_records(known.kept, replace(now, parsed=project(folder).parsed)) is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{2020}", "{2021}"),
        ("journal = {J}, year = {2020}", "journal = {K}, year = {2020}"),
        ("Lee, Ann", "Li, Ann"),
        ("title = {One}", "title = {One}, doi = {10.1000/1}"),
        ("lee2020one", "lee2020two"),
        ("ids = {kim}", "ids = {kam}"),
    ],
)
def test_an_entry_that_others_see(folder: Path, old: str, new: str) -> None:
    kept = replace(keep(folder), bibliography="before")
    assert known_records(kept, project_after(folder, old, new)) is None


def test_what_is_known_of_other_files_is_not_used(folder: Path) -> None:
    now = project_after(folder, "{One}", "{Eins}")
    assert known_records(replace(keep(folder), bibliography="long ago"), now) is None
    assert known_records(replace(keep(folder), bibliography="before"), replace(now, former=None)) is None


def test_venues_that_seem_to_be_one_stand_where_the_entry_stands_now(folder: Path) -> None:
    kept = replace(keep(folder), bibliography="before")
    told = Problem(Position("refs.bib", 7), Code.VENUE_SIMILAR, "the venues are alike")
    known = known_records(replace(kept, problems=(told,)), project_after(folder, "{One}", "{Eins}"))
    assert known is not None
    assert told not in known.problems, "they are looked for again"


def test_an_entry_that_no_survey_names_may_be_shown_on_any_page(folder: Path) -> None:
    kept = keep(folder)
    queries = [Selection(name) for name in (*NAMES, "")]
    kept = replace(kept, bibliography="before", marks={query: f"as {query.target}" for query in queries})
    known = known_records(kept, project_after(folder, "{Zero}", "{Null}"))
    assert known is not None
    assert known.fingerprint(Selection("alpha")) == "as alpha"
    assert known.fingerprint(Selection("")) == Selection("").fingerprint(known.catalogue)
