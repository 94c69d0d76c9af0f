"""``paper-table completion``: the script with which a shell completes commands, options and names."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import argparse

    from sphinx_paper_table.cli.arguments import Commands

_SHELLS: Final = ("bash", "zsh", "fish")
_MISSING: Final = (
    "the package argcomplete is not installed; run: python -m pip install 'sphinx-paper-table[terminal]'\n"
)


def add_completion(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "completion",
        description="Print the script with which a shell completes commands, options and the names of a project. Put "
        "the line of your shell into its start file.",
        examples=(
            'eval "$(paper-table completion bash)"    # in ~/.bashrc',
            'eval "$(paper-table completion zsh)"     # in ~/.zshrc, after compinit',
            "paper-table completion fish | source    # in ~/.config/fish/config.fish",
        ),
    )
    parser.add_argument("shell", choices=_SHELLS, help="which shell")
    parser.set_defaults(run=_completion)


def _completion(options: argparse.Namespace) -> int:
    try:
        from argcomplete.shell_integration import shellcode
    except ModuleNotFoundError:
        sys.stderr.write(_MISSING)
        return 1
    sys.stdout.write(shellcode(["paper-table"], shell=options.shell))
    return 0
