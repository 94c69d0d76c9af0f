"""How a number was reached: the fields of a setting, each declared once, and the one line that readers see of them.

The records of surveys and of the exports take the types from here; the line has its words from a `SettingWords`, so
that order and punctuation are the same on cards, in rankings and in comparisons.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Annotated, Any, Final

from sphinx_paper_table.survey.fields import Count, Name, Plain, Size, doc

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sphinx_paper_table.survey.entities import Result

Encoder = Annotated[
    Name | None, doc("Network that encodes the input, named as its authors do.", examples=("ResNet-50",))
]
Parameters = Annotated[Name | None, doc("Size of the model in parameters.", examples=("29.6M",))]
Data = Annotated[
    Plain | None, doc("What the model was trained on before, with the amount.", examples=("LAION-2B (2B pairs)",))
]
Epochs = Annotated[Count | None, doc("Passes over the training data.", examples=("200",))]
Resolution = Annotated[Size | None, doc("Size of the input in pixels: a side, or width × height.", examples=("224",))]
Frames = Annotated[Size | None, doc("Frames of a clip, or frames × distance between them.", examples=("8×8",))]
Views = Annotated[Size | None, doc("Views that are averaged, or clips × crops.", examples=("10×3",))]
Shots = Annotated[Count | None, doc("Labelled examples of each class.", examples=("16",))]


@dataclass(frozen=True, slots=True)
class SettingWords:
    """How a language says each field, in the order of the line; ``%s`` is the value."""

    encoder: str = "%s"
    parameters: str = "%s parameters"
    data: str = "trained on %s"
    epochs: str = "%s epochs"
    resolution: str = "%s px"
    frames: str = "%s frames"
    views: str = "%s views"
    shots: str = "%s shots"
    setting: str = "%s"
    comma: str = ", "


ENGLISH: Final = SettingWords()
SETTINGS: Final = tuple(field.name for field in fields(SettingWords) if field.name not in {"setting", "comma"})
"""The names of the fields, in the order of the line; the free text stands after them."""


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
    said = ((getattr(words, name), getattr(result, name)) for name in (*SETTINGS, "setting") if name in names)
    return words.comma.join(phrase % value for phrase, value in said if value is not None)
