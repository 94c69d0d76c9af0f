"""What a style has made of an entry, with formulas, emphasis and links in the place of the marks of `for_styles`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from pybtex.richtext import HRef, Protected, String, Symbol, Tag, Text

from sphinx_paper_table.bibliography.for_styles import END, LAST, LINK, MATH, QUOTED, SIGN, TAGS
from sphinx_paper_table.bibliography.formulas import unicode_formula

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pybtex.backends import BaseBackend
    from pybtex.richtext import BaseText

_TAG_OF: Final = {mark: kind.value for kind, mark in TAGS.items()}
_STARTS: Final = {MATH, LINK, *_TAG_OF}
_MARKED: Final = range(SIGN, LAST + 1)
_MARK: Final = re.compile(f"[{chr(SIGN)}-{chr(LAST)}]")


class Formula(Symbol):  # type: ignore[misc]  # pybtex has no types
    """A formula: mathematics on pages, readable Unicode wherever there is none."""

    def __init__(self, tex: str) -> None:
        """Keep the TeX."""
        super().__init__(tex)

    def __str__(self) -> str:
        """Return the formula in Unicode."""
        return unicode_formula(self.name)

    def render(self, backend: BaseBackend) -> Any:
        """Return what the backend prints."""
        if backend.RenderType is list:  # pybtex-docutils
            return [nodes.math(self.name, self.name)]
        return backend.format_str(str(self))


class _Open:
    """A mark whose end has not come yet, with the parts since."""

    def __init__(self, mark: str = "") -> None:
        self.mark = mark
        self.parts: list[Any] = []
        self.address = ""

    def close(self) -> Any:
        if self.mark == MATH:
            return Formula(self.address)
        if self.mark == LINK:
            return HRef(self.address, *self.parts)
        return Tag(_TAG_OF[self.mark], *self.parts)


def unmarked(text: BaseText) -> BaseText:
    """Return *text* without marks."""
    return text if not _is_marked(text) else _rebuilt(text)


def _is_marked(text: BaseText) -> bool:
    return _MARK.search(str(text)) is not None


def _rebuilt(text: BaseText) -> BaseText:
    open_: list[_Open] = [_Open()]
    for part in _flat(text):
        if isinstance(part, String):
            for sign in str(part):
                _take(sign, open_)
        else:
            open_[-1].parts.append(_rebuilt(part) if isinstance(part, (Tag, HRef)) else part)
    while len(open_) > 1:  # the style has cut it
        closed = open_.pop()
        open_[-1].parts.append(closed.close())
    parts = open_[0].parts
    if isinstance(text, Tag):
        return Tag(text.name, *parts)
    return HRef(text.url, *parts) if isinstance(text, HRef) else Text(*parts)


def _flat(text: BaseText) -> Iterator[BaseText]:
    """Yield the parts of *text*; the case of letters is settled, so that what was protected needs no node."""
    for part in text.parts:
        if type(part) in {Text, Protected}:
            yield from _flat(part)
        else:
            yield part


def _take(sign: str, open_: list[_Open]) -> None:
    code = ord(sign)
    if code not in _MARKED:
        _add(sign, open_[-1])
    elif sign == END:
        if len(open_) > 1:
            closed = open_.pop()
            open_[-1].parts.append(closed.close())
    elif sign in _STARTS:
        open_.append(_Open(sign))
    elif code >= QUOTED:
        open_[-1].address += chr(code - QUOTED)
    else:
        _add(chr(code - SIGN), open_[-1])


def _add(sign: str, holder: _Open) -> None:
    if holder.parts and isinstance(holder.parts[-1], str):
        holder.parts[-1] += sign
    else:
        holder.parts.append(sign)
