"""What a reference's tooltip says: plain text, without TeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.citations.formatting import plain_backend

if TYPE_CHECKING:
    from pybtex.richtext import BaseText

_MATH: Final = re.compile(r"\$([^$]*)\$")
_COMMAND: Final = re.compile(r"\\(?:mathbb|mathcal|mathrm|mathbf|text|mathit|operatorname)\s*")
_REST: Final = re.compile(r"[{}]|\\(?=[A-Za-z])")


def tooltip_text(text: BaseText) -> str:
    """Return *text* as one line of plain text."""
    plain: str = text.render(plain_backend()).replace("\\url ", "")
    return _MATH.sub(lambda found: _REST.sub("", _COMMAND.sub("", found[1])).strip(), plain)
