"""Files at permanent addresses of the site, beside its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_paper_table.export.json_schema import SCHEMAS, schema_text

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_outputs(app: Sphinx, exception: Exception | None) -> None:
    """Write the schemas to ``schema/``; a file that is right already is left alone."""
    if exception is not None or not isinstance(app.builder, StandaloneHTMLBuilder) or app.builder.name == "epub":
        return
    for name in SCHEMAS:
        path = app.outdir / "schema" / name
        text = schema_text(name)
        if not path.is_file() or path.read_text("utf-8") != text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")


def setup_outputs(app: Sphinx) -> None:
    """Connect."""
    app.connect("build-finished", write_outputs)
