"""Checks of one text: HTML, addresses that run scripts, directives and roles that are not allowed, dead mark-up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.reading.blanking import without_code
from sphinx_paper_table.reading.dead_markup import dead_markup, may_have_markup
from sphinx_paper_table.survey.addresses import refusal as address_refusal
from sphinx_paper_table.survey.allowed import (
    DEFAULT,
    DEPTH_REFUSAL,
    MAX_DEPTH,
    READING_OPTIONS,
    Kind,
    Refusal,
    option_refusal,
    refusal,
)
from sphinx_paper_table.survey.citation_lists import cited_keys, list_fault
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.formulas import fault_of
from sphinx_paper_table.survey.markdown import MarkupSpan, markup_spans
from sphinx_paper_table.survey.problems import Code, Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_paper_table.survey.allowed import Rules
    from sphinx_paper_table.survey.located import Located

_HTML: Final = re.compile(
    r"<(?:!--|/?[A-Za-z][\w:-]*(?:\s[^<>]*)?/?>|/?(?:script|style|iframe|object|embed)\b)", re.IGNORECASE
)
_LINK: Final = re.compile(r"(?:\]\(|<)[\s<]{0,9}((?:javascript|data|vbscript|file)\s{0,9}:)", re.IGNORECASE)
"""Links that act, as they are mostly written: for reports without Sphinx. What becomes a link, nodes decide."""
_ROLE: Final = re.compile(r"\{([\w+:-]+)\}`", re.ASCII)
_CITATION: Final = re.compile(r"\{cite(?::\w+)?\}`", re.ASCII)
_FENCE: Final = re.compile(r"(?:`{3}|~{3}|:{3})[ \t]*\{")
_FORMULA: Final = re.compile(r"[$]|math|\\\\begin", re.IGNORECASE)
_SYNTAXES: Final = {
    **dict.fromkeys(("math_inline", "math_inline_double", "math_block", "math_block_label"), "dollarmath"),
    "amsmath": "amsmath",
}
"""Formulas without a name, by their tokens, with the extension of MyST that knows them."""
_OPTION: Final = re.compile(r"^[ \t]*:?([\w-]+):(?:[ \t]|$)")


def check_text(text: Located, markup: Markup, problems: Problems, rules: Rules = DEFAULT) -> None:
    """Add to *problems* what *text* must not contain, what *rules* refuse, and mark-up that does nothing."""
    has_brace, may_link = "{" in text, "<" in text or "](" in text
    if not (has_brace or may_link or may_have_markup(text)):
        return
    if may_link and (_HTML.search(text) or _LINK.search(text)):
        _check_links(text, markup, problems, rules)
    if has_brace:
        check_directives(text, markup, problems, rules)
    if has_brace and _CITATION.search(text):
        _check_citations(text, markup, problems)
    for dead in dead_markup(text, markup, rules):
        problems.add(Code.MARKUP, dead.message, text.position_at(dead.start), dead.hint)
    if (has_brace or "$" in text or "\\" in text) and _FORMULA.search(text):
        for source in _formulas(text, markup, rules):
            if fault := fault_of(source, rules.settings.math_commands):
                problems.extend([unsafe(text, fault.message, fault.hint, fault.source)])


def _check_links(text: Located, markup: Markup, problems: Problems, rules: Rules) -> None:
    """Note HTML, and links to what runs scripts, outside of code."""
    bare = without_code(text, markup, rules)
    if html := _HTML.search(bare):
        hint = "it is shown as text; write MyST instead, or `<` between backticks"
        message = f"HTML has no place here: '{html[0][:40]}'"
        problems.add(Code.UNSAFE, message, text.position_at(html.start()), hint)
    if link := _LINK.search(bare):
        message, hint = address_refusal(link[1])
        problems.add(Code.UNSAFE, message, text.position_at(link.start(1)), hint)


def _check_citations(text: Located, markup: Markup, problems: Problems) -> None:
    """Note citations that are no list of keys; which keys there are is another question."""
    for span in markup_spans(text, markup):
        if span.kind is Kind.ROLE and span.name.partition(":")[0] == "cite" and not cited_keys(span.content):
            message, hint = list_fault(span.content)
            problems.add(Code.UNKNOWN_CITATION, message, text.position_at(span.content_start), hint)


def unsafe(text: Located, message: str, hint: str, source: str) -> Problem:
    """Return a problem at the place of *source* in *text*, as far as it stands there as it is."""
    found = (text.find(part) for part in (source, source.partition(":")[0]))
    place = text.position_at(next((place for place in found if place >= 0), 0))
    return Problem(place, Code.UNSAFE, message, hint)


def _formulas(text: Located, markup: Markup, rules: Rules) -> Iterator[str]:
    """Yield the formulas in *text* that a project with these settings has, as the parser of a build hands them on."""
    refused_until = 0
    for span in sorted(markup_spans(text, markup), key=lambda span: (span.start, span.depth)):
        if span.start < refused_until:
            continue
        if span.kind is Kind.DIRECTIVE and list(_refusals(span, rules)):
            refused_until = span.end
        elif span.kind is not None:
            is_permitted = span.name.lower().removeprefix("std:") == "math" and rules.permits(span.kind, span.name)
            yield from [_content(span)] if is_permitted else []
        elif (_SYNTAXES.get(span.syntax) or "") in rules.settings.syntax:
            yield span.content


def _content(span: MarkupSpan) -> str:
    """Return the formula of a role or directive, without the options that a directive may begin with."""
    if span.kind is Kind.ROLE:
        return span.content
    lines = span.content.split("\n")
    while lines and (not lines[0].strip() or _OPTION.match(lines[0])):
        lines.pop(0)
    return "\n".join(lines).rstrip("\n")


def check_directives(text: Located, markup: Markup, problems: Problems, rules: Rules = DEFAULT) -> None:
    """Add every directive and role in *text* that *rules* do not permit to *problems*; it is shown as it is written."""
    has_fence = markup is Markup.BLOCK and _FENCE.search(text) is not None
    if not has_fence and all(rules.permits(Kind.ROLE, name) for name in set(_ROLE.findall(text))):
        return
    refused_until = 0
    for span in sorted(markup_spans(text, markup), key=lambda span: (span.start, span.depth)):
        if span.kind is None or span.start < refused_until:
            continue
        refusals = list(_refusals(span, rules))
        for refused in refusals:
            problems.add(Code.UNSAFE, refused.message, text.position_at(span.start), refused.hint)
        if refusals and span.kind is Kind.DIRECTIVE:
            refused_until = span.end


def _refusals(span: MarkupSpan, rules: Rules) -> Iterator[Refusal]:
    """Yield what is wrong with a directive or role."""
    if span.kind is None or not rules.permits(span.kind, span.name):
        yield refusal(span.kind or Kind.ROLE, span.name, rules)
    elif span.kind is Kind.DIRECTIVE and span.depth >= MAX_DEPTH:
        yield DEPTH_REFUSAL
    elif span.kind is Kind.DIRECTIVE:
        refused = READING_OPTIONS.get(span.name.lower(), frozenset())
        yield from (option_refusal(span.name, option) for option in _options(span.content) if option in refused)


def _options(content: str) -> Iterator[str]:
    """Yield the names of the options that a directive's content begins with, in either of MyST's two forms."""
    lines = content.splitlines()
    is_yaml = bool(lines) and lines[0].startswith("---")
    for line in lines[is_yaml:]:
        option = _OPTION.match(line)
        if line.startswith("---") or not (is_yaml or line.lstrip().startswith(":")):
            return
        if option:
            yield option[1]
