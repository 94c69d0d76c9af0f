"""The results on each benchmark, of all surveys, the best first: as CSV for spreadsheets and as JSON for programs."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.exports import records
from sphinx_paper_table.exports.addresses import results_address
from sphinx_paper_table.exports.taken_over import taken_over
from sphinx_paper_table.survey.rankings import RankedResult, rankings
from sphinx_paper_table.survey.selection import Selection, select

if TYPE_CHECKING:
    from sphinx_paper_table.survey.catalogue import Catalogue

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What the text of a cell must not begin with; the last four are as wide as Chinese signs."""
_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)


def results_files(catalogue: Catalogue) -> dict[str, str]:
    """Return address to text for every benchmark of the vocabulary that has a result, under former ids too."""
    view = select(catalogue, Selection())
    files = {}
    for ranking in rankings(view, catalogue) if view else ():
        if ranking.id in catalogue.vocabulary.benchmarks:
            rows = tuple(map(_standing, ranking.rows))
            file = records.ResultsFile(
                version=records.VERSION, id=ranking.id, benchmark=ranking.benchmark, results=rows
            )
            for form, text in (("csv", _csv(rows)), ("json", records.json_text(file))):
                names = (ranking.id, *ranking.benchmark.aliases)
                files.update(dict.fromkeys((results_address(str(name), form) for name in names), text))
    return files


def _standing(row: RankedResult) -> records.Standing:
    result = row.result
    number: dict[str, Any] = {
        "value": float(result.value),
        "printed": f"{result.value:f}",
        "secondary": row.is_secondary,
    }
    return records.Standing(
        **taken_over(result, records.Standing),
        **number,
        paper=row.paper,
        name=row.name,
        date=row.date or None,
    )


def _csv(rows: tuple[records.Standing, ...]) -> str:
    """Return a table with the keys as its head; what is not known is empty, and truth is ``true`` or ``false``."""
    names = [field.name for field in fields(records.Standing)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        cells = [getattr(row, name) for name in names]
        writer.writerow(map(_cell, cells))
    return text.getvalue()


def _cell(value: object) -> object:
    """Return what stands in a cell; spreadsheets would run a text that begins like a formula.

    An apostrophe before it makes it text (https://owasp.org/www-community/attacks/CSV_Injection); numbers stay numbers.
    """
    if isinstance(value, bool):
        return str(value).lower()
    is_formula = isinstance(value, str) and value.startswith(_FORMULA) and not _NUMBER.fullmatch(value)
    return f"'{value}" if is_formula else value
