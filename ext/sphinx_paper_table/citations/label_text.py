"""The words between the names of a label, in the language of the build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.locale import get_translation, init

from sphinx_paper_table.compat.sphinx import compiled_catalog
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
    """Register the package's own labels, for projects without paper tables too.

    A project may translate them in its ``locale_dirs``: what it says comes first. Sphinx compiles its catalogues only
    after extensions are loaded, so that this one is compiled here.
    """
    language, charset = app.config.language, app.config.source_encoding
    folders = [Path(app.srcdir, directory) for directory in app.config.locale_dirs]
    for folder in folders:
        compiled_catalog(folder / language / "LC_MESSAGES", CATALOG, language, charset)
    init(folders, language, CATALOG)
    app.add_message_catalog(CATALOG, str(Path(__file__).parent.parent / "locale"))
