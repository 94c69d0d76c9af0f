"""One build, from the first event to the last: who is called when.

====================== ======== =====================================================================
event                  priority what happens
====================== ======== =====================================================================
``config-inited``      900      a damaged environment is removed before Sphinx loads it (`damage`)
``builder-inited``     100      digest of what was loaded so far
``env-get-outdated``   100      pages to read that Sphinx does not see (`rereading`)
``env-purge-doc``      900      state of the source that is about to be read
``env-get-updated``    100      old section numbers are dropped, before Sphinx numbers (500)
``env-get-updated``    900      fingerprints; pages that differ from the record are written
``env-check-consist…`` 900      checksum of the environment that was just saved
``write-started``      100      static leftovers go, before checksums of static files are taken
``doctree-resolved``   900      a page is about to be written: the journal says so
``html-page-context``  900      pages that are no documents are accounted for
``html-collect-pages`` 900      the search index is repaired, before it is dumped; nothing is dumped again that is there
``build-finished``     900      other leftovers go; the record is written
====================== ======== =====================================================================

``env-updated`` would be too early for the fingerprints: Sphinx numbers sections and figures in ``env-get-updated``.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import canonical_order
from .compat import skip_dump, skip_load, sort_index_entries
from .damage import check_environment, clear_doctree_paths, note_doctrees, note_environment
from .digest import digest_file
from .fingerprints import fingerprints, project_signature, stated_facts
from .global_inputs import global_inputs, loaded_at_start
from .inventory import inventory_digest, keep_inventory, note_inventory
from .orphan_files import remove_orphans
from .outputs import copied_files, other_page, page_images, page_outputs, writes_pages
from .page_records import records_of
from .program import program_digest
from .published import published_files
from .record import INDEX, Record, RecordStore
from .rereading import note_dependencies, pages_to_reread
from .searchindex import index_path, is_usable, repair
from .stamps import stamp
from .viewcode_pages import module_page_fingerprints
from .xref_answers import Objects

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class Session:
    """State of one build of one application."""

    def __init__(self, app: Sphinx) -> None:
        """Connect to the events of *app*; a damaged environment goes before Sphinx loads it (``config-inited``)."""
        check_environment(app.doctreedir)
        self._app = app
        self._store: RecordStore | None = None
        self._record = Record()
        self._signature = ""
        self._wanted: dict[str, list[str]] = {}
        self._start = ""
        self._began = time.time_ns()
        self._reading: set[str] = set()
        self._changed = False
        self._inventory = ""
        self._has_index = False
        self._is_as_recorded = False
        self._written: set[str] = set()
        self._others: set[str] = set()
        for event, handler, priority in (
            ("builder-inited", self._note_start, 100),
            ("env-get-outdated", self._find_outdated, 100),
            ("env-before-read-docs", self._note_reading, 900),
            ("env-purge-doc", self._note_source, 900),
            ("env-get-updated", self._prepare_numbers, 100),
            ("env-get-updated", self._find_updated, 900),
            ("env-check-consistency", note_environment, 900),
            ("write-started", self._start_writing, 100),
            ("doctree-resolved", self._note_page, 900),
            ("html-page-context", self._note_other_page, 900),
            ("html-collect-pages", self._finish_index, 900),
            ("build-finished", self._finish, 900),
        ):
            app.connect(event, handler, priority)

    # reading

    def _note_start(self, app: Sphinx) -> None:
        self._start = loaded_at_start(app)

    def _find_outdated(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: set[str],
        changed: set[str],
        removed: set[str],
    ) -> list[str]:
        outdated = pages_to_reread(env, added, removed, program_digest(app)) - added - changed
        self._changed = bool(added or changed or removed or outdated)
        return sorted(outdated)

    def _note_reading(self, _app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        clear_doctree_paths(env, docnames)
        self._reading = set(docnames)
        self._changed = self._changed or bool(docnames)

    def _note_source(self, _app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Before a page is read: who saves it while it is read finds it changed at the next build."""
        if docname in self._reading:
            records_of(env).sources[docname] = stamp(env.doc2path(docname))

    def _prepare_numbers(self, _app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
        if self._changed:
            canonical_order.forget_numbers(env)
        return ()

    # deciding

    def _find_updated(self, app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
        if self._changed:
            canonical_order.canonical_images(env)
            sort_index_entries(env)
            read = self._reading & env.all_docs.keys()
            note_dependencies(env, read, self._began)
            note_doctrees(env, read)
        if not writes_pages(app.builder):
            return ()
        self._store = RecordStore(Path(env.doctreedir), Path(app.outdir), app.builder.name)
        self._record = self._store.load()
        if not self._store.is_known:
            self._record.former = sorted({*self._record.former, *published_files(app.builder)})
        self._check_index()
        self._wanted = self._fingerprints(app)
        pages = self._record.pages
        return {docname for docname, wanted in self._wanted.items() if pages.get(docname) != wanted}

    def _check_index(self) -> None:
        path = index_path(self._app.builder)
        self._has_index = path is None or digest_file(path) == self._record.search
        if path is None or self._store is None or self._has_index:
            return
        if not (self._store.index_in_journal and is_usable(path)):  # another build's, or damaged
            self._record.forget(set(self._record.pages))

    def _fingerprints(self, app: Sphinx) -> dict[str, list[str]]:
        inputs = global_inputs(app, self._start)
        self._signature = project_signature(app, inputs)
        known = self._record.pages
        self._is_as_recorded = self._signature == self._record.signature and known.keys() == app.env.all_docs.keys()
        if self._is_as_recorded:
            self._inventory = self._record.inventory
            own = {docname: known[docname][0] for docname in known}
        else:
            objects = Objects(app.env)
            self._inventory = inventory_digest(app.env, inputs, objects)
            self._record.site, own = fingerprints(app, inputs, objects)
        facts = stated_facts(app)
        return {docname: [own[docname], facts.get(docname, "")] for docname in own}

    # writing

    def _start_writing(self, app: Sphinx, *_builder: Any) -> None:
        if self._store is None:
            return
        recorded = {*self._record.outputs, *self._record.former}
        static = {name for name in recorded if name.startswith("_static/")}
        stemmers = {name for name in static if name.endswith(("stemmer.js", "translations.js"))}
        accounted = copied_files(app) | stemmers
        remove_orphans(Path(app.outdir), static, accounted, app.config.fresh_keep)
        self._store.note_writing("", sorted(copied_files(app) - recorded))
        if self._is_as_recorded and self._has_index:
            skip_load(app.builder)
        self._remove_stale_modules(app)

    def _remove_stale_modules(self, app: Sphinx) -> None:
        if app.builder.format != "html":
            return
        wanted = module_page_fingerprints(app.env, self._record.site)
        stale = {name for name in wanted if self._record.modules.get(name) != wanted[name]}
        outputs = {other_page(app.builder, name) for name in stale}
        remove_orphans(Path(app.outdir), outputs, set(), ())
        self._others |= {other_page(app.builder, name) for name in wanted}
        self._record.modules = wanted

    def _note_page(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        if self._store is None:
            return
        images = page_images(app.builder, doctree)
        self._store.note_writing(docname, [*page_outputs(app.builder, docname), *images])
        self._written.add(docname)
        self._record.former += self._record.images.get(docname, [])
        self._record.images[docname] = images

    def _note_other_page(
        self,
        app: Sphinx,
        pagename: str,
        _template: str,
        _context: Any,
        doctree: object,
    ) -> None:
        if self._store is not None and doctree is None and pagename not in app.env.all_docs:
            output = other_page(app.builder, pagename)
            self._store.note_writing(pagename, [output])
            self._others.add(output)

    def _finish_index(self, app: Sphinx) -> Iterable[Any]:
        if self._store is None:
            return ()
        keep_inventory(app.builder, self._record, self._inventory)
        if self._is_as_recorded and self._has_index and not self._written:
            skip_dump(app.builder, "dump_search_index")
        else:
            self._store.note_writing(INDEX, [])
            repair(app.builder, self._record, set(app.env.all_docs))
        return ()

    # finishing

    def _finish(self, app: Sphinx, exception: Exception | None) -> None:
        if self._store is None:
            return
        if exception is not None:
            self._store.close()
            return
        record = self._record
        self._note_written(app)
        complete = record.pages == self._wanted
        record.signature = self._signature if complete else ""
        if complete:
            self._remove_orphans(app)
        path = index_path(app.builder)
        record.search = digest_file(path) if path is not None else ""
        record.note_stamps(Path(app.outdir), self._written)
        note_inventory(record, Path(app.outdir))
        self._store.save(record)

    def _note_written(self, app: Sphinx) -> None:
        record = self._record
        for docname in self._written & self._wanted.keys():
            record.pages[docname] = self._wanted[docname]
            record.former += record.page_outputs.get(docname, [])
            record.page_outputs[docname] = page_outputs(app.builder, docname)
        for docname in record.pages.keys() - app.env.all_docs.keys():
            del record.pages[docname]
        record.former = sorted(set(record.former))

    def _remove_orphans(self, app: Sphinx) -> None:
        record = self._record
        recorded = record.files()
        for mapping in (record.page_outputs, record.images):
            for docname in mapping.keys() - record.pages.keys():
                del mapping[docname]
        record.former = []
        record.outputs = sorted(copied_files(app) | self._others)
        accounted = record.files()
        removed = remove_orphans(Path(app.outdir), recorded, accounted, app.config.fresh_keep)
        record.former = sorted(recorded - accounted - removed)
