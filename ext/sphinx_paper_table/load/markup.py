"""What a reader's sentence must not contain, found without parsing it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.model.addresses import refusal
from sphinx_paper_table.model.fields import Markup
from sphinx_paper_table.model.mentions import place_in
from sphinx_paper_table.model.problems import Code, Problems

if TYPE_CHECKING:
    from sphinx_paper_table.model.located import Located

_CODE: Final = re.compile(r"(`+)(?:(?!\1).)+?\1|\$[^$\n]+\$", re.DOTALL)
_HTML: Final = re.compile(
    r"<(?:!--|/?[A-Za-z][\w:-]*(?:\s[^<>]*)?/?>|/?(?:script|style|iframe|object|embed)\b)", re.IGNORECASE
)
REFUSED_DIRECTIVES: Final = frozenset(
    {
        *("raw", "eval-rst", "role", "default-role", "meta"),  # pass text through unseen, or change the whole page
        *("include", "literalinclude", "csv-table"),  # read other files
        *("toctree", "paper-table"),  # belong to pages; a survey's table within its own summary has no end
    }
)
"""Directives that have no place in a record's text."""
_DIRECTIVE: Final = re.compile(
    rf"^[ \t>]*(`{{3,}}|:{{3,}}|~{{3,}})\s*\{{({'|'.join(sorted(REFUSED_DIRECTIVES))})\}}", re.MULTILINE
)
_LINK: Final = re.compile(r"(?:\]\(|<)[\s<]{0,9}((?:javascript|data|vbscript|file)\s{0,9}:)", re.IGNORECASE)
"""Links that act, as they are mostly written: for reports without Sphinx. What becomes a link, nodes decide."""


def check_text(text: Located, markup: Markup, problems: Problems) -> None:
    """Note what *text* must not contain: HTML (never passed on), addresses that run scripts, unsafe directives."""
    bare = str(text) if markup in {Markup.PLAIN, Markup.NAME} else _CODE.sub(lambda found: " " * len(found[0]), text)
    if found := _HTML.search(bare):
        hint = "it is shown as text; write MyST instead, or `<` between backticks"
        message = f"HTML has no place here: '{found[0][:40]}'"
        problems.add(Code.UNSAFE, message, place_in(text, found.start()), hint)
    if found := _LINK.search(bare):
        message, hint = refusal(found[1])
        problems.add(Code.UNSAFE, message, place_in(text, found.start(1)), hint)
    for found in _DIRECTIVE.finditer(text) if markup is Markup.BLOCK else ():
        message = f"the directive '{found[2]}' has no place here"
        problems.add(Code.UNSAFE, message, place_in(text, found.start(1)), "write the content itself")
