"""What readers filter numbers by: the fields of their settings."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sphinx_paper_table.cards.facets import Choice
from sphinx_paper_table.survey.settings import SETTINGS, settings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_paper_table.survey.entities import Result
    from sphinx_paper_table.survey.rankings import RankedResult


def setting_choices(results: Iterable[Result]) -> dict[str, tuple[Choice, ...]]:
    """Return the values of each field that has several, as numbers where they are, with how many results have them."""
    settings = [settings_of(result) for result in results]
    found = {}
    for name in SETTINGS:
        counts = Counter(str(setting[name]) for setting in settings if setting[name] is not None)
        if len(counts) > 1:
            found[name] = tuple(Choice(value, value, counts[value]) for value in sorted(counts, key=_order))
    return found


def facts_of_row(row: RankedResult, choices: Mapping[str, tuple[Choice, ...]]) -> str:
    """Return what the script of the filter reads of a row, see `cards.filter.facts_of`."""
    settings = settings_of(row.result)
    places = []
    for name, known in choices.items():
        place = next((number for number, choice in enumerate(known) if choice.value == str(settings[name])), "")
        places.append(str(place))
    return ",".join(("", "", "", "", row.date[:4], row.date, *places))


def _order(value: str) -> tuple[float, str]:
    return (float(value), "") if value.isdecimal() else (float("inf"), value.casefold())
