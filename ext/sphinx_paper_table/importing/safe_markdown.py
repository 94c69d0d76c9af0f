"""Markdown of others to the MyST of a record: emphasis, code, formulas and links to web pages stay, all else is text.

markdown-it-py reads it with HTML off, and what comes out is written anew from its tokens: an allow-list, in which
neither a role nor a directive nor HTML can be meant.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from sphinx_paper_table.survey.addresses import is_web_address
from sphinx_paper_table.survey.characters import one_line, printable
from sphinx_paper_table.survey.formulas import fault_of
from sphinx_paper_table.survey.markdown import plain_text
from sphinx_paper_table.survey.source_files import MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]$~|^#])")
_AT_BEGINNING: Final = re.compile(r"^(?:([-+=:%!.(>\"'@])|(\d{1,9})([.)]))")
_PARAGRAPH: Final = re.compile(r"\n[ \t]*\n")
_END: Final = Token("end", "", 0)
_TEX: Final = re.compile(r"[\\_^{=]|^[A-Za-z]$")
_KEY: Final = re.compile(r"(?<![\w.@/`{])@(?=[A-Za-z])")
_TICKS: Final = re.compile(r"`+")
_CITATION: Final = re.compile(r"cite(-t)?:(.{1,20000})")
_ROLE: Final = "citation"
_MARKS: Final = {"em_open": "*", "em_close": "*", "strong_open": "**", "strong_close": "**"}


def safe_inline(markdown: str, *, has_formulas: bool = True, keys: Mapping[str, str] | None = None) -> str:
    """Return one line of inline MyST that says what *markdown* says, and means nothing else.

    What is longer than a text may be is cut. *has_formulas* says whether the project has dollar signs around them.
    *keys* are the cite keys by those of the collection: a link to ``cite:KEY,KEY`` (or ``cite-t:``, for authors in a
    sentence) becomes a citation of those that are known, and its own words stay where none is.
    """
    text = one_line(printable(markdown[:MAX_TEXT])).strip()
    tokens = _parser().parseInline(text)[0].children or []
    tokens = list(_with_citations(tokens, keys or {}))
    made = _joined(_inline(tokens, has_formulas=has_formulas))
    if "*" in made and "*" in plain_text(made, lambda _name, content: content):  # marks that do nothing as written anew
        made = _joined(_inline((one for one in tokens if one.type not in _MARKS), has_formulas=has_formulas))
    return _with_plain_beginning(made)


def _joined(parts: Iterable[str]) -> str:
    return " ".join("".join(parts).split())


def safe_blocks(markdown: str, *, has_formulas: bool = True, keys: Mapping[str, str] | None = None) -> str:
    """Return the paragraphs of *markdown* as MyST, each on a line; lists and headings become text."""
    parts = _PARAGRAPH.split(markdown[:MAX_TEXT])
    return "\n\n".join(made for part in parts if (made := safe_inline(part, has_formulas=has_formulas, keys=keys)))


def plain_line(text: str) -> str:
    """Return *text* as a line of plain text: a title, a name."""
    return " ".join(one_line(printable(text)).split())


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).use(dollarmath_plugin, allow_digits=False, allow_space=False)


def _with_citations(tokens: Iterable[Token], keys: Mapping[str, str]) -> Iterator[Token]:
    """Yield *tokens* with one for each link that is a citation, in the place of the link and its words."""
    skipped = False
    for token in tokens:
        found = _CITATION.fullmatch(str(token.attrGet("href") or "")) if token.type == "link_open" else None
        known = [keys[name] for name in map(unquote, found[2].split(",")) if name in keys] if found else []
        if found and known:
            skipped = True
            kind = "t" if found[1] else "p"
            yield Token(_ROLE, "", 0, content=f"{{cite:{kind}}}`{','.join(dict.fromkeys(known))}`")
        elif token.type == "link_close" and skipped:
            skipped = False
        elif not skipped:
            yield token


def _inline(tokens: Iterable[Token], *, has_formulas: bool) -> Iterator[str]:
    open_links: list[str] = []
    for token, following in pairwise((*tokens, _END)):
        if token.type in _MARKS:
            yield _MARKS[token.type]
        elif token.type == "code_inline":
            yield _code(token.content)
        elif token.type == "math_inline" and _is_formula(token.content):
            yield f"${token.content}$" if has_formulas else f"{{math}}`{token.content}`"
        elif token.type.startswith("math_inline"):
            yield _text(f"${token.content}$")
        elif token.type == "link_open":
            address = str(token.attrGet("href") or "")
            open_links.append(_address(address) if is_web_address(address) else "")
            yield "[" if open_links[-1] else ""
        elif token.type == "link_close":
            address = open_links.pop() if open_links else ""
            yield f"]({address})" if address else ""
        elif token.type == _ROLE:
            yield token.content
        elif token.type == "image":
            yield _text(token.content)
        else:
            yield _plain(token, following)


def _plain(token: Token, following: Token) -> str:
    text = " " if token.type in {"softbreak", "hardbreak"} else _text(token.content)
    is_role = text.endswith(":") and following.type == "code_inline"  # of reStructuredText, ":name:`text`"
    return f"{text[:-1]}&#58;" if is_role else text


def _is_formula(content: str) -> bool:
    """Return whether this is TeX that may stand here; of "$5 and $6", it is not."""
    return _TEX.search(content) is not None and "`" not in content and not fault_of(content, ())


def _address(address: str) -> str:
    return address.replace("(", "%28").replace(")", "%29").replace("\\", "%5C")


def _code(content: str) -> str:
    longest = max((len(found) for found in _TICKS.findall(content)), default=0)
    fence, gap = "`" * (longest + 1), " " if content.startswith("`") or content.endswith("`") else ""
    return f"{fence}{gap}{content}{gap}{fence}"


def _text(text: str) -> str:
    escaped = _SPECIAL.sub(r"\\\1", text.replace("&", "&amp;")).replace("<", "&lt;")
    return _KEY.sub("&#64;", escaped)


def _with_plain_beginning(text: str) -> str:
    """Return *text* so that no block begins with it: it may stand as a paragraph."""
    return _AT_BEGINNING.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", text)
