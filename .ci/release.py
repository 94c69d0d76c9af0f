#!/usr/bin/env python3
"""Write a version where it stands, and the files of `changelog.d/` into the changelog as its part.

    .ci/release.py 0.2.0

`make release VERSION=0.2.0` runs this, then the checks and the archives, and commits. Nothing is written unless the
version has the form X.Y.Z and is no former one, there is something to tell, and Git knows of no other change.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

from packaging.version import Version

VERSION_FILE: Final = Path("ext/sphinx_paper_table/version.py")
FRAGMENTS: Final = Path("changelog.d")
CHANGELOG: Final = Path("CHANGELOG.md")
_WRITTEN: Final = re.compile(r'(?m)^(VERSION\b[^=\n]*= )"([^"\n]*)"$')
_FORM: Final = re.compile(r"(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*)){2}")


def refusal(version: str) -> str:
    """Return why a release cannot be made, or the empty string."""
    (written,) = _WRITTEN.findall(VERSION_FILE.read_text("utf-8"))
    if not _FORM.fullmatch(version):
        return f"'{version}' is no version X.Y.Z: make release VERSION=X.Y.Z"
    if Version(version) < Version(written[1]) or f"\n## [{version}]" in CHANGELOG.read_text("utf-8"):
        return f"{version} is no new version: {VERSION_FILE} has {written[1]}, {CHANGELOG} what was released"
    if changed := subprocess.run(["git", "status", "--porcelain"], capture_output=True, text=True, check=True).stdout:
        return f"commit these changes or take them back first:\n{changed}"
    if not [*FRAGMENTS.glob("*.*.md")]:
        return f"nothing has changed: {FRAGMENTS}/ is empty"
    return ""


def main(version: str) -> int:
    """Write both files of the checkout that this is run in; return 1 where that cannot be."""
    if reason := refusal(version):
        print(reason.rstrip(), file=sys.stderr)
        return 1
    text = VERSION_FILE.read_text("utf-8")
    VERSION_FILE.write_text(_WRITTEN.sub(rf'\g<1>"{version}"', text), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "towncrier", "build", "--yes", "--version", version], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
