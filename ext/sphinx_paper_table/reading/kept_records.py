"""What a build leaves of its records, so that the next one reads those that have changed and those that it shows.

Parsed records are kept by `reading.parsed`. Here stand the outlines of the surveys, what is wrong with each, and what
of the catalogue is derived from all. It holds while vocabulary, bibliography and settings are the same, and while of
each survey that has changed others see the same (`survey.faces`): anything else is loaded anew as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_paper_table.reading.checks import check_shared_keys, check_survey, check_translation
from sphinx_paper_table.reading.former_names import with_present_names
from sphinx_paper_table.reading.loader import load_text, source_of
from sphinx_paper_table.survey.catalogue import Catalogue
from sphinx_paper_table.survey.entities import Survey, Vocabulary
from sphinx_paper_table.survey.faces import face_of
from sphinx_paper_table.survey.outlines import Outline, Outlines, outline_of
from sphinx_paper_table.survey.problems import Code, Problem, Problems
from sphinx_paper_table.survey.source_files import read_text
from sphinx_paper_table.survey.texts import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_paper_table.reading.loader import LoadResult
    from sphinx_paper_table.reading.parsed import Parsed
    from sphinx_paper_table.survey.allowed import Rules
    from sphinx_paper_table.survey.bib_files import BibFiles
    from sphinx_paper_table.survey.query import Query
    from sphinx_paper_table.survey.references import Reference
    from sphinx_paper_table.survey.updates import Updates


@dataclass(frozen=True, slots=True)
class KeptSurvey:
    """A survey that stands in one file as it is."""

    path: str
    parsed: str
    """Under which key its record is kept."""
    outline: Outline
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class KeptRecords:
    """The records of a project in which nothing is wrong but advice."""

    contents: Mapping[str, str]
    """A digest of each survey file, vocabularies among them."""
    surveys: Mapping[str, KeptSurvey]
    vocabulary: Vocabulary
    updates: Updates | None
    derived: Mapping[str, Any]
    """Properties of the catalogue that are derived from all records, or from the whole bibliography."""
    problems: tuple[Problem, ...]
    """What is wrong between the records, or with none of the surveys."""
    shared_keys: tuple[Problem, ...]
    """What is said of records of one publication: it names places in both."""
    marks: Mapping[Query[Any], str] = field(default_factory=dict)
    """What pages ask, with the fingerprint of the answer."""


@dataclass(frozen=True, slots=True)
class Known:
    """Records as far as they are known: `KeptRecords` brought up to date."""

    kept: KeptRecords
    changed: frozenset[str]
    """The surveys that were edited since."""
    catalogue: Catalogue
    problems: tuple[Problem, ...]
    former: Callable[[], Catalogue]
    """Returns the catalogue as it was before."""
    former_contents: Mapping[str, str] = field(default_factory=dict)
    """The digests of the survey files as they were before."""

    def fingerprint(self, query: Query[Any]) -> str:
        """Return the fingerprint of what *query* is told now; it is asked where the answer may be another one."""
        mark = self.kept.marks.get(query)
        if mark is not None and self.changed:
            shown = query.shown_surveys(self.catalogue)
            mark = mark if shown is not None and shown.isdisjoint(self.changed) else None
        return query.fingerprint(self.catalogue) if mark is None else mark


def kept_records(
    loaded: LoadResult, catalogue: Catalogue, problems: tuple[Problem, ...], contents: Mapping[str, str]
) -> KeptRecords | None:
    """Return what can be kept of what was *loaded*; None where a survey stands in several files.

    *catalogue* and *problems* are those in the language of the build, *contents* the digests of the survey files.
    """
    if loaded.surveys.keys() != loaded.catalogue.surveys.keys():
        return None
    by_path = {one.path: name for name, one in loaded.surveys.items()}
    own: dict[str, list[Problem]] = {name: [] for name in loaded.surveys}
    others: list[Problem] = []
    shared: list[Problem] = []
    between = set(loaded.between)
    for problem in problems:
        name = None if problem in between else by_path.get(problem.position.path)
        is_shared = problem.code is Code.SHARED_KEY
        (shared if is_shared else others if name is None else own[name]).append(problem)
    surveys = {
        str(name): KeptSurvey(one.path, one.key, outline_of(loaded.catalogue.surveys[name]), tuple(own[name]))
        for name, one in loaded.surveys.items()
    }
    derived = {name: getattr(catalogue, name) for name in ("former_keys", "sharing")}
    return KeptRecords(
        contents, surveys, loaded.catalogue.vocabulary, catalogue.updates, derived, tuple(others), tuple(shared)
    )


@dataclass(frozen=True, slots=True)
class Project:
    """What records are read with; *contents* has a digest of each survey file, by its path."""

    contents: Mapping[str, str]
    parsed: Parsed
    references: Mapping[str, Reference]
    bib_files: BibFiles
    rules: Rules
    translate: Callable[[str], str]


def known_records(kept: KeptRecords, project: Project) -> Known | None:
    """Return the catalogue of *project* as far as *kept* knows it; None where all of it is to be loaded."""
    if kept.contents.keys() != project.contents.keys() or not project.parsed.has(
        one.parsed for one in kept.surveys.values()
    ):
        return None
    edited = {name for name, content in project.contents.items() if kept.contents[name] != content}
    changed = {name: one for name, one in kept.surveys.items() if one.path in edited}
    if len(changed) != len(edited) or any(_is_told_of(path, kept.problems) for path in edited):
        return None
    present = {name: again for name, one in changed.items() if (again := _read_again(one, project))}
    if present.keys() != changed.keys():
        return None
    records = _Records(kept, project)
    for one in changed.values():
        records.original(one.parsed)  # it is forgotten now
    project.parsed.hold(former=(one.parsed for one in changed.values()))
    now = replace(kept, contents=project.contents, surveys={**kept.surveys, **present})
    former = partial(records.catalogue, kept), kept.contents
    return _checked(now, frozenset(changed), records.catalogue(now), former, project)


def _is_told_of(path: str, problems: tuple[Problem, ...]) -> bool:
    """Return whether a problem between records has a place in a file, which an edit may have moved."""
    return any(problem.position.path == path or path in problem.text for problem in problems)


def _read_again(one: KeptSurvey, project: Project) -> KeptSurvey | None:
    """Return a survey whose file was edited; None where others see something else of it now."""
    problems = Problems()
    text = read_text(Path(one.path), one.path, problems)
    if text is None:
        return None
    source = source_of(one.path, text)
    record = project.parsed.get(source, lambda found: load_text(text, one.path, found), problems)
    key, before = project.parsed.key(source), project.parsed.value(one.parsed)
    if not isinstance(record, Survey) or face_of(record) != face_of(before) or not project.parsed.has([key]):
        return None
    return replace(one, parsed=key, problems=problems.sorted())


class _Records:
    """The records of a project by the keys under which they are kept, each read once."""

    def __init__(self, kept: KeptRecords, project: Project) -> None:
        self._outlines = Outlines({name: one.outline for name, one in kept.surveys.items()})
        self._project = project
        terms = Catalogue(vocabulary=kept.vocabulary, references=project.references)
        vars(terms).update(kept.derived)
        self.original = cache(lambda key: with_present_names(project.parsed.value(key), terms))
        self._translated = cache(lambda key: translated(self.original(key), project.translate))
        self._terms = translated(kept.vocabulary, project.translate)

    def catalogue(self, kept: KeptRecords) -> Catalogue:
        """Return the catalogue in the language of the build, with the surveys of *kept*."""
        keys = {name: one.parsed for name, one in kept.surveys.items()}
        others = Catalogue(
            vocabulary=kept.vocabulary,
            references=self._project.references,
            bib_files=self._project.bib_files,
            updates=kept.updates,
        )
        original = self._outlines.catalogue(lambda name: self.original(keys[name]), others, kept.derived)
        others = replace(others, vocabulary=self._terms, original=original)
        return self._outlines.catalogue(lambda name: self._translated(keys[name]), others, kept.derived)


def _checked(
    kept: KeptRecords,
    changed: frozenset[str],
    catalogue: Catalogue,
    former: tuple[Callable[[], Catalogue], Mapping[str, str]],
    project: Project,
) -> Known:
    """Return the records with what is wrong with those that have *changed*."""
    surveys, original = dict(kept.surveys), catalogue.original or catalogue
    for name in sorted(changed):
        problems = Problems()
        problems.extend(surveys[name].problems)
        check_survey(original.surveys[name], original, problems, project.rules)
        check_translation(original.surveys[name], catalogue.surveys[name], problems, project.rules)
        surveys[name] = replace(surveys[name], problems=problems.sorted())
    shared = kept.shared_keys
    if any(_is_told_of(surveys[name].path, shared) for name in changed):
        found = Problems()
        check_shared_keys(original, found)
        shared = found.sorted()
    every = Problems()
    every.extend((*kept.problems, *shared))
    for one in surveys.values():
        every.extend(one.problems)
    return Known(replace(kept, surveys=surveys, shared_keys=shared), changed, catalogue, every.sorted(), *former)
