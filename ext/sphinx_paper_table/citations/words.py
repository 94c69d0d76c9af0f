"""The words between the names of a label, in the language of the build."""

from __future__ import annotations

from sphinx.locale import get_translation

from sphinx_paper_table.model.bibliography import LabelWords

_ = get_translation("sphinx_paper_table")


def label_words() -> LabelWords:
    """Return the words as the extension's own catalogue translates them."""
    return LabelWords(two=str(_("%s and %s")), many=str(_("%s et al.")))
