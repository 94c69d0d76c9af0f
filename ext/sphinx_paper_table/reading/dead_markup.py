"""Mark-up that does nothing: that of LaTeX, Pandoc and reStructuredText in MyST, blocks in a line, signs left open.

It is shown as it is written, and no parser complains. So these are the forms that people bring along from elsewhere; a
text is looked at by linear patterns, and parsed only where one of them fits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_paper_table.reading.blanking import without_code
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.inline_markup import is_all_bold
from sphinx_paper_table.survey.markdown import markup_spans, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx_paper_table.survey.allowed import Rules

_SIGNS: Final = re.compile(r"[\\@`$*|#!]|\]\(|\{[\w:]|\.\. |^ {0,3}[-+>\d]|\n")
_CITE: Final = re.compile(
    r"\\(?P<command>[A-Za-z]{0,9}cite[a-z]{0,9})\*?(?:\[[^\[\]]{0,99}\]){0,2}\{(?P<keys>[^{}]{1,400})\}"
)
_LATEX: Final = re.compile(
    r"\\(?P<command>[A-Za-z]{2,20})\*?\{(?P<first>[^{}]{0,400})\}(?:\{(?P<second>[^{}]{0,400})\})?"
)
_PANDOC: Final = re.compile(r"\[-?@(?P<keys>[^\[\]@`\s;,]{1,200}(?: {0,3}[;,] {0,3}-?@[^\[\]@`\s;,]{1,200}){0,30})\]")
_BARE_KEY: Final = re.compile(r"(?<![\w.@/`{])@(?P<key>[A-Za-z][\w-]{0,60}\d{4}[\w-]{0,60})")
_ROLE: Final = re.compile(
    r"\{(?P<role>(?:cite|paper)(?::\w{0,12})?|ref|doc|term|math)(?::? +(?P<inner>[\w.,; -]{1,99}))?\}(?:(?<=:\})|(?!`))"
)
_RST_ROLE: Final = re.compile(r":(?P<role>[a-z][\w+-]{0,30}(?::[a-z][\w+-]{0,30}){0,2}):$")
_RST_LINK: Final = re.compile(r"^(?P<text>[^<>]{0,300}?) {0,3}<(?P<target>[^<>\s]{1,300})>$")
_NO_SCHEME: Final = re.compile(
    r"\]\((?P<address>(?:www\.[\w-]{1,60}\.|(?:[\w-]{1,60}\.){1,4}(?:com|org|net|edu|gov|io|ai|dev|cn|de|fr|jp|uk)/)"
    r"[^\s()]{0,500})\)",
    re.ASCII,
)
"""A link to what is an address of the web, but for its beginning."""
_RST_DIRECTIVE: Final = re.compile(r"^ {0,3}\.\. (?P<name>[a-z][\w:-]{0,40})::", re.MULTILINE)
_FORMULA: Final = re.compile(r"\$[^$]{0,400}[\\_^]")
_BLOCKS: Final = {
    "a list": re.compile(r"^ {0,9}(?:[-*+]|\d{1,3}[.)]) +\S", re.MULTILINE),
    "a heading": re.compile(r"^ {0,3}#{1,6} +\S", re.MULTILINE),
    "a table": re.compile(r"^ {0,9}\|.{0,2000}\|[ \t]{0,20}$", re.MULTILINE),
    "a quotation": re.compile(r"^ {0,3}> +\S", re.MULTILINE),
    "a block of code": re.compile(r"^ {0,3}(?:`{3}|~{3})", re.MULTILINE),
    "a directive": re.compile(r"^ {0,3}:{3}", re.MULTILINE),
}
_SEPARATOR: Final = re.compile(r"[;,]")
_TEXTUAL: Final = frozenset({"citet", "textcite", "citeauthor", "citealt"})
_IN_MYST: Final[dict[str, Callable[[str, str], str]]] = {
    **dict.fromkeys(("textbf", "bf", "strong"), lambda text, _: f"**{text}**"),
    **dict.fromkeys(("emph", "textit", "textsl"), lambda text, _: f"*{text}*"),
    **dict.fromkeys(("texttt", "code", "verb"), lambda text, _: f"`{text}`"),
    "url": lambda address, _: f"<{address}>",
    "href": lambda address, text: f"[{text}]({address})",
    "ref": lambda name, _: f"{{ref}}`{name}`",
    "footnote": lambda text, _: text,
    "textsubscript": lambda text, _: f"{{sub}}`{text}`",
    "textsuperscript": lambda text, _: f"{{sup}}`{text}`",
    "ensuremath": lambda text, _: f"${text}$",
}


class Dead(NamedTuple):
    """What does nothing: the message, what to write, and where it begins in the text."""

    message: str
    hint: str
    start: int


def may_have_markup(text: str) -> bool:
    """Return whether *text* has a sign that is mark-up, of MyST or of another language; HTML is not looked for."""
    return _SIGNS.search(text) is not None


def dead_markup(text: str, markup: Markup, rules: Rules) -> Iterator[Dead]:
    """Yield what readers of *text* would see as it is written, though its author meant something by it."""
    if not may_have_markup(text):
        return
    bare = without_code(text, markup, rules)
    if "\\" in bare:
        yield from _of_latex(bare)
    if "@" in bare:
        yield from _of_pandoc(bare)
    if "{" in bare:
        yield from _roles(bare)
    if markup is Markup.INLINE or markup is Markup.BLOCK:
        yield from _of_restructuredtext(text, bare, markup)
        if "$" in text:
            yield from _formulas(text, bare, markup, rules)
        for link in _NO_SCHEME.finditer(bare) if "](" in bare else ():
            message = f"'{link['address']}' is no address: a page of this site is looked for"
            yield Dead(message, f"write https://{link['address']}", link.start("address"))
        yield from _open_bold(bare)
    if markup is Markup.INLINE and ("\n" in text or "#" in text):
        yield from _blocks(text)


def _of_latex(bare: str) -> Iterator[Dead]:
    for found in _CITE.finditer(bare):
        role = "cite:t" if found["command"] in _TEXTUAL else "cite:p"
        yield _dead(found, "LaTeX", f"{{{role}}}`{_joined(found['keys'])}`")
    for found in _LATEX.finditer(bare):
        if write := _IN_MYST.get(found["command"]):
            yield _dead(found, "LaTeX", write(found["first"], found["second"] or found["first"]))


def _of_pandoc(bare: str) -> Iterator[Dead]:
    for found in _PANDOC.finditer(bare):
        yield _dead(found, "Pandoc's Markdown", f"{{cite:p}}`{_joined(found['keys'])}`")
    for found in _BARE_KEY.finditer(_PANDOC.sub(lambda found: " " * len(found[0]), bare)):
        yield _dead(found, "Pandoc's Markdown", f"{{cite:t}}`{found['key']}`")


def _dead(found: re.Match[str], language: str, written: str) -> Dead:
    return Dead(f"'{found[0][:60]}' is {language}, and shown as it is written", f"write {written}", found.start())


def _joined(keys: str) -> str:
    return ",".join(key.strip().lstrip("-@") for key in _SEPARATOR.split(keys))


def _roles(bare: str) -> Iterator[Dead]:
    """Roles without the text between backticks that they need."""
    for found in _ROLE.finditer(bare):
        role = found["role"].rstrip(":")
        inner = (found["inner"] or "").strip() or "…"
        if role == "cite" and found["role"].endswith(":") and not found["inner"]:
            role = "cite:p"
        message = f"'{found[0][:60]}' does nothing: a role has its text between backticks behind it"
        yield Dead(message, f"write {{{role}}}`{inner}`", found.start())


def _of_restructuredtext(text: str, bare: str, markup: Markup) -> Iterator[Dead]:
    for span in markup_spans(text, markup) if "`" in text else ():
        if span.kind is not None or text[span.start : span.start + 1] != "`":
            continue
        written = text[span.start : span.end]
        if role := _RST_ROLE.search(text[max(0, span.start - 99) : span.start]):
            message = f"'{role[0]}{written[:60]}' is reStructuredText: the name of the role is shown"
            start = span.start - len(role[0])
            yield Dead(message, f"write {{{role['role']}}}{written}", start)
        elif text.startswith("_", span.end) and not text[span.end : span.end + 3].strip("_").isalnum():
            link = _RST_LINK.match(span.content)
            hint = f"write [{link['text'] or link['target']}]({link['target']})" if link else "write [text](address)"
            yield Dead(f"'{written[:60]}_' is a link of reStructuredText, and shown as code", hint, span.start)
    if markup is Markup.BLOCK:
        for found in _RST_DIRECTIVE.finditer(bare):
            message = f"'{found[0].strip()}' is a directive of reStructuredText, and shown as it is written"
            yield Dead(message, f"write ```{{{found['name']}}}", found.start())


def _formulas(text: str, bare: str, markup: Markup, rules: Rules) -> Iterator[Dead]:
    if "dollarmath" not in rules.settings.syntax:
        for span in markup_spans(text, markup):
            if span.kind is None and text.startswith("$", span.start) and _FORMULA.search(text[span.start : span.end]):
                formula = text[span.start : span.end]
                message = f"'{formula[:60]}' is no formula here, and shown as it is written"
                other = f"write {{math}}`{formula.strip('$')[:60]}`"
                hint = f"{other}, or add 'dollarmath' to myst_enable_extensions in conf.py"
                yield Dead(message, hint, span.start)
    if (
        "dollarmath" in rules.settings.syntax
        and (found := _FORMULA.search(bare))
        and bare[found.start() - 1 : found.start()] != "\\"
    ):
        yield Dead("the formula that begins with this '$' has no end", "close it with a second '$'", found.start())


def _open_bold(bare: str) -> Iterator[Dead]:
    if "**" not in bare or "\\*" in bare or is_all_bold(bare):
        return
    if "**" not in plain_text(bare, lambda _name, content: content):
        return
    message = "'**' is shown as it is written: it begins or ends no bold text"
    yield Dead(message, "write **text**, without spaces inside the stars", bare.rfind("**"))


def _blocks(text: str) -> Iterator[Dead]:
    for what, pattern in _BLOCKS.items():
        found = pattern.search(text)
        if found and ("\n" in text or what == "a heading"):
            hint = "write sentences, or 'points'" if what == "a list" else "write sentences"
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            yield Dead(f"{what} has no place here: this text is shown as one paragraph", hint, start)
            return
