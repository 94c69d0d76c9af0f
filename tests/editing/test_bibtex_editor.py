"""BibTeX files are changed where they are meant to be: comments, strings, columns of equals signs and quotes stay."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_paper_table.editing.bibtex_editor import BibtexEditor
from sphinx_paper_table.editing.documents import Document, EditError, open_document
from sphinx_paper_table.survey.edits import apply_edits, inverse

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_paper_table.editing.bibtex_editor import Entry

BIB = """\
% a comment with @ and {
@string{cvpr = "Conference"}

@Article{ old ,
  author    = {A, B},
  title     = "A {T}itle, with = and , and {\\"o}",
  journal   = cvpr # { 2020},
  year      = 2020
}
@comment{old}
@misc(two, title={x},year={2021},)
@misc{three}"""


def done(change: Callable[[BibtexEditor, Entry], None], key: str = "old", text: str = BIB) -> str:
    editor = BibtexEditor(Document("a.bib", Path("a.bib"), text.encode(), text))
    entry = editor.entry(key)
    assert entry is not None
    change(editor, entry)
    after = apply_edits(text, editor.finished())
    assert apply_edits(after, inverse(text, editor.edits)) == text
    return after


def test_a_key_is_renamed_alone() -> None:
    assert done(lambda editor, entry: editor.set_key(entry, "new")) == BIB.replace("{ old ,", "{ new ,")


@pytest.mark.parametrize(
    ("key", "field", "value", "before", "after"),
    [
        ("old", "year", "2021", "= 2020\n", "= 2021\n"),
        ("old", "title", "T", '"A {T}itle, with = and , and {\\"o}"', '"T"'),
        ("old", "journal", "J", "cvpr # { 2020}", "{J}"),
        ("old", "ids", "former", "= 2020\n", "= 2020,\n  ids       = {former}\n"),
        ("two", "ids", "former", "year={2021},)", "year={2021},ids={former},)"),
        ("two", "year", "", "year={2021}", "year={}"),
        ("three", "title", "T", "{three}", "{three,\n  title = {T}}"),
    ],
)
def test_a_field_is_set(key: str, field: str, value: str, before: str, after: str) -> None:
    assert done(lambda editor, entry: editor.set_field(entry, field, value), key) == BIB.replace(before, after)


def test_a_field_that_was_added_can_go() -> None:
    with_ids = done(lambda editor, entry: editor.set_field(entry, "ids", "former"))
    assert done(lambda editor, entry: editor.remove_field(entry, "ids"), text=with_ids) == BIB


def test_entries_go_and_come() -> None:
    without = done(BibtexEditor.remove_entry, "two")
    assert without == BIB.replace("@misc(two, title={x},year={2021},)\n", "")
    assert done(lambda editor, _entry: editor.append("@misc{new}")) == f"{BIB}\n\n@misc{{new}}\n"


@pytest.mark.parametrize("value", ["a } b", "{", "a } , year = {1"])
def test_a_value_that_would_end_its_field_is_refused(value: str) -> None:
    with pytest.raises(EditError, match=r"a\.bib:\d+:\d+: the entry cannot be changed safely"):
        done(lambda editor, entry: editor.set_field(entry, "title", value), "two")


def test_a_latin_file_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_bytes("@misc{a, title = {\xe9\r\n}, author = {B}}\r\n".encode("latin-1"))
    document = open_document(path, "a.bib", legacy=True)
    editor = BibtexEditor(document)
    editor.set_field(editor.entries[0], "author", "\xe8")
    assert document.edited(editor.finished()) == "@misc{a, title = {\xe9\r\n}, author = {\xe8}}\r\n".encode("latin-1")
    editor = BibtexEditor(document)
    editor.set_field(editor.entries[0], "author", "\u4f60")
    with pytest.raises(EditError, match="convert it to UTF-8"):
        document.edited(editor.finished())
