"""What is kept of parsed files is what parsing them gives, whatever was edited, damaged or installed in between."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, Final

import pytest

from sphinx_paper_table.bibliography.reader import parse_bibtex
from sphinx_paper_table.reading import loader, parsed
from sphinx_paper_table.reading.loader import load
from sphinx_paper_table.reading.parsed import Parsed, parsed_in
from sphinx_paper_table.survey.located import BUILT_IN
from sphinx_paper_table.survey.problems import Code, Problems

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_paper_table.bibliography.reader import Bibliography
    from sphinx_paper_table.reading.loader import LoadResult

SURVEY: Final = """survey: {id}
title: The {id} papers
groups:
  - id: first
    title: First
    papers:
      - id: {id}-one
        name: One
        cite: lee2020one
        date: 2020-01
        summary: >-
          A *folded*
          text.
        relations: {{extends: [{{to: {id}-two, why: "a \\"reason\\""}}]}}
      - {{id: {id}-two, name: Two, cite: lee2020one, summary: Second.}}
"""
BIBTEX: Final = "@article{lee2020one, author = {Lee, Ann}, title = {One}, journal = {J}, year = {2020}}\n"
NAMES: Final = ("alpha", "beta", "gamma", "delta")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in NAMES:
        (tmp_path / f"{name}.yaml").write_text(SURVEY.format(id=name))
    (tmp_path / "refs.bib").write_text(BIBTEX)
    return tmp_path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of what is parsed, as it is parsed."""
    names: list[str] = []
    load_text = loader.load_text

    def noted(text: str, name: str, problems: Problems) -> Any:
        names.append(name)
        return load_text(text, name, problems)

    def noted_bibtex(texts: Any, *more: Any) -> Bibliography:
        names.extend(texts)
        return parse_bibtex(texts, *more)

    monkeypatch.setattr(loader, "_read_built_in", loader._read_built_in.__wrapped__)  # each load as in a process anew
    monkeypatch.setattr(loader, "load_text", noted)
    monkeypatch.setattr(loader, "parse_bibtex", noted_bibtex)
    return names


def loaded(project: Path, kept: Parsed | None = None) -> LoadResult:
    surveys = {path.name: path for path in sorted(project.glob("*.yaml"))}
    found = load(surveys, {"refs.bib": project / "refs.bib"}, parsed=kept)
    if kept is not None:
        kept.save()
    return found


def kept(project: Path) -> Parsed:
    return parsed_in(project / "kept" / "parsed.pickle", lambda _sentence: None)


def same(one: LoadResult, other: LoadResult) -> bool:
    """Return whether both say the same at the same places; records compare without their positions."""
    return (
        one.problems == other.problems
        and one.catalogue.surveys == other.catalogue.surveys
        and [paper.position for paper in one.catalogue.papers.values()]
        == [paper.position for paper in other.catalogue.papers.values()]
        and one.catalogue.references == other.catalogue.references
        and one.catalogue.vocabulary == other.catalogue.vocabulary
        and [entry.complete for entry in one.entries.values()] == [entry.complete for entry in other.entries.values()]
    )


def test_only_what_was_edited_is_parsed(project: Path, read: list[str]) -> None:
    first = loaded(project, kept(project))
    assert read == ["refs.bib", *sorted(f"{name}.yaml" for name in NAMES), BUILT_IN]
    read.clear()
    again = loaded(project, kept(project))
    assert read == []
    assert same(again, first)
    assert read == ["refs.bib"]  # for the entries, which are not kept
    read.clear()
    path = project / "beta.yaml"
    path.write_text(path.read_text().replace("Second.", "Changed."))
    changed = loaded(project, kept(project))
    assert read == ["beta.yaml"]
    assert changed.catalogue.papers["beta-two"].summary == "Changed."
    read.clear()
    (project / "refs.bib").write_text(BIBTEX.replace("{One}", "{Other}"))
    assert loaded(project, kept(project)).catalogue.references["lee2020one"].title == "Other"
    assert read == ["refs.bib"]


def test_a_file_of_another_name_says_other_places(project: Path) -> None:
    loaded(project, kept(project))
    (project / "alpha.yaml").rename(project / "omega.yaml")
    assert same(loaded(project, kept(project)), loaded(project))


EDITS: Final = (
    ("name: One", "name: {mark}"),
    ("date: 2020-01", "date: 2020-{mark}"),  # no date
    ("cite: lee2020one", "cite: {mark}"),  # no such entry
    ("summary: Second.", "summary: 'It {mark}"),  # a syntax error
    ("title: First", "titel: {mark}"),  # no such key
    ("id: {name}-two", "id: alpha-one"),  # taken by another file
    ("to: {name}-two", "to: gamma-{mark}"),
    ("survey: {name}", "survey: alpha"),
)


@pytest.mark.parametrize("seed", range(6))
def test_random_edits(project: Path, seed: int) -> None:
    """Kept or not, the catalogue and all problems are the same after each of some edits, made and taken back."""
    random = Random(seed)  # noqa: S311 (no secret)
    for number in range(12):
        name = random.choice(NAMES)
        path = project / f"{name}.yaml"
        if random.random() < 0.4:
            path.write_text(SURVEY.format(id=name))
        else:
            old, new = (part.format(name=name, mark=f"m{number}") for part in random.choice(EDITS))
            path.write_text(path.read_text().replace(old, new))
        if random.random() < 0.2:
            (project / "refs.bib").write_text(random.choice((BIBTEX, BIBTEX * 2, BIBTEX[:-3], "")))
        assert same(loaded(project, kept(project)), loaded(project)), f"edit {number} of {path.name}"


@pytest.mark.parametrize("left", [0, 30, 3000, -1])
def test_a_damaged_file_is_made_anew(project: Path, read: list[str], left: int) -> None:
    first = loaded(project, kept(project))
    path = project / "kept" / "parsed.pickle"
    path.write_bytes(path.read_bytes()[:left])
    read.clear()
    assert same(loaded(project, kept(project)), first)
    assert len(read) == len(NAMES) + 2


@pytest.mark.parametrize("name", ["program_digest", "installed_versions"])
def test_another_program_parses_all(project: Path, read: list[str], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(project, kept(project))
    monkeypatch.setattr(parsed, name, lambda: "other")
    read.clear()
    loaded(project, kept(project))
    assert len(read) == len(NAMES) + 2


def test_a_folder_that_cannot_be_written_costs_nothing_else(project: Path) -> None:
    (project / "kept").write_text("a file")
    assert same(loaded(project, kept(project)), loaded(project))


def test_problems_are_those_of_the_text_alone(tmp_path: Path) -> None:
    """Two texts of one digest share them; those of the caller stay with it."""
    problems, calls = Problems(), []

    def parse(own: Problems) -> str:
        calls.append(len(own))
        own.add(Code.SYNTAX, "wrong")
        return "value"

    problems.add(Code.DANGLING, "other")
    for _ in range(2):
        store = parsed_in(tmp_path / "kept.pickle", lambda _sentence: None)
        assert store.get("text", parse, problems) == "value"
        store.save()
    assert calls == [0]
    assert [problem.message for problem in problems.sorted()] == ["other", "wrong"]


def test_what_is_no_longer_asked_for_goes(tmp_path: Path) -> None:
    path = tmp_path / "kept.pickle"
    for texts in (["a" * 5000, "b"], ["b"]):
        store = parsed_in(path, lambda _sentence: None)
        for text in texts:
            store.get(text, lambda _own, text=text: text, Problems())  # type: ignore[misc]
        store.save()
    assert path.stat().st_size < 2000


def test_what_is_too_deep_is_not_kept(tmp_path: Path) -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    store = parsed_in(tmp_path / "kept.pickle", lambda _sentence: None)
    assert store.get("deep", lambda _own: deep, Problems()) is deep
    store.save()
    assert not (tmp_path / "kept.pickle").exists()
