"""How a number was reached: the one line that readers see of the fields of its setting.

`Result` declares the fields with their phrases; the line has the words of a `SettingWords`, so that order and
punctuation are the same on cards, in rankings and in comparisons.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.survey.entities import Result
from sphinx_paper_table.survey.introspection import hints
from sphinx_paper_table.survey.shown import Phrase
from sphinx_paper_table.survey.status import STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

PHRASES: Final = {
    name: mark.message
    for name, hint in hints(Result).items()
    for mark in getattr(hint, "__metadata__", ())
    if isinstance(mark, Phrase)
}
"""The fields of a setting in the order of the line, with what English says of each; the free text stands last."""
SETTINGS: Final = tuple(PHRASES)


@dataclass(frozen=True, slots=True)
class SettingWords:
    """How a language says the fields of `PHRASES`, as (name, phrase), what parts them, and `STATUS_WORDS`."""

    phrases: tuple[tuple[str, str], ...] = tuple(PHRASES.items())
    comma: str = ", "
    states: tuple[tuple[str, tuple[str, str]], ...] = tuple(STATUS_WORDS.items())


ENGLISH: Final = SettingWords()


def settings_of(result: Result) -> dict[str, Any]:
    """Return the fields of the setting by name, None where nothing is known."""
    return {name: getattr(result, name) for name in SETTINGS}


def shared_settings(results: Sequence[Result]) -> tuple[str, ...]:
    """Return the names of the fields that say the same of all *results*; of fewer than two, none."""
    if len(results) < 2:  # noqa: PLR2004 (one result shares nothing)
        return ()
    first = settings_of(results[0])
    return tuple(
        name
        for name, value in first.items()
        if value is not None and all(getattr(result, name) == value for result in results)
    )


def setting_line(result: Result, words: SettingWords = ENGLISH, names: Collection[str] = (*SETTINGS, "setting")) -> str:
    """Return what the setting of *result* is, as one line of the fields *names*; empty when nothing is known."""
    phrases = (*words.phrases, ("setting", "%s"))
    said = ((phrase, getattr(result, name)) for name, phrase in phrases if name in names)
    return words.comma.join(phrase % value for phrase, value in said if value is not None)
