"""How much of a project's texts is translated, and every place where something is missing or out of date.

The translations of a language are compared with the texts as they are now, not with what the ``.po`` files
themselves ask for: those of the records come from the catalogue, those of the pages from templates that Sphinx's
gettext builder has just written.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from babel.messages.pofile import read_po

from sphinx_paper_table.survey.located import BUILT_IN, Position
from sphinx_paper_table.survey.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from babel.messages.catalog import Catalog, Message

    from sphinx_paper_table.survey.entities import Record

Domains: TypeAlias = dict[str, dict[str, Position]]
"""By gettext domain: each text to be translated, with its place in the source."""
OF_SPHINX: Final = frozenset({"sphinx"})
"""Domains that a project may complete for Sphinx and its theme; their texts are not the project's."""
LABELS: Final = "sphinx_paper_table"
"""The domain of the extension's own labels, which a project may translate too."""
_SHOWN: Final = 50


class Gap(NamedTuple):
    """A text without a good translation, or a translation without a text."""

    position: Position
    message: str

    def __str__(self) -> str:
        """Return the line that a translator reads."""
        return f"{self.position}: {self.message}"


@dataclass(slots=True)
class Translations:
    """The state of one language: the texts of each gettext domain, how many are translated, and all gaps."""

    language: str
    wanted: dict[str, int] = field(default_factory=dict)
    translated: dict[str, int] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)


def domain_of(path: str, source: Path) -> str:
    """Return the gettext domain of the texts in a YAML file, or of the YAML in a page."""
    absolute = Path(path)
    inside = absolute.relative_to(source) if absolute.is_relative_to(source) else Path(absolute.name)
    return f"records/{inside.with_suffix('').as_posix()}"


def domains_of(records: Iterable[Record], source: Path) -> Domains:
    """Return the texts of *records* that were read from files in *source*."""
    domains: Domains = {}
    for text, _markup in (item for record in records for item in texts(record)):
        path = text.position.path
        if text and path != BUILT_IN and Path(path).is_relative_to(source):
            domains.setdefault(domain_of(path, source), {}).setdefault(str(text), text.position)
    return domains


def domains_in(templates: Path) -> Domains:
    """Return the texts of the ``.pot`` files that the gettext builder has written into *templates*."""
    domains: Domains = {}
    for path in sorted(templates.rglob("*.pot")):
        messages = {str(message.id): _source_position(message, templates) for message in _read(path) if message.id}
        domains[_domain_name(path, templates)] = messages
    return domains


def labels_in(locale: Path, language: str) -> Domains:
    """Return the extension's labels that the project in *locale* has to translate into *language*.

    Those are all, once there is a catalogue of them; none where the extension has the language itself, and the project
    only says a few of them in another way.
    """
    package = Path(__file__).parents[1] / "locale"
    if not (locale / language / "LC_MESSAGES" / f"{LABELS}.po").is_file():
        return {}
    template = package / f"{LABELS}.pot"
    labels = {str(message.id): Position(str(template)) for message in _read(template) if message.id}
    if (package / language).is_dir():
        said = _messages(locale / language / "LC_MESSAGES" / f"{LABELS}.po", [])
        labels = {label: place for label, place in labels.items() if label in said}
    return {LABELS: labels}


def _domain_name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).with_suffix("").as_posix()


def _source_position(message: Message, templates: Path) -> Position:
    """Return where a message stands; the builder names files from where the templates are."""
    for name, line in message.locations:
        return Position(os.path.relpath(templates / name), line or 0)
    return Position(str(templates))


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def languages_in(locale: Path) -> list[str]:
    """Return the languages that have a folder in *locale*."""
    return sorted(path.parent.name for path in locale.glob("*/LC_MESSAGES"))


def compare(domains: Domains, locale: Path, language: str) -> Translations:
    """Compare the texts with the translations of *language*."""
    folder = locale / language / "LC_MESSAGES"
    translations = Translations(language, {domain: len(wanted) for domain, wanted in domains.items()})
    for domain, wanted in domains.items():
        path = folder / f"{domain}.po"
        messages = _messages(path, translations.gaps) if path.is_file() else {}
        translations.translated[domain] = sum(_is_good(messages.get(text)) for text in wanted)
        translations.gaps += _gaps(wanted, messages, path)
        if domain not in OF_SPHINX:
            for text in messages.keys() - wanted.keys():
                hint = "is in no source any more; remove it"
                translations.gaps.append(Gap(_position_of(messages[text], path), f"{_short(text)} {hint}"))
    return translations


def _messages(path: Path, gaps: list[Gap]) -> dict[str, Message]:
    """Return the messages of a catalogue; none, and a gap, where Babel cannot read it."""
    try:
        return {str(message.id): message for message in _read(path) if message.id}
    except (ValueError, LookupError) as error:
        message = f"the catalogue cannot be read: {error}; `msgfmt --check` shows where"
        gaps.append(Gap(Position(str(path), 1), message))
        return {}


def unused(domains: Domains, locale: Path, language: str) -> Iterator[Gap]:
    """Yield the files of *language* that belong to nothing; *domains* must be those of the whole project."""
    folder = locale / language / "LC_MESSAGES"
    for path in sorted(folder.rglob("*.po")):
        if _domain_name(path, folder) not in domains.keys() | OF_SPHINX:
            yield Gap(Position(str(path), 1), "nothing uses this file; remove it, or rename it like its source")


def _is_good(message: Message | None) -> bool:
    return message is not None and bool(message.string) and not message.fuzzy


def _gaps(wanted: dict[str, Position], messages: dict[str, Message], path: Path) -> Iterator[Gap]:
    for text, position in wanted.items():
        message = messages.get(text)
        if message is None:
            yield Gap(position, f"{_short(text)} is not in {path}; bring that file up to date")
        elif not message.string:
            yield Gap(_position_of(message, path), f"{_short(text)} is not translated")
        elif message.fuzzy:
            hint = "is marked as fuzzy; look at it and take the mark away"
            yield Gap(_position_of(message, path), f"{_short(text)} {hint}")


def _position_of(message: Message, path: Path) -> Position:
    return Position(str(path), message.lineno or 0)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return repr(line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…")
