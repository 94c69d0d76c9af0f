"""What the rooms above may ask of citations."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from sphinx_paper_table.citations.label_text import label_words
from sphinx_paper_table.citations.library import library_of
from sphinx_paper_table.citations.list_parts import ListPart, list_parts, with_parts
from sphinx_paper_table.citations.mentions import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.environment import BuildEnvironment

    from sphinx_paper_table.citations.domain import CitationDomain


class ReferenceLocation(NamedTuple):
    """Where a reference stands: a page and an anchor on it."""

    docname: str
    anchor: str


class Citations:
    """The citations of one build, which its ``cite`` domain keeps."""

    __slots__ = ("_domain", "_env")

    def __init__(self, env: BuildEnvironment) -> None:
        """Answer for *env*."""
        self._env = env
        self._domain = citation_domain(env)

    def note(self, docname: str, keys: Iterable[str], line: int, backlink: str) -> None:
        """Note that a page cites *keys*, so that bibliographies of what is cited list them.

        *backlink* is the id of the element on the page that a reference may point back to.
        """
        self._domain.note(docname, keys, line, backlink)

    def mention(self, docname: str, key: str, anchor: str, title: str) -> None:
        """Note a part of a page that cites *key*, for "cited on"."""
        self._domain.mention(key, Mention(docname, anchor, title))

    def part(self, docname: str, of: str, years: tuple[int, int] | None, letters: tuple[str, ...]) -> list_parts:
        """Note that a page shows a part of the list *of*, and return the way to its other parts."""
        return with_parts(self._domain, ListPart(of, docname, years, letters))

    def exists(self, key: str) -> bool:
        """Return whether a BibTeX file has the key."""
        return any(key in keys for keys in library_of(self._env).keys)

    def label(self, key: str) -> str:
        """Return the author–year label of a key, such as "He et al., 2020"; the key itself when nothing is known of it.

        A reference that is listed is asked first, so that no entry is loaded for it.
        """
        listed = self._domain.listings.find(key, "")
        if listed is not None:
            return listed.author_year
        reference = library_of(self._env).references.get(key)
        return reference.label_in(label_words()) if reference else key

    def target(self, key: str, docname: str = "") -> ReferenceLocation | None:
        """Return where a key's reference stands: on the page *docname* if it has one, else in the largest list.

        None when it is listed nowhere. Known only after all pages are read.
        """
        listed = self._domain.listings.find(key, docname)
        return ReferenceLocation(listed.bibliography_key.docname, listed.citation_id) if listed else None

    @property
    def places(self) -> str:
        """A digest of all that `target` says."""
        return self._domain.listings.places

    @property
    def names(self) -> str:
        """A digest of that, and of what `label` says of keys that are listed."""
        return self._domain.listings.names

    def locations(self) -> Iterator[tuple[str, ReferenceLocation]]:
        """Yield every listed key, once, with the location that pages without a list of their own lead to."""
        for listed in self._domain.listings.preferred():
            yield listed.key, ReferenceLocation(listed.bibliography_key.docname, listed.citation_id)


def citations_of(env: BuildEnvironment) -> Citations:
    """Return the citations of the build that *env* belongs to."""
    return Citations(env)


def citation_domain(env: BuildEnvironment) -> CitationDomain:
    """Return the ``cite`` domain of *env*."""
    return cast("CitationDomain", env.get_domain("cite"))
