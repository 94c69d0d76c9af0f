"""The layouts that views can have: one registry, for those of this package and for those of others."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from docutils import nodes

Build = Callable[[Any, Any], list[nodes.Node]]
"""Makes the nodes of a view: takes a `View` and the `Canvas` to make cards with."""
_NAME: Final = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a view can look.

    *help* says it in the lists that authors read. *has_sections*: the nodes are sections of the page, which cannot
    stand inside other elements and take no filter. *has_columns*: readers sort it by its own headings, so that a
    filter needs no choice of orders.
    """

    name: str
    build: Build
    help: str
    has_sections: bool = False
    has_columns: bool = False


_LAYOUTS: Final[dict[str, Layout]] = {}
LAYOUTS: Final[Mapping[str, Layout]] = MappingProxyType(_LAYOUTS)
"""The layouts that are there, by name."""


def forget_layouts() -> None:
    """Begin anew: a process may build several projects, each with layouts of its own."""
    _LAYOUTS.clear()


def register_layout(layout: Layout) -> None:
    """Make *layout* available under its name.

    Raises ValueError when the name is none (small letters, digits, hyphens) or when another layout has it.
    """
    if not _NAME.fullmatch(layout.name):
        raise ValueError(f"'{layout.name}' is not a name for a layout: use small letters, digits and hyphens")
    if _LAYOUTS.setdefault(layout.name, layout).build is not layout.build:
        raise ValueError(f"there is a layout '{layout.name}' already")
    _LAYOUTS[layout.name] = layout
