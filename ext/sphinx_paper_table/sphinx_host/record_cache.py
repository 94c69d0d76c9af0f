"""Records as an earlier build has left them beside the doctrees: brought up to date, and left for the next one."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.util import logging

from sphinx_paper_table.citations import library_of
from sphinx_paper_table.sphinx_host.domain import paper_domain
from sphinx_paper_table.sphinx_host.session import bib_files_of, rules_of, session_of
from sphinx_paper_table.sphinx_host.translation import catalogue_files, translator
from sphinx_paper_table.store import Cache

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_paper_table.reading.kept_records import KeptRecords, Known
    from sphinx_paper_table.sphinx_host.session import Session

logger = logging.getLogger(__name__)

FILE: Final = "records.pickle"


class RecordCache:
    """The file of one build; records that are made with other settings have another key."""

    def __init__(self, app: Sphinx) -> None:
        """Let the session of *app*, whose settings are known, find there what it is asked for."""
        session = session_of(app.env)
        session.know = self.known
        self._app = app
        self._cache = Cache(Path(app.doctreedir) / FILE, session.settings, logger.info)
        self._before: KeptRecords | None = None

    def known(self) -> Known | None:
        """Return the records as far as they are known; None where all are to be loaded."""
        from sphinx_paper_table.reading.kept_records import (  # noqa: PLC0415 (most builds ask for no record)
            KeptRecords,
            Project,
            known_records,
        )

        app, session = self._app, session_of(self._app.env)
        kept = self._cache.load(0)
        if not isinstance(kept, KeptRecords) or not session.contents:
            return None
        self._before = kept
        library = library_of(app.env)
        project = Project(
            session.contents,
            session.parsed,
            library.references,
            bib_files_of(app),
            rules_of(app.env),
            translator(app, session.distrust),
            session.bibliography,
            None if catalogue_files(app, map(Path, session.contents)) else library.former,  # translations cite too
        )
        known = known_records(kept, project)
        if known is not None:
            session.parsed.save()
            logger.info("survey files read: %d", session.parsed.count)
        return known

    def save(self) -> None:
        """Leave the records of this build, in which nothing was wrong but advice, with what pages show of them."""
        session = session_of(self._app.env)
        kept = session.known.kept if session.known else self._loaded(session)
        if kept is None:
            return
        pages = paper_domain(self._app.env).pages.values()
        marks = {record.query: record.fingerprint for page in pages for record in page.views}
        kept = dataclasses.replace(kept, marks=marks)
        if kept != self._before:
            self._cache.save(kept)

    @staticmethod
    def _loaded(session: Session) -> KeptRecords | None:
        from sphinx_paper_table.reading.kept_records import kept_records  # noqa: PLC0415 (as above)

        problems = tuple(problem for problem in session.problems if problem not in session.found)
        return kept_records(session.loaded, session.catalogue, problems, session.contents, session.bibliography)
