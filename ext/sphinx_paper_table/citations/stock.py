"""`Citations` over the domain of sphinxcontrib-bibtex 2.7."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast
from weakref import WeakKeyDictionary

from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime
from sphinxcontrib.bibtex.citation_target import CitationTarget
from sphinxcontrib.bibtex.roles import CitationRef

from sphinx_paper_table.citations.interface import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.domain import BibtexDomain, Citation

    from sphinx_paper_table.citations.interface import Citations
    from sphinx_paper_table.load.bibtex import Bibliography
    from sphinx_paper_table.model.bibliography import Reference


class StockCitations:
    """Citations kept in the ``cite`` domain, looked up by dictionary instead of by its scans."""

    _instances: ClassVar[WeakKeyDictionary[BuildEnvironment, StockCitations]] = WeakKeyDictionary()

    def __init__(self, env: BuildEnvironment) -> None:
        """Answer for *env*."""
        self._domain = bibtex_domain(env)
        self.references: Mapping[str, Reference] = {}
        self._indexed: tuple[object, ...] = ()
        self._places: dict[str, dict[str, Place]] = {}

    @classmethod
    def of(cls, env: BuildEnvironment) -> StockCitations:
        """Return the one instance for *env*."""
        if env not in cls._instances:
            cls._instances[env] = cls(env)
        return cls._instances[env]

    def note(self, docname: str, keys: Iterable[str], line: int, backlink: str) -> None:
        """Add one reference with all keys: the domain's cost grows with the number of references."""
        targets = [CitationTarget(key=key, pre="", post="") for key in keys]
        if targets:
            self._domain.citation_refs.append(CitationRef(backlink, docname, line, targets))

    def exists(self, key: str) -> bool:
        """Return whether a BibTeX file has the key."""
        return key in self._domain.bibdata.data.entries

    def label(self, key: str) -> str:
        """Return "He et al., 2020"."""
        reference = self.references.get(key)
        return reference.label if reference else key

    def target(self, key: str, docname: str = "") -> Place | None:
        """Return the place on *docname*, else the one the domain itself links to: the last."""
        places = self._index().get(key, {})
        return places.get(docname) or next(reversed(places.values()), None)

    def places(self) -> Iterator[tuple[str, Place]]:
        """Yield every listed key with its places."""
        for key, places in self._index().items():
            for place in places.values():
                yield key, place

    def _index(self) -> dict[str, dict[str, Place]]:
        """Return key → page → place; made anew when the domain has computed its citations anew."""
        citations = self._domain.citations
        state = (id(citations), len(citations), *citations[-1:])
        if state != self._indexed:
            self._indexed, self._places = state, {}
            for citation in citations:
                self._add(citation)
        return self._places

    def _add(self, citation: Citation) -> None:
        bibliography = self._domain.bibliographies[citation.bibliography_key]
        if bibliography.list_ == "citation":
            place = Place(citation.bibliography_key.docname, citation.citation_id)
            self._places.setdefault(citation.key, {})[place.docname] = place


def citations_of(env: BuildEnvironment) -> Citations:
    """Return the citations of the build that *env* belongs to."""
    return StockCitations.of(env)


def bibtex_domain(env: BuildEnvironment) -> BibtexDomain:
    """Return the ``cite`` domain."""
    return cast("BibtexDomain", env.get_domain("cite"))


def adopt_bibliography(app: Sphinx, bibliography: Bibliography, paths: list[Path]) -> None:
    """Give the domain the entries that were read and checked already, before it reads the files itself.

    Its own reading stops at a duplicate key and aborts at an unknown entry type (2.7). It keeps data that is not
    older than the files, so it only has to find ours there: no override is needed.
    """
    files = {
        path: BibFile(mtime=get_mtime(path), keys=dict.fromkeys(bibliography.keys_of.get(str(path), ())))
        for path in paths
    }
    data = BibData(encoding=app.config.bibtex_encoding, bibfiles=files, data=bibliography.database)
    bibtex_domain(app.env).data["bibdata"] = data
    StockCitations.of(app.env).references = bibliography.references
