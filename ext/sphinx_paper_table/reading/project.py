"""The settings of a project, as its ``conf.py`` writes them: the same for the command line, a hook and a build.

A build has run ``conf.py``, so it asks Sphinx; all others ask here. What only running would tell may stand in the table
``[tool.paper-table]`` of ``pyproject.toml``, under the same names.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.bibliography.public_fields import OPTION as PUBLIC_FIELDS
from sphinx_paper_table.bibliography.settings import BibtexSettings
from sphinx_paper_table.reading.bibtex_options import BIBFILES, BIBTEX_OPTIONS, LIST_STYLES, REFERENCE_STYLES
from sphinx_paper_table.reading.citation_options import CITATION_OPTIONS
from sphinx_paper_table.reading.conf_file import ConfFile, read_conf
from sphinx_paper_table.reading.options import (
    LAYOUT,
    NAMES,
    OF_COMMANDS,
    OPTIONS,
    PICTURES,
    SURVEYS,
    UPDATES,
    VENUE_LISTS,
    ConfigOption,
)
from sphinx_paper_table.survey.allowed import SETTINGS, Kind, TextSettings, by_name
from sphinx_paper_table.survey.formulas import EXTENDED_BY
from sphinx_paper_table.survey.known_problems import SUPPRESS
from sphinx_paper_table.survey.located import Position, position_in
from sphinx_paper_table.survey.problems import Code, Problem, Problems, Severity, nearest
from sphinx_paper_table.survey.source_files import find_files, read_text
from sphinx_paper_table.survey.spelling import meant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sphinx_paper_table.survey.allowed import ByName

EXTENSION: Final = "sphinx_paper_table"
MYST: Final = "myst_enable_extensions"
TABLE: Final = "tool.paper-table"
_DECLARED: Final = {option.name: option for option in (*OPTIONS, *CITATION_OPTIONS, *BIBTEX_OPTIONS)}
_LISTS: Final = (list, tuple)
_OF_OTHERS: Final = {
    "extensions": ConfigOption("extensions", [], _LISTS, "", lambda _value: ""),
    SUPPRESS: ConfigOption(SUPPRESS, [], _LISTS, "", lambda _value: ""),
    "exclude_patterns": ConfigOption("exclude_patterns", [], _LISTS, "", lambda _value: ""),
    "include_patterns": ConfigOption("include_patterns", ["**"], _LISTS, "", lambda _value: ""),
    "templates_path": ConfigOption("templates_path", [], _LISTS, "", lambda _value: ""),
    "html_static_path": ConfigOption("html_static_path", [], _LISTS, "", lambda _value: ""),
    "html_extra_path": ConfigOption("html_extra_path", [], _LISTS, "", lambda _value: ""),
    "source_suffix": ConfigOption("source_suffix", ".rst", (str, list, tuple, dict), "", lambda _value: ""),
    "intersphinx_mapping": ConfigOption("intersphinx_mapping", {}, (dict,), "", lambda _value: ""),
    "language": ConfigOption("language", "en", (str,), "", lambda _value: ""),
    "locale_dirs": ConfigOption("locale_dirs", ["locales"], _LISTS, "", lambda _value: ""),
    MYST: ConfigOption(MYST, [], (list, tuple, set), "", lambda _value: ""),
}
"""Values of Sphinx and of other extensions that decide what is read and said."""
_OF_FILES: Final = frozenset({BIBFILES, "bibtex_encoding"})
"""Those values of sphinxcontrib-bibtex that decide what is read."""
_READ: Final = {
    **{
        name: option
        for name, option in _DECLARED.items()
        if option.rebuild == "env" or option in CITATION_OPTIONS or name in OF_COMMANDS or name in _OF_FILES
    },
    **_OF_OTHERS,
}
"""The values on which the problems of a project depend, and those that only commands read."""
_OURS: Final = ("paper_table_", "citations_", "fresh_")
_FRESH: Final = ("fresh_enabled", "fresh_keep", "fresh_navigation")
"""The values of `sphinx_fresh`, which needs Sphinx to be imported."""
_OF_BIBTEX: Final = "bibtex_"
"""How the values of sphinxcontrib-bibtex begin, for which other packages may have more."""
_TYPES: Final[dict[type, str]] = {
    bool: "True or False",
    dict: "a dictionary",
    int: "a number",
    list: "a list",
    str: "a text between quotes",
}
_LANGUAGE: Final = re.compile(r"[A-Za-z_-]+")
_REGION: Final = re.compile(r"([A-Za-z]{2,3})[_-]([A-Za-z]{2})")
_KEY: Final = re.compile(r"^[ \t]{0,99}+[\"']?([\w.-]{1,200}+)", re.MULTILINE)
_KNOWN_EXTENSION: Final = re.compile(
    r"sphinx_paper_table|myst_parser|sphinx_design|sphinx\.ext\.\w+|sphinxcontrib\.\w+"
)


@dataclass(slots=True)
class Project:
    """A source directory, what its ``conf.py`` says, and what is wrong with that."""

    source: Path
    conf: ConfFile
    problems: tuple[Problem, ...] = ()
    _values: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        """Return the value of a setting: its default where the project gives none, or one that is not valid."""
        return self._values[name] if name in self._values else _READ[name].default

    def surveys(self, problems: Problems) -> list[Path]:
        """Return the survey files; see `find_files`."""
        return find_files(self.source, self[SURVEYS], problems)

    def bibliographies(self, problems: Problems) -> list[Path]:
        """Return the BibTeX files that a build reads; without a ``conf.py``, those of a site's usual two places."""
        named = self[BIBFILES]
        if named is not None:
            return [self._named(str(name)) for name in named]
        if self.conf.text:
            default = self.source / "refs.bib"
            return [default] if default.is_file() else []
        return find_files(self.source, ["*.bib"], problems) or find_files(
            self.source.resolve().parent, ["*.bib"], problems
        )

    @property
    def bibtex(self) -> BibtexSettings:
        """What the reading of BibTeX depends on, but for the types of the project's style, which only a build knows."""
        return BibtexSettings(
            public=frozenset(str(name).lower() for name in self[PUBLIC_FIELDS]),
            math=frozenset(map(str, self[EXTENDED_BY])),
            encoding=self["bibtex_encoding"],
        )

    @property
    def venue_lists(self) -> dict[str, Path]:
        """The author's own lists of journals."""
        paths = (self.source / str(name) for name in self[VENUE_LISTS])
        return {str(path): path for path in paths}

    def _named(self, name: str) -> Path:
        """Return the file that ``conf.py`` calls *name*, without the way back from there: ``../refs.bib``."""
        path = (self.source / name).resolve()
        return path if self.source.is_absolute() else Path(os.path.relpath(path))

    def rules(self) -> ByName:
        """Return what may stand in the project's records."""
        settings = TextSettings(
            TextSettings().syntax if self.is_unknown(MYST) else frozenset(map(str, self[MYST])),
            tuple(self[EXTENDED_BY]),
            tuple(self["paper_table_image_hosts"]),
        )
        directives, roles = (tuple(map(str, self[SETTINGS[kind]])) for kind in (Kind.DIRECTIVE, Kind.ROLE))
        return by_name(directives, roles, settings, names_in(self["language"]))

    def loads(self, extension: str) -> bool:
        """Return whether the project loads *extension*, as far as that can be known."""
        return self.is_unknown("extensions") or extension in self["extensions"]

    @property
    def names_file(self) -> Path:
        """Where the public names are recorded."""
        return self.source / str(self[NAMES])

    @property
    def updates(self) -> dict[str, Path]:
        """The file with what was learnt elsewhere, which need not be there."""
        path = self.source / str(self[UPDATES])
        return {str(path): path}

    def is_unknown(self, name: str) -> bool:
        """Return whether ``conf.py`` computes the value of *name*, and nothing else says it."""
        return name in self.conf.computed and name not in self._values


def read_project(source: Path) -> Project:
    """Return the project in the folder *source*; one without a ``conf.py`` has the default of everything."""
    conf, problems = read_conf(source / "conf.py"), Problems()
    if conf.broken:
        message = f"conf.py is no Python: {conf.reason}"
        problems.add(Code.CONFIG, message, conf.broken, "until it is, the defaults are used")
    values = {name: value for name, value in conf.values.items() if name in _READ or name in _DECLARED}
    for name, value in _stated_beside(conf, problems):
        values.setdefault(name, value)
    for name, value in list(values.items()):
        found = value_problem({**_READ, **_DECLARED}[name], value, conf.place(name))
        if found and not _may_be_known(name, conf):
            # Sphinx says what is wrong with its own, but for a list that it takes letter by letter
            is_told = name in _DECLARED or (name == "extensions" and isinstance(value, str))
            problems.extend([found] if is_told else [])
            del values[name]
    problems.extend(unknown_options(conf, (*_DECLARED, *_FRESH)))
    problems.extend(_missing_extension(conf))
    problems.extend(odd_language(conf))
    problems.extend(odd_suppressions(conf))
    project = Project(source, conf, _values=values)
    if not project.is_unknown("html_static_path"):
        problems.extend(lost_pictures(values.get(PICTURES, ""), project["html_static_path"], conf.place(PICTURES)))
    _note_computed(project, problems)
    project.problems = problems.sorted()
    return project


def value_problem(option: ConfigOption, value: Any, place: Position) -> Problem | None:
    """Return what is wrong with the *value* of an option, if anything is."""
    is_of_type = isinstance(value, option.types) or value is option.default
    fault = option.check(value) if is_of_type else f"it must be {_TYPES[option.types[0]]}"
    if not fault:
        return None
    message = f"conf.py: {option.name} = {value!r} is not valid: {fault}"
    found = Problems()
    is_bare = isinstance(value, str) and option.types[0] is list
    default = "the default" if option.default is None else repr(option.default)
    hint = f"write [{value!r}]" if is_bare else f"using {default}"
    found.add(Code.CONFIG, message, place, hint, end=place._replace(column=place.column + len(option.name)))
    return found.sorted()[0]


def unknown_options(conf: ConfFile, declared: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each name in *conf* that looks like one of ours, or of *declared*, and is none."""
    for name, place in conf.places.items():
        likely = meant(name, declared)
        if name not in declared and (name.startswith(_OURS) or (likely or "").startswith(_OF_BIBTEX)):
            known = [known for known in declared if known.startswith(name.partition("_")[0])]
            hint = f"did you mean '{likely}'?" if likely else nearest(name, known)
            corrected = likely and _line(conf, place).replace(name, likely, 1)
            problems = Problems()
            end = place._replace(column=place.column + len(name))
            problems.add(
                Code.CONFIG, f"conf.py: there is no option '{name}'", place, hint, end=end, corrected=corrected or ""
            )
            yield from problems.sorted()


def _line(conf: ConfFile, place: Position) -> str:
    return conf.text.split("\n")[place.line - 1] if place.line else ""


def _missing_extension(conf: ConfFile) -> Iterator[Problem]:
    """Yield a problem when the project does not load this extension, as far as that can be known."""
    named = conf.values.get("extensions", [])
    if not conf.text.strip() or "extensions" in conf.computed or not isinstance(named, _LISTS):
        return
    names = [str(name) for name in named]
    if any(name.partition(".")[0] == EXTENSION for name in names):
        return
    place = conf.place("extensions")
    glued = next((name for name in names if EXTENSION in name), "")
    if glued:
        message = f"'{glued}' is the name of no module: a comma is missing between two"
        yield Problem(place, Code.CONFIG, message, f"write '{EXTENSION}', alone between quotes, and a comma behind it")
        return
    likely = next((name for name in names if meant(name.replace("-", "_"), [EXTENSION, "paper_table"])), "")
    if likely:
        line = next(
            (n for n, text in enumerate(conf.text.split("\n"), 1) if f'"{likely}"' in text or f"'{likely}'" in text),
            place.line,
        )
        text = conf.text.split("\n")[line - 1]
        start = Position(place.path, line, text.find(likely) + 1)
        yield Problem(
            start,
            Code.CONFIG,
            f"'{likely}' is the name of no module",
            f"write '{EXTENSION}'",
            end=start._replace(column=start.column + len(likely)),
            corrected=text.replace(likely, EXTENSION, 1),
        )
    else:
        hint = f"add '{EXTENSION}' to the list 'extensions'"
        corrected = f"extensions = {[*names, EXTENSION]!r}".replace("'", '"')
        yield Problem(place, Code.CONFIG, "conf.py does not load this extension", hint, corrected=corrected)


def odd_language(conf: ConfFile) -> Iterator[Problem]:
    """Yield a problem when Sphinx has another name for the language, and shows English in its place without a word."""
    written = conf.values.get("language")
    found = _REGION.fullmatch(written) if isinstance(written, str) else None
    name = f"{found[1].lower()}_{found[2].upper()}" if found else written
    if name != written and not any(conf.path.parent.glob(f"*/{written}/LC_MESSAGES")):
        place = conf.place("language")
        message = f"conf.py: Sphinx has no translation for the language '{written}', and says so nowhere"
        corrected = _line(conf, place).replace(str(written), str(name))
        yield Problem(place, Code.CONFIG, message, f"write '{name}'", corrected=corrected)


def _may_be_known(name: str, conf: ConfFile) -> bool:
    """Return whether an extension, or ``conf.py``, may bring the layout or the style that the value *name* names."""
    if name in LIST_STYLES | REFERENCE_STYLES:
        return "register_plugin" in conf.text or may_have_layouts(conf)
    return name == LAYOUT and may_have_layouts(conf)


def odd_suppressions(conf: ConfFile) -> Iterator[Problem]:
    """Yield a problem for each warning of ours that is to be suppressed and that nothing gives."""
    named = conf.values.get(SUPPRESS)
    known = {*(f"paper_table.{code}" for code in Code), "paper_table.pagefind", "paper_table.*"}
    for name in named if isinstance(named, _LISTS) else ():
        if str(name).startswith("paper_table.") and name not in known:
            place = conf.place(SUPPRESS)
            yield Problem(place, Code.CONFIG, f"conf.py: there is no warning '{name}'", nearest(str(name), known))


def lost_pictures(folder: str, copied: Collection[str], place: Position) -> Iterator[Problem]:
    """Yield a problem when the *folder* of pictures is in none of those that Sphinx copies to the site."""
    if folder and not any(PurePath(folder).is_relative_to(str(entry)) for entry in copied):
        message = f"conf.py: {PICTURES}: '{folder}' is in no folder of 'html_static_path', so that it is not copied"
        hint = nearest(folder, map(str, copied)) if copied else "add its folder to that list"
        yield Problem(place, Code.CONFIG, message, hint)


def may_have_layouts(conf: ConfFile) -> bool:
    """Return whether an extension that we do not know, or ``conf.py`` itself, may bring layouts."""
    named = conf.values.get("extensions", [])
    return "add_paper_layout" in conf.text or not all(_KNOWN_EXTENSION.fullmatch(str(name)) for name in named)


def may_have_more_names(conf: ConfFile) -> bool:
    """Return whether an extension that we do not know, or ``conf.py`` itself, may bring directives and roles."""
    return may_have_layouts(conf) or "extensions" in conf.computed or "def setup" in conf.text


def _note_computed(project: Project, problems: Problems) -> None:
    """Say, as advice, what is not known without running ``conf.py``; whatever follows from it may be wrong."""
    for name, place in project.conf.computed.items():
        if name in _READ and project.is_unknown(name):
            message = f"conf.py computes {name}, so that only a build knows it"
            hint = f"put it in [{TABLE}] of pyproject.toml"
            problems.add(Code.CONFIG, message, place, hint, Severity.ADVICE)


def _stated_beside(conf: ConfFile, problems: Problems) -> Iterator[tuple[str, Any]]:
    """Yield the settings in the table of the nearest ``pyproject.toml``, noting those that have no place there."""
    folder = conf.path.parent
    found = next((path for place in (folder, *folder.parents) if (path := place / "pyproject.toml").is_file()), None)
    text = read_text(found, str(found), Problems()) if found else None
    if not text or "paper-table" not in text:
        return
    import tomllib  # noqa: PLC0415 (few projects have the table)

    try:
        table = tomllib.loads(text).get("tool", {}).get("paper-table", {})
    except tomllib.TOMLDecodeError as error:
        problems.add(Code.CONFIG, f"pyproject.toml cannot be read: {error}", Position(str(found), 1, 1))
        return
    for name, value in table.items() if isinstance(table, dict) else ():
        place = _place_of(name, text, str(found))
        if name not in _READ:
            problems.add(Code.CONFIG, f"[{TABLE}] has no key '{name}'", place, nearest(name, _READ))
        elif name in conf.values:
            message = f"{name} stands in conf.py, line {conf.place(name).line}, and in [{TABLE}] too"
            problems.add(Code.CONFIG, message, place, "remove it here: conf.py is read")
        else:
            yield name, value


def _place_of(name: str, text: str, path: str) -> Position:
    begin = max(text.find(f"[{TABLE}]"), 0)
    found = next((key for key in _KEY.finditer(text, begin) if key[1] == name), None)
    offset = found.start(1) if found else begin
    return position_in(text, path, offset)


def names_in(language: str) -> Mapping[Kind, Mapping[str, str]]:
    """Return what docutils calls directives and roles in *language*, with their English names.

    A build asks docutils. Here its module of the language is read as a ``conf.py`` is: to import docutils takes as long
    as all the rest.
    """
    found = find_spec("docutils") if language.partition("_")[0].lower() != "en" else None
    if found is None or found.origin is None or not _LANGUAGE.fullmatch(language):
        return {}
    folder = Path(found.origin).parent / "parsers" / "rst" / "languages"
    tags = (language.lower().replace("-", "_"), language.lower().partition("_")[0])
    values = next((read_conf(path).values for tag in tags if (path := folder / f"{tag}.py").is_file()), {})
    return {Kind.DIRECTIVE: values.get("directives", {}), Kind.ROLE: values.get("roles", {})}
