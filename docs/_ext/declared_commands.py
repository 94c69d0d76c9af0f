"""The commands of the program, from its parsers: ```{declared-commands}```, a section each.

And the table of exit codes: ```{declared-exit-codes}```. The page is MyST, and so is what is made here: Sphinx
translates it with the other texts of the page.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.util.docutils import SphinxDirective

from sphinx_paper_table import cli
from sphinx_paper_table.cli import COMMANDS, parsers_of
from sphinx_paper_table.cli.exit_codes import MEANING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

OF_ALL: Final = frozenset({"--help", "--color", "--quiet"})
"""Options of every command, which the page describes once."""
OPTION: Final = re.compile(r"(?<![`\w-])--[a-z][a-z-]*(?: [A-Z]+\b)?(?!`)")


class DeclaredCommands(SphinxDirective):
    """A section for every command: what it does, its arguments, its examples, and when it fails."""

    def run(self) -> list[nodes.Node]:
        """Return the sections; the page is read again when a command changes."""
        for path in Path(cli.__path__[0]).glob("*.py"):
            self.env.note_dependency(str(path))
        self.env.note_dependency(__file__)
        text = "\n".join(line for name in COMMANDS for line in section(name))
        return self.parse_text_to_nodes(text, allow_section_headings=True)


class DeclaredExitCodes(SphinxDirective):
    """What each exit code means."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        self.env.note_dependency(__file__)
        rows = (f"| {int(code)} | {literal(meaning)} |" for code, meaning in MEANING.items())
        return self.parse_text_to_nodes("\n".join(("| Exit code | Meaning |", "|---|---|", *rows)))


def section(name: str) -> Iterator[str]:
    """Yield the lines of a command's section."""
    parser = parsers_of(name)[1]
    yield from (f"(command-{name.replace(' ', '-')})=", f"## `paper-table {name}`", "")
    yield from (literal(" ".join((parser.description or "").split())), "")
    yield from ("| Argument | Meaning |", "|---|---|")
    yield from (row(action) for action in parser.arguments if not OF_ALL.intersection(action.option_strings))
    yield from ("", "```console", *(f"$ {example}" for example in parser.examples), "```", "")
    yield from (literal(f"The exit code is 1 when {COMMANDS[name].fails}."), "")


def row(action: argparse.Action) -> str:
    """Return the row of an argument."""
    value = action.metavar or ("" if action.nargs == 0 else "|".join(action.choices or ()) or action.dest.upper())
    names = ", ".join(action.option_strings)
    shown = " ".join(filter(None, (names, str(value) if action.nargs != 0 else "")))
    return f"| `{shown.replace('|', chr(92) + '|')}` | {literal(action.help or '')} |"


def literal(text: str) -> str:
    """Return *text* with the names of options as code: two hyphens would become a dash."""
    return OPTION.sub(lambda found: f"`{found[0]}`", text).replace("|", "\\|")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    app.add_directive("declared-commands", DeclaredCommands)
    app.add_directive("declared-exit-codes", DeclaredExitCodes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
