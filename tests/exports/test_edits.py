"""Files in which what an edit has changed is replaced are those that would be written anew."""

from __future__ import annotations

from typing import Final

import pytest
from tests.exports.test_papers import SITE
from tests.support.texts import BIB, SURVEY, VOCABULARY, bibliography_of, edited, load_files

from sphinx_paper_table.bibliography.former_entries import former_entries
from sphinx_paper_table.exports.edits import Edit, edited_files, replaced
from sphinx_paper_table.exports.files import export_files
from sphinx_paper_table.features.search.search_file import edited_search, search_file
from sphinx_paper_table.survey.references import ENGLISH

OTHER: Final = """survey: a
title: A
papers:
  - {id: apart, name: Apart, summary: Not this., cite: third2019}
  - ref: new
"""
LAST: Final = "survey: z\ntitle: Z\naliases: [y]\nsummary: The last.\n"


def load(survey: str, bib: str = BIB) -> tuple[Edit, dict[str, str], dict[str, str]]:
    """Return the edit of the good survey to *survey*, and the files of a site before and after it."""
    before, now = (
        load_files({"a.yaml": OTHER, "s.yaml": text, "v.yaml": VOCABULARY, "z.yaml": LAST}, {"refs.bib": entries})
        for text, entries in ((SURVEY, BIB), (survey, bib))
    )
    files = [
        {
            **export_files(loaded.catalogue, loaded.entries, SITE),
            **search_file(loaded.catalogue, SITE, ENGLISH),
        }
        for loaded in (before, now)
    ]
    return Edit(before.catalogue, now.catalogue, frozenset({"s"})), files[0], files[1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("See {paper}`old`.", "See {cite:t}`third2019` and “it”."),
        ("points: [One point.]", "points: [One, Two]"),
        ("About the first.", "Much"),
        ("Here again.", "Not here."),
        (
            "          - {title: Talk, youtube: https://example.org/talk}",
            "          - {title: B, youtube: https://a.b/c}",
        ),
    ],
)
def test_an_edit_that_others_do_not_see(old: str, new: str) -> None:
    edit, before, now = load(edited(SURVEY, old, new))
    entries = load_files({}, {"refs.bib": BIB}).entries
    exports = edited_files(edit, entries, SITE, lambda address: before[address].encode())
    search = edited_search(edit, SITE, ENGLISH, before.__getitem__)
    assert exports is not None
    assert search is not None
    texts = {address: content.decode() for address, content in exports.items()}
    assert {**before, **texts, **search} == now
    assert not search or search.keys() == {"data/search.js"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The New", "The Newest of {All}"),
        ("  eprint = {2003.04297},", "  eprint = {2003.04297},\n  pages = {3--4},"),
        ("New, Ann and", "New, Anna and"),
        ("The Old", "The Oldest"),
    ],
)
def test_an_entry_that_others_do_not_see(old: str, new: str) -> None:
    _edit, before, now = load(SURVEY, edited(BIB, old, new))
    bibliographies = [bibliography_of(text)[0] for text in (BIB, edited(BIB, old, new))]
    edit = _edit._replace(surveys=frozenset({"s"}), entries=former_entries("", *bibliographies))
    exports = edited_files(edit, bibliographies[1].database.entries, SITE, lambda address: before[address].encode())
    search = edited_search(edit, SITE, ENGLISH, before.__getitem__)
    assert exports is not None
    assert search is not None
    texts = {address: content.decode() for address, content in exports.items()}
    assert {**before, **texts, **search} == now
    assert now["refs.bib"] != before["refs.bib"]


def test_files_that_say_something_else_are_not_edited() -> None:
    edit, before, _now = load(edited(SURVEY, "See {paper}`old`.", "Nothing."))
    assert edited_files(edit, {}, SITE, lambda _address: b"{}") is None
    assert edited_search(edit, SITE, ENGLISH, lambda address: before[address].replace("See", "Say")) is None


def test_one_text_in_the_place_of_another() -> None:
    assert replaced(b"a b c", [("b", "d"), ("c", "c"), ("d", "e")]) == b"a e c"
    assert replaced(b"a b c", [("x", "x")]) == b"a b c"
    assert replaced(b"a b c", [("x", "y")]) is None
    assert replaced(b"a b b", [("b", "c")]) is None
