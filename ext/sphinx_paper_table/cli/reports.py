"""Problems for programs: JSON, the annotations of GitHub, and SARIF 2.1.0.

SARIF: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. Annotations:
https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from sphinx_paper_table.survey.problems import Code, Problem, Severity
from sphinx_paper_table.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx_paper_table.survey.edits import TextEdit
    from sphinx_paper_table.survey.located import Position

    Folded = Mapping[Problem, Sequence[Problem]]

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def as_json(problems: Folded, counts: Mapping[str, int]) -> str:
    """Return the problems and the *counts* of what was read; ``version`` grows when a key changes its meaning."""
    found = [{**_in_json(problem), "consequences": list(map(_in_json, more))} for problem, more in problems.items()]
    return json.dumps({"version": 1, "problems": found, "counts": counts}, ensure_ascii=False, indent=1)


def _in_json(problem: Problem) -> dict[str, Any]:
    said = {
        "path": problem.position.path,
        "line": problem.position.line,
        "column": problem.position.column,
        "severity": str(problem.severity),
        "code": str(problem.code),
        "message": problem.message,
        "hint": problem.hint,
    }
    if problem.end is not None:
        said |= {"end_line": problem.end.line, "end_column": problem.end.column}
    if problem.corrected:
        said["corrected"] = problem.corrected
    if problem.fix:
        said["fix"] = [
            {"path": edit.path, "start": edit.start, "end": edit.end, "replacement": edit.replacement}
            for edit in problem.fix
        ]
    return said


def as_github(problems: Folded, _counts: Mapping[str, int]) -> str:
    """Return a command a problem, which GitHub shows beside the line."""
    return "\n".join(_annotation(problem) for problem in problems)


def _annotation(problem: Problem) -> str:
    place, end = problem.position, problem.end
    properties = {
        "file": _relative(place.path) if place.path else "",
        "line": place.line,
        "col": place.column,
        "endLine": end.line if end else 0,
        "endColumn": end.column if end and end.line == place.line else 0,
        "title": f"paper-table: {problem.code}",
    }
    said = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items() if value)
    text = f"{problem.sentence}\nwrite: {problem.corrected}" if problem.corrected else problem.text
    return f"::{_COMMANDS[problem.severity]} {said}::{_escaped(text)}"


def _escaped(text: str, more: str = "") -> str:
    """Return *text* with what would end a command, or a part of it, as GitHub's own library escapes it."""
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def as_sarif(problems: Folded, _counts: Mapping[str, int]) -> str:
    """Return the log of one run."""
    codes = sorted({problem.code for problem in problems})
    driver = {
        "name": "paper-table",
        "semanticVersion": VERSION,
        "rules": [_rule(code) for code in codes],
    }
    results = [_result(problem, more, codes.index(problem.code)) for problem, more in problems.items()]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _rule(code: Code) -> dict[str, Any]:
    return {
        "id": str(code),
        "shortDescription": {"text": code.explanation},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }


def _result(problem: Problem, consequences: Sequence[Problem], rule: int) -> dict[str, Any]:
    said: dict[str, Any] = {
        "ruleId": str(problem.code),
        "ruleIndex": rule,
        "level": _LEVELS[problem.severity],
        "message": {"text": problem.text},
    }
    if problem.position.path:
        said["locations"] = [_location(problem.position, problem.end)]
    if consequences:
        said["relatedLocations"] = [
            {
                **_location(other.position, other.end),
                "id": number,
                "message": {"text": f"it follows that {other.message}"},
            }
            for number, other in enumerate(consequences, 1)
            if other.position.path
        ]
    if problem.fix:
        changes = [
            {"artifactLocation": _artifact(path), "replacements": list(_replacements(problem.fix, path))}
            for path in dict.fromkeys(edit.path for edit in problem.fix)
        ]
        said["fixes"] = [{"description": {"text": problem.hint or problem.message}, "artifactChanges": changes}]
    return said


def _replacements(edits: Sequence[TextEdit], path: str) -> Iterator[dict[str, Any]]:
    for edit in edits:
        if edit.path == path:
            region = {"charOffset": edit.start, "charLength": edit.end - edit.start}
            yield {"deletedRegion": region, "insertedContent": {"text": edit.replacement}}


def _location(place: Position, end: Position | None) -> dict[str, Any]:
    where: dict[str, Any] = {"artifactLocation": _artifact(place.path)}
    if place.line:
        region = {"startLine": place.line, "startColumn": place.column or 1}
        if end is not None:
            region |= {"endLine": end.line, "endColumn": end.column}
        where["region"] = region
    return {"physicalLocation": where}


def _artifact(path: str) -> dict[str, str]:
    """Return a file as a program calls it that knows the folder in which the command ran, if the file is in it."""
    relative = _relative(path)
    if Path(relative).is_absolute():
        return {"uri": f"file://{quote(Path(relative).as_posix())}"}
    return {"uri": quote(Path(relative).as_posix()), "uriBaseId": "%SRCROOT%"}


def _relative(path: str) -> str:
    whole = Path(path).resolve()
    return str(whole.relative_to(Path.cwd())) if whole.is_relative_to(Path.cwd()) else path


FORMATS: Final = {"json": as_json, "github": as_github, "sarif": as_sarif}
"""The formats beside plain text."""
