"""Random edits of the surveys and the bibliography of 60 papers: whatever comes of them, check and build say the same.

``python -m tests.cli.random_edits 1000 [SEED [PROCESSES]]`` makes so many, each of the good files, and prints where the
two differ, with a running count: some seven minutes for a thousand on two quiet cores.
"""

from __future__ import annotations

import random
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bad_input.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAPERS: Final = 60
_BATCH: Final = 25
_SIGNS: Final = [*":#'\"{}[]*&@%!|>-,`$\\\t ~^_=<", "\N{NO-BREAK SPACE}", "é", "检", "null", "- ", ": "]
_CONF: Final = """\
project = "Random"
extensions = ["sphinx_paper_table"]
myst_enable_extensions = ["dollarmath"]
exclude_patterns = ["*.txt"]
html_theme = "basic"
"""


def files() -> dict[str, str]:
    """Return a good project: three surveys that name each other, a vocabulary, a bibliography and a page."""
    found = {"conf.py": _CONF, "refs.bib": "".join(map(_entry, range(PAPERS)))}
    for number in range(3):
        papers = "".join(_paper(one) for one in range(number, PAPERS, 3))
        head = f"survey: s{number}\ntitle: Survey {number}\nsummary: All of {{paper}}`p{number}`.\n"
        found[f"surveys/s{number}.yaml"] = f"{head}groups:\n  - id: g\n    title: Group\n    papers:\n{papers}"
    found["surveys/words.yaml"] = (
        "vocabulary: words\ntags:\n  fast: {name: Fast}\n  small: {name: Small}\n"
        "benchmarks:\n  nq: {name: NQ, dataset: NQ, metric: EM}\n"
    )
    tables = "".join(f"```{{paper-table}} s{number}\n:layout: table\n```\n\n" for number in range(3))
    found["index.md"] = f"# Home\n\nSee {{paper}}`p1` and {{paper:group}}`s0#g`.\n\n{tables}```{{bibliography}}\n```\n"
    return found


def _paper(number: int) -> str:
    lines = [
        f"      - id: p{number}",
        f"        name: Method {number}",
        f"        cite: key{number}",
        f"        summary: A *method* with $x_{number}$, after {{paper}}`p{number // 2}` and {{cite:t}}`key{number}`.",
        f"        tags: [{'fast' if number % 2 else 'small'}]",
    ]
    if number:
        lines.append(f"        relations: {{extends: [p{number // 2}]}}")
    if number % 4 == 0:
        lines.append(f"        results:\n          - {{benchmark: nq, value: {number}.5, source: key{number}}}")
    return "\n".join(lines) + "\n"


def _entry(number: int) -> str:
    return (
        f"@inproceedings{{key{number},\n  author = {{Author, A{number}}},\n"
        f"  title = {{Title of {chr(97 + number % 26)} number {number * 7919}}},\n"
        f"  booktitle = {{Conference}},\n  year = {{{1990 + number // 2}}},\n}}\n"
    )


def _insert(text: str, random_: random.Random) -> str:
    place = random_.randrange(len(text))
    return f"{text[:place]}{random_.choice(_SIGNS)}{text[place:]}"


def _delete(text: str, random_: random.Random) -> str:
    place = random_.randrange(len(text))
    return text[:place] + text[place + random_.randint(1, 4) :]


def _lines(change: Callable[[list[str], int, random.Random], None]) -> Callable[[str, random.Random], str]:
    def edited(text: str, random_: random.Random) -> str:
        lines = text.split("\n")
        change(lines, random_.randrange(max(len(lines) - 1, 1)), random_)
        return "\n".join(lines)

    return edited


def _without(lines: list[str], number: int, _random: random.Random) -> None:
    del lines[number]


def _twice(lines: list[str], number: int, _random: random.Random) -> None:
    lines.insert(number, lines[number])


def _swapped(lines: list[str], number: int, _random: random.Random) -> None:
    lines[number : number + 2] = reversed(lines[number : number + 2])


def _indented(lines: list[str], number: int, random_: random.Random) -> None:
    lines[number] = lines[number][1:] if random_.random() < 0.5 else f" {lines[number]}"


def _cut(text: str, random_: random.Random) -> str:
    return text[: random_.randrange(len(text))]


_EDITS: Final = (_insert, _insert, _delete, _delete, _cut, *map(_lines, (_without, _twice, _swapped, _indented)))


def edited(seed: int) -> tuple[str, str]:
    """Return the name and the text of the file that the edits of *seed* change."""
    random_ = random.Random(seed)  # noqa: S311 (chance, no secret)
    good = files()
    name = random_.choice([name for name in good if name.endswith((".yaml", ".bib"))])
    text = good[name]
    for _ in range(random_.randint(1, 3)):
        text = random_.choice(_EDITS)(text or "\n\n", random_)
    return name, text


def differences(path: Path, seeds: range) -> Iterator[str]:
    """Yield a paragraph for each seed with which check and build do not say the same."""
    project = Project(path)
    for old in project.source.rglob("*.*"):
        old.unlink()
    good = files()
    for seed in seeds:
        name, text = edited(seed)
        for file, content in {**good, name: text}.items():
            project.write(file, content)
        told = project.build()
        ours = [line for line in told.messages if "[bibtex." not in line and "[myst." not in line]
        checked = project.check()
        if checked != ours or "Traceback" in told.log:
            alone = [f"  check: {line}" for line in checked if line not in ours]
            alone += [f"  build: {line}" for line in ours if line not in checked]
            yield "\n".join((f"seed {seed}, {name}:", *(alone or ["  another order", *checked, "  --", *ours])))


def _batch(seeds: range) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        return list(differences(Path(folder), seeds))


def main() -> int:
    """Run as many edits as the command line says."""
    count, first, processes = (*map(int, sys.argv[1:]), *(100, 0, 2)[len(sys.argv) - 1 :])
    seeds = range(first, first + count)
    batches = [seeds[start : start + _BATCH] for start in range(0, count, _BATCH)]
    found = done = 0
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        for batch, told in zip(batches, pool.map(_batch, batches), strict=True):
            done += len(batch)
            found += len(told)
            print(*told, f"{done} edits, {found} differences", sep="\n", flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
