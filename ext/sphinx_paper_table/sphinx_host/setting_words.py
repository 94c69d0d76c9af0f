"""How a number was reached, in the words of the reader's language."""

from __future__ import annotations

from sphinx_paper_table.sphinx_host.translation import _
from sphinx_paper_table.survey.settings import PHRASES, SettingWords


def setting_words() -> SettingWords:
    """Return the words as the extension's own catalogue translates them."""
    return SettingWords(tuple((name, str(_(phrase))) for name, phrase in PHRASES.items()), str(_(", ")))
