"""The command ``python -m benchmarks.citations``: the engine, the stock package, and the same site without citations.

User CPU seconds of serial HTML builds, the variants taking turns, medians over the rounds. 25 entries a page, each
cited there once, and once more from anywhere; one bibliography of all entries, or one on every page of what it cites.
"""

from __future__ import annotations

import argparse
import math
import shutil
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from random import Random
from statistics import median
from typing import Final

from benchmarks.content import Publication, library
from benchmarks.measure import timed

PER_PAGE: Final = 25
PHASES: Final = ("full", "no-op", "one entry")
VARIANTS: Final = {
    "engine": ["myst_parser", "sphinxcontrib.bibtex", "sphinx_paper_table.citations"],
    "stock": ["myst_parser", "sphinxcontrib.bibtex"],
    "none": ["myst_parser"],
}
LISTS: Final = {"one": "one bibliography", "page": "one a page"}
STOCK_LIMIT: Final = {"one": 10_000, "page": 1_000}
"""The largest site that the stock package is asked to build: with a list on every page its cost grows with the cube."""
CONF: Final = """\
extensions = {extensions}
html_theme = "alabaster"
html_sidebars = {{"**": []}}
suppress_warnings = ["bibtex.duplicate_citation"]
"""
BIBTEX: Final = """\
bibtex_bibfiles = ["refs.bib"]
bibtex_default_style = "plain"
bibtex_reference_style = "author_year"
bibtex_cite_id = "cite-{key}"
"""
Times = dict[tuple[str, str, int, str], list[float]]
"""Seconds by list, variant, size and phase."""


def write(root: Path, variant: str, lists: str, count: int, seed: int) -> None:
    """Write a site; equal arguments give equal bytes."""
    random = Random(seed)  # noqa: S311 (nothing secret)
    works = [paper.publication for paper in library(count, seed).papers]
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    cites = variant != "none"
    (root / "refs.bib").write_text("\n".join(map(_entry, works)), "utf-8")
    (root / "conf.py").write_text(CONF.format(extensions=VARIANTS[variant]) + (BIBTEX if cites else ""), "utf-8")
    names = [f"page-{number:04}" for number in range(math.ceil(count / PER_PAGE))]
    for number, name in enumerate(names):
        own = works[number * PER_PAGE : (number + 1) * PER_PAGE]
        parts = [_paragraph(work, random.choice(works), cites=cites) for work in own]
        if cites and lists == "page":
            parts.append("```{bibliography}\n:filter: docname in docnames\n```")
        (root / f"{name}.md").write_text("\n\n".join([f"# Page {number}", *parts]) + "\n", "utf-8")
    if lists == "one":
        names.append("references")
        text = "```{bibliography}\n:all:\n```" if cites else "None."
        (root / "references.md").write_text(f"# References\n\n{text}\n", "utf-8")
    toctree = "\n".join(names)
    (root / "index.md").write_text(f"# Start\n\n```{{toctree}}\n{toctree}\n```\n", "utf-8")


def _entry(work: Publication) -> str:
    authors = " and ".join(f"{family}, {given}" for family, given in work.authors)
    fields = (
        f"author = {{{authors}}},\n  title = {{{work.title}}},\n  journal = {{{work.venue}}},\n  year = {work.year}"
    )
    return f"@article{{{work.key},\n  {fields}\n}}\n"


def _paragraph(own: Publication, other: Publication, *, cites: bool) -> str:
    if not cites:
        return f"The work {own.title} of {own.year}, and that of {other.authors[0][0]}."
    return f"The work {own.title} {{cite:p}}`{own.key}`, and that of {{cite:t}}`{other.key}`."


def edit(root: Path, number: int) -> None:
    """Change the title of the first entry."""
    path = root / "refs.bib"
    text = path.read_text("utf-8")
    path.write_text(text.replace("title = {", f"title = {{Edition {number}: ", 1), "utf-8")


def build(root: Path, *, clean: bool) -> float:
    """Return the user CPU seconds of a build."""
    if clean:
        shutil.rmtree(root / "_build", ignore_errors=True)
    places = [str(root), str(root / "_build" / "html")]
    return timed([sys.executable, "-m", "sphinx", "-q", "-b", "html", *places], root / "build.log").seconds


def measure(options: argparse.Namespace, directory: Path) -> Times:
    """Build everything that is asked for, the variants taking turns."""
    times: Times = {}
    for lists in options.lists:
        for count in options.entries:
            variants = [name for name in options.variants if name != "stock" or count <= STOCK_LIMIT[lists]]
            for variant in variants:
                write(directory / variant, variant, lists, count, options.seed)
            for number in range(options.rounds):
                for phase in PHASES:
                    for variant in variants:
                        root = directory / variant
                        if phase == PHASES[2]:
                            edit(root, number)
                        seconds = build(root, clean=phase == PHASES[0])
                        times.setdefault((lists, variant, count, phase), []).append(seconds)
            print(f"{LISTS[lists]}, {count:,} entries: done", file=sys.stderr, flush=True)
    return times


def markdown(times: Times, options: argparse.Namespace) -> str:
    """Return a table: seconds, ratios, and the exponent of growth from the last but one size to the last."""
    sizes = list(options.entries)
    head = ["list", "build", "variant", *(f"{size:,}, s" for size in sizes), "growth"]
    rows = [head, ["---", "---", "---", *["---:"] * (len(sizes) + 1)]]
    for lists in options.lists:
        for phase in PHASES:
            for variant in options.variants:
                found = [times.get((lists, variant, size, phase)) for size in sizes]
                seconds = [median(one) if one else None for one in found]
                cells = [f"{one:.2f}" if one is not None else "–" for one in seconds]
                rows.append([LISTS[lists], phase, variant, *cells, _growth(sizes, seconds)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _growth(sizes: list[int], seconds: list[float | None]) -> str:
    """Return b of cost ~ entries to the power of b, between the two largest sizes that were built."""
    known = [(size, cost) for size, cost in zip(sizes, seconds, strict=True) if cost is not None]
    if len(known) < 2:
        return "–"
    (small, before), (large, after) = known[-2:]
    return f"{math.log(after / before) / math.log(large / small):.2f}"


def main(argv: list[str]) -> None:
    """Run what *argv* asks for."""
    parser = argparse.ArgumentParser("python -m benchmarks.citations", description=__doc__)
    parser.add_argument("--entries", type=int, nargs="+", default=[100, 1000], metavar="N", help="sizes of the site")
    parser.add_argument("--lists", nargs="+", default=list(LISTS), choices=list(LISTS))
    parser.add_argument("--variants", nargs="+", default=list(VARIANTS), choices=list(VARIANTS))
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often each build is repeated")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes other entries")
    parser.add_argument("--write", type=Path, metavar="DIRECTORY", help="write the sites there, and no more")
    options = parser.parse_args(argv)
    if options.write:
        for variant in VARIANTS:
            write(options.write / variant, variant, options.lists[0], options.entries[0], options.seed)
        return
    packages = ("sphinx", "sphinxcontrib-bibtex", "pybtex", "myst-parser", "sphinx-paper-table")
    print(", ".join(f"{name} {version(name)}" for name in packages), f"\n\n{options.rounds} rounds\n")
    with tempfile.TemporaryDirectory(prefix="citations-benchmark-") as directory:
        print(markdown(measure(options, Path(directory)), options))


if __name__ == "__main__":
    main(sys.argv[1:])
