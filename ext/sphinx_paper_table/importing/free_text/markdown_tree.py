"""A Markdown file as one tree of elements, its pieces of HTML among them, as GitHub shows it.

markdown-it-py reads the Markdown. Lists of papers are half HTML (folds, tables, centred pictures), whose elements
begin in one block and end in another, so tags and tokens build the same tree. What cannot be nested is closed, as
browsers do.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from markdown_it.common.html_re import attr_name, attr_value, close_tag, open_tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

TEXT: Final = ""
COMMENT: Final = "!"
CODE: Final = "pre"
"""A block of code, of formulas or the like: its text is in the node itself."""
HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_VOID: Final = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_INLINE: Final = frozenset(
    {
        *("a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "samp"),
        *("small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var"),
    }
)
_UNREAD: Final = frozenset({"script", "style", "noscript", "template", "iframe", "object", "svg", "math", "title"})
"""Elements whose text nobody reads."""
_CLOSES: Final[Mapping[str, frozenset[str]]] = {
    "li": frozenset({"li"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "tbody": frozenset({"tr", "td", "th", "thead"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "a": frozenset({"a"}),
}
"""The elements that end where such a one begins."""
_HOLDS: Final = frozenset({"ul", "ol", "table", "dl", "details", "blockquote"})
"""Elements within which others begin anew."""
_DEEPEST: Final = 60
_MOST_ATTRIBUTES: Final = 40
_TAG: Final = re.compile(f"{open_tag}|{close_tag}")
_ATTRIBUTE: Final = re.compile(rf"({attr_name})(?:\s*=\s*({attr_value}))?")
_NAME: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_FOLD: Final = re.compile(r"(?:</?details[^<>]{0,200}>)?(?:<summary>[^\n]{0,300}</summary>)?\s{0,20}")
_LONGEST_FOLD: Final = 400


@dataclass(slots=True, eq=False)
class Node:
    """An element by its HTML name; `TEXT` and `COMMENT` are its texts and remarks."""

    tag: str
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    line: int = 0
    """The line where it begins, counted from 1."""
    end: int = 0
    """The line where it ends."""

    @property
    def is_inline(self) -> bool:
        """Whether it stands within a line of text."""
        return self.tag in _INLINE or self.tag in {TEXT, COMMENT, "br", "img"}

    def walk(self) -> Iterator[Node]:
        """Yield the node and all within it, in the order of the text."""
        pending = [self]
        while pending:
            node = pending.pop()
            yield node
            pending += reversed(node.children)


def markdown_tree(text: str) -> Node:
    """Return the elements of a Markdown file; never raises.

    A fold's first line ends what is HTML, since many lists leave out the empty line that CommonMark asks for there.
    """
    builder = _Builder(text.count("\n") + 1)
    builder.blocks(_parser().parse(text))
    return builder.root


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    parser.block.ruler.before("html_block", "fold", _fold, {"alt": ["paragraph", "list", "table"]})
    return parser


def _fold(state: StateBlock, first: int, _last: int, silent: bool) -> bool:  # noqa: FBT001 (markdown-it passes it like this)
    """Make a block of its own of a line that is only the head or the end of a fold."""
    start, end = state.bMarks[first] + state.tShift[first], state.eMarks[first]
    if state.is_code_block(first) or end - start > _LONGEST_FOLD or not _FOLD.fullmatch(state.src, start, end):
        return False
    if not silent:
        token = state.push("html_block", "", 0)
        token.map, token.content = [first, first + 1], f"{state.src[start:end]}\n"
        state.line = first + 1
    return True


class _Builder:
    """Puts tokens and tags into one tree."""

    def __init__(self, lines: int) -> None:
        self.root = Node("", line=1, end=lines)
        self._open = [self.root]
        self._line = 1

    def blocks(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.map:
                self._line = token.map[0] + 1
            end = token.map[1] if token.map else self._line
            if token.type == "inline":
                self._inline(token.children or [])
            elif token.type == "html_block":
                self._html(token.content)
            elif token.type in {"fence", "code_block"}:
                self._add(Node(CODE, token.content, line=self._line, end=end))
            elif token.nesting == 1:
                self._begin(Node(token.tag, line=self._line, end=end))
            elif token.nesting == -1:
                self._end(token.tag)

    def _inline(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.type in {"softbreak", "hardbreak"}:
                self._text("\n")
                self._line += 1
            elif token.type == "html_inline":
                self._html(token.content)
            elif token.type == "image":
                self._add(self._node("img", {"src": str(token.attrGet("src") or ""), "alt": token.content}))
            elif token.type == "code_inline":
                self._add(self._node("code"), self._node(TEXT, text=token.content))
            elif token.nesting == 1:
                self._begin(self._node(token.tag, {name: str(value) for name, value in token.attrs.items()}))
            elif token.nesting == -1:
                self._end(token.tag)
            else:
                self._text(token.content)

    def _html(self, source: str) -> None:
        done = 0
        while (start := source.find("<", done)) >= 0:
            self._text(html.unescape(source[done:start]))
            self._line += source.count("\n", done, start)
            done = self._tag(source, start)
            self._line += source.count("\n", start, done)
        self._text(html.unescape(source[done:]))

    def _tag(self, source: str, start: int) -> int:
        """Take in the tag or remark at *start*, and return where it ends."""
        if source.startswith("<!--", start):
            end = source.find("-->", start + 4)
            words = source[start + 4 : end if end >= 0 else None].strip("-! \t\n")
            if words:
                self._add(self._node(COMMENT, text=words))
            return len(source) if end < 0 else end + 3
        found = _TAG.match(source, start)
        name = _NAME.match(source, start)
        if found is None or name is None:
            self._text("<")
            return start + 1
        tag = name[1].lower()
        if found[0].startswith("</"):
            self._end(tag)
        else:
            node = self._node(tag, _attributes(found[0][name.end() - start :]))
            (self._add if tag in _VOID else self._begin)(node)
        return found.end()

    def _node(self, tag: str, attributes: Mapping[str, str] | None = None, text: str = "") -> Node:
        return Node(tag, text, attributes or {}, line=self._line, end=self._line)

    def _text(self, text: str) -> None:
        if text and self._open[-1].tag not in _UNREAD:
            self._open[-1].children.append(self._node(TEXT, text=text))

    def _add(self, node: Node, child: Node | None = None) -> None:
        if child is not None:
            node.children.append(child)
        self._open[-1].children.append(node)

    def _begin(self, node: Node) -> None:
        if not node.is_inline:
            while len(self._open) > 1 and self._open[-1].is_inline:
                self._open.pop()
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag in _CLOSES.get(node.tag, ()):
                del self._open[place:]
            elif self._open[place].tag in _HOLDS:
                break
        self._add(node)
        if len(self._open) < _DEEPEST:
            self._open.append(node)

    def _end(self, tag: str) -> None:
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return


def _attributes(source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for attribute in _ATTRIBUTE.finditer(source):
        if len(found) == _MOST_ATTRIBUTES:
            break
        value = attribute[2] or ""
        found.setdefault(attribute[1].lower(), html.unescape(value[1:-1] if value[:1] in {'"', "'"} else value))
    return found
