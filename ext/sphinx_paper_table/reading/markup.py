"""What a reader's sentence must not contain, found without parsing it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.reading.directives import check_directives
from sphinx_paper_table.survey.addresses import refusal
from sphinx_paper_table.survey.allowed import DEFAULT
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.mentions import place_in
from sphinx_paper_table.survey.problems import Code, Problems

if TYPE_CHECKING:
    from sphinx_paper_table.survey.allowed import Rules
    from sphinx_paper_table.survey.located import Located

_TICKS_OR_MATH: Final = re.compile(r"`+|\$[^$\n]+\$")
_HTML: Final = re.compile(
    r"<(?:!--|/?[A-Za-z][\w:-]*(?:\s[^<>]*)?/?>|/?(?:script|style|iframe|object|embed)\b)", re.IGNORECASE
)
_LINK: Final = re.compile(r"(?:\]\(|<)[\s<]{0,9}((?:javascript|data|vbscript|file)\s{0,9}:)", re.IGNORECASE)
"""Links that act, as they are mostly written: for reports without Sphinx. What becomes a link, nodes decide."""


def check_text(text: Located, markup: Markup, problems: Problems, rules: Rules = DEFAULT) -> None:
    """Note what *text* must not contain: HTML (never passed on), addresses that run scripts, what *rules* refuse."""
    bare = str(text) if markup in {Markup.PLAIN, Markup.NAME} else without_code(text)
    if found := _HTML.search(bare):
        hint = "it is shown as text; write MyST instead, or `<` between backticks"
        message = f"HTML has no place here: '{found[0][:40]}'"
        problems.add(Code.UNSAFE, message, place_in(text, found.start()), hint)
    if found := _LINK.search(bare):
        message, hint = refusal(found[1])
        problems.add(Code.UNSAFE, message, place_in(text, found.start(1)), hint)
    check_directives(text, markup, problems, rules)


def without_code(text: str) -> str:
    """Return *text* with spaces in the place of code spans and formulas, in time that grows with its length.

    A span ends at the next run of as many backticks as it begins with; a run that none follows is text (CommonMark
    0.31.2, section 6.1).
    """
    runs = list(_TICKS_OR_MATH.finditer(text))
    ends: dict[int, list[int]] = {}
    for number, run in enumerate(runs):
        if run[0].startswith("`"):
            ends.setdefault(len(run[0]), []).append(number)
    parts, done, number = [], 0, 0
    while number < len(runs):
        run, last = runs[number], number
        if run[0].startswith("`"):
            same = ends[len(run[0])]
            place = bisect_right(same, number)
            if place == len(same):
                number += 1
                continue
            last = same[place]
        end = runs[last].end()
        parts += [text[done : run.start()], " " * (end - run.start())]
        done, number = end, last + 1
    return "".join((*parts, text[done:]))
