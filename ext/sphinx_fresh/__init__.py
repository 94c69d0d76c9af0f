"""Incremental equals clean, for any Sphinx project.

Use it alone: ``extensions = ["sphinx_fresh"]``. After any edit, kill or change of builder, the output directory of the
next build equals that of a clean build, byte for byte; a build without a change reads and writes no page. What is
compared, and when, stands in `session`; what of Sphinx is private and used, in `compat`.

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
- pages after an edit of a program outside extensions and ``conf.py`` that runs while they are read;
- the builders json and pickle (``_sources``, order of the index), epub (times in the archive), htmlhelp and its like;
- LaTeX, man, texinfo and gettext write everything at every build, but their leftovers stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx.config import ENUM

from .page_records import PageRecord, PageRecordCollector, PageRecords
from .session import Session
from .store import shape
from .toc_digests import TocDigests

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

VERSION: Final = "2"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Declare options and event, and follow the build when it is configured."""
    app.add_config_value(
        "fresh_enabled",
        True,  # noqa: FBT003 (the option's default)
        "env",
        types=frozenset({bool}),
        description="Whether anything is done at all; with False, Sphinx builds as it does alone.",
    )
    app.add_config_value(
        "fresh_navigation",
        "auto",
        "",
        types=ENUM("auto", "none", "titles", "sections"),
        description="What pages show of others outside their text; auto asks the theme and html_sidebars.",
    )
    app.add_config_value(
        "fresh_keep",
        (),
        "",
        types=frozenset({list, tuple}),
        description="Patterns of output files that are never removed.",
    )
    app.add_event("fresh-facts")
    app.connect("config-inited", _begin, priority=900)
    return {
        "version": VERSION,
        "env_version": shape(PageRecord, PageRecords, TocDigests),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _begin(app: Sphinx, config: Config) -> None:
    """Follow the build, unless the project has switched that off."""
    if config.fresh_enabled:
        _exclude_from_epub(config)
        app.add_env_collector(PageRecordCollector)
        Session(app)


def _exclude_from_epub(config: Config) -> None:
    """Keep a file that is for builds only out of EPUB, which warns of every file whose type it does not know."""
    config.epub_exclude_files = [*config.epub_exclude_files, ".buildinfo.bak"]
