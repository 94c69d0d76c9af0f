"""Located values to typed records. What is right is read at once; what may be wrong is looked at with care.

A value that does not fit costs only itself: it is taken out and the rest checked again, so that one wrong date
does not lose a paper. A missing required key costs its record.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeVar

from sphinx_paper_table.reading.right_values import right_record
from sphinx_paper_table.reading.yaml_tree import Mapping
from sphinx_paper_table.survey.corrections import id_like
from sphinx_paper_table.survey.entities import FILE_KINDS, Part, Record, Survey, Vocabulary
from sphinx_paper_table.survey.located import Position, position_of
from sphinx_paper_table.survey.problems import Code

if TYPE_CHECKING:
    from sphinx_paper_table.survey.problems import Problems

R = TypeVar("R", bound=Record)


def decode_file(tree: Any, name: str, problems: Problems, text: str = "") -> Survey | Part | Vocabulary | None:
    """Return the record that a whole YAML file is, or None when it is none of them.

    *text* is that of the file, if edits of it are to be offered.
    """
    if not isinstance(tree, Mapping):
        place = position_of(tree, Position(name, 1, 1))
        message = "the file holds no mapping" if tree is not None else "the file is empty"
        hint = f"begin it with one of {_kinds()}"
        if isinstance(tree, list) and any(isinstance(item, Mapping) and "id" in item for item in tree):
            hint = f"put 'survey: {id_like(PurePath(name).stem) or 'ID'}', 'title: …' and 'papers:' before the list"
        problems.add(Code.EMPTY, message, place, hint)
        return None
    kind = next((record for key, record in FILE_KINDS.items() if key in tree.keys_at), None)
    if kind is None:
        is_survey = not tree.keys_at.keys().isdisjoint({"title", "papers", "groups"})
        name = id_like(PurePath(tree.position.path).stem) if is_survey else ""
        hint = f"begin it with 'survey: {name}'" if name else f"begin it with one of {_kinds()}"
        problems.add(Code.MISSING_KEY, "the file does not say what it is", tree.position, hint)
        return None
    return decode(kind, tree, problems, text)


def _kinds() -> str:
    return ", ".join(f"'{key}: ID'" for key in FILE_KINDS)


def decode(record: type[R], tree: Any, problems: Problems, text: str = "") -> R | None:
    """Return *tree* as a *record*, or None when what it must have is missing or wrong.

    A wrong value of which it is clear what was meant is read as that; *text* is as in `decode_file`.
    """
    found = right_record(record, tree)
    if found is not None:
        return found
    from sphinx_paper_table.reading.mending import mended  # noqa: PLC0415 (loads pydantic, a tenth of a second)

    return mended(record, tree, problems, text)
