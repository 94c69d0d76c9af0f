"""The command line: check, count, format and export surveys without building a site.

Knows no Sphinx, so it answers in a fraction of a second. Each command is a module of its own, imported when
it is called.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from keyword import iskeyword
from textwrap import fill
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_paper_table.cli.exit_codes import EXITS
from sphinx_paper_table.cli.parser import Parser, add_common, likely
from sphinx_paper_table.cli.running import OUTPUT, guarded
from sphinx_paper_table.survey.watching import watching
from sphinx_paper_table.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Command(NamedTuple):
    """A command: what it does, and when its exit code is 1."""

    summary: str
    fails: str


COMMANDS: Final = {
    "add": Command(
        "add papers by their identifiers: an entry, a record, their names",
        "a paper cannot be found or added, and nothing is written",
    ),
    "check": Command(
        "report every problem of the surveys and the bibliography",
        "there is a problem; with --fix, one that was not corrected; with --diff or --dry-run, something to correct",
    ),
    "completion": Command("print what lets a shell complete commands and names", "argcomplete is not installed"),
    "export": Command(
        "write what a site publishes for programs, without building it",
        "there is a problem, or no survey; what is right is written",
    ),
    "format": Command(
        "sort and indent BibTeX files",
        "a file cannot be read, or has a mistake; with --check or --diff, a file would change",
    ),
    "import": Command(
        "make a survey of a collection of another program, or merge it again",
        "nothing is written, and the message says why",
    ),
    "merge": Command(
        "make one of two methods, references, tags or benchmarks",
        "it cannot be done, and nothing is written",
    ),
    "move": Command("move a record to another group or survey", "it cannot be done, and nothing is written"),
    "names": Command(
        "record the public names of a site",
        "a name has gone, or nothing can be recorded; with --check, a name is not recorded",
    ),
    "new": Command(
        "begin a project, or add a survey to the one that is here",
        "nothing is written, and the message says why",
    ),
    "rename": Command(
        "give a method, group, survey, reference, tag, benchmark or venue another name",
        "it cannot be done, and nothing is written",
    ),
    "schema": Command("write the JSON Schema files", "they cannot be written"),
    "split": Command("make a survey of some groups of another one", "it cannot be done, and nothing is written"),
    "stats": Command(
        "count methods, relations, results, citations, words and translations",
        "there is a problem, no survey, or with --methods a method is missing",
    ),
    "todo": Command(
        "list what is missing, old, unfinished or not translated",
        "there is no such survey, or with --fail-over, more is to do",
    ),
    "translations": Command(
        "report every text that is not translated, or no longer",
        "a text is not translated, a translation is of no use or not read, or there is no survey",
    ),
    "translations new": Command(
        "begin the translation into a language, or bring it up to date",
        "nothing is written, and the message says why",
    ),
    "update": Command(
        "learn which preprints were published, what was withdrawn, which code has moved",
        "a service gave no answer, or nothing can be written; what was learnt is shown, or written",
    ),
}
"""The commands by name; the module of the same name, for a keyword with ``_`` at its end, adds the arguments."""

_WIDTH: Final = 79


def main(arguments: Sequence[str] | None = None, program: str = "paper-table") -> int:
    """Run a command and return its exit code, see `exit_codes`; what is wrong with *arguments* ends the *program*.

    *arguments* are the words after the name of the program.
    """
    words = sys.argv[1:] if arguments is None else arguments
    from sphinx_paper_table.cli.progress import progress

    with watching(progress):
        return guarded(lambda: _run(words, program))


def _run(words: Sequence[str], program: str) -> int:
    is_asked = "_ARGCOMPLETE" in os.environ
    name = _command_in(os.environ.get("COMP_LINE", "").split()[1:] if is_asked else words)
    parser, chosen = parsers_of(name, program)
    if is_asked:
        from argcomplete import autocomplete

        autocomplete(parser)
    if name and name not in COMMANDS:
        parser.error(f"there is no command '{name}'{likely(name, COMMANDS)}")
    options, unknown = parser.parse_known_args(words)
    if unknown:
        chosen.refuse(unknown)
    chosen.look_at_paths(options)
    OUTPUT.colour, OUTPUT.quiet = options.color, options.quiet
    code: int = options.run(options)
    return code


def parsers_of(name: str, program: str = "paper-table") -> tuple[Parser, Parser]:
    """Return the parser of the whole command line and that of the command *name*.

    With another name both are the same one, which knows no more of the commands than their names.
    """
    parser = Parser(prog=program, description="Write, check, change and export literature surveys.", epilog=EXITS)
    parser.add_argument("--version", action="version", version=f"paper-table {VERSION}", help="print the version")
    add_common(parser, again=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    if name not in COMMANDS:
        for known, command in COMMANDS.items():
            if " " not in known:
                commands.add_parser(known, help=command.summary)
        return parser, parser
    outer, _space, last = name.rpartition(" ")
    if outer:
        commands = commands.add_parser(outer).add_subparsers(required=True, metavar="COMMAND")
    module = f"{name.replace(' ', '_')}{'_' * iskeyword(name)}"
    getattr(import_module(f"{__name__}.{module}"), f"add_{module}")(commands)
    chosen: Parser = commands.choices[last]
    chosen.set_defaults(parser=chosen)
    chosen.description = fill(chosen.description or f"{COMMANDS[name].summary.capitalize()}.", _WIDTH)
    chosen.epilog = "\n".join(_ending(chosen, COMMANDS[name]))
    add_common(chosen, again=True)
    return parser, chosen


def _command_in(words: Sequence[str]) -> str:
    """Return the name of the command: the first word that is no option, nor the value of one, or the first two.

    It is empty where there is none.
    """
    found = iter(words)
    for word in found:
        if word in {"--help", "-h", "--version"}:
            break
        if word == "--color":
            next(found, None)
        elif not word.startswith("-"):
            both = f"{word} {next(found, '')}"
            return both if both in COMMANDS else word
    return ""


def _ending(parser: Parser, command: Command) -> Iterator[str]:
    """Yield the lines at the end of a command's help: its examples and exit codes."""
    if parser.examples:
        yield "examples:"
        yield from (f"  {example}" for example in parser.examples)
        yield ""
    elif parser.epilog:
        yield f"{parser.epilog}\n"
    yield fill(f"The exit code is 0 when all is well, and 1 when {command.fails}.", _WIDTH)
