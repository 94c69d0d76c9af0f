"""Renew the translations of the extension's own labels: extract, merge, compile.

A label is a ``_("…")`` in the code or the templates, or the name of a built-in relation. Usage::

    .ci/labels.py             after a label or a translation has changed
    .ci/labels.py de          begin another language
    .ci/labels.py --check     change nothing; exit with 1 when something is missing, not used or not compiled

Lines are left out of the comments, so that moving code changes no translation.
"""

from __future__ import annotations

import argparse
import gettext
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE: Final = Path(__file__).resolve().parents[1] / "ext" / "sphinx_paper_table"
LOCALE: Final = PACKAGE / "locale"
DOMAIN: Final = "sphinx_paper_table"
VOCABULARY: Final = "reading/vocabulary.yaml"
PLACE: Final = re.compile(r"\{\w+\}")
METHODS: Final = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]


def labels() -> Iterator[tuple[str, str]]:
    """Yield every label with the file that has it."""
    for path, _line, label, *_ in extract_from_dir(PACKAGE, METHODS, keywords={"_": None}):
        yield str(label), Path(path).as_posix()
    relations = yaml.safe_load((PACKAGE / VOCABULARY).read_text("utf-8"))["relations"]
    for relation in relations.values():
        yield from ((relation[name], VOCABULARY) for name in ("name", "inverse") if name in relation)


def template() -> Catalog:
    """Return the labels as a catalogue without translations."""
    found = Catalog(project="sphinx-paper-table", copyright_holder="The sphinx-paper-table authors", fuzzy=False)
    found.header_comment = "# Labels of the Sphinx extension sphinx-paper-table (MIT licence)."
    for label, path in sorted(labels(), key=lambda item: (item[1], item[0])):
        found.add(label, locations=[(path, 0)])
    return found


def files(locale: Path, language: str) -> tuple[Path, Path]:
    """Return the source and the compiled form of a language."""
    folder = locale / language / "LC_MESSAGES"
    return folder / f"{DOMAIN}.po", folder / f"{DOMAIN}.mo"


def read(source: Path, language: str) -> Catalog:
    """Return the translations so far."""
    if not source.is_file():
        return Catalog(locale=language, fuzzy=False)
    with source.open("rb") as file:
        return read_po(file, locale=language)


def renew(locale: Path, language: str) -> None:
    """Bring a language up to date and compile it."""
    source, compiled = files(locale, language)
    catalog, current = read(source, language), template()
    created = catalog.creation_date
    catalog.update(current, no_fuzzy_matching=True, update_header_comment=True)
    catalog.creation_date = created
    catalog.obsolete.clear()
    write_template(locale, current)
    source.parent.mkdir(parents=True, exist_ok=True)
    with source.open("wb") as file:
        write_po(file, catalog, width=120, include_lineno=False)
    with compiled.open("wb") as file:
        write_mo(file, catalog)


def write_template(locale: Path, current: Catalog) -> None:
    """Write the labels as a template, from which a project begins a language of its own."""
    with (locale / f"{DOMAIN}.pot").open("wb") as file:
        write_po(file, current, width=120, include_lineno=False, omit_header=True)


def faults(locale: Path, language: str) -> Iterator[str]:
    """Yield what `renew`, or a translator, would have to change."""
    source, compiled = files(locale, language)
    path = locale / f"{DOMAIN}.pot"
    wanted = {message.id for message in template() if message.id}
    if not path.is_file() or {one.id for one in read(path, "en") if one.id} != wanted:
        yield f"{path}: other labels are in it; run .ci/labels.py"
    found = {message.id: message for message in read(source, language) if message.id}
    yield from (f"{source}: '{label}' is not in it; run .ci/labels.py" for label in sorted(wanted - found.keys()))
    yield from (f"{source}: nothing uses '{label}'; run .ci/labels.py" for label in sorted(found.keys() - wanted))
    for label in sorted(wanted & found.keys()):
        if found[label].fuzzy or not found[label].string:
            yield f"{source}: '{label}' is not translated"
        elif sorted(PLACE.findall(str(found[label].string))) != sorted(PLACE.findall(str(label))):
            yield f"{source}: the translation of '{label}' has other names in braces"
    translations = gettext.NullTranslations()
    if compiled.is_file():
        with compiled.open("rb") as file:
            translations = gettext.GNUTranslations(file)
    if any(translations.gettext(str(label)) != found[label].string for label in found if found[label].string):
        yield f"{compiled}: it is older than its source; run .ci/labels.py"


def main() -> int:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description="Renew the translations of the extension's own labels.")
    parser.add_argument("language", nargs="*", help="default: every language that there is")
    parser.add_argument("--check", action="store_true", help="change nothing, only say what would change")
    parser.add_argument("--locale", type=Path, default=LOCALE, help=argparse.SUPPRESS)
    options = parser.parse_args()
    known = sorted(path.name for path in options.locale.iterdir() if (path / "LC_MESSAGES").is_dir())
    languages = options.language or known
    if options.check:
        found = [fault for language in languages for fault in faults(options.locale, language)]
        sys.stderr.writelines(f"{fault}\n" for fault in found)
        return 1 if found else 0
    for language in languages:
        renew(options.locale, language)
    return 0


if __name__ == "__main__":
    sys.exit(main())
