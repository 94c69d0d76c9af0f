"""Everything that a site publishes for programs, by its permanent address; writing is left to the caller."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.export.bib_files import bib_file, keys_of
from sphinx_paper_table.export.csl import csl_items, csl_json
from sphinx_paper_table.export.json_schema import NAMES, schema_text
from sphinx_paper_table.export.papers import bib_address, papers_json
from sphinx_paper_table.export.ris import ris_text
from sphinx_paper_table.model.fields import ID_PATTERN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pybtex.database import Entry

    from sphinx_paper_table.export.papers import Site
    from sphinx_paper_table.model.catalogue import Catalogue

PAPERS: Final = "papers.json"
"""The file that also says which others there are; see `former_files`."""


def export_files(catalogue: Catalogue, entries: Mapping[str, Entry], site: Site) -> dict[str, str]:
    """Return address to text, `PAPERS` first; equal arguments give equal texts.

    *entries* are pybtex's entries of the catalogue's references.
    """
    references = catalogue.references
    items = csl_items(references, entries)
    return {
        PAPERS: papers_json(catalogue, site),
        "refs.bib": bib_file(references, references, entries),
        **_survey_files(catalogue, entries),
        "references.json": csl_json(items),
        "references.ris": ris_text(items),
        **{f"schema/{name}": schema_text(name) for name in NAMES},
    }


def _survey_files(catalogue: Catalogue, entries: Mapping[str, Entry]) -> dict[str, str]:
    """Return the BibTeX files of the surveys, under former ids too."""
    found = {}
    for survey in catalogue.surveys.values():
        text = bib_file(keys_of(survey, catalogue), catalogue.references, entries)
        found.update(dict.fromkeys(map(bib_address, (survey.survey, *survey.aliases)), text))
    return found


def former_files(papers: str) -> set[str]:
    """Return the addresses that come and go with surveys, as an earlier text of `PAPERS` names them."""
    try:
        surveys = json.loads(papers)["surveys"]
        names = {name for survey, record in surveys.items() for name in (survey, *record["aliases"])}
    except (ValueError, KeyError, TypeError, AttributeError):
        return set()
    return {bib_address(name) for name in names if isinstance(name, str) and re.fullmatch(ID_PATTERN, name)}
