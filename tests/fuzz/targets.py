"""What is run on each case, and what must hold: no exception, two seconds at most, a place for each problem."""

from __future__ import annotations

import contextlib
import io
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.security.detectors import unlocated
from tests.support.harness import server

from sphinx_paper_table.reading.loader import load
from sphinx_paper_table.reading.translations import compare
from sphinx_paper_table.sphinx_host.config import OPTIONS
from sphinx_paper_table.survey.located import Position

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fuzz.inputs import Case

LIMIT = 2.0
"""Seconds of processor time for one case."""
BUILD_LIMIT = 20
"""Seconds of processor time for a whole build, which takes less than two."""
CONF = """\
project = "Fuzz"
extensions = ["sphinx_paper_table", "myst_parser", "sphinx.ext.intersphinx"]
myst_enable_extensions = ["dollarmath", "colon_fence"]
intersphinx_mapping = {"far": ("https://far.example/", "far.inv")}
bibtex_bibfiles = ["refs.bib"]
locale_dirs = ["locale"]
language = "zh_CN"
html_theme = "basic"
html_copy_source = False
"""
PAGE = """\
# Start

```{paper-table} s
```

```{paper-index}
```

{external+far:std:ref}`far` {cite}`key` {paper}`far` {paper}`good` {cite:t}`cite-good`

```{bibliography}
:all:
```
"""


_OF_OTHERS = tuple(
    f"WARNING: {words}"
    for words in (
        "failed to reach any",
        "Unknown or",
        "Problem on line",
        "Got line",
        "missing msgstr",
        "Invalid ",
        "writing error",
    )
)
"""What intersphinx and Babel say of inventories and catalogues that they cannot read, without a place."""


class HangError(Exception):
    """A case takes too long."""


@contextmanager
def limited() -> Iterator[None]:
    """End what takes more processor time than the limit."""

    def stop(_number: int, _frame: object) -> None:
        raise HangError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def front_end(case: Case, place: Path) -> int:
    """Load the files of *case*, written to *place*, and return the number of problems."""
    for name, text in case.files.items():
        (place / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    surveys = {name: place / name for name in case.files if name.endswith(".yaml")}
    with limited():
        loaded = load(surveys, {name: place / name for name in case.files if name.endswith(".bib")})
    for problem in loaded.problems:
        path, line, column = problem.position
        text = case.files[path].replace("\r\n", "\n").replace("\r", "\n")
        assert 1 <= line <= text.count("\n") + 1, problem
        assert 1 <= column <= len(text) + 2, problem
        assert "\n" not in str(problem), problem
    return len(loaded.problems)


def configuration(value: Any) -> None:
    """Check *value* as every option, as Sphinx does once it has read conf.py."""
    with limited():
        for option in OPTIONS:
            if isinstance(value, option.types):
                assert isinstance(option.check(value), str)


def catalogue(text: str, place: Path) -> None:
    """Read a catalogue of translations."""
    path = place / "zh_CN/LC_MESSAGES/x.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with limited(), contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        found = compare({"x": {"S": Position("s.yaml", 2, 8)}}, place, "zh_CN")
    assert all(gap.position.path for gap in found.gaps)


def build(case: Case, inventory: bytes, po: str, place: Path) -> None:
    """Build a site of all that; a build that uses more processor time than the limit is ended by the system."""
    source = place / "source"
    messages = source / "locale/zh_CN/LC_MESSAGES/records/surveys"
    for folder in (messages, source / "surveys"):
        folder.mkdir(parents=True, exist_ok=True)
    for path in source.glob("surveys/*"):
        path.unlink()
    files = {"conf.py": CONF, "index.md": PAGE, "refs.bib": "", **case.files}
    for name, text in files.items():
        path = source / "surveys" / name if name.endswith(".yaml") else source / name
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
    (source / "far.inv").write_bytes(inventory)
    (messages / "s.po").write_bytes(po.encode("utf-8", "surrogatepass"))
    log = place / "log.txt"
    # Everything is read anew; the caches of earlier cases stay.
    options = ["--no-color", "-E", "-b", "html", "-d", str(place / "doctrees"), str(source), str(place / "html")]
    code = server("fuzz").build(options, log, processor=BUILD_LIMIT)
    if code == -signal.SIGXCPU:
        raise HangError
    text = log.read_text("utf-8", "replace").replace(f"{source}/", "")
    assert code == 0, text[-4000:]
    found = [line for line in unlocated(text, source) if not line.startswith(_OF_OTHERS)]
    assert found == [], found
