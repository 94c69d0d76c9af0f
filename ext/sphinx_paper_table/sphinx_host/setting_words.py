"""How a number was reached, and what became of a paper, in the words of the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.sphinx_host.translation import _
from sphinx_paper_table.survey.settings import PHRASES, SettingWords
from sphinx_paper_table.survey.status import STATUS_WORDS

if TYPE_CHECKING:
    from sphinx_paper_table.survey.status_lines import StatusLine


def setting_words() -> SettingWords:
    """Return the words as the extension's own catalogue translates them."""
    phrases = tuple((name, str(_(phrase))) for name, phrase in PHRASES.items())
    states = tuple((kind, (str(_(bare)), str(_(whole)))) for kind, (bare, whole) in STATUS_WORDS.items())
    return SettingWords(phrases, str(_(", ")), states)


def status_words(line: StatusLine) -> str:
    """Return a status as a text."""
    return str(_(line.message)).format(other=line.other)


def state_mark(kind: str) -> str:
    """Return what stands behind a name in a list where nothing is printed as a badge; empty without a status."""
    word = str(_(STATUS_WORDS[kind][0])) if kind else ""
    return f" [{word}]" if word else ""
