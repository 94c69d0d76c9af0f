"""``paper-table translations``: every text that is not translated, and every translation that is out of date."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_paper_table.cli.files import add_source, failing, load_source
from sphinx_paper_table.reading.translations import compare, domains_in, domains_of, languages_in, unused

if TYPE_CHECKING:
    import argparse

    from sphinx_paper_table.cli.files import Commands
    from sphinx_paper_table.reading.translations import Domains
    from sphinx_paper_table.survey.catalogue import Catalogue


def add_translations(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("translations")
    add_source(parser)
    add_translation_inputs(parser)
    parser.add_argument(
        "--language", action="append", metavar="CODE", help="default: each that has a folder; may be repeated"
    )
    parser.set_defaults(run=_translations)


def add_translation_inputs(parser: argparse.ArgumentParser) -> None:
    """Let a command compare texts and translations."""
    parser.add_argument("--locale", type=Path, metavar="DIR", help="default: SOURCE/locale")
    parser.add_argument(
        "--templates",
        type=Path,
        metavar="DIR",
        help="what `sphinx-build -b gettext` has just written: the pages are looked at too",
    )


def domains_from(options: argparse.Namespace, catalogue: Catalogue) -> Domains:
    """Return the texts of the records, and with ``--templates`` those of the pages."""
    records = domains_of((*catalogue.surveys.values(), catalogue.vocabulary), options.source)
    return {**(domains_in(options.templates) if options.templates else {}), **records}


def _translations(options: argparse.Namespace) -> int:
    loaded = load_source(options)
    if loaded is None:
        return 1
    domains = domains_from(options, loaded.catalogue)
    locale = options.locale or options.source / "locale"
    gaps = []
    for language in options.language or languages_in(locale):
        comparison = compare(domains, locale, language)
        gaps += comparison.gaps
        if options.templates:
            gaps += unused(domains, locale, language)
        wanted, done = sum(map(len, domains.values())), sum(comparison.translated.values())
        sys.stdout.write(f"{language}: {done:,} of {wanted:,} texts are translated\n")
    for gap in sorted(gaps):
        sys.stderr.write(f"{gap}\n")
    return 1 if gaps or failing(loaded.problems) else 0
