"""Sites built apart that lead to each other: ``python -m benchmarks.federation``.

Each site is one of the benchmark's, and every tenth of its papers names one of an earlier site in its summary, cites
it, and builds on it. Then one paper is added to the first site, and one of its papers gets another name.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.content import library
from benchmarks.measure import Cost, Site, compile_all
from benchmarks.report import table
from benchmarks.variants import Tables, bibtex_entry, put

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.content import Library, Paper, Survey

ONE_IN: Final = 10
"""Of so many papers, one leads to another site."""
RECORDED: Final = Path(__file__).with_name("recorded_federation.json")
"""The run that a page of the site shows."""
STEPS: Final = ("everything", "nothing new", "a paper is added to the first", "a paper of the first is renamed")
"""What is done to the sites, one after the other."""
ADDED: Final = "added"
NEW_NAME: Final = "Renamed"


class Federated(Tables):
    """A site of the benchmark that leads to *others*, by their names."""

    def __init__(self, own: Library, others: dict[str, Library], inventories: dict[str, Path]) -> None:
        """Prepare to write *own*; *inventories* are those that the others will have."""
        super().__init__(own)
        self._others = list(others.items())
        self.extensions = ["myst_parser", "sphinx_paper_table", "sphinx.ext.intersphinx"]  # type: ignore[misc]
        mapping = {name: (f"https://{name}.example/", str(path)) for name, path in inventories.items()}
        self.conf = f"intersphinx_mapping = {mapping!r}\nintersphinx_cache_limit = 0\n"  # type: ignore[misc]
        self._added: Paper | None = None
        self._renamed = -1

    def _other(self, paper: Paper) -> tuple[str, Paper] | None:
        """Return what a paper leads to."""
        place, rest = divmod(paper.number, ONE_IN)
        if rest or not self._others:
            return None
        name, others = self._others[place % len(self._others)]
        papers = others.papers
        return name, papers[place % len(papers)]

    def summary(self, paper: Paper) -> str:
        """Return the summary, which may name and cite a paper of another site."""
        text = super().summary(paper)
        found = self._other(paper)
        return (
            f"{text} After {{paper}}`{found[0]}:{found[1].id}` {{cite:p}}`{found[1].publication.key}`."
            if found
            else text
        )

    def _paper(self, paper: Paper) -> list[str]:
        lines = super()._paper(paper if paper.number != self._renamed else replace(paper, name=NEW_NAME))
        found = self._other(paper) if paper.relations else None
        return (
            [*lines, f"          builds-on: [{{to: {found[0]}:{found[1].id}, why: it came first}}]"] if found else lines
        )

    def _survey(self, survey: Survey) -> list[str]:
        lines = super()._survey(survey)
        return [*lines, *self._paper(self._added)] if self._added and survey is self.library.surveys[-1] else lines

    def add_paper(self, root: Path) -> None:
        """Add a paper at the end of the site."""
        last = self.library.papers[-1]
        work = replace(last.publication, key=ADDED, title=ADDED.title(), arxiv="2512.99999")
        self._added = replace(last, number=len(self.library.papers), id=ADDED, name=ADDED.title(), publication=work)
        self.write_survey(root, self.library.surveys[-1])
        put(root / "refs.bib", (root / "refs.bib").read_text("utf-8") + "\n" + bibtex_entry(work))

    def rename_paper(self, root: Path) -> None:
        """Give the first paper, to which others lead, another name."""
        self._renamed = 0
        self.write_survey(root, self.library.surveys[0])


@dataclass(frozen=True, slots=True)
class Step:
    """What happened to each site: its costs, and how many of its pages changed."""

    name: str
    costs: tuple[Cost, ...]
    pages: tuple[int, ...]


def federation(count: int, papers: int, seed: int, directory: Path) -> list[Step]:
    """Build *count* sites of so many *papers* each, and edit the first."""
    sites = _sites(count, papers, seed, directory)
    for site in sites:
        site.prepare()
    first = sites[0]
    assert isinstance(first.variant, Federated)
    edits: tuple[Callable[[Path], None] | None, ...] = None, None, first.variant.add_paper, first.variant.rename_paper
    found = []
    for name, edit in zip(STEPS, edits, strict=True):
        if edit:
            edit(first.root)
        before = [_pages(site) for site in sites]
        costs = tuple(site.build(clean=name == STEPS[0]) for site in sites)
        changed = (
            len([page for page, content in _pages(site).items() if old.get(page) != content])
            for site, old in zip(sites, before, strict=True)
        )
        found.append(Step(name, costs, tuple(changed)))
    return found


def _sites(count: int, papers: int, seed: int, directory: Path) -> list[Site]:
    libraries = {f"site{number + 1}": library(papers, seed + number) for number in range(count)}
    inventories = {name: directory / name / "_build" / "html" / "objects.inv" for name in libraries}
    names = list(libraries)
    return [
        Site(
            Federated(
                libraries[name],
                {other: libraries[other] for other in names[:number]},
                {other: inventories[other] for other in names[:number]},
            ),
            directory / name,
        )
        for number, name in enumerate(names)
    ]


def _pages(site: Site) -> dict[str, str]:
    """Return a hash of each page."""
    return {
        str(path): hashlib.blake2b(path.read_bytes()).hexdigest() for path in (site.root / "_build").rglob("*.html")
    }


def markdown(steps: Sequence[Step], papers: int) -> str:
    """Return what was found as a table: a row a step, a column a site."""
    sites = len(steps[0].costs)
    rows = [
        [step.name, *(f"{cost.seconds:.2f} s, {pages}" for cost, pages in zip(step.costs, step.pages, strict=True))]
        for step in steps
    ]
    peaks = [f"{cost.megabytes:.0f} MB" for cost in steps[0].costs]
    head = f"## {sites} sites of {papers:,} papers\n\nUser CPU time, and pages that changed:\n\n"
    return head + table([["", *(f"site {number + 1}" for number in range(sites))], *rows, ["peak memory", *peaks]])


def as_json(steps: Sequence[Step], papers: int) -> dict[str, Any]:
    """Return what was found for programs."""
    found = [
        {
            "step": step.name,
            "cpu": [round(cost.seconds, 2) for cost in step.costs],
            "megabytes": [round(cost.megabytes) for cost in step.costs],
            "pages": list(step.pages),
        }
        for step in steps
    ]
    return {"papers": papers, "steps": found}


def main(argv: list[str]) -> None:
    """Run what *argv* asks for."""
    parser = argparse.ArgumentParser("python -m benchmarks.federation", description="What sites built apart cost.")
    parser.add_argument("--sites", type=int, default=3, metavar="N", help="how many")
    parser.add_argument("--papers", type=int, default=500, metavar="N", help="papers of each")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes other papers")
    parser.add_argument("--record", action="store_true", help=f"write it to {RECORDED.name}, for the page of the site")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was measured to FILE")
    options = parser.parse_args(argv)
    compile_all()
    with tempfile.TemporaryDirectory(prefix="paper-table-federation-") as directory:
        steps = federation(options.sites, options.papers, options.seed, Path(directory))
    print(markdown(steps, options.papers))
    for path in (options.json, RECORDED if options.record else None):
        if path:
            path.write_text(json.dumps(as_json(steps, options.papers), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
