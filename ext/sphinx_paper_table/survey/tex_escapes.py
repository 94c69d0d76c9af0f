"""Signs that LaTeX would not print as they stand."""

from __future__ import annotations

import re
from typing import Final

_ESCAPED_OR_PERCENT: Final = re.compile(r"\\.|%", re.DOTALL)


def percent_escaped(latex: str) -> str:
    """Return *latex* with its percent signs escaped: no comment begins in a field, and nothing of it may be lost."""
    return (
        latex
        if "%" not in latex
        else _ESCAPED_OR_PERCENT.sub(lambda match: "\\%" if match[0] == "%" else match[0], latex)
    )
