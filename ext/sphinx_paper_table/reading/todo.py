"""What is to do in the files of a project: in entries, in comments beside them, and in their translations."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.reading.translations import compare, domains_of, languages_in
from sphinx_paper_table.store import files_digest
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Problems
from sphinx_paper_table.survey.source_files import read_text
from sphinx_paper_table.survey.todo import MARK, Age, Task, is_marked, task_of, tasks
from sphinx_paper_table.survey.todo_kinds import MONTHS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Paper

_COMMENT: Final = re.compile(r"(?:^|\s)#(.*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked for: of which survey, or ``SURVEY#GROUP``, which kinds, and what is old.

    *source* is the directory of the project, *locales* the folders of its translations. A page keeps the *day* and a
    digest of the *catalogues* of translations with which it was made.
    """

    target: str = ""
    kinds: tuple[Kind, ...] = tuple(Kind)
    months: int = MONTHS
    source: str = ""
    locales: tuple[str, ...] = ()
    day: str = ""
    catalogues: str = ""

    def today(self) -> Scope:
        """Return the same with the day and the catalogues of today: a page that has others is made anew."""
        folders = map(Path, self.locales if Kind.TRANSLATION in self.kinds else ())
        files = [path for folder in folders for path in sorted(folder.glob("*/LC_MESSAGES/records/**/*.po"))]
        return replace(self, day=today(), catalogues=files_digest(files, Path(self.source)))


def today() -> str:
    """Return the day of the build: that of ``SOURCE_DATE_EPOCH`` where it is set, as Sphinx does for copyrights.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        now = datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        now = datetime.now(UTC)
    return now.date().isoformat()


def todo(catalogue: Catalogue, scope: Scope) -> tuple[Task, ...]:
    """Return what is to do, in the order of surveys, groups and files; its *catalogue* has the texts as written."""
    found = {*tasks(catalogue, Age(scope.day or today(), scope.months)), *_in_comments(catalogue)}
    found |= {*_untranslated(catalogue, scope)} if Kind.TRANSLATION in scope.kinds else set()
    order = {name: place for place, name in enumerate((*catalogue.surveys, *catalogue.groups))}
    wanted = [task for task in found if task.kind in scope.kinds and _is_in(task, scope.target, catalogue)]
    kinds = {kind: place for place, kind in enumerate(Kind)}

    def place(task: Task) -> tuple[int, int, Position, int, str]:
        survey, group = order.get(task.survey, -1), order.get(f"{task.survey}#{task.group}", -1)
        return survey, group, task.position, kinds[task.kind], task.detail

    return tuple(sorted(wanted, key=place))


def _is_in(task: Task, target: str, catalogue: Catalogue) -> bool:
    """Return whether a task is one of a survey or a group, or of a group within that."""
    survey, _, group = catalogue.former_groups.get(target, target).partition("#")
    if not survey:
        return True
    if task.survey != catalogue.survey_aliases.get(survey, survey):
        return False
    home = catalogue.homes.get(task.paper)
    return not group or (home is not None and group in home.groups)


def _in_comments(catalogue: Catalogue) -> Iterator[Task]:
    """Yield the entries with a comment that says TODO, at the first such comment, unless a text of theirs does."""
    files: dict[str, list[Paper]] = defaultdict(list)
    for paper in catalogue.papers.values():
        files[paper.position.path].append(paper)
    for path, unsorted in files.items():
        papers = sorted(unsorted, key=lambda paper: paper.position.line)
        starts = [paper.position.line for paper in papers]
        marked = {paper.id for paper in papers if is_marked(paper)}
        for line, column in _comments(path):
            paper = papers[bisect_right(starts, line) - 1]
            if starts[0] <= line and paper.id not in marked:
                marked.add(paper.id)
                yield task_of(paper, catalogue.homes[paper.id], Kind.UNFINISHED, "", Position(path, line, column))


def _comments(path: str) -> list[tuple[int, int]]:
    """Return the line and column of every comment of a file that says TODO."""
    text = (read_text(Path(path), path, Problems()) or "") if path and Path(path).is_file() else ""
    if not MARK.search(text):
        return []
    found = ((number, _COMMENT.search(line)) for number, line in enumerate(text.split("\n"), 1))
    return [(number, comment.start(1)) for number, comment in found if comment and MARK.search(comment[1])]


def _untranslated(catalogue: Catalogue, scope: Scope) -> Iterator[Task]:
    """Yield a task for each file of records and each language in which some of its texts are not translated."""
    source = Path(scope.source)
    for survey in catalogue.surveys.values():
        domains = domains_of([survey], source)
        for folder, language in _languages(scope):
            translated = compare(domains, folder, language).translated
            for domain, wanted in domains.items():
                if missing := len(wanted) - translated[domain]:
                    place = next(iter(wanted.values()))
                    detail = f"{language}: {missing:,}"
                    yield Task(str(survey.survey), "", place, Kind.TRANSLATION, "", domain, detail)


def _languages(scope: Scope) -> Iterator[tuple[Path, str]]:
    """Yield every language with the folder that a build takes it from: the first one that has it."""
    seen: set[str] = set()
    for folder in map(Path, scope.locales):
        for language in languages_in(folder):
            if language not in seen:
                seen.add(language)
                yield folder, language
