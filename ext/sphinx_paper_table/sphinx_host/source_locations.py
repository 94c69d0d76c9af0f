"""Where a number stands in its source, such as "Table 4", in the words of the reader's language.

These few words recur in every survey: translating them once for all spares translators a message for each number.
"""

from __future__ import annotations

import re
from typing import Final

from sphinx_paper_table.sphinx_host.translation import _

NUMBERED: Final = {
    "table": _("Table %s"),
    "figure": _("Figure %s"),
    "section": _("Section %s"),
    "chapter": _("Chapter %s"),
    "appendix": _("Appendix %s"),
    "equation": _("Equation %s"),
    "algorithm": _("Algorithm %s"),
    "page": _("page %s"),
}
"""What has a number or a letter, by its English name."""
NAMED: Final = {
    "abstract": _("abstract"),
    "appendix": _("appendix"),
    "caption": _("caption"),
    "footnote": _("footnote"),
    "supplement": _("supplement"),
    "leaderboard": _("leaderboard"),
    "model zoo": _("model zoo"),
    "notebook": _("notebook"),
    "result table": _("result table"),
}
"""What stands alone, by its English name."""
_NUMBERED: Final = re.compile(rf"({'|'.join(NUMBERED)}) ([A-Z]?[\d.]*\d[a-z]?|[IVXLC]+|[A-Z])", re.IGNORECASE)


def localised_location(text: str) -> str:
    """Return a location in a source, such as "page 7, Table 2", in the words of the build's language.

    Its parts are separated by a comma; a part whose name is not known stays as it is.
    """
    parts = text.split(", ")
    said = [_localised_part(part) for part in parts]
    return text if said == parts else str(_(", ")).join(said)


def _localised_part(text: str) -> str:
    found = _NUMBERED.fullmatch(text)
    said = str(NUMBERED[found[1].lower()]) % found[2] if found else str(NAMED.get(text.lower(), text))
    # Where nothing is translated, the author's own capitals stay.
    return text if said.lower() == text.lower() else said
