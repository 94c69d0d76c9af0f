"""What `compat.sphinx_design` names is there, and is what we take it for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import roles
from docutils.parsers.rst.languages import get_language
from docutils.utils import new_reporter

from sphinx_paper_table.compat import sphinx_design as compat

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def test_components_are_made_and_recognised() -> None:
    node = compat.create_component("tab-set", classes=["sd-tab-set", "more"])
    assert isinstance(node, nodes.container)
    assert node["classes"] == ["sd-tab-set", "more"]
    assert compat.is_component(node, "tab-set")
    assert not compat.is_component(node, "tab-item")
    assert compat.create_component("tab-item", classes=[], selected=False)["selected"] is False


def test_roles_of_icons_are_known(app: Sphinx) -> None:
    reporter = new_reporter("", get_default_settings())
    english: Any = get_language("en", reporter)
    found = {name: roles.role(name, english, 0, reporter)[0] for name in ("octicon", "fas", "sub")}
    assert {name: compat.is_icon_role(role) for name, role in found.items()} == {
        "octicon": True,
        "fas": True,
        "sub": False,
    }
