"""Directives and roles in a text, found by the tokens of Markdown: no quoting, nesting or list hides or makes one."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import make_fence_rule
from mdit_py_plugins.myst_role import myst_role_plugin

from sphinx_paper_table.survey.allowed import (
    DEFAULT,
    DEPTH_REFUSAL,
    MAX_DEPTH,
    READING_OPTIONS,
    VERBATIM,
    Kind,
    Refusal,
    option_refusal,
    refusal,
)
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.mentions import place_in
from sphinx_paper_table.survey.problems import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from sphinx_paper_table.survey.allowed import Rules
    from sphinx_paper_table.survey.located import Located
    from sphinx_paper_table.survey.problems import Problems

_LINE_END: Final = re.compile(r"\n")
_ROLE: Final = re.compile(r"\{([\w+:-]+)\}`", re.ASCII)
_FENCE: Final = re.compile(r"(?:`{3}|~{3}|:{3})[ \t]*\{")
_BEFORE_FENCE: Final = re.compile(r"[^`~:\n]*")
_OPTION: Final = re.compile(r"^[ \t]*:?([\w-]+):(?:[ \t]|$)")
_FENCES: Final = ("fence", "colon_fence")


class _Part(NamedTuple):
    """A text, or the content of a directive in it, with its first line in the whole and the directives around it."""

    text: str
    line: int = 0
    depth: int = 0


def check_directives(text: Located, markup: Markup, problems: Problems, rules: Rules = DEFAULT) -> None:
    """Note every directive and role in *text* that *rules* do not permit; it is shown as it is written."""
    if markup in {Markup.PLAIN, Markup.NAME}:
        return
    is_block = markup is Markup.BLOCK
    has_fence = is_block and _FENCE.search(text) is not None
    if has_fence or not all(rules.permits(Kind.ROLE, name) for name in set(_ROLE.findall(text))):
        for found, offset in _refused(str(text), rules, is_block=is_block):
            problems.add(Code.UNSAFE, found.message, place_in(text, offset), found.hint)


def _refused(text: str, rules: Rules, *, is_block: bool) -> Iterator[tuple[Refusal, int]]:
    """Yield what is refused in *text* and where; the content of directives is read as they would read it."""
    starts = [0, *(found.end() for found in _LINE_END.finditer(text)), len(text)]
    parts = [_Part(text)]
    while parts:
        part = parts.pop()
        for token in _tokens(part.text, is_block=is_block):
            line = part.line + (token.map[0] if token.map else 0)
            start = starts[min(line, len(starts) - 1)]
            if token.type in _FENCES and (name := _name(token)):
                wrong = _of_directive(token, name, part.depth, rules)
                yield from ((found, _BEFORE_FENCE.match(text, start).end()) for found in wrong)  # type: ignore[union-attr]
                if not wrong and name.lower() not in VERBATIM:
                    _word, _, arguments = token.info.strip().partition("}")
                    parts.append(_Part(f"{arguments.strip()}\n{token.content}", line, part.depth + 1))
            for role in (child.meta["name"] for child in token.children or () if child.type == "myst_role"):
                start = max(text.find(f"{{{role}}}`", start), start)
                if not rules.permits(Kind.ROLE, role):
                    yield refusal(Kind.ROLE, role, rules), start
                start += 1


def _tokens(text: str, *, is_block: bool) -> list[Token]:
    return _parser().parse(text) if is_block else _parser().parseInline(" ".join(text.split("\n")))


@cache
def _parser() -> MarkdownIt:
    """Return a parser of what MyST reads always, and of fences with colons."""
    parser = MarkdownIt("commonmark").enable("table").use(myst_role_plugin)
    fence = make_fence_rule(markers=(":",), token_type=_FENCES[1])
    parser.block.ruler.before("fence", _FENCES[1], fence, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    return parser


def _name(token: Token) -> str:
    """Return what stands between the braces of a fence, as MyST reads it."""
    word, *_ = token.info.split() or [""]
    return word[1:-1] if word.startswith("{") and word.endswith("}") else ""


def _of_directive(token: Token, name: str, depth: int, rules: Rules) -> list[Refusal]:
    """Return what is wrong with a directive."""
    if not rules.permits(Kind.DIRECTIVE, name):
        return [refusal(Kind.DIRECTIVE, name, rules)]
    if depth >= MAX_DEPTH:
        return [DEPTH_REFUSAL]
    reading = READING_OPTIONS.get(name.lower(), frozenset())
    return [option_refusal(name, option) for option in _options(token.content) if option in reading]


def _options(content: str) -> Iterator[str]:
    """Yield the names of the options that a directive's content begins with, in either of MyST's two forms."""
    lines = content.splitlines()
    is_yaml = bool(lines) and lines[0].startswith("---")
    for line in lines[is_yaml:]:
        found = _OPTION.match(line)
        if line.startswith("---") or not (is_yaml or line.lstrip().startswith(":")):
            return
        if found:
            yield found[1]
