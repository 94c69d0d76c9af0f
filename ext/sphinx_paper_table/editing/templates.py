"""The files that a new project begins with: templates, and the words in them by language.

`string.Template` and not Jinja: they have no conditions or loops, and what LaTeX, make, GitHub and MyST write with
dollar signs and braces stays as it is.
"""

from __future__ import annotations

import string
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER: Final = files(__package__) / "templates"


class _Template(string.Template):
    """A text with placeholders such as ``%%title``."""

    delimiter = "%%"


def filled(name: str, values: Mapping[str, str]) -> str:
    """Return the text of the file *name*, such as ``conf.py``, with *values* in the places of its placeholders.

    The lines of a value are indented as the line with its placeholder. Raises `KeyError` for a placeholder without a
    value.
    """
    lines = (_FOLDER / f"{name}.in").read_text("utf-8").splitlines(keepends=True)
    return "".join(_filled_line(line, values) for line in lines)


def _filled_line(line: str, values: Mapping[str, str]) -> str:
    indent = line[: len(line) - len(line.lstrip(" "))]
    return _Template(line).substitute({name: value.replace("\n", f"\n{indent}") for name, value in values.items()})


@cache
def words(language: str) -> Mapping[str, str]:
    """Return what a new project says in *language*; in English where there is no translation."""
    known: dict[str, dict[str, str]] = yaml.safe_load((_FOLDER / "words.yaml").read_text("utf-8"))
    return known.get(language) or known["en"]
