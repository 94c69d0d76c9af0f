"""The written record: with which fingerprint each page of one output directory was written.

It lies beside the environment, one file per output directory, and is replaced atomically after a build without
exception. While a build writes, the names of pages are appended to a *journal* before each is touched; whoever finds a
journal knows that a build was killed, and trusts none of the pages in it. A copy of the record's identity lies in the
output directory (`STAMP`): when that was removed, restored from a cache or written from another doctree directory, the
record is void and every page is written.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from typing import IO, TYPE_CHECKING

from .digest import digest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

VERSION = 1
STAMP = ".fresh"

IndexEntry = tuple[str, str, str]


@dataclass(slots=True)
class Record:
    """What is known of an output directory.

    *pages*: page → fingerprints of the page and of facts stated by extensions; *outputs*: files accounted for that no
    single page owns; *page_outputs*: page → files; *images*: page → copied images; *index_entries*: page → entries of
    the search index; *signature*: state of the project when all pages were up to date, else empty.
    """

    builder: str = ""
    signature: str = ""
    search: str = ""
    pages: dict[str, list[str]] = field(default_factory=dict)
    page_outputs: dict[str, list[str]] = field(default_factory=dict)
    images: dict[str, list[str]] = field(default_factory=dict)
    #: Source pages of modules (viewcode) → fingerprint, and what all pages of the site show.
    modules: dict[str, str] = field(default_factory=dict)
    site: str = ""
    outputs: list[str] = field(default_factory=list)
    index_entries: dict[str, list[IndexEntry]] = field(default_factory=dict)
    #: Every file that an earlier build accounted for, and that a void record still lets us remove.
    former: list[str] = field(default_factory=list)

    def files(self) -> set[str]:
        """All files the record names, relative to the output directory."""
        owned = {*self.outputs, *self.former}
        for names in (*self.page_outputs.values(), *self.images.values()):
            owned.update(names)
        return owned

    def forget(self, docnames: set[str]) -> None:
        """Trust the pages *docnames* no longer; their files stay known."""
        for docname in docnames & self.pages.keys():
            del self.pages[docname]
            self.signature = ""
        for pagename in docnames & self.modules.keys():
            del self.modules[pagename]


class RecordStore:
    """Reads and writes the record of one output directory, and its journal."""

    def __init__(self, doctreedir: Path, outdir: Path, builder: str) -> None:
        """Name the files; touches nothing."""
        where = hashlib.blake2b(os.fsencode(outdir), digest_size=6).hexdigest()
        self._builder = builder
        self._path = doctreedir / f"fresh-{where}.json"
        self._journal_path = doctreedir / f"fresh-{where}.journal"
        self._stamp_path = outdir / STAMP
        self._journal: IO[str] | None = None
        self._journaled: set[str] = set()
        self._saved = ""

    def load(self) -> Record:
        """The record, less all that cannot be trusted. A missing or broken file is an empty record."""
        text = _read(self._path)
        record = _parse(text) or Record(builder=self._builder)
        if record.builder != self._builder or _read(self._stamp_path) != digest(text):
            record = Record(builder=self._builder, former=sorted(record.files()))
        else:
            self._saved = text
        journal = [line.split("\t") for line in _read(self._journal_path).splitlines()]
        record.forget({name for name, *_outputs in journal})
        record.former += [output for _name, *outputs in journal for output in outputs]
        return record

    def note_writing(self, name: str, outputs: Iterable[str]) -> None:
        """Say, before it happens, that the page *name* is about to be written, to the files *outputs*."""
        if name in self._journaled:
            return
        self._journaled.add(name)
        if self._journal is None:
            self._journal_path.parent.mkdir(parents=True, exist_ok=True)
            self._journal = self._journal_path.open("a", encoding="utf-8")
        self._journal.write("\t".join((name, *outputs)) + "\n")
        self._journal.flush()

    def save(self, record: Record) -> None:
        """Replace the record, then the stamp, then end the journal. Nothing is written when nothing changed."""
        text = json.dumps({"version": VERSION, **asdict(record)}, sort_keys=True, separators=(",", ":"))
        if text != self._saved:
            _replace(self._path, text)
            _replace(self._stamp_path, digest(text))
            self._saved = text
        self.close()
        self._journal_path.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the journal; it stays on disk unless the record was saved."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _parse(text: str) -> Record | None:
    try:
        data = json.loads(text)
        if data.pop("version") != VERSION:
            return None
        return Record(**data)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
