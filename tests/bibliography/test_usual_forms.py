"""Fields and names in their usual form are read as pybtex reads them, which takes longer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pybtex.database import Person
from tests.support.texts import bibliography_of

from sphinx_paper_table.bibliography import plain_entries, scanner
from sphinx_paper_table.bibliography.names import people

_ROOT = Path(__file__).parents[2]
_ENTRY = "@article{x, title = {A {B} c}, note={}, Year ={2020} , doi = {10.1/x}, author = {Moss, Ann}, }\n"


def _forms() -> list[str]:
    """Return an entry with every single character of it taken out or doubled, and the entries of the site."""
    singles = [
        _ENTRY[:place] + part + _ENTRY[place + 1 :] for place, sign in enumerate(_ENTRY) for part in ("", sign * 2)
    ]
    return [*singles, (_ROOT / "refs.bib").read_text("utf-8")]


def test_fields_are_those_of_pybtex(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [bibliography_of(text) for text in _forms()]
    for module in (scanner, plain_entries):
        monkeypatch.setattr(module, "FIELD", re.compile(r"(?!)"))
    for text, (fast, problems) in zip(_forms(), found, strict=True):
        slow, expected = bibliography_of(text)
        assert (fast.references, fast.contents) == (slow.references, slow.contents), text
        assert problems == expected, text


@pytest.mark.parametrize(
    "name",
    [
        "Moss, Ann",
        "Moss-Fern, Ann B. C.",
        "O'Neil, J.-P.",
        "van Moss, Ann",
        "Moss, Jr, Ann",
        "de la Moss, Ann",
        "moss, a",
    ],
)
def test_names_are_those_of_pybtex(name: str) -> None:
    (person, odd), *others = people(name)
    assert (person, odd, others) == (Person(name), "", [])
