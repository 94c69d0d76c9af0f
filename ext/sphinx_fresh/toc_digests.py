"""What a page contributes to the navigation of others, digested when it is read.

Section numbers are not part of it: they are assigned after reading and compared on their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx import addnodes

from .digest import digest

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


class TocDigests(NamedTuple):
    """*title*: of the page alone; *titles*: with its toctrees; *sections*: with all headings of the page."""

    title: str
    titles: str
    sections: str


def toc_digests(env: BuildEnvironment, docname: str) -> TocDigests:
    """Digests of the title and table of contents that Sphinx's collectors stored for *docname*."""
    title = digest(str(env.titles[docname]), str(env.longtitles[docname]))
    toc = env.tocs[docname]
    toctrees = [str(toctree) for toctree in toc.findall(addnodes.toctree)]
    return TocDigests(title, digest(title, *toctrees), digest(title, str(toc)))
