"""Roles, directives and code in MyST texts, with their places, from the tokens of markdown-it-py.

The parser has the plugins that myst-parser uses. It runs without Sphinx, so it has what changes where a role can stand
(fences with colons, formulas, footnotes, definitions, field lists) whether a project has switched that on or not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.rules_block import make_fence_rule
from markdown_it.token import Token
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.field_list import fieldlist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from sphinx_paper_table.survey.allowed import MAX_DEPTH, NEVER, VERBATIM, Kind
from sphinx_paper_table.survey.citation_lists import cited_keys
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.inline_markup import inline_spans, is_simple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from markdown_it.rules_inline import StateInline

    from sphinx_paper_table.survey.located import Located, Position

    InlineRule = Callable[[StateInline, bool], bool]

COLON_FENCE: Final = "colon_fence"
_CODE_BLOCKS: Final = frozenset({"fence", COLON_FENCE, "code_block", "math_block", "math_block_label", "amsmath"})
_FIRST_CHARACTERS: Final = {"myst_role": "{", "backticks": "`", "math_inline": "$"}
"""The inline rules whose tokens get their place, and the character each begins with."""
_MAY_NAME_RECORD: Final = re.compile(r"\{(?:paper|cite)[:\w]*\}`")

_MAY_HAVE_SPANS: Final = re.compile(r"[`$]")
"""What every role, code or formula in a line has: a paragraph without is not read further."""
_MARKED: Final = re.compile(r"[\\`*_\[<&{$\n\r\0]")
"""What an inline rule begins with, and what is normalised; a text without it is read as it stands."""


class MarkupSpan(NamedTuple):
    """A role, a directive, or code or a formula, whose ``kind`` is None.

    ``start`` and ``end`` are offsets in the text. ``content`` begins at ``content_start``; that of a directive is
    without its argument. ``depth`` is the number of directives around it.
    """

    kind: Kind | None
    name: str
    content: str
    start: int
    end: int
    content_start: int
    depth: int
    syntax: str = ""
    """The kind of markdown-it's token."""
    block_start: int = 0
    """Where the paragraph, heading or cell begins that it stands in."""


class RoleTarget(NamedTuple):
    """A paper, group, survey or cite key that a role in a text names."""

    role: str
    target: str
    position: Position


RoleParts: TypeAlias = tuple[str, str]
"""The name of a role and what it holds."""
PlainParts: TypeAlias = "tuple[str | RoleParts, ...]"
"""A sentence without mark-up: texts, and roles whose words depend on other records."""


class _Part(NamedTuple):
    """A text, or what stands in a directive or formula of it: its lines, and the offset in the text of each."""

    lines: list[str]
    offsets: list[int]
    is_block: bool
    depth: int = 0


def role_targets(text: Located, markup: Markup) -> Iterator[RoleTarget]:
    """Yield the papers, groups, surveys and cite keys that roles in *text* name; a role may have several keys."""
    if _MAY_NAME_RECORD.search(text) is None:
        return
    for span in markup_spans(text, markup):
        if span.kind is Kind.ROLE and span.name.partition(":")[0] in {"paper", "cite"}:
            is_citation = span.name.startswith("cite")
            for target in cited_keys(span.content) if is_citation else (target_of(span.content).strip(),):
                yield RoleTarget(span.name, target, text.position_at(span.content_start))


def target_of(content: str) -> str:
    """Return the target of a role from what stands between its backticks: "target", or "title <target>"."""
    _title, bracket, target = content[:-1].rpartition("<")
    return target if content.endswith(">") and bracket and target and ">" not in target else content


def plain_text(text: str, role_text: Callable[[str, str], str]) -> str:
    """Return an inline *text* without its mark-up; *role_text* makes a role's words of its name and content."""
    return "".join(part if isinstance(part, str) else role_text(*part) for part in plain_parts(text))


def plain_parts(text: str) -> PlainParts:
    """Return an inline *text* without its mark-up."""

    def parts(tokens: Iterable[Token]) -> Iterator[str | RoleParts]:
        for token in tokens:
            if token.type == "myst_role":
                yield token.meta["name"], token.content
            elif token.type in {"softbreak", "hardbreak"}:
                yield " "
            elif token.children:
                yield from parts(token.children)
            else:
                yield token.content

    if _MARKED.search(text) is None:
        return (str(text),)  # as half of the sentences are
    return tuple(parts(_parser().parseInline(text)))


def markup_spans(text: str, markup: Markup) -> Iterator[MarkupSpan]:
    """Return the roles, directives, code and formulas in *text*; none where *markup* knows none.

    The content of directives is read too, unless they hold code or no configuration allows them, down to `MAX_DEPTH`.
    So is what stands between dollar signs, since a project may not use them for formulas.
    """
    if markup is not Markup.BLOCK and (markup is not Markup.INLINE or _MAY_HAVE_SPANS.search(text) is None):
        return iter(())
    return iter(_all_spans(str(text), markup))


@lru_cache(maxsize=512)  # several checks ask for the same text, one after the other
def _all_spans(text: str, markup: Markup) -> tuple[MarkupSpan, ...]:
    lines = text.replace("\r\n", " \n").replace("\r", "\n").split("\n")  # as Markdown reads them, no offset moves
    if markup is Markup.INLINE:
        lines = [" ".join(lines)]
    parts = [_Part(lines, _line_starts(lines), markup is Markup.BLOCK)]
    found: list[MarkupSpan] = []
    while parts:
        found += _spans_in(parts.pop(), parts)
    return tuple(found)


def _line_starts(lines: list[str]) -> list[int]:
    return list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))


def _spans_in(part: _Part, pending: list[_Part]) -> Iterator[MarkupSpan]:
    """Yield the spans of one part; what is to be read in them is added to *pending*."""
    source = "\n".join(part.lines)
    if not part.is_block and is_simple(source):
        starts = _line_starts(part.lines)
        for span in inline_spans(source):
            yield _span(span.kind, span.name, span.content, (span.start, span.end), part, starts)
        return
    used: dict[int, int] = {}
    for token in _tokens(source, is_block=part.is_block):
        line, after = token.map or (0, 0)
        if token.type == "inline" and not token.children:
            continue  # it was not read, as it has no spans
        if token.type == "inline":
            yield from _inline_spans(token, _within(token.content, part, line, used), pending)
        elif token.type in _CODE_BLOCKS:
            name = _directive_name(token) if token.type.endswith("fence") else ""
            start = part.offsets[line] + max(part.lines[line].find(token.markup), 0)
            last = min(after, len(part.lines)) - 1
            end = part.offsets[last] + len(part.lines[last])
            kind = Kind.DIRECTIVE if name else None
            yield MarkupSpan(kind, name, token.content, start, end, start, part.depth, token.type)
            if token.type.startswith("math"):
                pending.append(_within(token.content, part, line, used))
            elif name and name.lower() not in VERBATIM | NEVER[Kind.DIRECTIVE] and part.depth < MAX_DEPTH:
                argument = token.info.strip().partition("}")[2].strip()
                inner = (_within(argument, part, line, used), _within(token.content, part, line + 1, used))
                pending += [within._replace(depth=part.depth + 1) for within in inner]


def _tokens(source: str, *, is_block: bool) -> list[Token]:
    """Return the tokens of *source*; of what stands in lines, those of paragraphs that may have spans.

    The steps are those of markdown-it's ``MarkdownIt.parse``; most paragraphs have no role, code or formula.
    """
    parser, tokens, env = _parser(), list[Token](), dict[str, Any]()
    source = source.replace("\0", "\ufffd")
    if is_block:
        parser.block.parse(source, parser, env, tokens)
    else:
        tokens.append(Token("inline", "", 0, content=source, map=[0, 1], children=[]))
    for token in tokens:
        if token.type == "inline" and _MAY_HAVE_SPANS.search(token.content):
            children = token.children = token.children or []
            parser.inline.parse(token.content, parser, env, children)
    return tokens


def _within(content: str, part: _Part, line: int, used: dict[int, int]) -> _Part:
    """Return *content*, which Markdown took out of *part* from *line* on, with the offsets of its lines.

    Markdown leaves out the signs and spaces before each line, and those of cells the backslashes before bars. *used*
    says up to which column each line has been read: a row has several cells.
    """
    lines, offsets = [], []
    for number, inner in enumerate(content.split("\n"), line):
        row = min(number, len(part.lines) - 1)
        is_whole = inner.strip() in part.lines[row]
        for piece in [inner] if is_whole else inner.split("|"):
            bare = piece.lstrip()
            column = max(part.lines[row].find(bare.rstrip(), used.get(row, 0)), used.get(row, 0))
            used[row] = column + len(bare.rstrip())
            lines.append(piece)
            offsets.append(part.offsets[row] + column - (len(piece) - len(bare)))
    return _Part(lines, offsets, part.is_block, part.depth)


def _inline_spans(token: Token, part: _Part, pending: list[_Part]) -> Iterator[MarkupSpan]:
    """Yield the roles, code and formulas of the inline *token*, whose content *part* is."""
    starts = _line_starts(part.lines)
    for child in token.children or ():
        if "span" in child.meta:
            span = _span(child.type, child.meta.get("name", ""), child.content, child.meta["span"], part, starts)
            yield span
            if child.type == "math_inline" and _MAY_HAVE_SPANS.search(child.content):
                pending.append(_Part([child.content], [span.content_start], is_block=False, depth=part.depth))


def _span(syntax: str, name: str, content: str, bounds: tuple[int, int], part: _Part, starts: list[int]) -> MarkupSpan:
    """Return what stands between *bounds* in *part*, whose lines begin at *starts*, with its places in the text."""

    def offset_of(column: int) -> int:
        line = bisect_right(starts, column) - 1
        return part.offsets[line] + column - starts[line]

    first, end = bounds
    in_braces = len(name) + 2 if name else 0
    ticks = (end - first - in_braces - len(content)) // 2
    kind, content_start = Kind.ROLE if name else None, offset_of(first + in_braces + ticks)
    last = offset_of(end - 1) + 1
    return MarkupSpan(kind, name, content, offset_of(first), last, content_start, part.depth, syntax, part.offsets[0])


def _directive_name(token: Token) -> str:
    """Return what stands between the braces of a fence, as MyST reads it."""
    word, *_ = token.info.split() or [""]
    return word[1:-1] if word.startswith("{") and word.endswith("}") else ""


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.use(myst_block_plugin).use(myst_role_plugin)
    parser.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    parser.use(dollarmath_plugin).use(amsmath_plugin).use(deflist_plugin).use(fieldlist_plugin)
    interrupted = ["paragraph", "reference", "blockquote", "list", "footnote_def"]
    parser.block.ruler.before(
        "fence", COLON_FENCE, make_fence_rule(markers=(":",), token_type=COLON_FENCE), {"alt": interrupted}
    )
    ruler = parser.inline.ruler
    for name, rule in zip(ruler.get_active_rules(), ruler.getRules(""), strict=True):
        if name in _FIRST_CHARACTERS:
            ruler.at(name, _with_span(rule, _FIRST_CHARACTERS[name]))
    return parser


def _with_span(rule: InlineRule, first_character: str) -> InlineRule:
    """Return *rule*, asked only at its first character, that leaves its bounds in the ``meta`` of its token."""

    def run(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (markdown-it passes it like this)
        start, count = state.pos, len(state.tokens)
        if state.src[start] != first_character or not rule(state, silent):
            return False
        if len(state.tokens) > count and state.tokens[-1].type != "text":
            state.tokens[-1].meta["span"] = (start, state.pos)
        return True

    return run
