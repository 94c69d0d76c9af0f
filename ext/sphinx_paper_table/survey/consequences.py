"""Which problems follow from which: a broken record causes no "there is no such paper" elsewhere.

A name that nothing defines, and that stands in a file of which something is lost, is lost with that. The text of the
file is asked for it, whatever has become of the record.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.survey.corrections import id_like
from sphinx_paper_table.survey.problems import Code, Problem, Problems
from sphinx_paper_table.survey.source_files import read_text

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from sphinx_paper_table.survey.located import Position

_COSTLY: Final = frozenset(
    {
        *(Code.UNREADABLE, Code.SYNTAX, Code.MISSING_KEY, Code.WRONG_TYPE, Code.BAD_VALUE, Code.UNKNOWN_KEY),
        *(Code.DUPLICATE_KEY, Code.DUPLICATE_ID, Code.TOO_LARGE, Code.UNSAFE, Code.BIBTEX_DUPLICATE),
    }
)
"""Problems by which something of a file may be lost."""
_SOUGHT: Final = frozenset({Code.DANGLING, Code.REFERENCE, Code.UNKNOWN_CITATION})
"""Problems of names that nothing defines: the first name that each message quotes."""
_LOSING: Final = frozenset({Code.DIRECTIVE, Code.EMPTY, Code.MARKUP})
_OF_PAGES: Final = frozenset({Code.DANGLING, Code.UNREADABLE}) | _LOSING
"""Problems by which a page may not show what it is to show."""
_MEANT: Final = re.compile(r"did you mean '([^']+)'")
_LONGEST_RECORD: Final = 20
"""Lines within which a misspelt key, or one that cannot be read, is taken for the one that is missing."""
_UNSHOWN: Final = re.compile(r"no page shows the survey '([^']+)'")
_UNREAD: Final = ("is not read:", "holds no mapping", "the file is empty")
_SECOND_SURVEY: Final = "the key 'survey' stands twice"
_NOTHING: Final = "nothing stands here"
_NO_LIST: Final = "a list is expected here"
_NAME: Final = re.compile(r"[\w.-]+")
_QUOTED: Final = re.compile(r"'([^']*)'")
_RECORD: Final = re.compile(r"(?:^|[{,-])[ \t]*(?:id|survey)[ \t]*:[ \t]*[\"']?([^\s\"',{}#]+)", re.MULTILINE)
_FORMER: Final = re.compile(r"\baliases[ \t]*:[ \t]*\[?([^\]\n]*)")
_TERM: Final = re.compile(r"^[ \t]+([\w.-][^\n:]{0,99}):", re.MULTILINE)
_SURVEY: Final = re.compile(r"^survey[ \t]*:", re.MULTILINE)
_VOCABULARY: Final = re.compile(r"^vocabulary[ \t]*:", re.MULTILINE)
_ENTRY: Final = re.compile(r"@[ \t]*\w+[ \t]*[{(][ \t]*([^\s,{}()]+)")

_SPACED_ENTRY: Final = re.compile(
    r"@[ \t]{0,9}\w{1,60}[ \t]{0,9}[{(][ \t]{0,9}([\w:.+-]{1,60}(?: {1,9}[\w:.+-]{1,60}){1,9}) {0,9},"
)


def with_causes(problems: Iterable[Problem]) -> list[Problem]:
    """Return *problems* in the same order, each that follows from another one with its `Problem.cause`."""
    problems = _seemingly_missing(list(problems))
    costly: dict[str, list[Position]] = {}
    unreadable: list[Position] = []
    for problem in sorted(problems):
        if (problem.code in _COSTLY or _is_unread(problem)) and problem.cause is None:
            costly.setdefault(problem.position.path, []).append(problem.position)
            unreadable += [problem.position] if problem.code is Code.UNREADABLE else []
    sought = {problem.position for problem in problems if problem.code in _SOUGHT}
    lost = _lost_names(costly) if sought else {}
    no_names = {problem.position for problem in problems if problem.code is Code.BAD_VALUE}
    second = {one.position.path: one.position for one in problems if one.message.startswith(_SECOND_SURVEY)}
    comments = [problem.position for problem in problems if problem.code is Code.COMMENT]
    found = []
    for problem in problems:
        cause = problem.cause
        if problem.code is Code.EMPTY:
            cause = cause or _reason(problem.position, costly)
        elif problem.code is Code.CYCLE:
            cause = cause or next(
                (place for place in costly.get(problem.position.path, ()) if place == problem.position), None
            )
        elif problem.code is Code.OWNER:
            cause = cause or _misnamed(problem, problems)
        elif problem.code in _SOUGHT:
            cause = cause or _cause(problem, lost, unreadable)
        elif problem.code is Code.BAD_VALUE and problem.position in sought:
            cause = problem.position  # that nothing has the name says it all: it is another one, or has another form
        else:
            cause = cause or _of_form(problem, no_names, second) or _commented(problem, comments)
        found.append(problem if cause == problem.cause else dataclasses.replace(problem, cause=cause))
    first = {one.position: one.cause for one in found if one.cause and one.cause != one.position}
    return [
        dataclasses.replace(problem, cause=first.get(problem.cause, problem.cause)) if problem.cause else problem
        for problem in found
    ]


def _of_form(problem: Problem, no_names: Container[Position], second: Mapping[str, Position]) -> Position | None:
    """Return the place of another mistake in writing: a name that is to be one first, or a second survey in a file."""
    if problem.code is Code.WRONG_TYPE and problem.position in no_names and problem.message.startswith(_NO_LIST):
        return problem.position
    place = second.get(problem.position.path) if problem.code is Code.DUPLICATE_KEY else None
    return place if place is not None and place < problem.position else None


def _commented(problem: Problem, comments: Iterable[Position]) -> Position | None:
    """Return the place of the comment that has taken away what *problem* misses."""
    if problem.code is not Code.WRONG_TYPE or not problem.message.startswith(_NOTHING):
        return None
    path, line = problem.position.path, problem.position.line
    return next((place for place in comments if place.path == path and place.line in {line, line + 1}), None)


def _is_unread(problem: Problem) -> bool:
    """Return whether a whole survey file is lost: it lies elsewhere, or holds no survey."""
    return problem.code is Code.EMPTY and _is_record(problem) and any(said in problem.message for said in _UNREAD)


def _seemingly_missing(problems: list[Problem]) -> list[Problem]:
    """Return *problems*, where a key that is missing follows from one that is misspelt, or that cannot be read."""
    found = []
    likely = {
        (problem.position.path, meant[1] if meant else ""): problem.position
        for problem in sorted(problems, reverse=True)
        if (meant := _MEANT.search(problem.hint) if problem.code is Code.UNKNOWN_KEY else None)
        or problem.code is Code.SYNTAX
    }
    for problem in problems:
        quoted = _QUOTED.search(problem.message) if problem.code is Code.MISSING_KEY else None
        names = (quoted[1], "") if quoted else ()
        places = (place for name in names if (place := likely.get((problem.position.path, name))))
        cause = next((place for place in places if 0 <= place.line - problem.position.line < _LONGEST_RECORD), None)
        found.append(dataclasses.replace(problem, cause=cause) if cause else problem)
    return found


def _misnamed(problem: Problem, problems: Sequence[Problem]) -> Position | None:
    """Return the place on a page that shows a survey under a wrong name, for the problem that no page shows it."""
    shown = _UNSHOWN.fullmatch(problem.message)
    if not shown:
        return None
    name = shown[1]
    words: tuple[str, ...] = (f"did you mean '{name}'?", f"write {name} ", f"}} {name} ")
    words += (f"there is no group '{name}#", f"/{name}.yaml'", f"'{name}.yaml'")
    if sum(_UNSHOWN.fullmatch(other.message) is not None for other in problems) == 1:
        words += ("there is no survey '",)  # it was to show the only one that no page shows
    on_pages = [other for other in problems if other.code in _OF_PAGES and not _is_record(other)]
    found = next((other for other in on_pages if any(word in f"{other.text} " for word in words)), None)
    found = found or next((other for other in on_pages if other.code in _LOSING and name in _words_at(other)), None)
    return found.position if found else None


def _words_at(problem: Problem) -> list[str]:
    """Return the words of the line that a problem is at."""
    path, line = Path(problem.position.path), problem.position.line
    text = (read_text(path, str(path), Problems()) if path.is_file() else None) or ""
    return _NAME.findall("".join(text.split("\n")[line - 1 : line]))


def _is_record(problem: Problem) -> bool:
    return problem.position.path.endswith((".yaml", ".yml", ".bib"))


def _reason(empty: Position, costly: Mapping[str, list[Position]]) -> Position | None:
    """Return the place of the problem by which a file, or the body of a directive on a page, has nothing to show."""
    is_record = empty.path.endswith((".yaml", ".yml"))
    others = (place for place in costly.get(empty.path, ()) if place != empty)
    return next((place for place in others if is_record or place.line > empty.line), None)


def _lost_names(costly: Mapping[str, list[Position]]) -> dict[str, Position]:
    """Return the names that files of which something is lost define in their texts, with the place of the cause.

    Which of them are lost is not known here: names that are not are never asked for.
    """
    found: dict[str, Position] = {}
    for path, places in costly.items():
        text = (read_text(Path(path), path, Problems()) if Path(path).is_file() else None) or ""
        ends = [place for place, character in enumerate(text) if character == "\n"]
        lines = [place.line for place in places]
        if not (_SURVEY.search(text) or _VOCABULARY.search(text)):
            found.setdefault(Path(path).stem, places[0])
        for name, start in _defined(text, is_bibtex=path.endswith(".bib")):
            before = bisect_right(lines, bisect_left(ends, start) + 1)
            for written in (name, id_like(name)):
                found.setdefault(written, places[max(before - 1, 0)])
    return found


def _defined(text: str, *, is_bibtex: bool) -> Iterator[tuple[str, int]]:
    patterns = [_ENTRY] if is_bibtex else [_TERM] if _VOCABULARY.search(text) else [_RECORD]
    for pattern in patterns:
        yield from ((match[1], match.start()) for match in pattern.finditer(text))
    for match in _SPACED_ENTRY.finditer(text) if is_bibtex else ():
        yield "".join(match[1].split()), match.start()
    for match in () if is_bibtex else _FORMER.finditer(text):
        yield from ((name, match.start()) for name in _NAME.findall(match[1]))


def _cause(problem: Problem, lost: Mapping[str, Position], unreadable: list[Position]) -> Position | None:
    """Return the place of the problem by which the name was lost that *problem* misses."""
    quoted = _QUOTED.search(problem.message)
    parts = quoted[1].split("#") if quoted else []
    cause = next((lost[part] for part in parts if part in lost), None)
    if cause is None:
        of_bibtex = problem.code is Code.UNKNOWN_CITATION
        cause = next((place for place in unreadable if place.path.endswith(".bib") is of_bibtex), None)
    return None if cause == problem.position else cause


def folded(problems: Iterable[Problem]) -> dict[Problem, list[Problem]]:
    """Return the problems that stand for themselves, in their order, each with those that follow from it.

    A consequence whose cause is not among *problems*, as the project does not want to hear of it, stands for itself.
    """
    problems = list(problems)
    by_place: dict[Position, Problem] = {}
    for problem in problems:
        if problem.cause is None:
            by_place.setdefault(problem.position, problem)
    found: dict[Problem, list[Problem]] = {}
    for problem in problems:
        cause = by_place.get(problem.cause) if problem.cause is not None else None
        found.setdefault(cause or problem, []).extend([problem] if cause else [])
    return {problem: found[problem] for problem in problems if problem in found}
