"""The configuration values of citations, which projects without paper tables have too; see `reading.options`."""

from __future__ import annotations

from typing import Final

from sphinx_paper_table.bibliography.public_fields import OPTION as PUBLIC_FIELDS
from sphinx_paper_table.reading.options import ConfigOption
from sphinx_paper_table.survey.known_problems import IGNORE

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
        lambda _value: "",
        "",
    ),
)
"""What citations have, also without paper tables."""
