"""Former keys in the filters of lists: ``key == "old"`` admits the entry that had this key."""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME: Final = "key"
"""What a filter calls the key of an entry."""


def with_present_keys(filter_: ast.AST, aliases: Mapping[str, str]) -> ast.AST:
    """Return *filter_* with the present key for each former one, of *aliases*, that ``key`` is compared with."""
    if not aliases:
        return filter_
    filter_ = copy.deepcopy(filter_)
    for comparison in (node for node in ast.walk(filter_) if isinstance(node, ast.Compare)):
        sides = (comparison.left, *comparison.comparators)
        if any(isinstance(side, ast.Name) and side.id == _NAME for side in sides):
            for node in (inner for side in sides for inner in ast.walk(side)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    node.value = aliases.get(node.value, node.value)
    return filter_
