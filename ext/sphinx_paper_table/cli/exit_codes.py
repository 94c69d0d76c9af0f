"""The exit codes: one table, from which the commands, their help and the guide take them."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class Exit(IntEnum):
    """How a command ended."""

    GOOD = 0
    PROBLEM = 1
    USAGE = 2
    INTERRUPTED = 130
    CLOSED = 141


MEANING: Final = {
    Exit.GOOD: "all is well",
    Exit.PROBLEM: "something is wrong, and the messages say what",
    Exit.USAGE: "the command line is not right; nothing was done",
    Exit.INTERRUPTED: "the command was stopped with Ctrl-C",
    Exit.CLOSED: "the reader of the output, such as `head`, wanted no more of it",
}
"""What each means for every command; the last two are what shells give to programs ended by such a signal."""
EXITS: Final = "exit codes:\n" + "\n".join(f"  {int(code):<4} {meaning}" for code, meaning in MEANING.items())
"""The table as a help shows it."""
