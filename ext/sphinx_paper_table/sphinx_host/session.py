"""One build's catalogue: loaded when the builder is there, translated before pages are read, shared by forked readers.

Nothing of it enters Sphinx's pickled environment: every chunk of a parallel read would carry it back.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sphinx_paper_table.citations import library_of
from sphinx_paper_table.exports.names import check_names_file
from sphinx_paper_table.reading.checks import check_translation
from sphinx_paper_table.reading.conf_file import read_conf
from sphinx_paper_table.reading.loader import LoadResult, load_surveys
from sphinx_paper_table.reading.locale_folders import unread_catalogues
from sphinx_paper_table.reading.missing_surveys import note_missing_surveys
from sphinx_paper_table.reading.options import VENUE_LISTS
from sphinx_paper_table.sphinx_host.config import conf_file
from sphinx_paper_table.sphinx_host.meaning_rules import MeaningRules
from sphinx_paper_table.sphinx_host.translation import catalogue_files, localised
from sphinx_paper_table.store import files_digest
from sphinx_paper_table.survey.bib_files import BibFiles
from sphinx_paper_table.survey.catalogue import Catalogue
from sphinx_paper_table.survey.problems import Problem, Problems
from sphinx_paper_table.survey.source_files import find_files

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


@dataclass(slots=True)
class Session:
    """What this build has loaded; ``catalogue`` is the translated one."""

    loaded: LoadResult = field(default_factory=lambda: LoadResult(Catalogue(), ()))
    catalogue: Catalogue = field(default_factory=Catalogue)
    problems: tuple[Problem, ...] = ()
    """What is wrong with the records, in the language of the build too."""
    rules: MeaningRules | None = None
    """What may stand in records; see `rules_of`."""
    sources: str = ""
    """A digest of the files that the catalogue was made from, taken before they were read: one that is saved meanwhile
    differs at the next build."""
    locations: object = None
    """Where every object is, as `sphinx_host.domain` has computed it."""


_sessions: WeakKeyDictionary[BuildEnvironment, Session] = WeakKeyDictionary()


def session_of(env: BuildEnvironment) -> Session:
    """Return the session of the build that *env* belongs to; an empty one before anything is loaded."""
    return _sessions.setdefault(env, Session())


def load_session(app: Sphinx) -> None:
    """Read all survey files (``builder-inited``, when citations have opened the BibTeX files)."""
    session = session_of(app.env)
    problems = Problems()
    files = {str(path): path for path in find_files(Path(app.srcdir), app.config.paper_table_surveys, problems)}
    lists = {str(Path(app.srcdir, name)): Path(app.srcdir, name) for name in app.config[VENUE_LISTS]}
    session.sources = files_digest([*files.values(), *lists.values()], app.srcdir)
    bib_files = BibFiles(tuple(Path(app.confdir) / name for name in app.config.bibtex_bibfiles or ()), Path(app.srcdir))
    references = library_of(app.env).references if files else {}
    loaded = load_surveys(files, references, rules_of(app.env), lists, bib_files)
    problems.extend(loaded.problems)
    conf = read_conf(Path(app.confdir, "conf.py"))
    language = app.config.language or "en"
    problems.extend(unread_catalogues(conf, Path(app.srcdir), app.config.locale_dirs, language))
    found = (*problems.sorted(), *library_of(app.env).problems)
    check_names_file(Path(app.srcdir, app.config.paper_table_names), loaded.catalogue, found, problems)
    if not files:
        note_missing_surveys(Path(app.srcdir), conf_file(app), app.config.paper_table_surveys, problems)
    session.loaded = dataclasses.replace(loaded, problems=problems.sorted())
    session.catalogue, session.problems = session.loaded.catalogue, session.loaded.problems


def localise_session(app: Sphinx) -> None:
    """Translate the catalogue (``env-get-outdated``: Sphinx has compiled the message catalogues by then)."""
    surveys = survey_files(app.srcdir, app.config.paper_table_surveys)
    session = session_of(app.env)
    session.sources += files_digest(catalogue_files(app, surveys), app.srcdir)
    session.catalogue = localised(session.loaded.catalogue, app)
    problems = Problems()
    problems.extend(session.loaded.problems)
    for name, survey in session.loaded.catalogue.surveys.items():
        check_translation(survey, session.catalogue.surveys[name], problems, rules_of(app.env))
    check_translation(session.loaded.catalogue.vocabulary, session.catalogue.vocabulary, problems, rules_of(app.env))
    session.problems = problems.sorted()


def rules_of(env: BuildEnvironment) -> MeaningRules:
    """Return what may stand in the records of this build."""
    session = session_of(env)
    if session.rules is None:
        session.rules = MeaningRules(env)
    return session.rules


def survey_files(srcdir: Path, patterns: list[str]) -> list[Path]:
    """Return the files that the patterns match, sorted, without those that lead outside the source directory."""
    return find_files(Path(srcdir), patterns, Problems())
