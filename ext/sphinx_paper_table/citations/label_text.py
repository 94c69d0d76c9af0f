"""The words between the names of a label, in the language of the build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.locale import get_translation

from sphinx_paper_table.survey.references import LabelWords

if TYPE_CHECKING:
    from sphinx.application import Sphinx

CATALOG: Final = "sphinx_paper_table"
"""The gettext domain of the package's own labels."""
_ = get_translation(CATALOG)


def label_words() -> LabelWords:
    """Return the words as the extension's own catalogue translates them."""
    return LabelWords(two=str(_("%s and %s")), many=str(_("%s et al.")), comma=str(_(", ")), undated=str(_("n.d.")))


def semicolon() -> str:
    """Return what parts two labels."""
    return str(_("; "))


def setup_label_text(app: Sphinx) -> None:
    """Register the package's own labels, for projects without paper tables too."""
    app.add_message_catalog(CATALOG, str(Path(__file__).parent.parent / "locale"))
