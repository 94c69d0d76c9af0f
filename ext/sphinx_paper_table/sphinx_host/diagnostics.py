"""Problems of the catalogue as Sphinx warnings: with a type, a subtype, a place and a remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx.util import logging

from sphinx_paper_table.survey.consequences import folded, with_causes
from sphinx_paper_table.survey.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_paper_table.survey.problems import Problem

logger = logging.getLogger(__name__)

WARNING_TYPE: Final = "paper_table"
"""Silence a kind of problem with ``suppress_warnings = ["paper_table.CODE"]``."""


def report(problems: Iterable[Problem]) -> None:
    """Log *problems* as warnings, in the order of their places, each once: several pages may show a text.

    What follows from another one is not told, nor is advice, which is for `paper-table check`. A warning is one line,
    as the tools expect that read logs; source lines are shown by ``check``.
    """
    for problem in folded(with_causes(sorted(set(problems)))):
        if problem.severity is not Severity.ADVICE:
            place = str(problem.position) or None
            logger.warning("%s", problem.text, location=place, type=WARNING_TYPE, subtype=str(problem.code))
