"""The texts of the records in other languages, as data: each YAML file is a gettext domain of its own.

Sphinx translates the doctree: it would parse the texts twice and report errors at the page's line. Here the
catalogue is translated before anything is parsed, so that pages, exports and inverse reasons on other pages agree.
The domain of ``surveys/x.yaml`` is ``records/surveys/x``: its template is written by the gettext builder, and its
translation is looked for in ``locale_dirs``.
"""

from __future__ import annotations

import gettext
import os
import struct
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.locale import get_translation

from sphinx_paper_table.compat.sphinx import add_message, compiled_catalog
from sphinx_paper_table.reading.translations import domain_of
from sphinx_paper_table.sphinx_host.diagnostics import report
from sphinx_paper_table.survey.catalogue import Catalogue
from sphinx_paper_table.survey.characters import visible
from sphinx_paper_table.survey.located import BUILT_IN, Located, Position
from sphinx_paper_table.survey.problems import Code, Problem
from sphinx_paper_table.survey.texts import texts, translated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinx.application import Sphinx
    from sphinx.builders.gettext import MessageCatalogBuilder

    from sphinx_paper_table.survey.entities import Record

CATALOG: Final = "sphinx_paper_table"
"""The gettext domain of the extension's own labels."""
_: Final = get_translation(CATALOG)


def localised(catalogue: Catalogue, app: Sphinx, unusable: Callable[[], object]) -> Catalogue:
    """Return *catalogue* with every text in the language of the build; see `translator`."""
    translate = translator(app, unusable)
    surveys = {name: translated(survey, translate) for name, survey in catalogue.surveys.items()}
    vocabulary = translated(catalogue.vocabulary, translate)
    return Catalogue(surveys, vocabulary, catalogue.references, catalogue.bib_files, catalogue, catalogue.updates)


def translator(app: Sphinx, unusable: Callable[[], object] = lambda: None) -> Callable[[str], str]:
    """Return a function that gives a text in the language of the build, or as it is where there is no translation.

    It looks for the translation of each file once; make a new one for every build. *unusable* is called when one is
    damaged, which is reported.
    """
    known: dict[str, gettext.NullTranslations] = {}

    def translate(text: str) -> str:
        if not isinstance(text, Located) or not text:
            return text
        path = text.position.path
        if path == BUILT_IN:
            return str(_(str(text)))
        if path not in known:
            known[path] = _translations(app, domain_of(path, app.srcdir), unusable)
        return known[path].gettext(str(text)) or text

    return translate


def _translations(app: Sphinx, domain: str, unusable: Callable[[], object]) -> gettext.NullTranslations:
    language = app.config.language or "en"
    places = [str(app.srcdir / directory) for directory in app.config.locale_dirs]
    stamps = tuple(_compile(Path(place), domain, language, app.config.source_encoding) for place in places)
    try:
        return _read(tuple(places), domain, language, stamps)
    except (OSError, ValueError, LookupError, struct.error) as error:  # all that `gettext` has for a damaged file
        unusable()
        path = next(path for place in places if (path := _mo_path(place, language, domain)).is_file())
        position = Position(str(path.with_suffix(".po")).removeprefix(f"{app.srcdir}{os.sep}"), 1, 1)
        message = visible(f"this catalogue of translations cannot be used: {error}")
        report(
            [
                Problem(
                    position, Code.UNREADABLE, message, "mend its header, which names the encoding, or export it anew"
                )
            ]
        )
        return gettext.NullTranslations()


def catalogue_files(app: Sphinx, surveys: Iterable[Path], ending: str = ".mo") -> list[Path]:
    """Return the compiled translations of these survey files into the language of the build, or with ``.po`` others."""
    language = app.config.language or "en"
    folders = [app.srcdir / directory / language / "LC_MESSAGES" for directory in app.config.locale_dirs]
    if not any(folder.is_dir() for folder in folders):
        return []  # as for most projects: each file would be looked for
    domains = [domain_of(str(path), app.srcdir) for path in surveys]
    paths = [Path(folder, f"{domain}{ending}") for folder in folders for domain in domains]
    return [path for path in paths if path.is_file()]


@cache
def _read(places: tuple[str, ...], domain: str, language: str, _stamps: tuple[int, ...]) -> gettext.NullTranslations:
    """Read the first catalogue there is; the stamps are only there to read it again after a change."""
    for place in places:
        path = _mo_path(place, language, domain)
        if path.is_file():
            with path.open("rb") as file:
                return gettext.GNUTranslations(file)
    return gettext.NullTranslations()


def _mo_path(place: str, language: str, domain: str) -> Path:
    return Path(place, language, "LC_MESSAGES", f"{domain}.mo")


def _compile(place: Path, domain: str, language: str, charset: str) -> int:
    """Compile the catalogue when it is older than its source; return the time of its last change, in nanoseconds."""
    path = compiled_catalog(place / language / "LC_MESSAGES", domain, language, charset)
    return path.stat().st_mtime_ns if path is not None and path.is_file() else 0


def extract(
    app: Sphinx, builder: MessageCatalogBuilder, records: Iterable[Record], private: Iterable[tuple[str, str, int]]
) -> None:
    """Give the gettext builder the texts of *records*, and of the YAML in pages as (text, path, line)."""
    located = (
        (str(text), text.position.path, text.position.line) for record in records for text, _markup in texts(record)
    )
    for text, path, line in (*located, *private):
        if path != BUILT_IN:
            add_message(builder, domain_of(path, app.srcdir), text, path, line)
