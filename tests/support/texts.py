"""What the tests of the front end share: files by their text, problems as the lines that an author reads."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_paper_table.bibliography.reader import Bibliography, parse_bibtex
from sphinx_paper_table.bibliography.settings import BibtexSettings
from sphinx_paper_table.reading.loader import LoadResult, load
from sphinx_paper_table.reading.yaml_tree import parse_yaml
from sphinx_paper_table.survey.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sphinx_paper_table.survey.problems import Problem

SURVEY = """\
survey: s
title: Survey
groups:
  - id: first
    title: First
    period: 2018 – 2019
    summary: About the first.
    papers:
      - id: old
        name: Old
        cite: old2018
        summary: The *old* one.
        points: [One point.]
        tags: [blue]
        links: {code: https://example.org/old}
        videos:
          - {title: Talk, youtube: https://example.org/talk}
      - id: new
        name: New
        aliases: [former]
        cite: new2020
        summary: See {paper}`old`.
        tags: [blue, red]
        relations:
          extends: [{to: old, why: it grew}]
          compares-with: [third]
        results:
          - {benchmark: bench, value: 41.0, source: new2020, where: Table 1}
    groups:
      - id: inner
        title: Inner
        papers:
          - id: third
            name: third
            cite: third2019
            links: {project: https://example.org/third}
  - id: second
    title: Second
    papers:
      - ref: old
        note: Here again.
"""
VOCABULARY = """\
vocabulary: v
tags:
  blue: {name: Blue, description: The colour.}
  red: {name: Red}
benchmarks:
  bench: {name: Bench, dataset: Data, metric: accuracy, unit: "%"}
"""
BIB = """\
@inproceedings{old2018,
  author = {Old, Ann and Older, Bob},
  title = {The Old},
  booktitle = {Conference on Things},
  venue = {COT},
  year = {2018},
}
@misc{new2020,
  author = {New, Ann and Newer, Bob and Newest, Carl},
  title = {The New},
  eprint = {2003.04297},
  archiveprefix = {arXiv},
  year = {2020},
}
@article{third2019,
  author = {Third, Ann},
  title = {The Third},
  journal = {Journal of Things},
  year = {2019},
}
"""


def load_files(
    surveys: dict[str, str | bytes], bibliographies: dict[str, str | bytes] | None = None, public: Collection[str] = ()
) -> LoadResult:
    """Load files with these names and contents; *public* are fields to publish in addition."""
    with tempfile.TemporaryDirectory() as directory:
        places = []
        for files in (surveys, bibliographies or {}):
            for name, content in files.items():
                path = Path(directory, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.encode() if isinstance(content, str) else content)
            places.append({name: Path(directory, name) for name in files})
        return load(places[0], places[1], bibtex=BibtexSettings(public=frozenset(public)))


def load_good(survey: str = SURVEY, vocabulary: str = VOCABULARY, bib: str = BIB) -> LoadResult:
    """Load the good files, or edited ones."""
    return load_files({"s.yaml": survey, "v.yaml": vocabulary}, {"refs.bib": bib})


def edited(text: str, old: str, new: str) -> str:
    """Return *text* with the one *old* replaced."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the text"
    return text.replace(old, new)


def lines(problems: Iterable[Problem]) -> list[str]:
    """Return problems as ``file:line:column: message; hint [code]``."""
    return [f"{problem} [{problem.code}]" for problem in problems]


def tree_of(text: str) -> tuple[Any, list[str]]:
    """Return the tree of a YAML text and its problems."""
    problems = Problems()
    tree = parse_yaml(text, "x.yaml", problems)
    return tree, lines(problems.sorted())


def bibliography_of(text: str) -> tuple[Bibliography, list[str]]:
    """Return the entries of a BibTeX text and its problems."""
    problems = Problems()
    found = parse_bibtex({"refs.bib": text}, problems)
    return found, lines(problems.sorted())


def place_of_first_name(page: str, message: str) -> str:
    """Return ``LINE:COLUMN`` of the first name in *message* that is in *page*; without one, of the directive."""
    name = next((name for name in re.findall(r"'([^']+)'", message) if name in page), "")
    offset = page.rindex(name) if name else re.search(r"^(?:```\{|\.\. )", page, re.MULTILINE).start()  # type: ignore[union-attr]  # there is one
    return f"{page.count(chr(10), 0, offset) + 1}:{offset - page.rfind(chr(10), 0, offset)}"
