"""Mark-up on pages in Markdown that was meant for us and does nothing: readers see it as it is written.

Neither MyST nor docutils can know. A build looks at each page before it parses it, a check of pages at its source.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.reading.blanking import without_code
from sphinx_paper_table.reading.dead_markup import Dead
from sphinx_paper_table.reading.own_names import OWN
from sphinx_paper_table.survey.allowed import Kind, by_name
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.located import position_in
from sphinx_paper_table.survey.markdown import COLON_FENCE, markup_spans
from sphinx_paper_table.survey.problems import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_paper_table.survey.markdown import MarkupSpan

_LOOKED_AT: Final = re.compile(
    r"\\[a-z]{0,9}cite|:(?:paper|cite)[:\w]{0,20}:`|\{(?:paper|cite)[:\w]{0,20}\}(?:[^`]|`[^`\n]{0,300}$)|\{[\w-]{1,40}\}\w"
    r"|(?<!\w)(?:paper|cite)[:\w]{0,20}[)\]]?`|\[-?@|:{3,9}\{"
    r"|^ {0,3}(?:\.\.|['‘’\u00b4\"]{3}|`{2,9}|~{3,9})[ \t]{0,3}[{(\[]?[\w-]{0,40}(?:paper|bibliography)",
    re.MULTILINE,
)
_GLUED: Final = re.compile(
    r"^[ \t]{0,40}(?:`{3,9}|~{3,9}|:{3,9})\{([\w-]{1,40})\}([^\s`{}:][^`\n]{0,200})$", re.MULTILINE
)
_OPTIONS: Final = re.compile(
    r"^[ \t]{0,40}(?:`{3,9}|~{3,9}|:{3,9})\{[\w-]{1,40}\}[^\n]{0,200}\n"
    r"((?:[ \t]{0,40}:[\w-]{1,40}:[^\n]{0,300}\n){2,40}"
    r"|[ \t]{0,40}---\n(?:[ \t]{0,40}[\w-]{1,40}:[^\n]{0,300}\n){2,40})",
    re.MULTILINE,
)
"""The options that something like a directive begins with, in both forms."""
_OPTION: Final = re.compile(r"^[ \t]{0,40}(:?)([\w-]{1,40}):", re.MULTILINE)
_CITE: Final = re.compile(r"\\(?P<command>[A-Za-z]{0,9}cite[a-z]{0,9})\*?\{(?P<keys>[^{}\n]{1,400})\}")
_RST_ROLE: Final = re.compile(r"(?<![\w`]):((?:paper|cite)(?::\w{1,12})?):\Z")
_ROLE: Final = r"\{((?:paper|cite)(?::\w{1,12})?)\}"
_QUOTED: Final = re.compile(
    _ROLE + r"(?:['\"‘“’\u00b4]([^'\"‘’“”\u00b4\n]{1,200})['\"’”\u00b4]|\{([^{}\n]{1,200})\}|\(([^()\n]{1,200})\))"
)
"""A role whose text stands between other signs than backticks."""
_OPEN: Final = re.compile(_ROLE + r"`([\w.:-]{0,98}\w)(?![^`\n]{0,300}`)")
"""A role without its second backtick, in a text without roles."""
_NOT_A_BREAK: Final = re.compile(r"[^\n]")
_APART: Final = re.compile(_ROLE + r"(?: {1,3}|:)\Z")
_NO_BRACES: Final = re.compile(r"(?<![\w{.:/-])[\[(]?((?:paper|cite)(?::\w{1,12})?)[\])]?\Z")
_PANDOC: Final = re.compile(
    r"\[-?@([\w:.+/-]{0,99}\d{4}[\w:.+/-]{0,99}(?: {0,3}[;,] {0,3}-?@[\w:.+/-]{1,199}){0,30})\](?![(\[:])"
)
_BEGINNING: Final = re.compile(
    r"(?:`{2,9}|~{3,9})[ \t]{0,3}(?P<open>[{(\[]?)(?P<name>[\w-]{1,40})[})\]]?:{0,2}(?P<rest>[ \t][^`\n]{0,200})?\Z"
)
"""The first line of what is code, and nearly a directive."""
_NO_FENCE: Final = re.compile(
    r"^ {0,3}(?:(?P<fence>['‘’\u00b4\"]{3})\{(?P<name>[\w-]{1,40})\}|\.\. {1,3}(?P<rst>[\w-]{1,40}) ?::?(?= |$))"
    r"(?P<rest>[^\n]{0,200})$",
    re.MULTILINE,
)
_COLONS: Final = re.compile(r":{3,9}\{([\w-]{1,40})\}([^\n]{0,200})")
_SEPARATOR: Final = re.compile(r"[;,]")
_COMMENT: Final = re.compile(r"^ {0,3}%[^\n]{0,4000}", re.MULTILINE)
"""A comment of MyST, which nobody reads but its author; roles are no roles there."""
_TEXTUAL: Final = frozenset({"citet", "textcite", "citeauthor", "citealt"})
_EVERY_DIRECTIVE: Final = by_name(directives=tuple(OWN[Kind.DIRECTIVE]))


def dead_on_page(text: str, path: str, *, has_colon_fences: bool) -> Iterator[Problem]:
    """Yield what does nothing in the *text* of a page, with what is written instead.

    *has_colon_fences* says whether the pages of the project may have directives between colons.
    """
    for dead in _dead(text, has_colon_fences) if _LOOKED_AT.search(text) else ():
        yield Problem(position_in(text, path, dead.start), Code.MARKUP, dead.message, dead.hint)
    for dead in _options_twice(text):
        yield Problem(position_in(text, path, dead.start), Code.MARKUP, dead.message, dead.hint)


def _options_twice(text: str) -> Iterator[Dead]:
    """Options of our directives that stand once more behind themselves: MyST takes the last."""
    found = [
        (option.start(2), option[2])
        for block in _OPTIONS.finditer(text)
        for option in _repeated(_OPTION.finditer(text, *block.span(1)))
    ]
    if not found:
        return
    ours = [
        span
        for span in markup_spans(text, Markup.BLOCK)
        if span.kind is Kind.DIRECTIVE and span.name.lower() in OWN[Kind.DIRECTIVE]
    ]
    for start, name in found:
        if any(span.start < start < span.end for span in ours):
            yield Dead(f"the option '{name}' stands twice, and this one does nothing", "remove one of them", start)


def _repeated(options: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    """Return those of the *options* of a directive that one of the same name follows."""
    options = list(options)
    names = [option[2] for option in options]
    return [option for number, option in enumerate(options, 1) if option[2] in names[number:]]


def _dead(text: str, has_colon_fences: bool) -> Iterator[Dead]:  # noqa: FBT001 (as in `dead_on_page`)
    for found in _GLUED.finditer(text):
        if found[1].lower() in OWN[Kind.DIRECTIVE]:
            hint = f"write {{{found[1]}}} {found[2].strip()}"
            yield Dead(f"a space is missing behind '{{{found[1]}}}'", hint, found.start(1) - 1)
    bare = _without_comments(without_code(text, Markup.BLOCK, _EVERY_DIRECTIVE))
    yield from _of_others(bare)
    yield from _open_roles(bare)
    for found in _NO_FENCE.finditer(bare):
        name = (found["name"] or found["rst"]).lower()
        if name in OWN[Kind.DIRECTIVE]:
            said = "a directive has a fence of three backticks" if found["fence"] else "it is reStructuredText"
            yield _no_directive(found[0], found.start(), said, f"{{{name}}} {found['rest'].strip(' :')}")
    for span in markup_spans(text, Markup.BLOCK):
        if span.kind is None and text.startswith(("`", "~"), span.start):
            yield from _code(text, span)
        elif span.kind is Kind.DIRECTIVE and span.syntax == COLON_FENCE and not has_colon_fences:
            yield from _between_colons(text, span)


def _without_comments(text: str) -> str:
    """Return *text* with blanks in the place of comments, of MyST and of HTML; lines stay."""
    text = _COMMENT.sub(lambda found: " " * len(found[0]), text)
    parts, done = [], 0
    while (start := text.find("<!--", done)) >= 0:
        end = text.find("-->", start)
        end = end if end >= 0 else len(text)
        parts += [text[done:start], _NOT_A_BREAK.sub(" ", text[start:end])]
        done = end
    return "".join((*parts, text[done:]))


def _of_others(bare: str) -> Iterator[Dead]:
    """Citations of LaTeX and Pandoc."""
    for found in _CITE.finditer(bare):
        role = "cite:t" if found["command"] in _TEXTUAL else "cite:p"
        message = f"'{found[0][:60]}' is LaTeX, and shown as it is written"
        yield Dead(message, f"write {{{role}}}`{found['keys'].replace(' ', '')}`", found.start())
    for found in _PANDOC.finditer(bare):
        keys = ",".join(key.strip(" -@") for key in _SEPARATOR.split(found[1]))
        message = f"'{found[0][:60]}' is Pandoc's Markdown, and shown as it is written"
        yield Dead(message, f"write {{cite:p}}`{keys}`", found.start())


def _open_roles(bare: str) -> Iterator[Dead]:
    """Roles without backticks, or with one."""
    for found in _QUOTED.finditer(bare):
        yield _no_backticks(found[0], found.start(), found[1], found[2] or found[3] or found[4])
    for found in _OPEN.finditer(bare):
        message = f"'{found[0][:60]}' does nothing: the backtick that ends the role is missing"
        yield Dead(message, f"write {found[0]}`", found.start())


def _code(text: str, span: MarkupSpan) -> Iterator[Dead]:
    """Yield what is code, as it has the signs of another language, or those of ours at another place."""
    written = text[span.start : span.end]
    first, is_block, _rest = written.partition("\n")
    before = text[max(0, span.start - 40) : span.start]
    begun = _BEGINNING.match(first.rstrip()) if is_block and not before.rpartition("\n")[2].strip() else None
    if begun is not None:
        if begun["name"].lower() in OWN[Kind.DIRECTIVE]:
            said = "the name of a directive stands in braces, behind three backticks"
            meant = f"{{{begun['name'].lower()}}} {(begun['rest'] or '').strip()}"
            yield _no_directive(first, span.start, said, meant)
    elif found := _RST_ROLE.search(before):
        message = f"'{found[0]}{written[:60]}' is reStructuredText: the name of the role is shown"
        yield Dead(message, f"write {{{found[1]}}}{written}", span.start - len(found[0]))
    elif found := _APART.search(before) or _NO_BRACES.search(before):
        yield _no_backticks(found[0] + written, span.start - len(found[0]), found[1], span.content)


def _between_colons(text: str, span: MarkupSpan) -> Iterator[Dead]:
    found = _COLONS.match(text, span.start)
    if found and found[1].lower() in OWN[Kind.DIRECTIVE]:
        message = f"'{found[0].strip()[:60]}' is shown as it is written: conf.py does not take colons for a fence"
        hint = f"write ```{{{found[1]}}} {found[2].strip()}".rstrip()
        yield Dead(message, f"{hint} and ```, or add 'colon_fence' to myst_enable_extensions", span.start)


def _no_directive(line: str, start: int, said: str, meant: str) -> Dead:
    message = f"'{line.strip()[:60]}' does nothing here: {said}"
    return Dead(message, f"write ```{meant}".rstrip(), start + len(line) - len(line.lstrip()))


def _no_backticks(written: str, start: int, role: str, content: str) -> Dead:
    message = f"'{written[:60]}' does nothing: a role has its text between backticks behind it"
    return Dead(message, f"write {{{role}}}`{content.strip()}`", start)
