"""The permanent addresses of a site's files for programs, relative to its base; what stands there is made elsewhere.

Apart from that, so that the command line knows the addresses without the records that the files are made of.
"""

from __future__ import annotations

from typing import Final

from sphinx_paper_table.survey.filenames import file_name

PAPERS: Final = "papers.json"
"""The file that also says which others there are."""
BIBLIOGRAPHY: Final = "refs.bib"
CSL: Final = "references.json"
RIS: Final = "references.ris"
PAPERS_SCHEMA: Final = "papers.schema.json"
RESULTS_SCHEMA: Final = "results.schema.json"
SURVEY_SCHEMAS: Final = ("survey.schema.json", "vocabulary.schema.json")
SCHEMAS: Final = (*SURVEY_SCHEMAS, PAPERS_SCHEMA, RESULTS_SCHEMA)
"""The files below ``schema/``."""
FORMS: Final = ("csv", "json")
"""The formats of the numbers on a benchmark."""
FIXED: Final = (PAPERS, BIBLIOGRAPHY, CSL, RIS, *(f"schema/{name}" for name in SCHEMAS))
"""The files that every site has."""


def bib_address(survey: str) -> str:
    """Return the address of a survey's BibTeX file."""
    return f"surveys/{file_name(survey, '.bib')}"


def results_address(benchmark: str, form: str) -> str:
    """Return the address of a benchmark's file in one of `FORMS`."""
    return f"results/{file_name(benchmark, f'.{form}')}"
