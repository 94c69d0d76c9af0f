"""What is kept of entries: an edit reads those that it changed, and what is found is what a clean reading finds."""

from __future__ import annotations

import pickle
import random
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_paper_table.bibliography.kept_entries import KeptEntries
from sphinx_paper_table.bibliography.reader import parse_bibtex
from sphinx_paper_table.survey.problems import Code, Problems

if TYPE_CHECKING:
    from collections.abc import Callable

PLAIN = "@article{{k{n}, author = {{Ng, A{n}}}, title = {{T{n} \\emph{{x}}}}, journal = {{J}}, year = {{20{n:02}}}}}\n"
PIECES = (
    "@string{cvpr = {Computer Vision {v}}}\n",
    "@inproceedings{used{n}, author = {B, C}, title = {U}, booktitle = cvpr # { {n}}, year = 2020}\n",
    "@misc{lost{n}, title = nobody, year = {1}, month = jan}\n",
    "@inproceedings{child{n}, author = {B, C}, title = {Child {v}}, crossref = {whole}}\n",
    "@proceedings{whole, editor = {E, F}, title = {Whole {v}}, year = {1999}, ids = {old-whole}}\n",
    "@set{group{n}, entryset = {k1, k2}}\n",
    "@book{tied{n}, author = {B, C}, title = {Tied {v}}, year = {2000}, publisher = {P}, related = {k3}}\n",
    "@xdata{shared, publisher = {P {v}}}\n",
    "@book{with{n}, author = {B, C}, title = {W}, year = 2001, xdata = {shared}}\n",
    "@article{broken{n}, title = {never closed {v}\n\n",
    "@article{, author = {No, Key}, title = {Nameless {v}}, year = {2003}}\n",
    "@artcle{odd{n}, author = {B, C}, title = {Odd $x_{v}$}, year = {2004}, file = {/home/me/x.pdf}, abstract = {a}}\n",
    "Words between the entries, me@example.org.\n",
    "@comment{ jabref {v} }\n",
    "@article{K1, author = {B, C}, title = {Twice {v}}, journal = {J}, year = {2005}, doi = {no doi}}\n",
)


def _file(rng: random.Random, number: int) -> str:
    pieces = [PLAIN.format(n=n) for n in range(6)]
    pieces += [piece.replace("{n}", str(number)).replace("{v}", str(rng.randrange(3))) for piece in PIECES]
    rng.shuffle(pieces)
    return "".join(f"{piece}{rng.choice(('', chr(10)))}" for piece in pieces[: rng.randrange(4, len(pieces) + 1)])


def _edit(rng: random.Random, texts: dict[str, str]) -> None:
    name = rng.choice(list(texts))
    lines = texts[name].splitlines(keepends=True)
    place = rng.randrange(len(lines))
    other = rng.choice(PIECES).replace("{n}", str(rng.randrange(3))).replace("{v}", str(rng.randrange(3)))
    edits: list[Callable[[], object]] = [
        lambda: lines.insert(place, other),
        lambda: lines.pop(place),
        lambda: lines.insert(place, "\n"),
        lambda: lines.append(lines.pop(place)),
        lambda: lines.__setitem__(place, lines[place].replace("B, C", "D, E")),
    ]
    rng.choice(edits)()
    texts[name] = "".join(lines)


def _read(texts: dict[str, str], kept: KeptEntries | None = None) -> tuple[Any, ...]:
    problems = Problems()
    found = parse_bibtex(texts, problems, kept=kept)
    entries = {
        key: (entry, entry.complete, entry.own, entry.linked, [member.key for member in entry.members])
        for key, entry in found.database.entries.items()
    }
    places = {key: reference.position for key, reference in found.references.items()}
    return found.references, places, entries, found.keys_of, found.contents, found.aliases, problems.sorted()


@pytest.mark.parametrize("seed", range(6))
def test_what_is_kept_is_what_a_clean_reading_finds(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 (repeatable, no secret)
    texts = {f"{name}.bib": _file(rng, number) for number, name in enumerate("ab")}
    kept = KeptEntries()
    _read(texts, kept)
    for _ in range(25):
        _edit(rng, texts)
        kept = KeptEntries(pickle.loads(pickle.dumps(kept.used)))  # noqa: S301 (our own, as between builds)
        assert _read(texts, kept) == _read(texts)


def test_an_edit_reads_the_entries_whose_text_it_changes() -> None:
    text = "".join(PLAIN.format(n=n) for n in range(50))
    first = KeptEntries()
    _read({"a.bib": text}, first)
    assert (len(first.used), first.read) == (50, 50)
    for edited, new in ((text.replace("T7 ", "Other "), 1), (f"\n\n{text}", 0), (f"{text}{PLAIN.format(n=77)}", 1)):
        kept = KeptEntries(first.used)
        _read({"a.bib": edited}, kept)
        assert kept.read == new


def test_entries_that_name_a_string_are_read_anew_when_strings_change() -> None:
    text = '@string{v = "Venue"}\n' + "".join(PLAIN.format(n=n) for n in range(5))
    text += "@inproceedings{x, author = {A, B}, title = {T}, booktitle = v, year = 2020}\n"
    first = KeptEntries()
    _read({"a.bib": text}, first)
    same, other = KeptEntries(first.used), KeptEntries(first.used)
    _read({"a.bib": text}, same)
    found = _read({"a.bib": text.replace('"Venue"', '"Other"')}, other)
    assert (same.read, other.read) == (0, 1)
    assert found[2]["x"][0].fields["booktitle"] == "Other"


def test_problems_of_one_kind_are_limited_when_entries_are_known() -> None:
    text = "".join(PLAIN.format(n=n).replace("journal", "file = {x}, journal") for n in range(1200))
    first, kept = KeptEntries(), KeptEntries()
    clean = _read({"a.bib": text}, first)[-1]
    kept.before = first.used
    assert _read({"a.bib": text}, kept)[-1] == clean
    assert sum(problem.code is Code.BIBTEX_PRIVATE for problem in clean) == 1001
