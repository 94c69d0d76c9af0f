"""The command line: check, count, format and export surveys without building a site.

Knows no Sphinx, so it answers in a fraction of a second. Each command is a module of its own.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS: Final = {
    "check": "report every problem of the surveys and the bibliography",
    "export": "write what a site publishes for programs, without building it",
    "format": "sort and indent BibTeX files",
    "merge": "make one of two methods, references, tags or benchmarks",
    "move": "move a record to another group or survey",
    "names": "record the public names of a site",
    "new": "begin a project, or add a survey to the one that is here",
    "rename": "give a method, group, survey, reference, tag, benchmark or venue another name",
    "schema": "write the JSON Schema files",
    "split": "make a survey of some groups of another one",
    "stats": "count methods, relations, results, citations, words and translations",
    "translations": "report every text that is not translated, or no longer",
}
"""The commands with what each does; the module of the same name adds its arguments."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return the exit code: 0 when all is well, 1 when something is wrong, 2 when it is no command."""
    arguments = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(
        prog="paper-table", description="Check and export literature surveys without building a site."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    if arguments and arguments[0] in COMMANDS:
        name = arguments[0]
        getattr(import_module(f"{__name__}.{name}"), f"add_{name}")(commands)
    else:
        for name, help_text in COMMANDS.items():
            commands.add_parser(name, help=help_text)
    options = parser.parse_args(arguments)
    code: int = options.run(options)
    return code
