"""Pages without what nothing on them needs: sphinx-design's script for tabs that open together, docutils' viewport."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_VIEWPORT: Final = re.compile(r'<meta (?:(?!name=)[^<>])*+name="viewport"[^<>]*+>\n?')


def drop_script(
    _app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """Take it from the page that is being written; Sphinx gives the next page all scripts again."""
    scripts: list[Any] = context["script_files"]
    scripts[:] = [script for script in scripts if not str(script.filename).endswith("/design-tabs.js")]
    context["metatags"] = _VIEWPORT.sub("", context.get("metatags", ""))  # themes have their own


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect."""
    app.connect("html-page-context", drop_script)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
