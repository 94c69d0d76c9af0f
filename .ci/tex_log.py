"""Judge the log of LaTeX: boxes that do not fit, missing glyphs, references that lead nowhere. Usage: tex_log.py LOG.

Lines of a log are cut after 79 characters, whatever stands there: a word that is looked for may go on in the next.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

LARGEST: Final = 5.0
"""Points by which a line may be longer than it should; a reader sees more."""
_WIDE: Final = re.compile(r"Overfull \\[hv]box \((\d+(?:\.\d+)?)pt too (?:wide|high)\)[^\n]*\n[^\n]*")
_FAULTS: Final = (
    re.compile(r"Missing character: There is no [^\n]*"),
    re.compile(r"(?:LaTeX|Package \w+) Warning: (?:Hyper reference|Reference|Citation) [^\n]*\n?[^\n]*undefined[^\n]*"),
    re.compile(r"LaTeX Warning: (?:There were undefined|Label\(s\) may have changed|Label `)[^\n]*"),
    re.compile(r"(?m)^! [^\n]*"),
)


def faults(log: str) -> list[str]:
    """Return what a log complains of, each once, in the order of the kinds."""
    found = [match[0] for match in _WIDE.finditer(log) if float(match[1]) > LARGEST]
    for fault in _FAULTS:
        found += [match[0] for match in fault.finditer(log)]
    return [*dict.fromkeys(" ".join(line.split()) for line in found)]


def main(path: str) -> int:
    """Print the faults of the log at *path*; return how the command ends."""
    found = faults(Path(path).read_text("utf-8", errors="replace"))
    for line in found:
        print(f"{path}: {line}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
