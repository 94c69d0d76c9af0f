"""pylatexenc's reader of TeX, which takes words at a time where it would take signs."""

from __future__ import annotations

import re
from typing import Any, Final

from pylatexenc.latexwalker import LatexToken, LatexWalker

_RUN: Final = re.compile(r" ?[\w.,:;()/]++(?: [\w.,:;()/]++)*+")
"""Words and signs that stand for themselves wherever they are."""


class TexWalker(LatexWalker):  # type: ignore[misc]  # pylatexenc has no types
    """A `LatexWalker` with the same nodes, which asks of each sign of a text whether a command begins there."""

    def get_token(self, pos: int, include_brace_chars: Any = None, *more: Any, **others: Any) -> Any:
        """Return the next token, of which those of text have many signs.

        Only arguments are asked for as ``environments=False``. A sign alone is one, as the "e" of an acute "etude".
        """
        is_argument = more or include_brace_chars or not others.get("environments", True)
        if not is_argument and (found := _RUN.match(self.s, pos)):
            return LatexToken(tok="char", arg=found[0], pos=pos, len=found.end() - pos, pre_space="")
        return super().get_token(pos, include_brace_chars, *more, **others)
