"""The command ``python -m benchmarks.foreign FOLDER``: a documentation of others, with and without our extensions.

It is copied once for each variant, and the ``conf.py`` of the copy gets the variant's lines at its end. User CPU
seconds of serial HTML builds, the variants taking turns, medians over the rounds.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.measure import Cost, compile_all, timed

VARIANTS: Final = {
    "stock": "",
    "sphinx_fresh": 'extensions = [*extensions, "sphinx_fresh"]\n',
    "citations": (
        'extensions = [*extensions, "sphinx_paper_table.citations"]\n'
        "citations_compatible = True\ncitations_cited_on = citations_bibtex = False\n"
    ),
    "citations, all": 'extensions = [*extensions, "sphinx_paper_table.citations"]\n',
}
PHASES: Final = ("full", "no-op", "one page", "one entry")
_TITLE: Final = re.compile(r"^(\s*title\s*=\s*[{\"])", re.MULTILINE | re.IGNORECASE)
Costs = dict[tuple[str, str], list[Cost]]
"""What each build took, by phase and variant."""


def write(root: Path, options: argparse.Namespace, variant: str) -> Path:
    """Copy the documentation below *root*; return the folder with its ``conf.py``."""
    shutil.copytree(options.folder, root, symlinks=True, ignore=shutil.ignore_patterns("_build", ".git"))
    source: Path = root / options.source
    with (source / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write("\n" + VARIANTS[variant] + "".join(f"{line}\n" for line in options.conf))
    return source


def edit(source: Path, phase: str, number: int, options: argparse.Namespace) -> None:
    """Change what *phase* says: a page gets a paragraph, the first entry another title."""
    if phase == "one page":
        with (source / options.page).open("a", encoding="utf-8") as page:
            page.write(f"\nParagraph {number}.\n")
    elif phase == "one entry":
        path = source / options.bibliography
        path.write_text(_TITLE.sub(rf"\g<1>Edition {number} of ", path.read_text("utf-8"), count=1), "utf-8")


def measure(options: argparse.Namespace, directory: Path) -> Costs:
    """Build all phases, the variants taking turns."""
    sources = {name: write(directory / str(place), options, name) for place, name in enumerate(options.variants)}
    phases = [phase for phase in PHASES if phase != "one entry" or options.bibliography]
    costs: Costs = {(phase, name): [] for phase in phases for name in sources}
    for number in range(options.rounds):
        for phase in phases:
            for name, source in sources.items():
                built = source / "_build"
                if phase == "full":
                    shutil.rmtree(built, ignore_errors=True)
                edit(source, phase, number, options)
                command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(source), str(built / "html")]
                costs[phase, name].append(timed(command, source / "build.log"))
        print(f"round {number + 1}: done", file=sys.stderr, flush=True)
    return costs


def markdown(costs: Costs, variants: list[str]) -> str:
    """Return a table of seconds, each with its multiple of the first variant's."""
    rows = [["build", *variants], ["---", *["---:"] * len(variants)]]
    for phase in dict.fromkeys(phase for phase, _name in costs):
        seconds = [median(cost.seconds for cost in costs[phase, name]) for name in variants]
        rows.append([phase, *(f"{one:.2f} s ({one / seconds[0]:.2f} ×)" for one in seconds)])
    peaks = [median(cost.megabytes for cost in costs["full", name]) for name in variants]
    rows.append(["peak memory", *(f"{one:.0f} MB" for one in peaks)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def main(argv: list[str]) -> None:
    """Run what *argv* asks for."""
    parser = argparse.ArgumentParser("python -m benchmarks.foreign", description=__doc__)
    parser.add_argument("folder", type=Path, help="the documentation; it is copied and stays as it is")
    parser.add_argument("--source", default=".", metavar="PATH", help="where its conf.py is, below the folder")
    parser.add_argument("--page", default="index.md", metavar="FILE", help="the page that is edited, below the source")
    parser.add_argument("--bibliography", metavar="FILE", help="the .bib file that is edited, below the source")
    parser.add_argument("--conf", action="append", default=[], metavar="LINE", help="a further line for its conf.py")
    parser.add_argument("--variants", nargs="+", default=list(VARIANTS), choices=list(VARIANTS))
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often each build is repeated")
    options = parser.parse_args(argv)
    compile_all()
    with tempfile.TemporaryDirectory(prefix="foreign-benchmark-") as directory:
        print(markdown(measure(options, Path(directory)), options.variants))


if __name__ == "__main__":
    main(sys.argv[1:])
