"""Incremental equals clean, for any Sphinx project.

Use it alone: ``extensions = ["sphinx_fresh"]``. After any edit, kill or change of builder, the output
directory of the next build equals that of a clean build, byte for byte; a build without a change reads and writes no
page. What is compared, and when, stands in `session`.

An extension that prints on one page what it learnt from others states it, in a handler of the event ``fresh-facts``:

.. code-block:: python

    def facts(app: Sphinx, env: BuildEnvironment) -> Mapping[str, str]:
        return {docname: "anything that changes when the page's output does" for docname in env.all_docs}

    app.connect("fresh-facts", facts)

The event is emitted at every build, after ``env-updated`` and the assignment of section numbers.

What this does not make equal:

- what other extensions print from elsewhere and state no facts about, and files that they write themselves (graphviz,
  imgmath): old ones stay in the output directory;
- a label that two pages define: the page read last answers, and a warning says so;
- pages with ``|today|``, and inventory links that MyST resolves while it reads, until the page is read again;
- output of code in ``conf.py`` or an extension that runs while *reading*: an edit of it rewrites pages, no more;
- the builders json and pickle (``_sources``, order of the index), epub (times in the archive), htmlhelp and its like;
- LaTeX, man, texinfo and gettext write everything at every build, but their leftovers stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.config import ENUM

from .page_records import VERSION, PageRecordCollector
from .session import Session

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata


def _spare_books(_app: Sphinx, config: Config) -> None:
    """Keep files that are for builds only out of EPUB, which warns of every file whose type it does not know."""
    config.epub_exclude_files = [*config.epub_exclude_files, ".buildinfo.bak"]


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
    app.connect("config-inited", _spare_books)
    app.add_env_collector(PageRecordCollector)
    Session(app)
    return {
        "version": "1",
        "env_version": VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
