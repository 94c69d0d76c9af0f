"""What a shell completes: commands, options and values by argcomplete, and the names of a project from its files.

Names are looked for line by line in surveys and bibliographies: a press of a key waits for no check of a whole project.
What is not written on a line of its own, as ``id: NAME``, is not offered.

argcomplete serves bash, zsh and fish, and asks the program for names; shtab, which writes a script once, could not.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.reading.project import read_project
from sphinx_paper_table.survey.problems import Problems
from sphinx_paper_table.survey.source_files import read_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from sphinx_paper_table.reading.project import Project

_LINE: Final = re.compile(
    r"^[ \t]{0,80}(?:- {1,8})?\{?(survey|id|name|title): {1,8}[\"']?([\w.-]{1,200})", re.MULTILINE
)
_ENTRY: Final = re.compile(r"^@\w{1,40}\{[ \t]{0,8}([^\s,{}]{1,200}),", re.MULTILINE)


def surveys(prefix: str, parsed_args: argparse.Namespace, **_more: Any) -> Iterator[str]:
    """Yield the ids of surveys."""
    yield from (name for kind, name in _ids(parsed_args) if kind == "survey")


def places(prefix: str, parsed_args: argparse.Namespace, **_more: Any) -> Iterator[str]:
    """Yield surveys and groups, as ``SURVEY`` and ``SURVEY#GROUP``."""
    yield from (name for kind, name in _ids(parsed_args) if kind in {"survey", "group"})


def groups(prefix: str, parsed_args: argparse.Namespace, **_more: Any) -> Iterator[str]:
    """Yield the ids of the groups of the survey that the command line names."""
    for kind, name in _ids(parsed_args):
        survey, mark, group = name.partition("#")
        if kind == "group" and mark and survey == getattr(parsed_args, "survey", ""):
            yield group


def papers(prefix: str, parsed_args: argparse.Namespace, **_more: Any) -> Iterator[str]:
    """Yield the ids of records."""
    yield from (name for kind, name in _ids(parsed_args) if kind == "paper")


def every_name(prefix: str, parsed_args: argparse.Namespace, **_more: Any) -> Iterator[str]:
    """Yield the names of surveys, groups, records and references."""
    yield from (name for _kind, name in _ids(parsed_args))
    for text in _texts(_project(parsed_args).bibliographies(Problems())):
        yield from _ENTRY.findall(text)


def languages(prefix: str, parsed_args: argparse.Namespace, **_more: Any) -> Iterator[str]:
    """Yield the languages that have catalogues in the project."""
    project = _project(parsed_args)
    for folder in project["locale_dirs"]:
        yield from (path.parent.name for path in (project.source / str(folder)).glob("*/LC_MESSAGES"))


def _project(options: argparse.Namespace) -> Project:
    return read_project(getattr(options, "source", None) or Path())


def _texts(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        yield read_text(path, str(path), Problems()) or ""


def _ids(options: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """Yield the names in survey files with their kinds; what follows an id tells those of groups from others."""
    for text in _texts(_project(options).surveys(Problems())):
        survey = waiting = ""
        for found in _LINE.finditer(text):
            key, value = found.groups()
            if key == "survey":
                survey = value
                yield "survey", survey
            elif key == "id":
                waiting = value
            elif waiting:
                yield ("paper", waiting) if key == "name" else ("group", f"{survey}#{waiting}")
                waiting = ""
