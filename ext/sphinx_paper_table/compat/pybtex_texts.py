"""Texts of pybtex 0.26, read and printed without a tree of rich text at each step.

pybtex splits, merges and measures everything anew wherever a template joins, ends or wraps a text: most of the cost of
a reference. Here a text is one string until it is complete, with characters of Unicode's plane 16 in the place of what
is none: where something begins and ends, and symbols. What comes out is the text that pybtex makes. What is not known
here, as nodes and functions of a project's own style, is asked of pybtex, part by part; and where that gives what no
string can say, it prints the whole. Needless when pybtex's own templates cost less.

- `pybtex.style.template` (documented): its nodes, with ``f``, ``children``, ``args`` and ``kwargs``, which are not.
  `entry_text` prints them; `Printing`, `PRINTERS`, `Printer` and `joined` are for nodes of our own; `Strange` is raised
  for what no string can say. `Entry._find_field`: as pybtex's own node asks.
- `LaTeXParser` (pybtex/markup): makes text of braces. `Text.from_latex` is documented, and decodes all that styles
  print with latexcodec, sign by sign, mostly for plain words. `remember_texts` puts `text_from_latex` in its place,
  which returns the same. Needless when it passes over plain text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from types import CodeType
from typing import TYPE_CHECKING, Any, Final, Protocol

from pybtex.markup import LaTeXParser
from pybtex.richtext import BaseText, HRef, Protected, String, Symbol, Tag, Text
from pybtex.style.formatting import BaseStyle, toplevel
from pybtex.style.formatting.unsrt import Style as Unsrt
from pybtex.style.formatting.unsrt import dashify
from pybtex.style.names import name_part
from pybtex.style.template import (
    FieldIsMissing,
    Node,
    field,
    first_of,
    href,
    join,
    names,
    optional,
    optional_field,
    sentence,
    tag,
    together,
    words,
)
from pybtex.textutils import terminators, tie_or_space

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pybtex.database import Entry

_PROTECT, _CLOSE = chr(0x100000), chr(0x100001)
_SYMBOLS: Final = {name: chr(0x100010 + number) for number, name in enumerate(("nbsp", "ndash", "newblock"))}
_SYMBOL_OF: Final = {sign: Symbol(name) for name, sign in _SYMBOLS.items()}
_NBSP: Final = _SYMBOLS["nbsp"]
_OPEN: Final = 0x101000
"""The first of the characters that begin a tag or a link, each kind its own."""
_MOST_OPEN: Final = 256
_SIGN: Final = re.compile(r"([\U00100000-\U0010ffff])")
_EDGE: Final = re.compile(r"([\U00100000\U00100001\U00101000-\U0010ffff])")
"""Signs that have no length."""
_EMPTY: Final = f"{_PROTECT}{_CLOSE}"
_DASHES, _BRACE = re.compile("-+"), re.compile("[{}]")
_BRACES: Final = str.maketrans("{}", f"{_PROTECT}{_CLOSE}")
_PLAIN: Final = re.compile(r"(?:[^\s\\$%#&~^_`'?!,-]|(?<!^) (?! )|,(?!,)|-(?!-)|\?(?!`)|!(?!`)|'(?!'))*+")
"""Text that latexcodec leaves as it is; braces are not its business."""
_decoded: Final[Any] = Text.from_latex


@lru_cache(maxsize=4096)
def text_from_latex(latex: str) -> Any:
    """Return what pybtex's own `Text.from_latex` does; texts never change, so that names can share theirs."""
    if _PLAIN.fullmatch(latex) is None:
        return _decoded(latex)
    return LaTeXParser(latex).parse() if "{" in latex or "}" in latex else Text(latex)


def remember_texts() -> None:
    """Let styles ask `text_from_latex`."""
    Text.from_latex = staticmethod(text_from_latex)


class Strange(Exception):  # noqa: N818 (nobody sees it)
    """Something that a string cannot say."""


class Printer(Protocol):
    """Prints a node: the function that it was made from, with strings."""

    def __call__(self, printing: Printing, children: Sequence[Any], *args: Any, **kwargs: Any) -> str:
        """Return the text of a node with these *children*."""


class Printing:
    """Prints the templates of one entry."""

    def __init__(self, entry: Entry, style: BaseStyle) -> None:
        """Begin."""
        self.entry, self.style = entry, style
        self.context: Final = {"entry": entry, "style": style, "bib_data": None}
        self._opened: list[tuple[Any, str]] = []

    def of(self, part: Any) -> str:
        """Return the text of a part of a template."""
        if type(part) is Node:
            printer = PRINTERS.get(part.f)
            return printer(self, part.children, *part.args, **part.kwargs) if printer else self._asked(part)
        return self._asked(part) if hasattr(part, "format_data") else self.string(part)

    def _asked(self, part: Any) -> str:
        return self.string(part.format_data(self.context))

    def parts(self, children: Iterable[Any]) -> list[str]:
        """Return the texts of *children*, those that say something; None says nothing."""
        return [text for child in children if child is not None and (text := self.of(child))]

    def string(self, text: Any) -> str:
        """Return a text of pybtex's as a string."""
        if isinstance(text, str):
            return _checked(text)
        kind = type(text)
        if kind is String:
            return _checked(text.value)
        if kind is Symbol and text.name in _SYMBOLS:
            return _SYMBOLS[text.name]
        if kind not in {Text, Tag, HRef, Protected}:
            raise Strange
        said = "".join(map(self.string, text.parts))
        if kind is Text or not said:
            return said
        if kind is Protected:
            return f"{_PROTECT}{said}{_CLOSE}"
        if kind is HRef and text.external:
            raise Strange
        return self.wrapped(kind, text.info[0], said)

    def wrapped(self, kind: Any, what: str, text: str) -> str:
        """Return a *text* in a tag or a link."""
        if not text:
            return ""
        opened = kind, what
        if opened not in self._opened:
            if len(self._opened) == _MOST_OPEN:
                raise Strange
            self._opened.append(opened)
        return f"{chr(_OPEN + self._opened.index(opened))}{text}{_CLOSE}"

    def rich(self, text: str) -> BaseText:
        """Return a string as pybtex's text."""
        open_: list[tuple[Any, list[Any]]] = [(Text, [])]
        for part in _SIGN.split(text):
            if part in _SYMBOL_OF:
                open_[-1][1].append(_SYMBOL_OF[part])
            elif part == _CLOSE:
                make, parts = open_.pop()
                open_[-1][1].append(make(*parts))
            elif part == _PROTECT:
                open_.append((Protected, []))
            elif part >= _PROTECT:
                kind, what = self._opened[ord(part) - _OPEN]
                open_.append((kind, [what]))
            elif part:
                open_[-1][1].append(part)
        return Text(*open_[0][1])


def _checked(text: str) -> str:
    """Return a text that has none of our signs."""
    if not text.isascii() and _SIGN.search(text):
        raise Strange
    return text


def joined(parts: Sequence[str], sep: str, sep2: str, last_sep: str) -> str:
    """Return *parts*, which all say something, as the node `join` does."""
    if len(parts) <= 2:  # noqa: PLR2004 (what stands between two is the second argument)
        return sep2.join(parts)
    return f"{sep.join(parts[:-1])}{last_sep}{parts[-1]}"


def _join(printing: Printing, children: Sequence[Any], sep: Any = "", sep2: Any = None, last_sep: Any = None) -> str:
    between = printing.string(sep)
    others = (between if other is None else printing.string(other) for other in (sep2, last_sep))
    return joined(printing.parts(children), between, *others)


def _words(printing: Printing, children: Sequence[Any], sep: Any = " ") -> str:
    return printing.string(sep).join(printing.parts(children))


def _toplevel(printing: Printing, children: Sequence[Any]) -> str:
    return _SYMBOLS["newblock"].join(printing.parts(children))


def _together(printing: Printing, children: Sequence[Any], last_tie: bool = False) -> str:  # noqa: FBT001, FBT002 (pybtex's signature)
    parts = printing.parts(children)
    if not parts:
        return ""
    first, last = (_EDGE.sub("", parts[place]) for place in (0, -1))
    if len(parts) <= 2:  # noqa: PLR2004 (as pybtex has it)
        tie: str = _NBSP if last_tie else tie_or_space(first, _NBSP, " ", other_word=last)
        return tie.join(parts)
    tie = _NBSP if last_tie else tie_or_space(last, _NBSP, " ")
    return f"{parts[0]}{tie_or_space(first, _NBSP, ' ')}{' '.join(parts[1:-1])}{tie}{parts[-1]}"


def _sentence(
    printing: Printing,
    children: Sequence[Any],
    capfirst: bool = False,  # noqa: FBT001, FBT002 (pybtex's signature)
    capitalize: bool = False,  # noqa: FBT001, FBT002
    add_period: bool = True,  # noqa: FBT001, FBT002
    sep: Any = ", ",
) -> str:
    text = _words(printing, children, sep)
    if capfirst:
        text = _with_capital(text)
    if capitalize:
        text = _capitalized(text)
    return f"{text}." if add_period and text and not text.rstrip(_CLOSE).endswith(terminators) else text


def _with_capital(text: str) -> str:
    if text[:1] > _PROTECT and text[0] not in _SYMBOL_OF:
        raise Strange  # the first letter is within something
    return text[:1].upper() + text[1:]


def _capitalized(text: str) -> str:
    first = _with_capital(text[:1])
    return first + _lowered(text[1:]) if first != _PROTECT else _lowered(text)


def _lowered(text: str) -> str:
    """Return a text in small letters where nothing protects it."""
    if _PROTECT not in text:
        if _EDGE.search(text):
            raise Strange
        return text.lower()
    depth, parts = 0, []
    for part in _EDGE.split(text):
        depth += (part == _PROTECT) - (part == _CLOSE)
        if part > _CLOSE:
            raise Strange
        parts.append(part if depth else part.lower())
    return "".join(parts)


def _dashed(text: str) -> str:
    if _EDGE.search(text):
        raise Strange
    return _DASHES.sub(_SYMBOLS["ndash"], text)


_FUNCTIONS: Final[dict[CodeType | None, Callable[[str], str]]] = {
    dashify.__code__: _dashed,
    **{
        code: change
        for method, change in ((Unsrt.format_title, _capitalized), (Unsrt.format_edition, _lowered))
        for code in method.__code__.co_consts
        if isinstance(code, CodeType)
    },
}
"""What the functions that pybtex's own styles apply to fields do."""


def _from_latex(printing: Printing, latex: str) -> str:
    """Return what `text_from_latex` does."""
    if _PLAIN.fullmatch(latex) is None or not _is_balanced(latex):
        return printing.string(text_from_latex(latex))
    text = _checked(latex).translate(_BRACES)
    while _EMPTY in text:
        text = text.replace(_EMPTY, "")
    return text


def _is_balanced(latex: str) -> bool:
    depth = 0
    for brace in _BRACE.findall(latex):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _field(
    printing: Printing,
    children: Sequence[Any],
    name: str,
    apply_func: Any = None,
    raw: bool = False,  # noqa: FBT001, FBT002 (pybtex's signature)
) -> str:
    if children:
        raise Strange
    try:
        value = printing.entry._find_field(name, bib_data=None)
        text = _checked(value) if raw else _from_latex(printing, value)
    except KeyError:
        raise FieldIsMissing(name, printing.entry) from None
    if not apply_func:
        return text
    known = _FUNCTIONS.get(getattr(apply_func, "__code__", None))
    if known and not raw:
        try:
            return known(text)
        except Strange:
            pass
    return printing.string(apply_func(value if raw else text_from_latex(value)))


def _optional(printing: Printing, children: Sequence[Any]) -> str:
    try:
        return "".join(map(printing.of, children))
    except FieldIsMissing:
        return ""


def _optional_field(printing: Printing, children: Sequence[Any], *args: Any, **kwargs: Any) -> str:
    try:
        return _field(printing, children, *args, **kwargs)
    except FieldIsMissing:
        return ""


def _tag(printing: Printing, children: Sequence[Any], name: str) -> str:
    if type(name) is not str or name == "emph":  # which pybtex warns of
        raise Strange
    return printing.wrapped(Tag, name, "".join(map(printing.of, children)))


def _href(printing: Printing, children: Sequence[Any], url: Any = None, external: bool = False) -> str:  # noqa: FBT001, FBT002 (pybtex's signature)
    if url is None or external:
        raise Strange
    address = _checked(printing.of(url))
    return printing.wrapped(HRef, address, "".join(map(printing.of, children)))


def _first_of(printing: Printing, children: Sequence[Any]) -> str:
    return next((text for child in children if (text := printing.of(child))), "")


def _names(printing: Printing, children: Sequence[Any], role: str, **kwargs: Any) -> str:
    if children:
        raise Strange
    try:
        persons = printing.entry.persons[role]
    except KeyError:
        raise FieldIsMissing(role, printing.entry) from None
    style = printing.style
    return _join(printing, [style.format_name(person, style.abbreviate_names) for person in persons], **kwargs)


def _name_part(
    printing: Printing,
    children: Sequence[Any],
    before: str = "",
    tie: bool = False,  # noqa: FBT001, FBT002 (pybtex's signature)
    abbr: bool = False,  # noqa: FBT001, FBT002
) -> str:
    text = _together(printing, [child.abbreviate() for child in children] if abbr else children, last_tie=True)
    if not text:
        return ""
    end = tie_or_space(_EDGE.sub("", text), _NBSP, " ") if tie else ""
    return f"{printing.string(before)}{text}{end}"


PRINTERS: Final[dict[Any, Printer]] = {
    join.f: _join,
    words.f: _words,
    toplevel.f: _toplevel,
    together.f: _together,
    sentence.f: _sentence,
    field.f: _field,
    optional.f: _optional,
    optional_field.f: _optional_field,
    tag.f: _tag,
    href.f: _href,
    first_of.f: _first_of,
    names.f: _names,
    name_part.f: _name_part,
}
"""How nodes are printed, by the functions that they are made from; templates of our own add theirs."""
_OF_TEXTS: Final = {join.f, words.f, toplevel.f, sentence.f}
"""Nodes that are a `Text` whatever is in them."""


def entry_text(style: BaseStyle, entry: Entry, template_of: Callable[[BaseStyle, Entry], Any]) -> BaseText:
    """Return what ``style.format_entry("", entry).text`` is, of what *template_of* returns; raises what that raises."""
    is_usual = getattr(style.format_entry, "__func__", None) is BaseStyle.format_entry
    if is_usual and hasattr(style, f"get_{entry.type}_template"):
        made = template_of(style, entry)
        if type(made) is Node and made.f in _OF_TEXTS:
            printing = Printing(entry, style)
            try:
                return printing.rich(printing.of(made))
            except Strange:
                pass
    return style.format_entry("", entry).text
