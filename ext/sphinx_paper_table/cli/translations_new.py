"""``paper-table translations new``: begin a language in the project, or bring its catalogues up to date."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sphinx_paper_table.cli.arguments import SOURCE_HELP, add_inputs, add_showing
from sphinx_paper_table.cli.paths import folder, new_folder

if TYPE_CHECKING:
    import argparse

    from sphinx_paper_table.cli.arguments import Commands
    from sphinx_paper_table.editing.documents import Changes


def add_translations_new(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "new",
        description="Write catalogues for the texts of the pages and of the records, and for the extension's own "
        "labels, into the folder that conf.py names. Sphinx is asked for the texts of the pages. What is in a "
        "catalogue stays as it is; run the command again when texts have changed.",
        examples=("paper-table translations new zh_CN --source docs", "paper-table translations new de --dry-run"),
    )
    parser.add_argument("language", help="its code, such as de, pt_BR or zh_CN")
    parser.add_argument("--source", type=folder, default=Path(), help=SOURCE_HELP)
    parser.add_argument("--locale", type=new_folder, metavar="DIR", help="default: the first of locale_dirs in conf.py")
    add_inputs(parser)
    add_showing(parser)
    parser.set_defaults(run=_new)


def _new(options: argparse.Namespace) -> int:
    from sphinx_paper_table.editing.documents import EditError
    from sphinx_paper_table.survey.characters import visible

    try:
        with TemporaryDirectory() as folder:
            options.templates = Path(folder, "templates")
            _begin(options, Path(folder, "doctrees"))
    except EditError as error:
        sys.stderr.write(f"{visible(str(error))}\n")
        return 1
    return 0


def _begin(options: argparse.Namespace, doctrees: Path) -> None:
    from sphinx_paper_table.cli.changing import finish
    from sphinx_paper_table.cli.new import checked_language
    from sphinx_paper_table.cli.translations import locale_folders
    from sphinx_paper_table.editing.documents import EditError
    from sphinx_paper_table.editing.languages import begun
    from sphinx_paper_table.reading.project import read_project

    project, language = read_project(options.source), checked_language(options.language)
    if not project.conf.text:
        msg = f"{options.source}: there is no conf.py"
        raise EditError(msg, hint="name the source directory with --source")
    if not project.is_unknown("language") and language == (project["language"] or "en"):
        msg = f"'{language}' is the language in which the project is written"
        raise EditError(msg, project.conf.place("language"), "name another one")
    _write_templates(options, doctrees)
    name = str(project.conf.values.get("project", "")) or options.source.resolve().name
    changes = begun(options.templates, locale_folders(options)[0], language, name, options.source)
    finish(changes, _said(changes, language), options)
    if not (options.dry_run or options.diff):
        _tell_next(options, language)


def _write_templates(options: argparse.Namespace, doctrees: Path) -> None:
    """Let Sphinx write the texts of the pages and of the records; raises `EditError` with what it says."""
    from sphinx_paper_table.editing.documents import EditError

    places = map(str, ("-d", doctrees, options.source, options.templates))
    command = [sys.executable, "-m", "sphinx", "-b", "gettext", "-q", *places]
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)  # noqa: S603 (Sphinx itself, on the author's own project)
    if result.returncode:
        msg = f"Sphinx cannot read the pages: {result.stdout.decode('utf-8', 'replace').strip()[-1000:]}"
        raise EditError(msg, hint=f"see {' '.join(command[1:6])}")


def _said(changes: Changes, language: str) -> str:
    if not changes.new and not changes.documents:
        return f"the catalogues of '{language}' have every text"
    return f"{len(changes.new)} new catalogues of '{language}', {len(changes.documents)} with new texts"


def _tell_next(options: argparse.Namespace, language: str) -> None:
    """Say how much there is to translate, and how to see it."""
    from sphinx_paper_table.cli.files import read_source
    from sphinx_paper_table.cli.running import say
    from sphinx_paper_table.cli.translations import domains_from, locale_folders, sentence, state_of

    domains = domains_from(options, read_source(options).catalogue)
    state, source = state_of(options, domains, locale_folders(options), language), options.source
    for domain, count in sorted(state.wanted.items()):
        say(f"{state.translated[domain]:>6} of {count:>4} in {domain}.po")
    say(sentence(state))
    say(
        f"\nNext, fill each empty msgstr in {locale_folders(options)[0] / language}, and look:\n"
        f"  python -m sphinx -b html -D language={language} {source} {source / '_build' / f'html-{language}'}\n"
        f"  paper-table translations {source} --language {language}"
    )
