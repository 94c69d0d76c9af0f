"""What is still to do: the directive ``paper-todo``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_paper_table.features.todo.directive import setup_paper_todo
from sphinx_paper_table.features.todo.printers import setup_todo
from sphinx_paper_table.features.todo.query import TodoGroup, TodoLine, TodoQuery, TodoSection

if TYPE_CHECKING:
    from sphinx.application import Sphinx


RECORDS: Final = (TodoQuery, TodoSection, TodoGroup, TodoLine)
"""The records in its node and of its pages: a page is read again when the shape of one has changed."""


def setup(app: Sphinx) -> None:
    """Register everything of this feature."""
    setup_todo(app)
    setup_paper_todo(app)
