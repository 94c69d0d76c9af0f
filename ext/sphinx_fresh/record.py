"""The written record: with which fingerprint each page of one output directory was written.

It lies beside the environment, one file per output directory, and is replaced atomically after a build without
exception. While a build writes, the names of pages are appended to a *journal* before each is touched; whoever finds a
journal knows that a build was killed, and trusts none of the pages in it. Size and time of every file are recorded: a
page whose files were removed, edited, restored from a cache or written from another doctree directory is written again.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from typing import IO, TYPE_CHECKING

from sphinx.util import logging

from .digest import digest
from .store import discard, read_text, shape, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_logger = logging.getLogger(__name__)

#: Where earlier versions kept the identity of the record, in the output directory.
FORMER_STAMP = ".fresh"
#: The journal's name for the search index.
INDEX = "\0index"

IndexEntry = tuple[str, str, str]


@dataclass(slots=True)
class Record:
    """The record of an output directory.

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
    #: Digest of what the inventory says.
    inventory: str = ""
    #: Size and time (ns) of the files of pages, and of the inventory.
    stamps: dict[str, list[int]] = field(default_factory=dict)
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

    def forget_changed(self, outdir: Path) -> None:
        """Trust no page any more whose files are not as they were left."""
        known = {page: [*self.page_outputs.get(page, ()), *self.images.get(page, ())] for page in self.pages}
        current = {name: file_stamp(outdir, name) for names in known.values() for name in names}
        changed = {name for name, stamp in current.items() if self.stamps.get(name) != stamp}
        self.forget({page for page, names in known.items() if not changed.isdisjoint(names)})

    def note_stamps(self, outdir: Path, written: Iterable[str]) -> None:
        """Remember how the files of the pages *written* were left."""
        names = {name for page in written for name in (*self.page_outputs.get(page, ()), *self.images.get(page, ()))}
        self.stamps.update((name, stamp) for name in names if (stamp := file_stamp(outdir, name)) is not None)
        owned = self.files()
        self.stamps = {name: stamp for name, stamp in self.stamps.items() if name in owned}


def file_stamp(outdir: Path, name: str) -> list[int] | None:
    """Size and time of an output file; None when it is not there."""
    try:
        status = os.stat(f"{outdir}/{name}")  # noqa: PTH116  # two or three a page, at every build
    except OSError:
        return None
    return [status.st_size, status.st_mtime_ns]


class RecordStore:
    """Reads and writes the record of one output directory, and its journal."""

    def __init__(self, doctreedir: Path, outdir: Path, builder: str) -> None:
        """Name the files; touches nothing."""
        where = hashlib.blake2b(os.fsencode(outdir), digest_size=6).hexdigest()
        self._builder = builder
        self._path = doctreedir / f"fresh-{where}.json"
        self._journal_path = doctreedir / f"fresh-{where}.journal"
        self._outdir = outdir
        #: Whether there was a record of this builder.
        self.is_known = False
        #: Whether a killed build may have left a search index that the record does not know.
        self.index_in_journal = False
        self._journal: IO[str] | None = None
        self._journaled: set[str] = set()
        self._saved = ""

    def load(self) -> Record:
        """The record, less all that cannot be trusted. A missing or damaged file is an empty record."""
        text = read_text(self._path)
        record = _parse(text)
        self.is_known = record is not None and record.builder == self._builder
        if record is None:
            if self._path.exists():
                _logger.info("%s is damaged or of another version; every page is written", self._path)
            record = Record(builder=self._builder)
        elif record.builder != self._builder:
            record = Record(builder=self._builder, former=sorted(record.files()))
        else:
            self._saved = text
            record.forget_changed(self._outdir)
        self._apply_journal(record)
        return record

    def _apply_journal(self, record: Record) -> None:
        """Trust no page that a killed build was about to write; none at all when the journal itself is damaged."""
        if not self._journal_path.exists():
            return
        lines = [line.split("\t") for line in read_text(self._journal_path).split("\n")]
        sound = [fields for *fields, checksum in lines if checksum == digest(*fields) and fields]
        if not sound or len(sound) < len(lines) - 1 or not self._journal_path.is_file():
            record.forget(set(record.pages) | set(record.modules))
            discard(self._journal_path)
        self.index_in_journal = any(name == INDEX for name, *_outputs in sound)
        record.forget({name for name, *_outputs in sound})
        record.former += [output for _name, *outputs in sound for output in outputs]

    def note_writing(self, name: str, outputs: Iterable[str]) -> None:
        """Say, before it happens, that the page *name* is about to be written, to the files *outputs*."""
        if name in self._journaled:
            return
        self._journaled.add(name)
        if self._journal is None:
            self._journal_path.parent.mkdir(parents=True, exist_ok=True)
            self._journal = self._journal_path.open("a", encoding="utf-8")
        fields = (name, *outputs)
        self._journal.write("\t".join((*fields, digest(*fields))) + "\n")
        self._journal.flush()

    def save(self, record: Record) -> None:
        """Replace the record, then end the journal. Nothing is written when nothing changed."""
        body = json.dumps({"version": shape(Record), **asdict(record)}, sort_keys=True, separators=(",", ":"))
        text = f"{digest(body)}\n{body}"
        if text != self._saved:
            write_atomically(self._path, text)
            (self._outdir / FORMER_STAMP).unlink(missing_ok=True)
            self._saved = text
        self.close()
        self._journal_path.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the journal; it stays on disk unless the record was saved."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None


def _parse(text: str) -> Record | None:
    """Return the record that `RecordStore.save` wrote; None for anything else."""
    checksum, _line, body = text.partition("\n")
    if checksum != digest(body):
        return None
    try:
        data = json.loads(body)
        return Record(**data) if data.pop("version") == shape(Record) else None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
