"""A name joins a list in ``conf.py`` as somebody would have written it there, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_paper_table.editing.conf_editor import add_to_list
from sphinx_paper_table.editing.documents import Document
from sphinx_paper_table.survey.edits import apply_edits


def edited(text: str) -> str | None:
    edits = add_to_list(Document("conf.py", Path("conf.py"), text.encode(), text), "extensions", "new")
    return None if edits is None else apply_edits(text, edits)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("extensions = []\n", 'extensions = ["new"]\n'),
        ("extensions = ['a']\n", "extensions = ['a', 'new']\n"),
        ('extensions = ["a", "b",]\n', 'extensions = ["a", "b", "new",]\n'),
        ('extensions = [\n    "a",  # why\n]\n', 'extensions = [\n    "a",  # why\n    "new",\n]\n'),
        ('extensions = [\n    "a"  # why\n]\n', 'extensions = [\n    "a",  # why\n    "new"\n]\n'),
        ('extensions = [\n    "a", "b",\n]\n', 'extensions = [\n    "a", "b", "new",\n]\n'),
        ("extensions = [\n  # none yet\n]\n", 'extensions = ["new"\n  # none yet\n]\n'),
        ('extensions: list[str] = ["a"]\n', 'extensions: list[str] = ["a", "new"]\n'),
        ("extensions = 'é', x\n", "extensions = 'é', x, \"new\"\n"),
        ("é = 'ü'; extensions = ['ö']\n", "é = 'ü'; extensions = ['ö', 'new']\n"),
        ('project = "P"', 'project = "P"\n\nextensions = ["new"]\n'),
        (
            "extensions = ['a']\nif x:\n    extensions.append('b')\n",
            "extensions = ['a', 'new']\nif x:\n    extensions.append('b')\n",
        ),
    ],
)
def test_the_list_gets_the_name_and_keeps_its_layout(before: str, after: str) -> None:
    assert edited(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "extensions = f()\n",
        "extensions = ['a'] + more\n",
        "if x:\n    extensions = []\n",
        "extensions = ['a']\nextensions = ['b']\n",
        "extensions += ['a']\n",
        "extensions = [('a')]\n",
        "extensions = [\n",
    ],
)
def test_what_is_not_written_out_once_is_left_alone(text: str) -> None:
    assert edited(text) is None
