"""Files to a catalogue: read all, join parts, let the first of two equal ids win, and report every problem at once."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sphinx_paper_table.bibliography.encodings import read_bibtex
from sphinx_paper_table.bibliography.reader import parse_bibtex
from sphinx_paper_table.bibliography.settings import DEFAULT as BIBTEX_DEFAULT
from sphinx_paper_table.reading.checks import check_between, check_survey
from sphinx_paper_table.reading.decode import decode_file
from sphinx_paper_table.reading.former_names import with_present_names
from sphinx_paper_table.reading.parsed import Parsed
from sphinx_paper_table.reading.updates import read_updates
from sphinx_paper_table.reading.venue_lists import listed_venues
from sphinx_paper_table.reading.venue_merges import check_venues
from sphinx_paper_table.reading.venues import unique_venues, with_more
from sphinx_paper_table.reading.yaml_tree import parse_yaml
from sphinx_paper_table.survey.allowed import DEFAULT
from sphinx_paper_table.survey.bib_files import NO_BIB_FILES, BibFiles
from sphinx_paper_table.survey.catalogue import Catalogue
from sphinx_paper_table.survey.entities import Group, Item, Paper, Part, Survey, Venue, Vocabulary
from sphinx_paper_table.survey.located import BUILT_IN, Located, Position
from sphinx_paper_table.survey.problems import Code, Problem, Problems, nearest
from sphinx_paper_table.survey.source_files import read_text
from sphinx_paper_table.survey.watching import watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pybtex.database import Entry

    from sphinx_paper_table.bibliography.reader import Bibliography
    from sphinx_paper_table.bibliography.settings import BibtexSettings
    from sphinx_paper_table.survey.allowed import Rules
    from sphinx_paper_table.survey.references import Reference

NONE: Final[Mapping[str, Path]] = MappingProxyType({})
"""No files."""


class _Entries(Mapping[str, "Entry"]):
    """The BibTeX entries of a project; where its references are known already, they are read when one is asked for.

    Only files made of them need them, and they are most of what a bibliography is.
    """

    def __init__(self, read: Callable[[Problems], Bibliography]) -> None:
        self._read = read
        self._bibliography: Bibliography | None = None

    def references(self, problems: Problems) -> dict[str, Reference]:
        """Read all, and return the entries as references."""
        self._bibliography = self._read(problems)
        return self._bibliography.references

    @property
    def _entries(self) -> Mapping[str, Entry]:
        if self._bibliography is None:
            self.references(Problems())
        found: Mapping[str, Entry] = self._bibliography.database.entries if self._bibliography else {}
        return found

    def __getitem__(self, key: str) -> Entry:
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


class SurveyFile(NamedTuple):
    """The file of a survey that stands in it as it is, and under which key its record is kept."""

    path: str
    key: str


@dataclass(frozen=True, slots=True)
class LoadResult:
    """The catalogue that the files give, and all problems in them."""

    catalogue: Catalogue
    problems: tuple[Problem, ...]
    entries: Mapping[str, Entry] = field(default_factory=dict)
    """The BibTeX entries, where `bibliography` has read them."""
    has_files: bool = True
    """Whether there was a survey to read."""
    inputs: tuple[str, ...] = ()
    """Files beside the surveys and pages that were read, or looked for."""
    surveys: Mapping[str, SurveyFile] = field(default_factory=dict)
    """The surveys that were checked and stand in one file each, by id."""
    between: tuple[Problem, ...] = ()
    """Those of the problems that lie between files."""


@dataclass(slots=True)
class _Join:
    """Records of all files on their way into one catalogue."""

    problems: Problems
    surveys: dict[str, Survey] = field(default_factory=dict)
    places: dict[str, Position] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    vocabularies: list[Vocabulary] = field(default_factory=list)
    listed: tuple[tuple[Located, Venue], ...] = ()
    """The venues of the author's own lists."""
    papers: dict[str, Position] = field(default_factory=dict)

    def add(self, record: Survey | Part | Vocabulary) -> None:
        """Take in the record of one file."""
        if isinstance(record, Vocabulary):
            self.vocabularies.append(record)
        elif isinstance(record, Part):
            self.parts.append(record)
        elif self._are_free([record.survey], self.places, "survey"):
            self.surveys[record.survey] = record
            self.places[record.survey] = record.position

    def _are_free(self, names: Iterable[Located], taken: Mapping[str, Position], what: str) -> bool:
        free = True
        for name in names:
            if name in taken:
                first = taken[name]
                hint = f"it is that of {first.path}:{first.line}, which is used; choose another"
                self.problems.add(Code.DUPLICATE_ID, f"the {what} id '{name}' is taken", name.position, hint)
                free = False
        return free

    def joined(self) -> dict[str, Survey]:
        """Return the surveys with their parts, without records whose id is taken."""
        for part in self.parts:
            if part.part in self.surveys:
                whole = self.surveys[part.part]
                self.surveys[part.part] = dataclasses.replace(
                    whole, papers=whole.papers + part.papers, groups=whole.groups + part.groups
                )
            else:
                hint = nearest(part.part, self.surveys)
                self.problems.add(Code.DANGLING, f"there is no survey '{part.part}'", part.part.position, hint)
        return {name: self._unique(self._with_free_aliases(survey)) for name, survey in self.surveys.items()}

    def _with_free_aliases(self, survey: Survey) -> Survey:
        """Return *survey* without former ids that another survey has, or an earlier one has had."""
        others = [alias for alias in dict.fromkeys(survey.aliases) if alias != survey.survey]
        free = tuple(alias for alias in others if self._are_free([alias], self.places, "survey"))
        self.places.update(dict.fromkeys(free, survey.position))
        return survey if free == survey.aliases else dataclasses.replace(survey, aliases=free)

    def _unique(self, survey: Survey) -> Survey:
        papers = self._unique_items(survey.papers)
        return dataclasses.replace(survey, papers=papers, groups=self._unique_groups(survey.groups, {}, Counter()))

    def _unique_groups(
        self, groups: tuple[Group, ...], seen: dict[str, Position], numbers: Counter[str]
    ) -> tuple[Group, ...]:
        """Return *groups* with every paper once; a group whose id is taken in the survey gets a numbered one."""
        kept = []
        for group in groups:
            name = group.id
            if not self._are_free([name], seen, "group"):
                while name in seen:
                    numbers[group.id] += 1
                    name = Located(f"{group.id}-{numbers[group.id] + 1}", name.position)
            seen[name] = group.position
            former = tuple(alias for alias in group.aliases if self._are_free([alias], seen, "group"))
            seen.update(dict.fromkeys(former, group.position))
            items, inner = self._unique_items(group.papers), self._unique_groups(group.groups, seen, numbers)
            kept.append(dataclasses.replace(group, id=name, aliases=former, papers=items, groups=inner))
        return tuple(kept)

    def _unique_items(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        kept: list[Any] = []
        for item in items:
            if isinstance(item, Paper):
                if not self._are_free([item.id], self.papers, "paper"):
                    continue
                free = tuple(alias for alias in item.aliases if self._are_free([alias], self.papers, "paper"))
                self.papers.update(dict.fromkeys((item.id, *free), item.position))
                kept.append(item if free == item.aliases else dataclasses.replace(item, aliases=free))
            else:
                kept.append(item)
        return tuple(kept)

    def vocabulary(self, base: Vocabulary) -> Vocabulary:
        """Return *base*, the built-in terms, with those of the vocabularies; an id defined twice is a problem."""
        own: dict[str, dict[Any, Any]] = {"tags": {}, "relations": {}, "benchmarks": {}, "venues": {}}
        places: dict[str, dict[str, Position]] = {kind: {} for kind in own}
        for vocabulary in self.vocabularies:
            for kind, terms in own.items():
                for name, term in getattr(vocabulary, kind).items():
                    if self._are_free([name], places[kind], kind.rstrip("s")):
                        terms[name] = self._with_free_former_ids(term, places[kind], kind.rstrip("s"))
                        places[kind][name] = term.position
        terms = {kind: {**getattr(base, kind), **defined} for kind, defined in own.items()}
        venues = with_more(unique_venues(own["venues"], self.problems), self.listed)
        terms["venues"] = with_more(venues, base.venues.items())
        return dataclasses.replace(base, **terms)

    def _with_free_former_ids(self, term: Any, places: dict[str, Position], what: str) -> Any:
        """Return a term of the vocabulary without the former ids that another one has; a venue has names, no ids."""
        if isinstance(term, Venue):
            return term
        former = getattr(term, "aliases", ())
        free = tuple(alias for alias in former if self._are_free([alias], places, what))
        places.update(dict.fromkeys(free, term.position))
        return term if free == former else dataclasses.replace(term, aliases=free)


def load(  # noqa: PLR0913 (all that a project has)
    surveys: Mapping[str, Path],
    bibliographies: Mapping[str, Path],
    rules: Rules = DEFAULT,
    bibtex: BibtexSettings = BIBTEX_DEFAULT,
    venue_lists: Mapping[str, Path] = NONE,
    *,
    source: Path | None = None,
    updates: Mapping[str, Path] = NONE,
    parsed: Parsed | None = None,
) -> LoadResult:
    """Read, join and advise on all files; the keys of the mappings are the names used in messages.

    *source* is the directory of the project, in which messages look for BibTeX files that are not read; *updates* is
    the file with what was learnt elsewhere, where there is one; *parsed* keeps what is parsed, if it is to be kept.

    Never raises for what is in the files: what is wrong is in `LoadResult.problems`, what is right in the catalogue.
    """
    problems = Problems()
    texts = {name: read_bibtex(path, name, problems, bibtex.encoding) for name, path in bibliographies.items()}
    parsed = parsed or Parsed()
    source_of_all = repr((texts, sorted(bibtex.types), sorted(bibtex.public), sorted(bibtex.math)))
    entries = _Entries(lambda found: parse_bibtex(texts, found, bibtex))
    references = parsed.get(source_of_all, entries.references, problems)
    bib_files = BibFiles(tuple(bibliographies.values()), source)
    loaded = load_surveys(surveys, references, rules, venue_lists, bib_files, updates, parsed=parsed)
    problems.extend(loaded.problems)
    check_venues(loaded.catalogue, problems)
    return LoadResult(loaded.catalogue, problems.sorted(), entries)


def load_surveys(  # noqa: PLR0913 (the same)
    surveys: Mapping[str, Path],
    references: Mapping[str, Reference],
    rules: Rules = DEFAULT,
    venue_lists: Mapping[str, Path] = NONE,
    bib_files: BibFiles = NO_BIB_FILES,
    updates: Mapping[str, Path] = NONE,
    *,
    parsed: Parsed | None = None,
    is_checked: bool = False,
) -> LoadResult:
    """Read and join survey files; *references* are the bibliography, read from *bib_files* and checked elsewhere.

    Where all *is_checked*, as an earlier build has found all problems, only those of reading and joining
    are looked for.
    """
    problems = Problems()
    parsed = parsed or Parsed()
    spellings = dict.fromkeys(reference.venue for reference in references.values()) if venue_lists else ()
    between = Problems()
    join = _Join(between, listed=listed_venues(venue_lists, spellings, problems))
    alone: dict[str, tuple[Survey, SurveyFile]] = {}
    for name, path in watched(surveys.items(), "Reading surveys"):
        text = read_text(path, name, problems)
        record = None if text is None else _record(text, name, parsed, problems)
        if record is not None:
            join.add(record)
        if text is not None and isinstance(record, Survey):
            alone.setdefault(record.survey, (record, SurveyFile(name, parsed.key(source_of(name, text)))))
    terms = Catalogue(vocabulary=join.vocabulary(_built_in(parsed)), references=references)
    joined = join.joined()
    whole = {name: with_present_names(survey, terms) for name, survey in joined.items()}
    learnt = read_updates(updates, references, problems)
    catalogue = Catalogue(whole, terms.vocabulary, references, bib_files, updates=learnt)
    if is_checked:
        problems.extend(between)
        return LoadResult(catalogue, problems.sorted())
    for survey in whole.values():
        check_survey(survey, catalogue, problems, rules)
    check_between(catalogue, between, rules)
    problems.extend(between)
    single = {name: file for name, (record, file) in alone.items() if joined.get(name) == record}
    return LoadResult(catalogue, problems.sorted(), surveys=single, between=between.sorted())


def with_unique_ids(survey: Survey, problems: Problems) -> Survey:
    """Return *survey* without the papers and groups whose id stands in it before."""
    return _Join(problems, {survey.survey: survey}).joined()[survey.survey]


def load_text(
    text: str, name: str, problems: Problems, start: Position | None = None
) -> Survey | Part | Vocabulary | None:
    """Return the record that the YAML *text* is, as far as it is one."""
    before = len(problems)
    tree = parse_yaml(text, name, problems, start)
    if tree is None and len(problems) > before:
        return None
    return decode_file(tree, name, problems, text if start is None else "")


def _record(text: str, name: str, parsed: Parsed, problems: Problems) -> Survey | Part | Vocabulary | None:
    """Return the record of a whole file, and keep it."""
    return parsed.get(source_of(name, text), lambda found: load_text(text, name, found), problems)


def source_of(name: str, text: str) -> str:
    """Return all that the record in a file depends on: what it is called in messages, and what it says."""
    return repr((name, text))


@cache
def built_in_vocabulary() -> Vocabulary:
    """Return the relation types and venues that every project has; its own relation types replace those of their id."""
    return _built_in(Parsed())


def _built_in(parsed: Parsed) -> Vocabulary:
    text = files("sphinx_paper_table.reading").joinpath("vocabulary.yaml").read_text("utf-8")
    record = parsed.get(repr((BUILT_IN, text)), lambda _problems: _read_built_in(text), Problems())
    if not isinstance(record, Vocabulary):
        msg = "the built-in vocabulary is damaged; install the package again"
        raise TypeError(msg)
    return record


@cache
def _read_built_in(text: str) -> Survey | Part | Vocabulary | None:
    """Return the record of the package's own file; a process that loads several projects reads it once."""
    return load_text(text, BUILT_IN, Problems())
