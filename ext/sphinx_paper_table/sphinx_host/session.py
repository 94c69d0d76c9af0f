"""One build's catalogue: loaded and translated when it is asked for, before pages are read, shared by forked readers.

Nothing of it enters Sphinx's pickled environment: every chunk of a parallel read would carry it back.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sphinx.util import logging

from sphinx_paper_table.citations import library_of
from sphinx_paper_table.reading.checks import check_translation
from sphinx_paper_table.reading.conf_file import read_conf
from sphinx_paper_table.reading.locale_folders import unread_catalogues, untranslated_build
from sphinx_paper_table.reading.missing_surveys import note_missing_surveys, note_other_endings
from sphinx_paper_table.reading.options import UPDATES, VENUE_LISTS
from sphinx_paper_table.reading.parsed import Parsed, parsed_in
from sphinx_paper_table.sphinx_host.collector import loading
from sphinx_paper_table.sphinx_host.config import conf_file
from sphinx_paper_table.sphinx_host.findings import Findings, settings_digest
from sphinx_paper_table.sphinx_host.meaning_rules import MeaningRules
from sphinx_paper_table.sphinx_host.translation import catalogue_files, localised
from sphinx_paper_table.store import files_digest
from sphinx_paper_table.survey.bib_files import BibFiles
from sphinx_paper_table.survey.catalogue import Catalogue
from sphinx_paper_table.survey.problems import Problem, Problems
from sphinx_paper_table.survey.query import digest
from sphinx_paper_table.survey.source_files import find_files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_paper_table.reading.kept_records import Known
    from sphinx_paper_table.reading.loader import LoadResult
    from sphinx_paper_table.survey.status_lines import StatusLine

logger = logging.getLogger(__name__)


def _nothing() -> LoadResult:
    from sphinx_paper_table.reading.loader import LoadResult  # noqa: PLC0415 (loaded with the records)

    return LoadResult(Catalogue(), ())


@dataclass(slots=True)
class Session:
    """What this build knows of the records; they are loaded when somebody asks for more than `findings` has."""

    rules: MeaningRules | None = None
    """What may stand in records; see `rules_of`."""
    contents: Mapping[str, str] = field(default_factory=dict)
    """A digest of each survey file, by its name in messages."""
    sources: str = ""
    """A digest of the files that the catalogue is made from, taken before they are read: one that is saved meanwhile
    differs at the next build."""
    settings: str = ""
    """A digest of all that records depend on but the survey files and the bibliography."""
    bibliography: str = ""
    """A digest of the BibTeX files."""
    locations: object = None
    """Where every object is, as `sphinx_host.domain` has computed it."""
    statuses: Mapping[str, StatusLine] | None = None
    """What became of publications, by cite key; None until all pages are read and somebody asks."""
    findings: Findings | None = None
    """What earlier builds have found out; None until all that it depends on is known."""
    found: tuple[Problem, ...] = ()
    """What is wrong with the project that no record says, and that is looked for at every build."""
    parsed: Parsed = field(default_factory=Parsed)
    load: Callable[[], LoadResult] = _nothing
    localise: Callable[[Catalogue], tuple[Catalogue, tuple[Problem, ...]]] | None = None
    know: Callable[[], Known | None] | None = None
    """Returns the records as an earlier build has left them, brought up to date."""
    leave: Callable[[], object] | None = None
    """Leaves them for the next one."""
    known: Known | None = None
    _loaded: LoadResult | None = None
    _localised: tuple[Catalogue, tuple[Problem, ...]] | None = None

    @property
    def loaded(self) -> LoadResult:
        """The records as they are written."""
        if self._loaded is None:
            with loading():
                self._loaded = self.load()
        return self._loaded

    @property
    def catalogue(self) -> Catalogue:
        """The records in the language of the build."""
        return self._in_language()[0]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the records, in the language of the build too."""
        if self.findings is not None and self.is_checked:
            problems = Problems()
            problems.extend((*self.findings.problems, *self.found))
            return problems.sorted()
        return self._in_language()[1]

    @property
    def is_checked(self) -> bool:
        """Whether an earlier build has found all that is wrong with these records."""
        return self.findings is not None and self.findings.has_records

    def _in_language(self) -> tuple[Catalogue, tuple[Problem, ...]]:
        if self.localise is None:
            return self.loaded.catalogue, self.loaded.problems
        if self._localised is None:
            with loading():
                self.known = self.know() if self.know else None
            if self.known is None:
                self._localised = self.localise(self.loaded.catalogue)
            else:
                problems = Problems()
                problems.extend((*self.known.problems, *self.found))
                self._localised = self.known.catalogue, problems.sorted()
        return self._localised

    def sources_of(self, contents: Mapping[str, str], bibliography: str) -> str:
        """Return what `sources` is when the survey files have these *contents*, and the BibTeX files that digest."""
        return digest((self.settings, bibliography, contents))

    @property
    def is_asked(self) -> bool:
        """Whether somebody has asked for the records in the language of the build."""
        return self._localised is not None

    def distrust(self) -> None:
        """Let the next build find out all anew."""
        if self.findings is not None:
            self.findings.is_reliable = False

    def close(self) -> None:
        """Let go of what holds on to the environment, whose session would else outlive it."""
        self.rules, self.findings, self.load, self.localise = None, None, _nothing, None
        self.know, self.leave = None, None


_sessions: WeakKeyDictionary[BuildEnvironment, Session] = WeakKeyDictionary()


def session_of(env: BuildEnvironment) -> Session:
    """Return the session of the build that *env* belongs to; an empty one before anything is loaded."""
    return _sessions.setdefault(env, Session())


def load_session(app: Sphinx) -> None:
    """Look for the survey files (``builder-inited``, when citations have opened the BibTeX files)."""
    session = session_of(app.env)
    problems = Problems()
    files = {str(path): path for path in find_files(Path(app.srcdir), app.config.paper_table_surveys, problems)}
    lists = {str(Path(app.srcdir, name)): Path(app.srcdir, name) for name in app.config[VENUE_LISTS]}
    updates = updates_file(app)
    session.contents = {name: files_digest([path], app.srcdir) for name, path in files.items()}
    session.sources = files_digest([*lists.values(), *updates.values()], app.srcdir)
    conf = read_conf(Path(app.confdir, "conf.py"))
    language = app.config.language or "en"
    place = conf, Path(app.srcdir), app.config.locale_dirs, language
    problems.extend(unread_catalogues(*place))
    problems.extend(untranslated_build(*place, is_chosen="language" in app.config.overrides))
    source, patterns = Path(app.srcdir), app.config.paper_table_surveys
    if files:
        note_other_endings(source, files.values(), patterns, problems)
    else:
        note_missing_surveys(source, conf_file(app), patterns, problems)
    session.found = problems.sorted()
    rules_of(app.env)  # before a page can give a name another meaning
    session.parsed = parsed_in(Path(app.doctreedir, "surveys.pickle"), logger.info)
    session.load = partial(_load, app, files, lists)


def updates_file(app: Sphinx) -> dict[str, Path]:
    """Return the file with what was learnt elsewhere, by its name in messages, where there is one."""
    path = Path(app.srcdir, app.config[UPDATES])
    return {str(path): path} if path.is_file() else {}


def bib_files_of(app: Sphinx) -> BibFiles:
    """Return the BibTeX files of a project, for messages."""
    return BibFiles(tuple(Path(app.confdir) / name for name in app.config.bibtex_bibfiles or ()), Path(app.srcdir))


def _load(app: Sphinx, files: Mapping[str, Path], lists: Mapping[str, Path]) -> LoadResult:
    """Read all survey files."""
    from sphinx_paper_table.exports.names import check_names_file  # noqa: PLC0415 (most builds ask for no record)
    from sphinx_paper_table.reading.loader import load_surveys  # noqa: PLC0415 (as above)

    references = library_of(app.env).references if files else {}
    parsed, rules, is_checked = session_of(app.env).parsed, rules_of(app.env), session_of(app.env).is_checked
    loaded = load_surveys(
        files, references, rules, lists, bib_files_of(app), updates_file(app), parsed=parsed, is_checked=is_checked
    )
    parsed.save()
    parsed.let_go()
    logger.info("survey files read: %d", parsed.count)
    if is_checked:
        return loaded
    problems = Problems()
    problems.extend((*session_of(app.env).found, *loaded.problems))
    found = (*problems.sorted(), *library_of(app.env).problems)
    check_names_file(Path(app.srcdir, app.config.paper_table_names), loaded.catalogue, found, problems)
    return dataclasses.replace(loaded, problems=problems.sorted())


def localise_session(app: Sphinx) -> None:
    """Let the records be translated (``env-get-outdated``: Sphinx has compiled the message catalogues by then)."""
    session = session_of(app.env)
    surveys = [*map(Path, session.contents)]
    translations = files_digest(catalogue_files(app, surveys), app.srcdir)
    # What is not compiled yet will be when the records are translated.
    settings = settings_digest(app, catalogue_files(app, surveys, ".po"))
    session.settings = digest((settings, session.sources, translations, session.found))
    session.bibliography = library_of(app.env).entries.digest
    session.sources = session.sources_of(session.contents, session.bibliography)
    session.findings = Findings(app, session.sources)
    session.localise = partial(_localise, app)


def _localise(app: Sphinx, catalogue: Catalogue) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Return the records in the language of the build, and what is wrong with them in either."""
    session = session_of(app.env)
    translation = localised(catalogue, app, session.distrust)
    if session.is_checked:
        return translation, ()
    problems = Problems()
    problems.extend(session.loaded.problems)
    for name, survey in catalogue.surveys.items():
        check_translation(survey, translation.surveys[name], problems, rules_of(app.env))
    check_translation(catalogue.vocabulary, translation.vocabulary, problems, rules_of(app.env))
    return translation, problems.sorted()


def rules_of(env: BuildEnvironment) -> MeaningRules:
    """Return what may stand in the records of this build."""
    session = session_of(env)
    if session.rules is None:
        session.rules = MeaningRules(env)
    return session.rules


def survey_files(srcdir: Path, patterns: list[str]) -> list[Path]:
    """Return the files that the patterns match, sorted, without those that lead outside the source directory."""
    return find_files(Path(srcdir), patterns, Problems())
