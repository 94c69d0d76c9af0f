"""Safe corrections of what `check` finds, until none is left, and never at the price of a new problem."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.editing.bibtex_editor import BibtexEditor
from sphinx_paper_table.editing.documents import Document, EditError, difference, open_document
from sphinx_paper_table.editing.yaml_editor import YamlEditor
from sphinx_paper_table.store.replacing import Replacement
from sphinx_paper_table.survey.edits import OverlapError, TextEdit, merged, offset_at
from sphinx_paper_table.survey.problems import Code, Problem, Severity
from sphinx_paper_table.survey.source_files import unsaved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sphinx_paper_table.editing.bibtex_editor import Entry
    from sphinx_paper_table.reading.loader import LoadResult
    from sphinx_paper_table.survey.catalogue import Catalogue

_MOST_ROUNDS: Final = 50
"""A syntax error may hide another one, which may hide a third."""
_NAMED: Final = re.compile(r"'([^']*)'")
_NULLS: Final = frozenset({"null", "Null", "NULL", "~"})
"""What YAML 1.1 reads as no value (https://yaml.org/type/null.html), besides nothing at all: that may yet be filled."""
_SEPARATOR: Final = re.compile(r"[-_. ]+")
_DOI: Final = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)(?=10\.\d{4,9}/\S+$)", re.IGNORECASE)
_VERSIONED: Final = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]{1,30}+(?:\.[A-Z]{2})?/\d{7})v\d+")
_SOUGHT: Final = frozenset({Code.DANGLING, Code.REFERENCE, Code.UNKNOWN_CITATION})
_Mark = tuple[str, str, str]


@dataclass
class Fixer:
    """Corrects files in memory; *read* reads the project as it would be."""

    read: Callable[[], LoadResult]
    alone: Path | None = None
    """The only file that is corrected; None for all."""
    contents: dict[Path, bytes] = field(default_factory=dict)
    """What the files that are corrected shall have."""
    left_alone: list[Problem] = field(default_factory=list)
    """What has a correction that would make a new problem."""
    count: int = 0
    _originals: dict[Path, Document] = field(default_factory=dict)

    def run(self, bibliographies: Iterable[Path], surveys: Iterable[Path] = ()) -> None:
        """Correct everything that is safe."""
        loaded = self._read(self.contents)
        for path in filter(self._is_meant, bibliographies):
            loaded = self._tidy(path, loaded)
        for path in filter(self._is_meant, surveys):
            loaded = self._remove_nulls(path, loaded)
        for _ in range(_MOST_ROUNDS):
            chosen = self._chosen(loaded)
            if not chosen:
                return
            before = dict(self.contents), len(self.left_alone)
            for path, problems in chosen.items():
                loaded = self._correct(path, problems, loaded)
            if (self.contents, len(self.left_alone)) == before:
                return

    def _is_meant(self, path: Path) -> bool:
        return self.alone is None or path.resolve() == self.alone.resolve()

    def _read(self, contents: Mapping[Path, bytes]) -> LoadResult:
        with unsaved(contents):
            return self.read()

    def _open(self, path: Path) -> Document | None:
        try:
            with unsaved(self.contents):
                document = open_document(path, str(path), legacy=path.suffix == ".bib")
        except EditError:
            return None  # a correction may name no place in it
        self._originals.setdefault(path, document)
        return document

    def _chosen(self, loaded: LoadResult) -> dict[Path, list[tuple[Problem, tuple[TextEdit, ...]]]]:
        """Return the problems with corrections that fit together, by file; others have their turn in the next round."""
        found: dict[Path, list[tuple[Problem, tuple[TextEdit, ...]]]] = {}
        refused = {_mark(problem) for problem in self.left_alone}
        for problem in loaded.problems:
            edits = problem.fix or self._near_name(problem, loaded.catalogue) or self._repeated_key(problem)
            paths = {edit.path for edit in edits}
            if len(paths) != 1 or not self._is_meant(Path(*paths)) or _mark(problem) in refused:
                continue
            earlier = found.setdefault(Path(paths.pop()), [])
            try:
                merged([edit for _problem, some in earlier for edit in some] + [*edits])
            except OverlapError:
                continue
            earlier.append((problem, edits))
        return {path: some for path, some in found.items() if some}

    def _correct(
        self, path: Path, chosen: list[tuple[Problem, tuple[TextEdit, ...]]], loaded: LoadResult
    ) -> LoadResult:
        """Correct a file: all at once, or, where that makes a new problem, one after the other."""
        document = self._open(path)
        if document is None:
            self.left_alone += [problem for problem, _edits in chosen]
            return loaded
        after = self._tried(document, [edit for _problem, edits in chosen for edit in edits], loaded)
        if after is not None:
            self.count += len(chosen)
            return after
        if len(chosen) == 1:
            self.left_alone.append(chosen[0][0])
            return loaded
        # The others are found again in the next round, where they stand then.
        alone = next((one for one in chosen if self._tried(document, one[1], loaded, keep=False) is None), chosen[0])
        self.left_alone.append(alone[0])
        return loaded

    def _tried(
        self, document: Document, edits: Iterable[TextEdit], before: LoadResult, *, keep: bool = True
    ) -> LoadResult | None:
        """Return what is read after *edits*, which stay if *keep* says so; None when they make a new problem."""
        try:
            changed = document.edited(edits)
        except (EditError, ValueError):
            return None
        contents = {**self.contents, document.path: changed}
        after = self._read(contents)
        if list(_new_problems(before.problems, after.problems)):
            return None
        if keep:
            self.contents = contents
        return after

    def _near_name(self, problem: Problem, catalogue: Catalogue) -> tuple[TextEdit, ...]:
        """Return the edit of a name that differs from the only one it can mean in capitals or in `_`, `.` and `-`."""
        if problem.code not in _SOUGHT or (quoted := _NAMED.search(problem.message)) is None:
            return ()
        name = quoted[1]
        alike = {known for known in _known(problem, catalogue) if _folded(known) == _folded(name)}
        document = self._open(Path(problem.position.path)) if len(alike) == 1 else None
        if document is None:
            return ()
        try:
            start = offset_at(document.text, problem.position.line, problem.position.column)
        except ValueError:
            return ()
        begins = document.text.startswith(name, start) and not _goes_on(document.text, start, name)
        return (TextEdit(problem.position.path, start, start + len(name), alike.pop()),) if begins else ()

    def _repeated_key(self, problem: Problem) -> tuple[TextEdit, ...]:
        """Return the edit that takes a key of YAML out that stands before with the same value."""
        path = Path(problem.position.path)
        document = self._open(path) if problem.code is Code.DUPLICATE_KEY and path.suffix != ".bib" else None
        if document is None:
            return ()
        try:
            editor = YamlEditor(document)
            start = offset_at(document.text, problem.position.line, problem.position.column)
            for node in editor.root.within():
                for number, (key, value) in enumerate(node.pairs):
                    earlier = [other for name, other in node.pairs[:number] if name.value == key.value]
                    if key.start == start and earlier and earlier[0].plain() == value.plain():
                        editor.remove_key(node, key)
            return tuple(editor.finished())
        except (EditError, ValueError):
            return ()

    def _tidy(self, path: Path, loaded: LoadResult) -> LoadResult:
        """Bring identifiers of a BibTeX file into their form, and take out what stands in it twice."""
        document = self._open(path)
        if document is None:
            return loaded
        try:
            editor = BibtexEditor(document)
            number = _tidy_entries(editor)
            after = self._tried(document, editor.finished(), loaded) if editor.edits else None
        except EditError:
            return loaded
        self.count += number if after else 0
        return after or loaded

    def _remove_nulls(self, path: Path, loaded: LoadResult) -> LoadResult:
        """Take out of a YAML file the keys whose value is written as none: they are read as if they were not there."""
        document = self._open(path)
        if document is None:
            return loaded
        number, after = 0, None
        try:
            editor = YamlEditor(document)
            for node in editor.root.within():
                for key, value in node.pairs:
                    if document.text[value.start : value.end] in _NULLS:
                        with suppress(EditError):  # the only key of a record, or one that an alias shares
                            editor.remove_key(node, key)
                            number += 1
            after = self._tried(document, editor.finished(), loaded) if number else None
        except (EditError, ValueError):
            return loaded
        self.count += number if after else 0
        return after or loaded

    def replacements(self) -> list[Replacement]:
        """Return what is to be written."""
        return [
            Replacement(path, self._originals[path].data, after)
            for path, after in sorted(self.contents.items())
            if after != self._originals[path].data
        ]

    def diff(self) -> str:
        """Return all corrections as ``git diff`` shows them."""
        return "".join(difference(one, self._originals[one.path].encoding) for one in self.replacements())


def _tidy_entries(editor: BibtexEditor) -> int:
    """Note the edits of what is safe in any entry; return how many there are."""
    number = 0
    seen: dict[str, Entry] = {}
    for entry in editor.entries:
        first = seen.setdefault(entry.raw.key, entry)
        if first is not entry and entry.raw == first.raw:
            editor.remove_entry(entry)
            number += 1
            continue
        number += editor.remove_repeated(entry)
        doi, eprint = entry.value("doi"), entry.value("eprint")
        archive = entry.value("archiveprefix") or entry.value("eprinttype") or "arxiv"
        if (bare := _DOI.sub("", doi.strip())) != doi.strip():
            editor.set_field(entry, "doi", bare)
            number += 1
        if archive.lower() == "arxiv" and (found := _VERSIONED.fullmatch(eprint.strip())):
            editor.set_field(entry, "eprint", found[1])
            number += 1
    return number


def _known(problem: Problem, catalogue: Catalogue) -> Iterator[str]:
    """Yield the names that could be meant where *problem* is."""
    terms = catalogue.vocabulary
    if problem.code is Code.UNKNOWN_CITATION:
        yield from catalogue.references
    elif "tag" in problem.message.partition("'")[0]:
        yield from map(str, terms.tags)
    elif "benchmark" in problem.message.partition("'")[0]:
        yield from map(str, terms.benchmarks)
    elif "relation type" in problem.message.partition("'")[0]:
        yield from map(str, terms.relations)
    else:
        yield from map(str, (*catalogue.papers, *catalogue.groups, *catalogue.surveys))


def _folded(name: str) -> str:
    return _SEPARATOR.sub("-", name.casefold())


def _goes_on(text: str, start: int, name: str) -> bool:
    after = text[start + len(name) : start + len(name) + 1]
    return after.isalnum() or after in {"-", "_"}


def _mark(problem: Problem) -> _Mark:
    return problem.position.path, problem.code, problem.message


def _new_problems(before: Iterable[Problem], after: Iterable[Problem]) -> Iterator[Problem]:
    """Yield what is wrong *after* and was not *before*, wherever it stands.

    A file that could not be parsed has shown only a part of its problems: what comes to light when it can be is no new
    one, unless it cannot be parsed again.
    """
    old = list(before)
    known = Counter(map(_mark, old))
    was_hidden = any(problem.code is Code.SYNTAX for problem in old)
    for problem in after:
        if problem.severity is not Severity.ADVICE:
            known[_mark(problem)] -= 1
            if known[_mark(problem)] < 0 and (problem.code is Code.SYNTAX or not was_hidden):
                yield problem
