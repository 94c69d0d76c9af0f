"""Facts about the place of pages in the project: order, parents, neighbours, titles, numbers.

Built once a build from the records of the pages; every reference is then a dictionary look-up. Subtrees and chains of
parents are digested bottom-up (a Merkle tree), so the cost is linear in the number of pages and toctree entries.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

from .digest import digest

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from .page_records import PageRecord

#: How much of other pages the theme's navigation shows.
Level = Literal["none", "titles", "sections"]


class Navigation:
    """Digests of what pages show of each other's titles, order and numbers."""

    def __init__(self, env: BuildEnvironment, pages: dict[str, PageRecord], level: Level) -> None:
        """Look at *env* when reading and numbering are over; *level* is what the theme's sidebar shows."""
        self._env = env
        self._pages = pages
        self._relations = env.collect_relations()
        self._ancestors: dict[str, str] = {}
        self._subtrees: dict[tuple[str, Level], str] = {}
        # Neither recursion nor a cycle may stop a build: Sphinx itself recurses once a level when it draws toctrees.
        sys.setrecursionlimit(max(sys.getrecursionlimit(), 20_000))
        self.site = "" if level == "none" else self._subtree(env.config.root_doc, level)

    def numbers(self, docname: str) -> str:
        """Section and figure numbers of *docname*."""
        sections = self._env.toc_secnumbers.get(docname)
        figures = self._env.toc_fignumbers.get(docname)
        return f"{sections or ''}{figures or ''}"

    def neighbours(self, docname: str) -> str:
        """What links to the previous and next page and to the parents show on *docname*."""
        parent, previous, following = self._relations.get(docname, (None, None, None))
        return digest(self._label(previous), self._label(following), self._chain(parent))

    def contents(self, docname: str) -> str:
        """What the toctrees in the text of *docname* can show: headings of the pages below it, all the way down."""
        included = self._pages[docname].includes if docname in self._pages else ()
        return digest(*(self._subtree(ref, "sections") for ref in included)) if included else ""

    def _label(self, docname: str | None) -> str:
        if docname is None:
            return ""
        records = self._pages.get(docname)
        number = (self._env.toc_secnumbers.get(docname) or {}).get("", "")
        return digest(docname, records.toc.title if records else "", str(number))

    def _chain(self, docname: str | None) -> str:
        seen: list[str] = []
        while docname is not None and docname not in self._ancestors and docname not in seen:
            seen.append(docname)
            docname = self._relations.get(docname, [None])[0]
        above = self._ancestors.get(docname, "") if docname else ""
        for page in reversed(seen):
            above = self._ancestors[page] = digest(self._label(page), above)
        return above

    def _subtree(self, docname: str, level: Level) -> str:
        key = (docname, level)
        if key not in self._subtrees:
            self._subtrees[key] = docname  # cuts a cycle
            records = self._pages.get(docname)
            if records is not None:
                below = [self._subtree(ref, level) for ref in records.includes]
                own = records.toc.sections if level == "sections" else records.toc.titles
                number = str(self._env.toc_secnumbers.get(docname, ""))
                self._subtrees[key] = digest(docname, own, number, *below)
        return self._subtrees[key]
