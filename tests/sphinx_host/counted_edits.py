"""Edits of a generated site, and what a build does for each: files and entries read, entries formatted.

``python -m tests.sphinx_host.counted_edits --edits 1000 --papers 60`` makes more of them than the test does. It ends at
the first build that does more, or less, than its edit needs, or writes pages that say what they said.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from benchmarks.content import TAGS, library
from benchmarks.variants import Tables
from tests.support.harness import BuildServer

if TYPE_CHECKING:
    from collections.abc import Callable

_COUNTS: Final = {
    name: re.compile(rf"{words}: (\d+)$", re.MULTILINE)
    for name, words in (
        ("files", "survey files read"),
        ("entries", "bibtex entries read"),
        ("formatted", "references formatted"),
        ("sentences", "sentences read for the search"),
    )
}
_PO: Final = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "{text}"\nmsgstr "译 {number}"\n'


class Work(NamedTuple):
    """What a build has read and formatted, or what an edit needs."""

    files: int = 0
    entries: int = 0
    formatted: int = 0
    sentences: int = 0


@dataclass
class CountedSite:
    """A site of *papers* papers in *path*, ten a page, in Chinese as far as it is translated."""

    path: Path
    papers: int
    random: Random

    def __post_init__(self) -> None:
        """Write and build it."""
        self.library = library(self.papers, per_page=10)
        self.source = self.path / "source"
        self.source.mkdir(parents=True)
        Tables(self.library).write(self.source)
        conf = self.source / "conf.py"
        conf.write_text(f'{conf.read_text("utf-8")}language = "zh_CN"\nlocale_dirs = ["locale"]\n', "utf-8")
        for survey in self.library.surveys:
            self._translate(survey.id, survey.title, 0)
        self.number = 0
        self.server = BuildServer("0")
        self.build()

    def build(self) -> tuple[Work, set[str]]:
        """Build what is outdated; return the work done and the pages that were written and say what they said before.

        Sphinx writes the search page and the index of terms at each build, and with a page all whose toctree has it.
        """
        output = self.path / "html"
        pages = [path for path in output.rglob("*.html") if path.stem not in {"search", "genindex", "index"}]
        before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in pages}
        log = self.path / "build.log"
        arguments = ["-b", "html", "-d", str(self.path / "doctrees"), str(self.source), str(output)]
        assert self.server.build(arguments, log) == 0, log.read_text("utf-8")
        said = log.read_text("utf-8")
        found = {name: pattern.search(said) for name, pattern in _COUNTS.items()}
        written = {path for path in pages if path.stat().st_mtime_ns != before[path][0]}
        vain = {path.name for path in written if path.read_bytes() == before[path][1]}
        return Work(**{name: int(match[1]) for name, match in found.items() if match}), vain

    def edit(self) -> tuple[str, Work]:
        """Make one edit at random; return its name and what a build needs to do for it."""
        self.number += 1
        edits: list[Callable[[], Work]] = [
            *(self._record, self._name, self._alias, self._move, self._title, self._people),
            *(self._blank_line, self._new_entry, self._tag, self._prose, self._translation),
        ]
        chosen = edits[(self.number - 1) % len(edits)] if self.number <= len(edits) else self.random.choice(edits)
        return chosen.__name__, chosen()

    def _change(self, name: str, change: Callable[[str], str]) -> None:
        path = self.source / name
        text = path.read_text("utf-8")
        changed = change(text)
        assert changed != text, name
        path.write_text(changed, "utf-8")

    def _survey(self, pattern: str, text: str) -> Work:
        """Replace one match of a pattern in one survey."""
        name = f"surveys/{self.random.choice(self.library.surveys).id}.yaml"
        self._change(name, lambda source: self._one(pattern, text, source))
        return Work(files=1)

    def _one(self, pattern: str, text: str, source: str) -> str:
        found = self.random.choice(list(re.finditer(pattern, source)))
        return source[: found.start()] + found.expand(text) + source[found.end() :]

    def _record(self) -> Work:
        return self._survey(r'(?m)^(        summary: ")', rf"\1Edition {self.number}. ")._replace(sentences=1)

    def _name(self) -> Work:
        return self._survey(r"(?m)^(        name: \w+?)\d*$", rf"\g<1>{self.number}")

    def _alias(self) -> Work:
        return self._survey(r"(?m)^(        name: (\w+))$", rf"\1\n        aliases: [former-{self.number}]")

    def _move(self) -> Work:
        def moved(source: str) -> str:
            head, *records = re.split(r"(?m)(?=^      - id:)", source)
            place = self.random.randrange(len(records) - 1)
            first, second = records[place], records[place + 1]
            body, rest = ([*re.split(r"(?m)(?=^  - id:)", second, maxsplit=1), ""])[:2]
            first, behind = ([*re.split(r"(?m)(?=^  - id:)", first, maxsplit=1), ""])[:2]
            records[place : place + 2] = [body, behind, first, rest]
            return head + "".join(records)

        self._change(f"surveys/{self.random.choice(self.library.surveys).id}.yaml", moved)
        return Work(files=1)

    def _title(self) -> Work:
        self._change("refs.bib", lambda text: self._one(r"(  title = \{)", rf"\1Part {self.number} of ", text))
        return Work(entries=1, formatted=1)

    def _people(self) -> Work:
        self._change("refs.bib", lambda text: self._one(r"(  author = \{)", rf"\1Given{self.number}, Ann and ", text))
        return Work(entries=1, formatted=1)

    def _blank_line(self) -> Work:
        self._change("refs.bib", lambda text: f"\n{text}")
        return Work()

    def _new_entry(self) -> Work:
        added = f"\n@misc{{new{self.number}, author = {{New, A}}, title = {{Work {self.number}}}, year = 2020}}\n"
        self._change("refs.bib", lambda text: text + added)
        return Work(entries=1, formatted=1)

    def _tag(self) -> Work:
        tag = self.random.choice(list(TAGS))
        pattern = rf"(?m)^(  {tag}:\n    name: .*)$"
        self._change("surveys/vocabulary.yaml", lambda text: re.sub(pattern, rf"\1 {self.number}", text))
        return Work(files=1)

    def _prose(self) -> Work:
        name = f"surveys/{self.random.choice(self.library.surveys).id}.md"
        self._change(name, lambda text: f"{text}\nRead {self.number} times.\n")
        return Work()

    def _translation(self) -> Work:
        survey = self.random.choice(self.library.surveys)
        self._translate(survey.id, survey.title, self.number)
        return Work()

    def _translate(self, name: str, text: str, number: int) -> None:
        path = self.source / "locale" / "zh_CN" / "LC_MESSAGES" / "records" / "surveys" / f"{name}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_PO.format(text=text, number=number), "utf-8")


def check(site: CountedSite, edits: int) -> Counter[str]:
    """Make *edits* and assert what each costs; return how often each kind was made, and pages were written in vain."""
    made: Counter[str] = Counter()
    for _ in range(edits):
        name, needed = site.edit()
        done, vain = site.build()
        assert done == needed, f"{name}, edit {site.number}: {done}, and {needed} was needed"
        # The page of a translation that it does not show, and the list, which is read again with any BibTeX file.
        unneeded = vain - {"references.html"}
        assert len(unneeded) <= (name == "_translation"), f"{name}, edit {site.number}: {sorted(unneeded)} were written"
        made[name] += 1
        made["pages in vain"] += len(vain)
    return made


def main(argv: list[str]) -> None:
    """Run what *argv* asks for."""
    parser = argparse.ArgumentParser("python -m tests.sphinx_host.counted_edits", description=__doc__)
    parser.add_argument("--papers", type=int, default=60)
    parser.add_argument("--edits", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as directory:
        site = CountedSite(Path(directory), options.papers, Random(options.seed))  # noqa: S311 (repeatable)
        print(dict(check(site, options.edits)))


if __name__ == "__main__":
    main(sys.argv[1:])
