"""What to say of a project in which no survey is found, and of surveys that lie beside those that are."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.reading.conf_file import SOURCES
from sphinx_paper_table.reading.options import SURVEYS
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Code, Problems
from sphinx_paper_table.survey.source_files import find_files, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sphinx_paper_table.reading.conf_file import ConfFile

_SURVEY: Final = re.compile(r"^survey[ \t]*:", re.MULTILINE)
_RECORDS: Final = re.compile(r"^(?:survey|part|vocabulary)[ \t]*:", re.MULTILINE)
_ENDING: Final = ".yaml"
_MEANT: Final = (".yaml", ".yml", ".yaml.txt", ".yml.txt")
"""What is written for it, in letters of any size, and what some editors make of it."""
_OTHER: Final = re.compile(r"\.ya?ml(?:\.txt)?\Z", re.IGNORECASE)
_MOST: Final = 50
"""Files that are looked into."""


def note_missing_surveys(source: Path, conf: ConfFile, patterns: Sequence[str], problems: Problems) -> None:
    """Note that nothing in *source* matches the *patterns*, unless the project may do without: it has no survey at all.

    One that lies elsewhere is named. Without a ``conf.py``, somebody has asked for just this folder.
    """
    message, place = f"no survey matches {', '.join(map(str, patterns))}", Position(str(source))
    if SURVEYS in conf.places:
        problems.add(Code.EMPTY, message, conf.place(SURVEYS), "correct the patterns, or move the files")
        return
    near = sorted(path for pattern in ("*.yaml", "*.yml", "*/*.yaml", "*/*.yml") for path in source.glob(pattern))
    for path in islice(near, _MOST):
        found = _SURVEY.search(read_text(path, str(path), Problems()) or "") if path.is_file() else None
        if found:
            name = path.relative_to(source).as_posix()
            hint = f"move it to the folder 'surveys', or name it in '{SURVEYS}' in conf.py"
            problems.add(Code.EMPTY, f"'{name}' is not read: {message}", Position(str(path), 1, 1), hint)
            return
    if not conf.text:
        inner = next((path for name in SOURCES if (path := source / name / "conf.py").is_file()), None)
        problems.add(Code.EMPTY, message, place, f"name the folder of conf.py: {inner.parent}" if inner else "")


def note_other_endings(source: Path, files: Iterable[Path], patterns: Sequence[str], problems: Problems) -> None:
    """Note each survey or vocabulary that would be one of the *files* if its name ended as the *patterns* ask."""
    wider = [pattern.removesuffix(_ENDING) + ".[yY]*" for pattern in map(str, patterns) if pattern.endswith(_ENDING)]
    found = find_files(source, wider, Problems(), frozenset(files))
    for path in islice((path for path in found if path.name.lower().endswith(_MEANT)), _MOST):
        if path.is_file() and _RECORDS.search(read_text(path, str(path), Problems()) or ""):
            name = path.relative_to(source).as_posix() if path.is_relative_to(source) else path.name
            stem = _OTHER.sub("", name)
            message = f"'{name}' is not read: it does not match {', '.join(map(str, patterns))}"
            problems.add(Code.EMPTY, message, Position(str(path), 1, 1), f"rename it to '{stem}{_ENDING}'")
