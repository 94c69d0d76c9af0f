"""Directives and roles of pages that are nearly ours, and such as docutils cannot take apart: what was meant.

A build says these things in the place of what docutils and MyST say; a check of pages says them alike. Names that are
like none of ours may be those of any extension, and are left to a build.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.reading.directive_options import OF_DIRECTIVES
from sphinx_paper_table.reading.directive_rules import TABLE
from sphinx_paper_table.survey.allowed import DEFAULT, USES, Kind
from sphinx_paper_table.survey.problems import Code, Problem
from sphinx_paper_table.survey.spelling import meant

if TYPE_CHECKING:
    from sphinx_paper_table.survey.located import Position

_CITING: Final = tuple(role for use in USES for role in use.roles if role.partition(":")[0] in {"paper", "cite"})
OWN: Final = {
    Kind.DIRECTIVE: frozenset({TABLE, *OF_DIRECTIVES, "bibliography", "footbibliography"}),
    Kind.ROLE: frozenset({*_CITING, *(f"foot{role}" for role in _CITING if role.startswith("cite"))}),
}
"""Our directives and roles, and those of sphinxcontrib-bibtex, which are a part of every project of ours."""
_SEPARATORS: Final = re.compile(r"[-_: ]+")


def unknown_name(kind: Kind, name: str, place: Position) -> Problem | None:
    """Return the problem of a directive or role that there is not; None where its *name* is not nearly one of ours."""
    folded = name.lower()
    if folded in OWN[kind] or folded in DEFAULT.names[kind]:
        return None
    bare = {_SEPARATORS.sub("", own): own for own in sorted(OWN[kind])}
    likely = bare.get(_SEPARATORS.sub("", folded)) or meant(name, OWN[kind])
    if not likely:
        return None
    what = Code.DIRECTIVE if kind is Kind.DIRECTIVE else Code.REFERENCE
    return Problem(place, what, f"there is no {kind} '{name}'", f"did you mean '{likely}'?", what.severity)


def broken_options(name: str, place: Position) -> Problem:
    """Return the problem of a directive of ours in reStructuredText that docutils leaves out for its options."""
    message = f"'{name}' is left out: its options go on with what is none"
    hint = "leave a blank line between the options and what follows"
    return Problem(place, Code.DIRECTIVE, message, hint, Code.DIRECTIVE.severity)


def odd_options(name: str, place: Position) -> Problem:
    """Return the problem of a directive of ours in Markdown whose options MyST leaves out."""
    message = f"the options of '{name}' are left out: one is not written as ':option: value'"
    hint = "write a colon before and behind its name, without spaces, and a space before the value"
    return Problem(place, Code.DIRECTIVE, message, hint, Code.DIRECTIVE.severity)


def twice(name: str, option: str, place: Position) -> Problem:
    """Return the problem of a directive of ours in reStructuredText that docutils leaves out for an *option*."""
    message = f"'{name}' is left out: its option '{option}' stands twice"
    return Problem(place, Code.DIRECTIVE, message, "remove one of them", Code.DIRECTIVE.severity)
