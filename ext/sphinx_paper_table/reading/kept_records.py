"""What a build leaves of its records, so that the next one reads those that have changed and those that it shows.

Parsed records are kept by `reading.parsed`. Here stand the outlines of the surveys, what is wrong with each, and what
of the catalogue is derived from all. It holds while vocabulary and settings are the same, and while of each survey and
each reference that has changed others see the same (`survey.faces`): anything else is loaded anew as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_paper_table.reading.checks import check_shared_keys, check_survey, check_translation
from sphinx_paper_table.reading.former_names import with_present_names
from sphinx_paper_table.reading.loader import load_text, source_of
from sphinx_paper_table.reading.venue_merges import check_venues
from sphinx_paper_table.survey.catalogue import Catalogue
from sphinx_paper_table.survey.entities import Survey, Vocabulary
from sphinx_paper_table.survey.faces import face_of, face_of_reference
from sphinx_paper_table.survey.outlines import Outline, Outlines, outline_of
from sphinx_paper_table.survey.problems import Code, Problem, Problems
from sphinx_paper_table.survey.source_files import read_text
from sphinx_paper_table.survey.texts import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_paper_table.bibliography.former_entries import FormerEntries
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
    bibliography: str = ""
    """A digest of the BibTeX files."""
    marks: Mapping[Query[Any], str] = field(default_factory=dict)
    """What pages ask, with the fingerprint of the answer."""


@dataclass(frozen=True, slots=True)
class Known:
    """Records as far as they are known: `KeptRecords` brought up to date."""

    kept: KeptRecords
    changed: frozenset[str]
    """The surveys that were edited since, and those that name an entry that was."""
    catalogue: Catalogue
    problems: tuple[Problem, ...]
    former: Callable[[], Catalogue]
    """Returns the catalogue as it was before."""
    before: KeptRecords
    """What was kept before."""
    entries: FormerEntries | None = None
    """The entries that were edited since, as they were before."""

    def fingerprint(self, query: Query[Any]) -> str:
        """Return the fingerprint of what *query* is told now; it is asked where the answer may be another one."""
        mark = self.kept.marks.get(query)
        if mark is not None and (self.changed or self.entries):
            shown = query.shown_surveys(self.catalogue)
            mark = mark if shown is not None and shown.isdisjoint(self.changed) else None
        return query.fingerprint(self.catalogue) if mark is None else mark


def kept_records(
    loaded: LoadResult,
    catalogue: Catalogue,
    problems: tuple[Problem, ...],
    contents: Mapping[str, str],
    bibliography: str = "",
) -> KeptRecords | None:
    """Return what can be kept of what was *loaded*; None where a survey stands in several files.

    *catalogue* and *problems* are those in the language of the build, *contents* the digests of the survey files and
    *bibliography* that of the BibTeX files.
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
        contents,
        surveys,
        loaded.catalogue.vocabulary,
        catalogue.updates,
        derived,
        tuple(others),
        tuple(shared),
        bibliography,
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
    bibliography: str = ""
    """A digest of the BibTeX files."""
    former: FormerEntries | None = None
    """What was edited in them, where that is known."""


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
    former = None
    if kept.bibliography != project.bibliography:
        former = project.former
        if former is None or former.digest != kept.bibliography or _is_seen(former, project.references):
            return None
        names = _names_of(former)
        changed |= {name: one for name, one in kept.surveys.items() if project.parsed.names(one.parsed, names)}
    present = {name: again for name, one in changed.items() if (again := _read_again(one, project))}
    if present.keys() != changed.keys():
        return None
    records = _Records(kept, project)
    forgotten = {one.parsed for one in changed.values()}.difference(one.parsed for one in present.values())
    for key in forgotten:
        records.original(key)
    project.parsed.hold(former=forgotten)
    now = replace(
        kept,
        contents=project.contents,
        bibliography=project.bibliography,
        surveys={**kept.surveys, **present},
    )
    references = {**project.references, **former.references} if former else project.references
    known = Known(
        now,
        frozenset(changed),
        records.catalogue(now, project.references),
        (),
        partial(records.catalogue, kept, references),
        kept,
        former,
    )
    return _checked(known, project)


def _is_seen(former: FormerEntries, references: Mapping[str, Reference]) -> bool:
    """Return whether surveys that do not name the edited entries see another thing of one."""
    faces = ((face_of_reference(one), face_of_reference(references[key])) for key, one in former.references.items())
    return any(before != now for before, now in faces)


def _names_of(former: FormerEntries) -> list[bytes]:
    """Return what records call the edited entries."""
    names = {name for key, one in former.references.items() for name in (key, *one.former)}
    return sorted(name.encode("utf-8", "surrogatepass") for name in names)


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

    def catalogue(self, kept: KeptRecords, references: Mapping[str, Reference]) -> Catalogue:
        """Return the catalogue in the language of the build, with the surveys of *kept*."""
        keys = {name: one.parsed for name, one in kept.surveys.items()}
        others = Catalogue(
            vocabulary=kept.vocabulary,
            references=references,
            bib_files=self._project.bib_files,
            updates=kept.updates,
        )
        original = self._outlines.catalogue(lambda name: self.original(keys[name]), others, kept.derived)
        others = replace(others, vocabulary=self._terms, original=original)
        return self._outlines.catalogue(lambda name: self._translated(keys[name]), others, kept.derived)


def _checked(known: Known, project: Project) -> Known:
    """Return the records with what is wrong with those that have changed."""
    kept, before, catalogue = known.kept, known.before, known.catalogue
    surveys, original = dict(kept.surveys), catalogue.original or catalogue
    for name in sorted(known.changed):
        problems = Problems()
        problems.extend(surveys[name].problems)
        check_survey(original.surveys[name], original, problems, project.rules)
        check_translation(original.surveys[name], catalogue.surveys[name], problems, project.rules)
        surveys[name] = replace(surveys[name], problems=problems.sorted())
    shared, others = kept.shared_keys, kept.problems
    if any(_is_told_of(path, shared) for path, content in kept.contents.items() if before.contents[path] != content):
        shared = _found(check_shared_keys, original)
    if known.entries and any(problem.code is Code.VENUE_SIMILAR for problem in others):  # which names lines in BibTeX
        others = tuple(problem for problem in others if problem.code is not Code.VENUE_SIMILAR)
        others += _found(check_venues, original)
    every = Problems()
    every.extend((*others, *shared))
    for one in surveys.values():
        every.extend(one.problems)
    now = replace(kept, surveys=surveys, problems=others, shared_keys=shared)
    return replace(known, kept=now, problems=every.sorted())


def _found(check: Callable[[Catalogue, Problems], object], catalogue: Catalogue) -> tuple[Problem, ...]:
    problems = Problems()
    check(catalogue, problems)
    return problems.sorted()
