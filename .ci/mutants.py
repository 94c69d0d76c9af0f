"""Change the rooms without Sphinx in small ways, one at a time, and name the changes that no unit test notices.

    .ci/mutants.py                                   all rooms; takes hours
    .ci/mutants.py survey/rankings.py exports        some modules or folders, below ext/sphinx_paper_table

Afterwards ``cd build/mutants && ../../.venv-mutants/bin/mutmut show NAME`` shows a change. A survivor wants a test, or
is no change at all: one that gives the same result, such as another default where there is always a value. Or what
notices it takes its values from a fixture that several tests share: mutmut counts that for the first of them. Tests of
the site's own texts are left out: they say nothing of the code.

mutmut wants the code in ``src``: it works on a copy that is laid out so.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PLACE: Final = ROOT / "build" / "mutants"
ROOMS: Final = ("store", "survey", "bibliography", "reading", "exports", "features/*/query.py")
READ: Final = ("docs", "refs.bib", "changelog.d", "CHANGELOG.md", "requirements", "README.md", ".ci", "Makefile", "ext")
"""What tests read beside the code."""
LEFT_OUT: Final = shutil.ignore_patterns("_build", "__pycache__", "*.mo")
CONFIGURATION: Final = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = {modules}
also_copy = {read}
pytest_add_cli_args = [
  "--unit", "-p", "no:cacheprovider", "-p", "no:xdist", "-k", "not real and not the_site",
]
pytest_add_cli_args_test_selection = ["tests"]
process_isolation = "forkserver"  # else tests see what others have cached before the change
"""


def patterns(names: list[str]) -> list[str]:
    """Return the patterns of the files that *names*, modules or folders of the package, stand for."""
    base = "src/sphinx_paper_table"
    return [f"{base}/{name}" if name.endswith(".py") else f"{base}/{name.rstrip('/')}/*.py" for name in names]


def lay_out(names: list[str]) -> None:
    """Make the copy. It has no links: the backend that makes the archives would follow them."""
    shutil.rmtree(PLACE, ignore_errors=True)
    shutil.copytree(ROOT / "ext", PLACE / "src", ignore=LEFT_OUT)
    for name in ("tests", *READ):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, PLACE / name, ignore=LEFT_OUT)
        else:
            shutil.copy(ROOT / name, PLACE / name)
    text = CONFIGURATION.format(modules=json.dumps(patterns(names)), read=json.dumps(READ))
    (PLACE / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8") + text, encoding="utf-8")


def main() -> int:
    """Run mutmut, and name the survivors."""
    lay_out(sys.argv[1:] or list(ROOMS))
    program = Path(sys.executable).with_name("mutmut")
    environment = {**os.environ, "PYTHONPATH": "src"}
    for command in ("run", "results"):
        code = subprocess.run([program, command], cwd=PLACE, check=False, env=environment).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
