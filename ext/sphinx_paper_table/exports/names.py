"""The public names of a site, recorded in a file, so that none of them disappears by accident.

The file has a line for each name: its kind, the name, and, where that does not follow from the name, its anchor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_paper_table.exports.addresses import FIXED, FORMS, bib_address, results_address
from sphinx_paper_table.survey.anchors import anchor_of, key_anchor, mark, sharing
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Code, Problem, Problems
from sphinx_paper_table.survey.source_files import read_text
from sphinx_paper_table.survey.spelling import meant
from sphinx_paper_table.survey.venues import label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sphinx_paper_table.survey.catalogue import Catalogue

HEADER: Final = """\
# The public names of this site: others link to them, and `paper-table check` misses those that go.
# Written by `paper-table names`: kind, name, and an anchor that does not follow from the name.
"""
COSTLY: Final = frozenset(
    {
        *(Code.UNREADABLE, Code.SYNTAX, Code.TOO_LARGE, Code.UNKNOWN_KEY, Code.MISSING_KEY),
        *(Code.DUPLICATE_KEY, Code.WRONG_TYPE, Code.BAD_VALUE, Code.DUPLICATE_ID, Code.BIBTEX_DUPLICATE),
    }
)
"""Problems that may leave out a record."""
_WHERE: Final = {
    "key": ("the field 'ids' of the entry that took its place", "ids = {{{name}}}"),
    "method": ("the record that took its place", "aliases: [{name}]"),
    "survey": ("the survey that took its place", "aliases: [{name}]"),
    "group": ("the group that took its place", "aliases: [{short}]"),
    "tag": ("the tag that took its place, in the vocabulary", "aliases: [{name}]"),
    "benchmark": ("the benchmark that took its place, in the vocabulary", "aliases: [{name}]"),
    "venue": ("the venue that took its place, in the vocabulary", "aliases: [{name}]"),
}
"""Where an alias of each kind stands, and how it is written."""


class PublicName(NamedTuple):
    """A name that others may use."""

    kind: str
    name: str
    anchor: str = ""
    """Only where it is another than every name of this kind would have."""

    def __str__(self) -> str:
        """Return the line of the file."""
        return "\t".join(filter(None, self))


def public_names(catalogue: Catalogue) -> list[PublicName]:
    """Return every name of a site, former ones too, in the order of the file."""
    return sorted({*_of_records(catalogue), *_of_terms(catalogue), *_of_references(catalogue), *_of_files(catalogue)})


def _of_records(catalogue: Catalogue) -> Iterator[PublicName]:
    names = {
        "method": (*catalogue.papers, *catalogue.aliases),
        "group": (*catalogue.groups, *catalogue.former_groups),
        "survey": (*catalogue.surveys, *catalogue.survey_aliases),
    }
    for kind, own in names.items():
        for name in own:
            anchor = catalogue.anchor(kind, name)
            yield PublicName(kind, str(name), "" if anchor == anchor_of(kind, name) else anchor)


def _of_terms(catalogue: Catalogue) -> Iterator[PublicName]:
    terms = catalogue.vocabulary
    yield from (PublicName("tag", str(name)) for name in (*terms.tags, *catalogue.tag_aliases))
    for venue in terms.venues.values():
        yield from (
            PublicName("venue", name) for name in (label_of(venue), *map(str, venue.aliases)) if "\t" not in name
        )
    yield from (PublicName("benchmark", str(name)) for name in (*terms.benchmarks, *catalogue.benchmark_aliases))


def _of_references(catalogue: Catalogue) -> Iterator[PublicName]:
    shared = {key for key, _owner in sharing(catalogue.references)}
    for key in (*catalogue.references, *catalogue.former_keys):
        yield PublicName("key", key, f"cite-{key_anchor(key)}-{mark(key)}" if key in shared else "")


def _of_files(catalogue: Catalogue) -> Iterator[PublicName]:
    yield from (PublicName("file", address) for address in FIXED)
    surveys = (*catalogue.surveys, *catalogue.survey_aliases)
    yield from (PublicName("file", bib_address(str(name))) for name in surveys)
    results = {str(result.benchmark) for paper in catalogue.papers.values() for result in paper.results}
    aliases = [alias for alias, name in catalogue.benchmark_aliases.items() if name in results]
    for name in sorted({*(results & {*map(str, catalogue.vocabulary.benchmarks)}), *aliases}):
        yield from (PublicName("file", results_address(name, form)) for form in FORMS)


def names_text(names: Iterable[PublicName]) -> str:
    """Return the text of the file."""
    return HEADER + "".join(f"{name}\n" for name in sorted(set(names)))


def recorded_names(text: str) -> dict[PublicName, int]:
    """Return what a file records, each name with its line; lines that are none are left out."""
    found: dict[PublicName, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        parts = line.rstrip().split("\t")
        if not line.startswith("#") and 2 <= len(parts) <= 3:  # noqa: PLR2004 (kind, name and perhaps an anchor)
            found.setdefault(PublicName(*parts), number)
    return found


def check_names_file(path: Path, catalogue: Catalogue, found: Iterable[Problem], problems: Problems) -> None:
    """Do as `check_names` with the file at *path*; a project that has none records nothing.

    Where what was *found* may have cost a record, nothing is missed: the names come back when that is mended.
    """
    is_whole = not any(problem.code in COSTLY for problem in found)
    if is_whole and path.is_file() and (text := read_text(path, str(path), problems)) is not None:
        check_names(text, str(path), catalogue, problems)


def check_names(text: str, path: str, catalogue: Catalogue, problems: Problems) -> None:
    """Note every name that the file at *path*, whose content is *text*, records and the catalogue does not know."""
    recorded, present = recorded_names(text), public_names(catalogue)
    names = {(name.kind, name.name): name for name in present}
    new = _unrecorded(recorded, present)
    gone = {(name.kind, name.name) for name in recorded} - names.keys()
    for name, line in recorded.items():
        place = Position(path, line, len(name.kind) + 2)
        if (name.kind, name.name) in gone:
            if name.kind in _WHERE:
                _note_gone(name, new.get(name.kind, ()), place, problems)
            elif not _follows(name.name, gone):
                hint = "bring back what it is the file of, or remove this line if nobody uses it"
                problems.add(Code.NAME, f"the file '{name.name}' was published and has gone", place, hint)
        elif names[name.kind, name.name].anchor != name.anchor:
            message = f"the anchor of the {name.kind} '{name.name}' was another one"
            hint = "another id has taken it: choose another for that, or remove this line"
            problems.add(Code.NAME, message, place, hint)


def _unrecorded(recorded: Iterable[PublicName], present: Iterable[PublicName]) -> Mapping[str, list[str]]:
    """Return the names that are not recorded, by kind: what one that has gone is probably called now."""
    known = {(name.kind, name.name) for name in recorded}
    new: dict[str, list[str]] = {}
    for name in present:
        if (name.kind, name.name) not in known:
            new.setdefault(name.kind, []).append(name.name)
    return new


def _note_gone(name: PublicName, new: Iterable[str], place: Position, problems: Problems) -> None:
    where, written = _WHERE[name.kind]
    corrected = written.format(name=name.name, short=name.name.rpartition("#")[2])
    likely = meant(name.name, new)
    of = f"'{likely}'" if likely else where
    hint = f"write `{corrected}` in {of}, or remove this line if nobody knows the name"
    problems.add(
        Code.NAME,
        f"the {name.kind} '{name.name}' was published and has gone",
        place,
        hint,
        end=place._replace(column=place.column + len(name.name)),
    )


def _follows(address: str, gone: Iterable[tuple[str, str]]) -> bool:
    """Return whether a file went with a survey or benchmark that is missed itself: one cause, one message."""
    files = {
        "survey": lambda name: [bib_address(name)],
        "benchmark": lambda name: [results_address(name, form) for form in FORMS],
    }
    return any(address in files[kind](name) for kind, name in gone if kind in files)
