"""Records of pages as they were read: stored in the environment, keyed by page, merged from parallel readers.

Everything here is a function of one page and is computed when the page is read, so that a build without changes only
has to join ready-made strings. The shape of these records is the extension's ``env_version``: Sphinx drops an
environment with another one, and all pages are read again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx.environment.collectors import EnvironmentCollector

from .page_references import files_missed, pages_included, references_made
from .toc_digests import TocDigests, toc_digests

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

ATTRIBUTE = "fresh_page_records"

#: Modification time (ns) and size of a file; ``(0, 0)`` when it is missing.
Stamp = tuple[int, int]


@dataclass(slots=True)
class PageRecord:
    """The references that one page makes, and what it shows in other pages' navigation."""

    references: str
    includes: tuple[str, ...]
    toc: TocDigests
    #: Files that the page links to and that were not there: with them, it would have been read otherwise.
    absent: tuple[str, ...] = ()

    @classmethod
    def empty(cls) -> PageRecord:
        """The record of a page that refers to nothing and shows nothing."""
        return cls("", (), TocDigests("", "", ""))


@dataclass(slots=True)
class PageRecords:
    """The records of all pages, and the stamps of the files that each was read from."""

    pages: dict[str, PageRecord] = field(default_factory=dict)
    sources: dict[str, Stamp] = field(default_factory=dict)
    dependencies: dict[str, dict[str, Stamp]] = field(default_factory=dict)
    #: Files that were saved while their page was read, by page, which is read once more at the next build.
    unsettled: dict[str, set[str]] = field(default_factory=dict)
    #: Stamps and checksums of the doctrees, by page.
    doctrees: dict[str, tuple[Stamp, str]] = field(default_factory=dict)
    #: Digests of what the references of pages lead to, by page, and of all that this follows from.
    answers: dict[str, str] = field(default_factory=dict)
    answerable: str = ""
    #: Digest of the program that the pages were read with.
    program: str = ""

    def clear(self, docname: str) -> None:
        """Forget *docname*."""
        for mapping in (self.pages, self.sources, self.dependencies, self.doctrees, self.answers):
            mapping.pop(docname, None)

    def merge(self, docnames: AbstractSet[str], other: PageRecords) -> None:
        """Take over what a parallel reader noted about *docnames*."""
        for docname in docnames & other.pages.keys():
            self.pages[docname] = other.pages[docname]
        for docname in docnames & other.sources.keys():
            self.sources[docname] = other.sources[docname]


def records_of(env: BuildEnvironment) -> PageRecords:
    """The records in *env*: the only door to our attribute of the environment."""
    records = getattr(env, ATTRIBUTE, None)
    if not isinstance(records, PageRecords):
        records = PageRecords()
        setattr(env, ATTRIBUTE, records)
    return records


class PageRecordCollector(EnvironmentCollector):
    """Takes records of a page after Sphinx's own collectors have filled its table of contents."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Drop the records of a page that is removed or about to be read again."""
        records_of(env).clear(docname)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: AbstractSet[str], other: BuildEnvironment
    ) -> None:
        """Merge the records of a parallel reader."""
        records_of(env).merge(docnames, records_of(other))

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Take records of the page that was just read."""
        env = app.env
        docname = env.docname
        records_of(env).pages[docname] = PageRecord(
            references=references_made(doctree),
            includes=pages_included(doctree),
            toc=toc_digests(env, docname),
            absent=files_missed(env, doctree),
        )
