"""Validate the pages of built sites with the Nu Html Checker, and print what is wrong by our doing.

Usage: validate_html.py VNU.JAR FOLDER...

Only errors count; what the checker merely advises is not shown. What other packages write into pages, and is no mistake
of ours, stands in `KNOWN` with the place where it can be mended.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Known(NamedTuple):
    """An error in what another package writes: what the checker says, in which source, and who can mend it."""

    message: re.Pattern[str]
    extract: re.Pattern[str]
    upstream: str


KNOWN: Final = (
    Known(
        re.compile(r"“aria-controls” attribute must not be used on any “label” element"),
        re.compile(r'class="sd-tab-label'),
        "sphinx-design, labels of tabs (https://github.com/executablebooks/sphinx-design)",
    ),
    Known(
        re.compile(r"Attribute “(?:displaystyle|scriptlevel)” not allowed on element “m\w+”"),
        re.compile(r"<m\w+ [^>]*(?:displaystyle|scriptlevel)="),
        "the checker, whose MathML is that of version 3: in MathML Core every element may have both "
        "(https://www.w3.org/TR/mathml-core/#global-attributes; https://github.com/validator/validator)",
    ),
)


def errors_in(messages: Iterable[dict[str, Any]], known: Sequence[Known] = KNOWN) -> tuple[list[str], Counter[str]]:
    """Return the errors of the checker's report, a line each, and how many are known, by who can mend them."""
    ours: list[str] = []
    theirs: Counter[str] = Counter()
    for one in messages:
        if one["type"] == "info":
            continue
        text, extract = str(one["message"]), str(one.get("extract", ""))
        other = next((entry for entry in known if entry.message.search(text) and entry.extract.search(extract)), None)
        if other is not None:
            theirs[other.upstream] += 1
            continue
        path = unquote(urlsplit(one.get("url", "")).path)
        place = ":".join(str(part) for part in (path, one.get("lastLine"), one.get("firstColumn")) if part)
        ours.append(f"{place}: {text} {extract.strip()!r}")
    return sorted(ours), theirs


def main(jar: str, folders: Sequence[str]) -> int:
    """Validate all pages below *folders*; return 1 when something is wrong, or there is none."""
    pages = sorted(str(page.resolve()) for folder in folders for page in Path(folder).rglob("*.html"))
    if not pages:
        sys.stderr.write(f"there is no page in {', '.join(folders)}; build the site first\n")
        return 1
    command = ["java", "-Xss4m", "-jar", jar, "--format", "json", "--exit-zero-always", *pages]
    process = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        messages = json.loads(process.stderr)["messages"]
    except (json.JSONDecodeError, KeyError):
        sys.stderr.write(f"the checker gives no report: {process.stderr.strip()[-500:]}\n")
        return 1
    ours, theirs = errors_in(messages)
    for line in ours:
        sys.stderr.write(f"{line}\n")
    for upstream, count in theirs.items():
        sys.stdout.write(f"{count} known: {upstream}\n")
    sys.stdout.write(f"{len(pages)} pages, {len(ours)} errors\n")
    return 1 if ours else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
