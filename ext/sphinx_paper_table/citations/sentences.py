"""Translated sentences with nodes in them: translators see the whole, and place what stands in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Sequence

PLACE: Final = re.compile(r"\{(\w+)\}")
"""Where something stands in a message; `split` gives texts and names by turns."""


def sentence(message: object, **values: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Return a message as inline nodes, with those given in the place of its `{names}`.

    A name that nobody gives stays as it is written: a translation with a slip of the pen ends no build.
    """
    pieces: list[nodes.Node] = []
    for number, part in enumerate(PLACE.split(str(message))):
        if number % 2 == 0:
            pieces += [nodes.Text(part)] if part else []
        else:
            pieces += values.get(part, [nodes.Text(f"{{{part}}}")])
    return pieces
