"""``paper-table translations``: every text that is not translated, and every translation that is out of date."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from sphinx_paper_table.cli.arguments import add_source
from sphinx_paper_table.cli.paths import folder
from sphinx_paper_table.reading.locale_folders import unread_catalogues
from sphinx_paper_table.survey.problems import failing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sphinx_paper_table.cli.arguments import Commands
    from sphinx_paper_table.reading.translations import Domains, Translations
    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.problems import Problem


def add_translations(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "translations",
        description="Name every text that is not translated, and every translation that is out of date. To begin a "
        "language: paper-table translations new, which has a help of its own.",
        examples=(
            "paper-table translations docs",
            "paper-table translations docs --language zh_CN",
            "paper-table translations docs --format json",
        ),
    )
    add_source(parser)
    add_translation_inputs(parser)
    parser.add_argument(
        "--language",
        action="append",
        metavar="CODE",
        completer="languages",
        help="default: each that has a folder; may be repeated",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="json for programs; default: text")
    parser.set_defaults(run=_translations)


def add_translation_inputs(parser: argparse.ArgumentParser) -> None:
    """Let a command compare texts and translations."""
    parser.add_argument("--locale", type=folder, metavar="DIR", help="default: those of locale_dirs in conf.py")
    parser.add_argument(
        "--templates",
        type=folder,
        metavar="DIR",
        help="what `sphinx-build -b gettext` has just written: the pages are looked at too",
    )


def domains_from(options: argparse.Namespace, catalogue: Catalogue) -> Domains:
    """Return the texts of the records, and with ``--templates`` those of the pages."""
    from sphinx_paper_table.reading.translations import domains_in, domains_of

    records = domains_of((*catalogue.surveys.values(), catalogue.vocabulary), options.source)
    return {**(domains_in(options.templates) if options.templates else {}), **records}


def locale_folders(options: argparse.Namespace) -> list[Path]:
    """Return the folders in which a build looks for translations, the first first."""
    from sphinx_paper_table.reading.project import read_project

    if options.locale:
        return [options.locale]
    project = read_project(options.source)
    names = project["locale_dirs"] if project.conf.text else ["locale"]
    return [options.source / str(name) for name in names] or [options.source / "locale"]


def _unread(options: argparse.Namespace) -> list[Problem]:
    """Return a problem for each folder of translations that no build reads."""
    from sphinx_paper_table.reading.project import read_project

    project = read_project(options.source)
    is_meant = options.locale is not None or not project.conf.text
    return [] if is_meant else list(unread_catalogues(project.conf, project.source, project["locale_dirs"]))


def _translations(options: argparse.Namespace) -> int:
    from sphinx_paper_table.cli.files import load_source, report
    from sphinx_paper_table.reading.translations import languages_in

    loaded = load_source(options)
    if loaded is None:
        return 1
    folders = locale_folders(options)
    languages = options.language or sorted({code for folder in folders for code in languages_in(folder)})
    found = [state_of(options, domains_from(options, loaded.catalogue), folders, code) for code in languages]
    unread = _unread(options)
    if options.format == "json":
        sys.stdout.write(f"{as_json(found)}\n")
    else:
        for state in found:
            sys.stdout.write(f"{sentence(state)}\n")
    report(unread)
    gaps = sorted(gap for state in found for gap in state.gaps)
    for gap in gaps if options.format == "text" else ():
        sys.stderr.write(f"{gap}\n")
    return 1 if gaps or unread or failing(loaded.problems) else 0


def state_of(options: argparse.Namespace, domains: Domains, folders: Sequence[Path], language: str) -> Translations:
    """Return the state of a language, as a build sees the *folders* of translations."""
    from sphinx_paper_table.reading.translations import compare, labels_in, unused

    locale = next((folder for folder in folders if (folder / language).is_dir()), folders[0])
    wanted = domains | labels_in(locale, language)
    state = compare(wanted, locale, language)
    if options.templates:
        state.gaps += unused(wanted, locale, language)
    return state


def sentence(state: Translations) -> str:
    """Return how much of a language is translated."""
    done, wanted = sum(state.translated.values()), sum(state.wanted.values())
    return f"{state.language}: {done:,} of {wanted:,} texts are translated"


def as_json(states: Iterable[Translations]) -> str:
    """Return the states for programs; ``version`` grows when a key changes its meaning."""
    languages = [
        {
            "language": state.language,
            "translated": sum(state.translated.values()),
            "texts": sum(state.wanted.values()),
            "domains": [
                {"domain": domain, "translated": state.translated[domain], "texts": count}
                for domain, count in sorted(state.wanted.items())
            ],
            "gaps": [
                {"path": gap.position.path, "line": gap.position.line, "message": gap.message}
                for gap in sorted(state.gaps)
            ],
        }
        for state in states
    ]
    return json.dumps({"version": 1, "languages": languages}, ensure_ascii=False, indent=1)
