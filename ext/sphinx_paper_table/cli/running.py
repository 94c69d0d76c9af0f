"""What holds around every command: its streams, what it prints, and ends that are nobody's mistake."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from io import TextIOWrapper
from typing import TYPE_CHECKING, Final, TextIO

from sphinx_paper_table.cli.exit_codes import Exit
from sphinx_paper_table.survey.characters import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


@dataclass(slots=True)
class Output:
    """What the command line says about the output."""

    colour: str = "auto"
    quiet: bool = False


OUTPUT: Final = Output()
"""Of the command that runs."""


def say(text: str) -> None:
    """Print what a command has done, in a line; nobody hears it with ``--quiet``."""
    if not OUTPUT.quiet:
        sys.stdout.write(f"{text}\n")


def write_files(texts: Mapping[Path, str], *, is_dry: bool) -> None:
    """Write files that are made anew each time, or only name those that would change."""
    for path, text in texts.items():
        if path.is_file() and path.read_bytes() == text.encode():
            continue
        if not is_dry:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        say(f"{'would write' if is_dry else 'wrote'} {visible(str(path))}")


def guarded(command: Callable[[], int]) -> int:
    """Run *command* and return its exit code; what the system or the user ends is told in a line."""
    for stream in (sys.stdout, sys.stderr):
        make_safe(stream)
    try:
        try:
            return command()
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        sys.stderr.write("\ninterrupted\n")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Python writes what is left once more at its end, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.CLOSED
    except OSError as error:
        sys.stderr.write(f"{visible(_said(error))}\n")
        return Exit.PROBLEM


def _said(error: OSError) -> str:
    """Return what the system says, after the name of the file, as all messages are written."""
    return f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)


def make_safe(stream: TextIO) -> None:
    """Let a stream take every character: files and pipes in UTF-8, others with escapes for what they cannot show.

    On Windows a pipe has the encoding of the system until Python 3.15, see PEP 686. Who has set ``PYTHONIOENCODING``
    gets that.
    """
    if not isinstance(stream, TextIOWrapper) or stream.errors not in {"strict", "backslashreplace"}:
        return
    is_chosen = stream.isatty() or "PYTHONIOENCODING" in os.environ
    stream.reconfigure(encoding=stream.encoding if is_chosen else "utf-8", errors="backslashreplace")
