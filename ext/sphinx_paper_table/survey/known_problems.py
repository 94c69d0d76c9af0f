"""Problems that a project knows and does not want to hear of, the same in a build and in ``paper-table check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sphinx_paper_table.survey.problems import Problem

SUPPRESS: Final = "suppress_warnings"
"""Sphinx's own list of types of warnings."""
IGNORE: Final = "citations_ignore"
"""Our list of kinds of problems, of cite keys, and of kinds at keys: ``bibtex-field:he2020``."""


def without_known(
    problems: Iterable[Problem], ignored: Collection[str], suppressed: Collection[str] = ()
) -> Iterator[Problem]:
    """Yield *problems* without those that are in `IGNORE`, or of whose type Sphinx says nothing."""
    for problem in problems:
        warning = problem.warning or f"paper_table.{problem.code}"
        kind = warning.partition(".")[0]
        names = {kind, f"{kind}.*", warning}
        if names.isdisjoint(suppressed) and not any(_is_meant(problem, str(name)) for name in ignored):
            yield problem


def _is_meant(problem: Problem, name: str) -> bool:
    """Return whether *name* is the problem's kind, or a cite key in its message, or both with a colon between."""
    code, _, key = name.partition(":")
    if code == problem.code:
        return not key or f"'{key}'" in problem.message
    return problem.code.startswith("bibtex-") and f"'{name}'" in problem.message
