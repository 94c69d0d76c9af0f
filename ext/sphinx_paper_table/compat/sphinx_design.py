"""sphinx-design (https://github.com/executablebooks/sphinx-design), 0.8.

It documents directives only. `create_component` and `is_component` (sphinx_design/shared.py) make and recognise its
nodes: tab sets of ours are its tab sets, for the sake of its styles and script. Needless when nodes are documented.
"""

from __future__ import annotations

from typing import Final

from sphinx_design.shared import create_component, is_component

__all__ = ["create_component", "is_component", "is_icon_role"]

_ICONS: Final = "sphinx_design.icons"


def is_icon_role(role: object) -> bool:
    """Return whether *role* shows an icon: it prints the classes that it is given into the page as they are.

    Roles of sphinx_design/icons.py, of several classes. Needless when their classes are escaped
    (https://github.com/executablebooks/sphinx-design/blob/v0.8.0/sphinx_design/icons.py).
    """
    return type(role).__module__ == _ICONS
