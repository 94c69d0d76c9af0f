"""How a number was reached, in the words of the reader's language."""

from __future__ import annotations

from sphinx_paper_table.sphinx_host.translation import _
from sphinx_paper_table.survey.settings import SettingWords


def setting_words() -> SettingWords:
    """Return the words as the extension's own catalogue translates them."""
    return SettingWords(
        parameters=str(_("%s parameters")),
        data=str(_("trained on %s")),
        epochs=str(_("%s epochs")),
        resolution=str(_("%s px")),
        frames=str(_("%s frames")),
        views=str(_("%s views")),
        shots=str(_("%s shots")),
        comma=str(_(", ")),
    )
