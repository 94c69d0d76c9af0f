"""Incremental equals clean, for any Sphinx project.

Use it alone: ``extensions = ["sphinx_paper_table.fresh"]``. After any edit, kill or change of builder, the output
directory of the next build equals that of a clean build, byte for byte; a build without a change reads and writes no
page. What is compared, and when, stands in `session`; the limits in `LIMITS`.

An extension that prints on one page what it learnt from others states it, in a handler of the event ``fresh-facts``:

.. code-block:: python

    def facts(app: Sphinx, env: BuildEnvironment) -> Mapping[str, str]:
        return {docname: "anything that changes when the page's output does" for docname in env.all_docs}

    app.connect("fresh-facts", facts)

The event is emitted at every build, after ``env-updated`` and the assignment of section numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.config import ENUM

from .notes import VERSION, NotesCollector
from .session import Session

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Declare options and event, and follow the build."""
    app.add_config_value(
        "fresh_navigation",
        "auto",
        "",
        types=ENUM("auto", "none", "titles", "sections"),
        description="What the theme's navigation shows of other pages; auto knows Furo.",
    )
    app.add_config_value(
        "fresh_keep",
        (),
        "",
        types=frozenset({list, tuple}),
        description="Patterns of output files that are never removed.",
    )
    app.add_event("fresh-facts")
    app.add_env_collector(NotesCollector)
    Session(app)
    return {
        "version": "1",
        "env_version": VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
