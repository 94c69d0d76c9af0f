"""A language that a project begins: catalogues for its pages and records, and for the extension's labels.

The texts are those of templates (``.pot``), which Sphinx's gettext builder has written; Babel makes catalogues of them,
as ``pybabel init`` does. Of a catalogue that is there no byte changes: what it lacks is put at its end.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Final

from babel.core import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from sphinx_paper_table.editing.documents import Changes, EditError, open_document
from sphinx_paper_table.reading.translations import LABELS, OF_SPHINX
from sphinx_paper_table.survey.edits import TextEdit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from babel.messages.catalog import Message

_WIDTH: Final = 120


def begun(templates: Path, locale: Path, language: str, project: str, source: Path) -> Changes:
    """Return what is to be written into the folder *locale* for every text in *templates* and every label.

    *project* is the project's name, and places in catalogues are seen from *source*. Raises `EditError` for a language
    of which Babel knows no rules, and for a catalogue that cannot be read.
    """
    try:
        Locale.parse(language)
    except (UnknownLocaleError, ValueError) as error:
        msg = f"there is no language '{language[:80]}'"
        raise EditError(msg, hint="codes are such as de, pt_BR, zh_CN") from error
    changes, folder = Changes(), locale / language / "LC_MESSAGES"
    for path in sorted(templates.rglob("*.pot")):
        domain = path.relative_to(templates).with_suffix("").as_posix()
        if domain not in OF_SPHINX:
            catalogue = _moved(_read(path), templates, source, Catalog(language, project=project, fuzzy=False))
            _add(changes, folder / f"{domain}.po", catalogue)
    package = files("sphinx_paper_table") / "locale"
    if not (package / language / "LC_MESSAGES" / f"{LABELS}.mo").is_file():
        labels = Catalog(language, project=LABELS, fuzzy=False)
        for message in read_po(BytesIO((package / f"{LABELS}.pot").read_bytes())):
            if message.id:
                labels.add(message.id, flags=message.flags)
        _add(changes, folder / f"{LABELS}.po", labels)
    return changes


def _read(path: Path) -> Catalog:
    try:
        return read_po(BytesIO(path.read_bytes()))
    except (OSError, ValueError, LookupError) as error:
        msg = f"{path}: the catalogue cannot be read: {error}"
        raise EditError(msg, hint="`msgfmt --check` shows where") from error


def _moved(template: Catalog, templates: Path, source: Path, catalogue: Catalog) -> Catalog:
    """Return *catalogue* with the texts of *template*, whose places are seen from where the templates are."""
    for message in template:
        if message.id:
            places = [
                (os.path.relpath(os.path.realpath(templates / name), os.path.realpath(source)), line)
                for name, line in message.locations
            ]
            catalogue.add(message.id, locations=places, flags=message.flags, auto_comments=message.auto_comments)
    return catalogue


def _add(changes: Changes, path: Path, catalogue: Catalog) -> None:
    """Note the new file, or the texts that the one at *path* lacks."""
    if not path.is_file():
        catalogue.revision_date = datetime.now(UTC)
        into = catalogue.locale.english_name if catalogue.locale else ""
        catalogue.header_comment = f"# Translations of {catalogue.project} into {into}."
        changes.new[path] = _text(catalogue, is_whole=True)
        return
    present = {message.id for message in _read(path)}
    missing = Catalog(catalogue.locale, fuzzy=False)
    for message in _messages(catalogue):
        if message.id not in present:
            missing[message.id] = message
    if len(missing):
        document = open_document(path, str(path))
        gap = "\n" if document.text.endswith("\n") else "\n\n"
        end = len(document.text)
        changes.add(document, [TextEdit(document.name, end, end, f"{gap}{_text(missing, is_whole=False)}")])


def _messages(catalogue: Iterable[Message]) -> Iterator[Message]:
    yield from (message for message in catalogue if message.id)


def _text(catalogue: Catalog, *, is_whole: bool) -> str:
    data = BytesIO()
    write_po(data, catalogue, width=_WIDTH, omit_header=not is_whole)
    return data.getvalue().decode()
