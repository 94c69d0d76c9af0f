"""``paper-table new``: a project that builds at once, or a survey in the project that is here."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.cli.arguments import add_workflow
from sphinx_paper_table.cli.paths import new_folder
from sphinx_paper_table.cli.running import say
from sphinx_paper_table.editing.contents import SUFFIXES
from sphinx_paper_table.editing.documents import EditError
from sphinx_paper_table.survey.characters import visible
from sphinx_paper_table.survey.corrections import id_like, latin_id
from sphinx_paper_table.survey.problems import nearest
from sphinx_paper_table.version import VERSION

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from sphinx_paper_table.cli.arguments import Commands
    from sphinx_paper_table.editing.beginning import Joined
    from sphinx_paper_table.editing.documents import Changes

_DESCRIPTION: Final = """\
Begin a project with one survey and one example paper. In the folder of a Sphinx project, whose conf.py is there or in
docs, doc or source, add a survey to it. On a terminal, what is not given is asked for. No file is overwritten, and all
are written or none.
"""
_EXAMPLES: Final = (
    'paper-table new my-survey --title "Graph neural networks"',
    "paper-table new graphs --title 图神经网络 --id graph-networks --language zh_CN",
    'paper-table new . --title "Graph neural networks" --yes --dry-run',
    'paper-table new my-survey --title "Graph neural networks" --workflow github',
)
_PART_OF_SPHINX: Final = {"sphinx", "alabaster"}


def add_new(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("new", description=_DESCRIPTION, examples=_EXAMPLES)
    parser.add_argument("folder", type=new_folder, nargs="?", default=Path(), help="where; default: this folder")
    parser.add_argument("--title", help="the title of the survey; default: the name of the folder")
    parser.add_argument("--id", dest="name", help="its permanent name, in addresses and links; default: of the title")
    parser.add_argument("--language", help="the language of a new site, such as zh_CN; default: en")
    parser.add_argument("--format", choices=SUFFIXES, help="the mark-up of the pages; default: myst, or as the project")
    parser.add_argument("--theme", help="the theme of a new site; default: furo where it is installed, else alabaster")
    add_workflow(parser, "with a file for github or gitlab that runs 'paper-table update' every month, opens a request")
    parser.add_argument("--yes", action="store_true", help="ask nothing")
    parser.add_argument("--dry-run", action="store_true", help="write nothing; list the files, show what would change")
    parser.set_defaults(run=_new)


def _new(options: argparse.Namespace) -> int:
    try:
        joined = _kept_up(_planned(options), options)
        _show(joined, options)
    except (EditError, OSError) as error:
        sys.stderr.write(f"{visible(str(error))}\n")
        return 1
    except EOFError:
        sys.stderr.write("\nnothing was written\n")
        return 1
    return 0


def _planned(options: argparse.Namespace) -> Joined:
    """Return what is to be done, when all is known that has to be."""
    from sphinx_paper_table.editing.beginning import (
        Joined,
        Wish,
        checked_name,
        checked_title,
        is_name,
        new_project,
        new_survey,
        source_in,
        title_like,
    )

    folder: Path = options.folder
    source = source_in(folder)
    asks = not options.yes and sys.stdin.isatty() and sys.stdout.isatty()
    title = _answer("Title of the survey", options.title, title_like(folder), checked_title, asks=asks)
    likely = next(filter(is_name, (id_like(title), latin_id(title), latin_id(folder.resolve().name))), "survey")
    name = _answer("Its permanent name in addresses", options.name, likely, checked_name, asks=asks)
    today = datetime.now(UTC).date().isoformat()
    if source is not None:
        _refuse_settings(options, source)
        return new_survey(source, Wish(title, name, today, markup=options.format or ""))
    language = _answer("Language", options.language, "en", checked_language, asks=asks)
    theme, requirements = theme_of(options.theme)
    wish = Wish(title, name, today, language, options.format or "", theme, requirements)
    return Joined(new_project(folder, wish))


def _kept_up(joined: Joined, options: argparse.Namespace) -> Joined:
    """Return what is to be done, with the file that keeps the survey up to date if it is wanted."""
    if not options.workflow:
        return joined
    from sphinx_paper_table.editing.beginning import Joined, source_in
    from sphinx_paper_table.editing.workflows import workflow

    more, said = workflow(options.workflow, source_in(options.folder) or options.folder, joined.changes)
    joined.changes.new |= more.new
    return Joined(joined.changes, (*joined.by_hand, said.removeprefix("to do: ")))


def _answer(question: str, given: str | None, usual: str, check: Callable[[str], str], *, asks: bool) -> str:
    """Return the value of an option, or an answer where the option is not given and somebody is there to ask."""
    if given is not None or not asks:
        return check(usual if given is None else given)
    while True:
        try:
            return check(input(f"{question} [{visible(usual)}]: ").strip() or usual)
        except EditError as error:
            sys.stderr.write(f"{visible(str(error))}\n")


def _refuse_settings(options: argparse.Namespace, source: Path) -> None:
    for option in ("language", "theme"):
        if getattr(options, option):
            msg = f"--{option} is for a new project; this one has its settings in {source / 'conf.py'}"
            raise EditError(msg, hint=f"leave --{option} out")


def checked_language(language: str) -> str:
    """Return *language* as Sphinx calls it; raises `EditError` for one that Sphinx has no words of."""
    spec = find_spec("sphinx")
    folder = Path(spec.origin).with_name("locale") if spec and spec.origin else Path()
    known = {"en", *(path.name for path in folder.glob("*") if (path / "LC_MESSAGES").is_dir())}
    wanted = language.strip().replace("-", "_").casefold()
    found = next((one for one in known if one.casefold() == wanted), None)
    if found is None:
        msg = f"Sphinx has no language '{language[:80]}'"
        raise EditError(msg, hint=f"{nearest(language, known)}; codes are such as de, pt_BR, zh_CN")
    return found


def theme_of(wanted: str | None) -> tuple[str, tuple[str, ...]]:
    """Return the theme, and the packages that the site needs; raises `EditError` for a theme that is not here."""
    spec = find_spec("sphinx")
    built_in = Path(spec.origin).with_name("themes") if spec and spec.origin else Path()
    packages = {path.name: "sphinx" for path in built_in.glob("*") if path.is_dir() and not path.name.startswith("_")}
    packages |= {one.name: one.dist.name if one.dist else "" for one in entry_points(group="sphinx.html_themes")}
    theme = wanted or ("furo" if "furo" in packages else "alabaster")
    if theme not in packages:
        msg = f"the theme '{theme[:80]}' is not installed"
        raise EditError(msg, hint=f"install its package with pip first; {nearest(theme, packages)}")
    package = packages[theme]
    more = () if package.lower() in _PART_OF_SPHINX or not package else (package,)
    return theme, (f"sphinx-paper-table>={VERSION}", *more)


def _show(joined: Joined, options: argparse.Namespace) -> None:
    """Write the files, or say what would be written."""
    changes = joined.changes
    if not options.dry_run:
        changes.write()
    new, changed = ("would create", "would change") if options.dry_run else ("created", "changed")
    lines = [f"{new} {_near(path)}" for path in changes.new]
    lines += [f"{changed} {_near(document.path)}" for document in changes.documents.values()]
    for line in lines:
        say(visible(line))
    if options.dry_run:
        sys.stdout.write(changes.diff())
    for line in joined.by_hand:
        sys.stdout.write(f"to do by hand: {line}\n")
    if not options.dry_run:
        say(_next(changes, options.folder))


def _next(changes: Changes, folder: Path) -> str:
    """Return what to do next, in commands."""
    from sphinx_paper_table.editing.beginning import source_in

    source = source_in(folder) or folder
    move = "" if source.resolve() == Path.cwd() else f"  cd {_near(source)}\n"
    build = "  python -m sphinx -b html . _build/html\n"
    check = "  paper-table check .\n"
    return f"\nNext:\n{move}{check}{build}Then open {Path('_build', 'html', 'index.html')} in a browser."


def _near(path: Path) -> str:
    return os.path.relpath(path) if path.resolve().is_relative_to(Path.cwd()) else str(path)
