"""Files garbled at random: nothing is raised, and every problem has a place in the file."""

from __future__ import annotations

import random

import pytest
from tests.support.texts import BIB, SURVEY, VOCABULARY, load_files

ROUNDS = 120
PIECES = [
    *"{}[]\"'`,:#&*!|>%@-?\\<$\t\n\r\0\x07 ",
    "\N{NO-BREAK SPACE}",
    "- ",
    ": ",
    "@misc{",
    "\n\n",
    "é",
    "\u2028",
    "<<: *x",
]


def garbled(text: str, chance: random.Random) -> str:
    """Return *text* with up to four characters deleted, inserted, replaced or moved."""
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(text) + 1)
        end = place + chance.choice([0, 1, 1, 5, 40])
        text = text[:place] + chance.choice(["", chance.choice(PIECES), text[place:end] * 2]) + text[end:]
    return text


@pytest.mark.parametrize("name", ["s.yaml", "refs.bib"])
def test_garbled_files_are_read_as_far_as_they_go(name: str) -> None:
    chance = random.Random(f"garbled {name}")  # noqa: S311
    damaged = 0
    for number in range(ROUNDS):
        good = SURVEY if name == "s.yaml" else BIB
        text = garbled(good, chance)
        files = {"s.yaml": SURVEY, "v.yaml": VOCABULARY, "refs.bib": BIB} | {name: text}
        loaded = load_files({key: files[key] for key in ("s.yaml", "v.yaml")}, {"refs.bib": files["refs.bib"]})
        for problem in loaded.problems:
            line, column = problem.position.line, problem.position.column
            lines = files[problem.position.path].replace("\r\n", "\n").replace("\r", "\n").split("\n")
            assert 1 <= line <= len(lines), f"round {number}: {problem}\n{text}"
            assert 1 <= column <= len(lines[line - 1]) + 2, f"round {number}: {problem}\n{text}"
        damaged += bool(loaded.problems)
    assert damaged > ROUNDS / 2
