"""JSON that others have written: read once, of any shape, with the places of its items."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sphinx_paper_table.bibliography.file_parts import position
from sphinx_paper_table.editing.documents import EditError
from sphinx_paper_table.survey.located import Position

if TYPE_CHECKING:
    from sphinx_paper_table.importing.sources import SourceFile


def parsed(source: SourceFile) -> Any:
    """Return the value of a JSON file; None of one that is called otherwise. Raises `EditError` where it is no JSON."""
    if source.suffix != ".json" or not source.text:
        return None
    try:
        return _parsed(source.text)
    except json.JSONDecodeError as error:
        raise EditError(f"this is no JSON: {error.msg}", Position(source.name, error.lineno, error.colno)) from error
    except (RecursionError, ValueError) as error:  # lists within lists without end, a number of a thousand digits
        raise EditError("this JSON is beyond any honest size", Position(source.name, 1, 1)) from error


@lru_cache(maxsize=1)  # each format looks at it
def _parsed(text: str) -> Any:
    return json.loads(text)


@dataclass(slots=True)
class Places:
    """Finds where items stand, which come in the order of the file."""

    source: SourceFile
    last: int = 0

    def of(self, token: str) -> Position:
        """Return the place of the next *token*, the text of a value; the last one where there is none."""
        found = self.source.text.find(token, self.last) if token else -1
        self.last = max(self.last, found)
        return position(self.source.text, self.source.name, self.last)._replace(column=1)


def text_of(value: object) -> str:
    """Return a text or number as text; nothing of anything else."""
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def mapping_of(value: object) -> dict[str, Any]:
    """Return a mapping; an empty one of anything else."""
    return value if isinstance(value, dict) else {}


def mappings_in(value: object) -> list[dict[str, Any]]:
    """Return the mappings of a list, or of a mapping's values."""
    found = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [one for one in found if isinstance(one, dict)]


def left_over(values: Any) -> str:
    """Return values that have no place, as JSON."""
    return json.dumps(values, ensure_ascii=False, indent=1, default=str)
