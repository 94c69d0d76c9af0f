"""Facts about the place of pages in the project: order, parents, neighbours, titles, numbers.

Built once a build from the records of the pages; every question is then a dictionary look-up. Subtrees and chains of
parents are digested bottom-up (a Merkle tree), so the cost is linear in the number of pages and toctree entries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from .digest import digest

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from .page_records import PageRecord

#: How much of other pages a page shows outside its own text, the least first.
Level = Literal["none", "titles", "sections"]
LEVELS: tuple[Level, ...] = get_args(Level)


class Navigation:
    """Digests of what pages show of each other's titles, order and numbers."""

    def __init__(self, env: BuildEnvironment, pages: dict[str, PageRecord]) -> None:
        """Look at *env* when reading and numbering are over."""
        self._env = env
        self._pages = pages
        self._relations = env.collect_relations()
        self._ancestors: dict[str, str] = {}
        self._subtrees: dict[tuple[str, Level], str] = {}

    def site(self, level: Level) -> str:
        """Digest of what a page shows of all others outside its own text."""
        return "" if level == "none" else self._subtree(self._env.config.root_doc, level)

    def numbers(self, docname: str) -> str:
        """Section and figure numbers of *docname*."""
        sections = self._env.toc_secnumbers.get(docname)
        figures = self._env.toc_fignumbers.get(docname)
        return f"{sections or ''}{figures or ''}"

    def neighbours(self, docname: str) -> str:
        """Digest of the links to the previous and next page and to the parents on *docname*."""
        parent, previous, following = self._relations.get(docname, (None, None, None))
        return digest(self._label(previous), self._label(following), self._parents(parent))

    def contents(self, docname: str) -> str:
        """Digest of the headings that toctrees in the text of *docname* can show: those of all pages below it."""
        included = self._included(docname)
        return digest(*(self._subtree(ref, "sections") for ref in included)) if included else ""

    def _label(self, docname: str | None) -> str:
        if docname is None:
            return ""
        records = self._pages.get(docname)
        number = (self._env.toc_secnumbers.get(docname) or {}).get("", "")
        return digest(docname, records.toc.title if records else "", str(number))

    def _parents(self, docname: str | None) -> str:
        seen: list[str] = []
        while docname is not None and docname not in self._ancestors and docname not in seen:
            seen.append(docname)
            docname = self._relations.get(docname, [None])[0]
        above = self._ancestors.get(docname, "") if docname else ""
        for page in reversed(seen):
            above = self._ancestors[page] = digest(self._label(page), above)
        return above

    def _subtree(self, docname: str, level: Level) -> str:
        """Digest of *docname* and of all pages below it; a loop rather than recursion, as toctrees may be deep."""
        waiting = [(docname, False)]
        while waiting:
            page, has_digests_below = waiting.pop()
            if has_digests_below:
                self._subtrees[page, level] = self._page_digest(page, level)
            elif (page, level) not in self._subtrees:
                self._subtrees[page, level] = page  # cuts a cycle
                waiting.append((page, True))
                waiting += [(ref, False) for ref in reversed(self._included(page))]
        return self._subtrees[docname, level]

    def _page_digest(self, docname: str, level: Level) -> str:
        record = self._pages.get(docname)
        if record is None:
            return docname
        below = [self._subtrees[ref, level] for ref in record.includes]
        own = record.toc.sections if level == "sections" else record.toc.titles
        return digest(docname, own, str(self._env.toc_secnumbers.get(docname, "")), *below)

    def _included(self, docname: str) -> tuple[str, ...]:
        return self._pages[docname].includes if docname in self._pages else ()
