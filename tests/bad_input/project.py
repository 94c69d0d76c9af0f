"""A small project with one bad file, built as an author builds it; what is good in it must always be on its pages."""

from __future__ import annotations

import json
import re
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from functools import cache
from io import StringIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from tests.support.harness import server

from sphinx_paper_table.cli import main

if TYPE_CHECKING:
    from pathlib import Path

CONF = """\
project = "Bad input"
extensions = ["sphinx_paper_table", "myst_parser"]
myst_enable_extensions = ["dollarmath", "colon_fence"]
bibtex_bibfiles = ["good.bib", "refs.bib"]
bibtex_default_style = "plain"
exclude_patterns = ["*.txt"]
html_theme = "basic"
html_copy_source = False
html_sidebars = {"**": []}
"""
GOOD = {
    "surveys/good.yaml": """\
survey: good
title: Good survey
papers:
  - id: keeper-1
    name: Keeper One
    cite: keeper2001
    summary: The first *keeper*.
  - id: keeper-2
    name: Keeper Two
    cite: keeper2002
    relations:
      extends: [{to: keeper-1, why: it keeps more}]
""",
    "surveys/vocabulary.yaml": """\
vocabulary: site
tags:
  blue: {name: Blue}
  red: {name: Red}
benchmarks:
  speed: {name: Speed, dataset: Track, metric: seconds, direction: lower}
""",
    "good.bib": """\
@misc{keeper2001, author = {Keeper, Ann}, title = {Keeping}, year = {2001}}
@misc{keeper2002, author = {Keeper, Ann}, title = {Keeping More}, year = {2002}}
""",
    "refs.bib": "",
    "index.md": """\
# Site

```{toctree}
bad
refs
```

```{paper-table} good
:layout: cards
```
""",
    "bad.md": """\
# Bad

```{paper-table} bad
:layout: cards
```
""",
    "refs.md": """\
# References

```{bibliography}
```
""",
}
"""Files that a case replaces or adds to; the survey `bad` is the case's own."""
KEPT = ("Keeper One", "Keeper Two")
_WARNING = re.compile(r"^(?P<place>\S*?): (?:WARNING|ERROR): (?P<text>.*) \[(?:paper_table\.)?(?P<code>[\w.-]+)\]$")
_URL_ATTRIBUTES = {"href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href"}


@dataclass
class Outcome:
    """What one build said and did."""

    code: int
    messages: list[str]
    log: str


@dataclass
class Project:
    """A project's directories and its own build options."""

    path: Path
    options: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.source = self.path / "source"
        self.write("conf.py", CONF)
        for name, text in GOOD.items():
            self.write(name, text)

    def write(self, name: str, content: str | bytes) -> None:
        """Create or replace a source file."""
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def build(self, *, strict: bool = False) -> Outcome:
        """Build the pages; *strict* turns warnings into a failure, as ``make html`` does."""
        arguments = ["--no-color", "-b", "html", "-j", "1", *(["-W"] if strict else []), *self.options]
        log = self.path / "log.txt"
        code = server("incremental").build([*arguments, str(self.source), str(self.path / "html")], log)
        text = log.read_text("utf-8").replace(f"{self.source.resolve()}/", "")
        return Outcome(code, _messages(text), text)

    def check(self) -> list[str]:
        """Return what the command line finds, without its advice, which no build repeats."""
        output = StringIO()
        with redirect_stdout(output):
            code = main(["check", "--format", "json", str(self.source)])
        found = [problem for problem in json.loads(output.getvalue())["problems"] if problem["severity"] != "advice"]
        assert code == bool(found)
        return [self._line(problem) for problem in found]

    def _line(self, problem: dict[str, Any]) -> str:
        numbers = (str(problem[name]) for name in ("line", "column") if problem[name])
        place = ":".join((problem["path"], *numbers))
        said = "; ".join(filter(None, (problem["message"], problem["hint"])))
        right = problem.get("corrected", "")
        said += f": {right.strip()}" if right and "\n" not in right else ""
        return f"{place}: {said} [{problem['code']}]".replace(f"{self.source}/", "")

    def page(self, name: str) -> BeautifulSoup:
        """Return a built page as browsers read it."""
        return BeautifulSoup((self.path / "html" / f"{name}.html").read_text("utf-8"), "html5lib")

    def shown(self, name: str) -> list[str]:
        """Return the names on the cards of a page."""
        found = self.page(name).select("[data-paper]")
        return [str(card["data-paper"]) for card in found]


def _messages(log: str) -> list[str]:
    return [
        f"{found['place']}: {found['text']} [{found['code']}]"
        for line in log.splitlines()
        if (found := _WARNING.match(line))
    ]


def assert_kept(project: Project) -> None:
    """What is good is on its pages, whatever else is wrong."""
    assert project.shown("index") == ["keeper-1", "keeper-2"]
    text = project.page("index").get_text()
    assert all(name in text for name in KEPT)
    assert "it keeps more" in text
    references = project.page("refs").get_text()
    assert "Keeping more" in references


def assert_harmless(project: Project) -> None:
    """Nothing on any page runs a script: no elements or attributes for it but the theme's own files."""
    for path in sorted((project.path / "html").rglob("*.html")):
        assert _harmful(path.read_text("utf-8")) == [], path.name


@cache  # most pages are the same in many tests
def _harmful(text: str) -> list[str]:
    """Return the elements of a page that could run a script."""
    page = BeautifulSoup(text, "html5lib")
    found = [
        script
        for script in page.find_all(["script", "iframe", "object", "embed", "base"])
        if not str(script.get("src", "")).startswith(("_static/", "searchindex.js"))
    ]
    for element in page.find_all(True):  # noqa: FBT003 (every element)
        for name, value in element.attrs.items():
            scheme = urlsplit(str(value).strip().lower()).scheme if name in _URL_ATTRIBUTES else ""
            if name.startswith("on") or scheme not in {"", "http", "https"}:
                found.append(element)
    return [str(element)[:300] for element in found]
