"""The parser of the command line: the nearest name where one is wrong, examples and exit codes in the help.

It remembers its arguments, from which the guide's reference is made.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from sphinx_paper_table.cli.paths import PATHS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

COLOURS: Final = ("auto", "always", "never")


class Parser(argparse.ArgumentParser):
    """The parser of a command, or of all."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:
        """Take what argparse takes, and *examples*: whole command lines."""
        self.examples = examples
        self.arguments: list[argparse.Action] = []
        self.paths: dict[str, Callable[[str], Path]] = {}
        """The arguments that are paths, with what each has to be."""
        kwargs |= {"allow_abbrev": False, "formatter_class": argparse.RawDescriptionHelpFormatter}
        super().__init__(*args, **kwargs)

    def add_argument(self, *args: Any, completer: str = "", **kwargs: Any) -> argparse.Action:
        """Add an argument as argparse does; what is none of its *choices* is answered with the nearest of them.

        A path has one of `paths.PATHS` as its type, and is looked at by `look_at_paths`. *completer* is the function
        of `completing` that knows the names that a shell may offer.
        """
        if "choices" in kwargs and "type" not in kwargs:
            kwargs["type"] = one_of(kwargs["choices"])
        kind: Any = kwargs.get("type")
        is_path = kind in PATHS
        action = super().add_argument(*args, **(kwargs | {"type": Path} if is_path else kwargs))
        if is_path:
            self.paths[action.dest] = kind
        if completer:
            action.__dict__["completer"] = _Later(completer)
        if action.help != argparse.SUPPRESS:
            self.arguments.append(action)
        return action

    def look_at_paths(self, options: argparse.Namespace) -> None:
        """Look at the paths of a command line in which nothing else is wrong; raises `PathError` for the first."""
        for name, kind in self.paths.items():
            given = getattr(options, name)
            for path in given if isinstance(given, list) else [given]:
                if path is not None:
                    kind(str(path))

    def refuse(self, words: Sequence[str]) -> NoReturn:
        """End with the exit code of a wrong command line: *words* are no arguments of this command."""
        known = [name for action in self.arguments for name in action.option_strings]
        for word in words:
            if word.startswith("-"):
                self.error(f"there is no option '{word}'{likely(word.partition('=')[0], known)}")
        self.error(f"one argument too many: '{words[0]}'")


@dataclass(frozen=True, slots=True)
class _Later:
    """A function of `completing`, which is imported when a shell asks."""

    name: str

    def __call__(self, prefix: str, parsed_args: argparse.Namespace, **_more: Any) -> Iterable[str]:
        """Return what argcomplete asks for."""
        from sphinx_paper_table.cli import completing

        found: Iterable[str] = getattr(completing, self.name)(prefix, parsed_args)
        return found


def one_of(choices: Collection[str]) -> Callable[[str], str]:
    """Return the conversion of a text that must be one of *choices*."""

    def chosen(text: str) -> str:
        if text and text not in choices:  # argparse converts the default too
            msg = f"'{text}' is none of {', '.join(choices)}{likely(text, choices)}"
            raise argparse.ArgumentTypeError(msg)
        return text

    return chosen


def likely(word: str, known: Iterable[str]) -> str:
    """Return the end of a message: which of the *known* words was probably meant, if any is like it."""
    from sphinx_paper_table.survey.spelling import meant

    found = meant(word, known)
    return f"; did you mean '{found}'?" if found else ""


def add_common(parser: Parser, *, again: bool) -> None:
    """Add the options of all commands, which stand before a command's name or, *again*, after it."""
    parser.add_argument(
        "--color",
        choices=COLOURS,
        default=argparse.SUPPRESS if again else "auto",
        metavar="WHEN",
        help="auto, always or never; default: auto, colours on terminals unless NO_COLOR is set",
    )
    parser.add_argument(
        "--quiet",
        "-q",
        action="store_true",
        default=argparse.SUPPRESS if again else False,
        help="print no more than what was asked for, and what is wrong",
    )
