"""`Citations` over our ``cite`` domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sphinx_paper_table.citations.interface import Place
from sphinx_paper_table.citations.label_text import label_words
from sphinx_paper_table.citations.library import library_of
from sphinx_paper_table.citations.mentions import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.environment import BuildEnvironment

    from sphinx_paper_table.citations.domain import CitationDomain
    from sphinx_paper_table.citations.interface import Citations


class EngineCitations:
    """Citations kept in the ``cite`` domain."""

    __slots__ = ("_domain", "_env")

    def __init__(self, env: BuildEnvironment) -> None:
        """Answer for *env*."""
        self._env = env
        self._domain = citation_domain(env)

    def note(self, docname: str, keys: Iterable[str], line: int, backlink: str) -> None:
        """Add one reference with all keys."""
        self._domain.note(docname, keys, line, backlink)

    def mention(self, docname: str, key: str, anchor: str, title: str) -> None:
        """Note a part of a page that cites *key*."""
        self._domain.mention(key, Mention(docname, anchor, title))

    def exists(self, key: str) -> bool:
        """Return whether a BibTeX file has the key."""
        return any(key in keys for keys in library_of(self._env).keys)

    def label(self, key: str) -> str:
        """Return "He et al., 2020"; as listed where it is, so that no entry is loaded for it."""
        listed = self._domain.listings.find(key, "")
        if listed is not None:
            return listed.author_year
        reference = library_of(self._env).references.get(key)
        return reference.label_in(label_words()) if reference else key

    def target(self, key: str, docname: str = "") -> Place | None:
        """Return the place on *docname*, else the one in the largest list."""
        listed = self._domain.listings.find(key, docname)
        return Place(listed.bibliography_key.docname, listed.citation_id) if listed else None

    def places(self) -> Iterator[tuple[str, Place]]:
        """Yield every listed key with the place that others are led to."""
        for listed in self._domain.listings.preferred():
            yield listed.key, Place(listed.bibliography_key.docname, listed.citation_id)


def citations_of(env: BuildEnvironment) -> Citations:
    """Return the citations of the build that *env* belongs to."""
    return EngineCitations(env)


def citation_domain(env: BuildEnvironment) -> CitationDomain:
    """Return the ``cite`` domain."""
    return cast("CitationDomain", env.get_domain("cite"))
