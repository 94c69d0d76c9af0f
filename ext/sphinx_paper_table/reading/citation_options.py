"""The configuration values of citations, which projects without paper tables have too; see `reading.options`."""

from __future__ import annotations

from typing import Any, Final

from sphinx_paper_table.bibliography.public_fields import OPTION as PUBLIC_FIELDS
from sphinx_paper_table.reading.options import ConfigOption
from sphinx_paper_table.survey.known_problems import IGNORE
from sphinx_paper_table.survey.problems import Code, nearest

_OF_BIBTEX: Final = "bibtex-"
"""How the kinds of problems of the bibliography begin."""


def _kinds_and_keys(value: Any) -> str:
    """Return what is wrong with kinds of problems and cite keys; a key may be called anything else."""
    kinds = {str(code) for code in Code if code.startswith(_OF_BIBTEX)}
    for name in map(str, value):
        kind = name.partition(":")[0]
        if kind.startswith(_OF_BIBTEX) and kind not in kinds:
            return f"there is no kind of problem '{kind}'; {nearest(kind, kinds)}"
    return ""


CITATION_OPTIONS: Final = (
    ConfigOption(
        "citations_cited_on",
        default=True,
        types=(bool,),
        help="Whether each reference lists the pages, sections and cards that cite it.",
        check=lambda _value: "",
        rebuild="html",
    ),
    ConfigOption(
        "citations_bibtex",
        default=True,
        types=(bool,),
        help="Whether each reference shows its BibTeX to copy (HTML only).",
        check=lambda _value: "",
        rebuild="html",
    ),
    ConfigOption(
        PUBLIC_FIELDS,
        [],
        (list, tuple),
        "Fields of BibTeX entries that exports and BibTeX to copy have beside those that describe a work, such as "
        "`abstract` and `keywords`.",
        lambda _value: "",
        "html",
    ),
    ConfigOption(
        "citations_compatible",
        default=False,
        types=(bool,),
        help="Whether lists and citations are printed as sphinxcontrib-bibtex does: an entry without a field that its "
        "style asks for is replaced by that message, and a citation that leads nowhere by `[]` or nothing.",
        check=lambda _value: "",
    ),
    ConfigOption(
        IGNORE,
        [],
        (list, tuple),
        "Problems of the bibliography that neither a build nor `paper-table check` mentions: kinds (`bibtex-field`), "
        "cite keys (`he2020momentum`), or a kind at a key (`bibtex-field:he2020momentum`).",
        _kinds_and_keys,
        "",
    ),
)
"""What citations have, also without paper tables."""
