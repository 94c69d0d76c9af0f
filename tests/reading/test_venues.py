"""The venues of a project: its own names win, its lists come next, what is built in last; clashes are told."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.support.texts import lines, load_files

from sphinx_paper_table.reading.loader import load
from sphinx_paper_table.reading.venue_lists import listed_venues
from sphinx_paper_table.survey.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_paper_table.reading.loader import LoadResult

VENUES = """\
vocabulary: v
venues:
  nips:
    name: NIPS
    aliases: [Neural Stuff]
"""


def bib(*venues: str, name: str = "journal") -> str:
    """Return an entry for each venue."""
    entry = "@article{{k{0}, author={{A, B}}, title={{Title number {0}}}, year={{2020}}, {1}={{{2}}}}}\n"
    return "".join(entry.format(number, name, venue) for number, venue in enumerate(venues))


def venues_of(loaded: LoadResult) -> list[str]:
    """Return what readers see of the venue of each entry."""
    return [loaded.catalogue.venue(reference) for reference in loaded.catalogue.references.values()]


def test_a_project_gives_a_built_in_venue_its_own_name_and_keeps_its_spellings() -> None:
    loaded = load_files(
        {"v.yaml": VENUES}, {"r.bib": bib("NeurIPS", "Advances in Neural Information Processing Systems 3")}
    )
    assert venues_of(loaded) == ["NIPS", "NIPS"]
    assert lines(loaded.problems) == []
    assert "neurips" not in loaded.catalogue.vocabulary.venues


def test_a_venue_of_the_same_id_gives_its_names_to_the_projects_own() -> None:
    own = "vocabulary: v\nvenues: {icml: {name: The ML Conference}}\n"
    assert venues_of(load_files({"v.yaml": own}, {"r.bib": bib("ICML", "Proc. 3rd Int. Conf. Mach. Learn.")})) == [
        "The ML Conference",
        "The ML Conference",
    ]


def test_two_venues_with_one_name_are_reported_with_both_places() -> None:
    second = (
        VENUES.replace("vocabulary: v", "vocabulary: w").replace("  nips:", "  stuff:").replace("name: NIPS", "name: S")
    )
    loaded = load_files({"v.yaml": VENUES, "w.yaml": second.replace("Neural Stuff", "neural-stuff, Stuffing")})
    assert lines(loaded.problems) == [
        (
            "w.yaml:5:15: the venue 'neural-stuff' is taken; "
            "it is that of 'nips' at v.yaml:4, which is used; choose another [duplicate-id]"
        )
    ]
    assert loaded.catalogue.venues.label("Neural Stuff") == "NIPS"
    assert loaded.catalogue.venues.label("stuffing") == "S"


def test_a_venue_whose_name_is_taken_is_left_out() -> None:
    loaded = load_files(
        {"v.yaml": VENUES, "w.yaml": "vocabulary: w\nvenues: {b: {name: B, short: nips}, nips: {name: C}}\n"}
    )
    assert lines(loaded.problems) == [
        (
            "w.yaml:2:30: the venue 'nips' is taken; "
            "it is that of 'nips' at v.yaml:4, which is used; choose another [duplicate-id]"
        ),
        (
            "w.yaml:2:37: the venue id 'nips' is taken; "
            "it is that of v.yaml:4, which is used; choose another [duplicate-id]"
        ),
    ]
    assert loaded.catalogue.venues.label("B") == "B"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "venues: [a]",
            "2:1: a mapping is expected here; write 'key: value'; 'venues': Venue id to its names [wrong-type]",
        ),
        ("venues: {A b: {name: A}}", "2:10: 'A b' is not an id"),
        ("venues: {a: {short: A}}", "2:10: the key 'name' is missing; add 'name: …' [missing-key]"),
        (
            "venues: {a: {name: A, alias: [B]}}",
            "2:23: 'alias' is not a key here; ",
        ),
        ("venues: {a: {name: A, aliases: B}}", "2:32: a list is expected here"),
        ("venues: {a: {name: <b>A</b>}}", "2:20: "),
    ],
)
def test_mistakes_in_venues_are_located(line: str, message: str) -> None:
    (problem,) = lines(load_files({"v.yaml": f"vocabulary: v\n{line}\n"}).problems)
    assert problem.startswith(f"v.yaml:{message}")


def listed(text: str | bytes, *spellings: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Return name and abbreviation of what a list has for *spellings*, and the problems."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "list.csv")
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        problems = Problems()
        found = listed_venues({"list.csv": path}, spellings, problems)
        return [(str(venue.name), str(venue.short)) for _name, venue in found], lines(problems.sorted())


@pytest.mark.parametrize(
    "text",
    [
        "Journal of Odd Things;J. Odd Th.;JOT;9\nOther;O.\n",
        "\ufeffJournal of Odd Things;J. Odd Th.\r\nOther;O.\r\n",
        '"Journal of Odd Things","J. Odd Th."\n"Other, and More","O."\n',
        "# a comment\n\nJournal of Odd Things,J. Odd Th.,JOT\nOther,O.\n",
        "Journal of Odd Things = J. Odd Th.\n# a comment\nOther = O.\n",
    ],
)
@pytest.mark.parametrize("spelling", ["J.Odd Th.", "The Journal of Odd Things", "JOURNAL OF ODD THINGS"])
def test_every_form_of_jabrefs_lists_is_read(text: str, spelling: str) -> None:
    assert listed(text, spelling, "Unknown") == ([("Journal of Odd Things", "J. Odd Th.")], [])


def test_a_name_may_have_the_sign_that_parts_columns() -> None:
    text = '"Computers, Materials, & Continua",Comput. Mater. Contin.\n"A; B",A.\nC,C.\n'
    found = listed(text, r"Computers, Materials \& Continua", "A B", "C")
    assert [name for name, _short in found[0]] == ["Computers, Materials, & Continua", "A; B", "C"]
    assert found[1] == []


@pytest.mark.parametrize("line", ["Nothing else", '"Open;O.', ";O.", "Name;", f"{'x' * 500};X.", '"a"b;c"'])
def test_a_line_that_says_nothing_costs_itself_only(line: str) -> None:
    found, problems = listed(f"Journal of Odd Things;J. Odd Th.\n{line}\nOther;O.\n", "Other")
    assert found == [("Other", "O.")]
    assert problems == [
        (
            "list.csv:2:1: the line gives no journal with its abbreviation; write 'name;abbreviation', with double "
            "quotes around a name that has a semicolon [bad-value]"
        )
    ]


@pytest.mark.parametrize(
    "text", [b"\x00\x01\x02;\xff", b"\xff\xfe\x00\x00", b";;;;\n" * 5000, b'"' * 100_000, b"", b"\n\n"]
)
def test_what_is_no_list_is_reported_and_read_no_further(text: bytes) -> None:
    found, problems = listed(text, "Other", "")
    assert found == []
    assert bool(problems) == bool(text.strip())


def test_a_list_of_latin_1_is_read() -> None:
    found, problems = listed("Zeitschrift für Dinge;Z. Dinge\n".encode("latin-1"), "Zeitschrift fur Dinge")
    assert found == [("Zeitschrift für Dinge", "Z. Dinge")]
    assert "is not UTF-8" in problems[0]


def test_a_list_that_is_missing_is_reported() -> None:
    problems = Problems()
    assert listed_venues({"none.csv": Path("no such file")}, ["a"], problems) == ()
    assert lines(problems.sorted()) == [
        (
            "none.csv:1:1: the file cannot be read: No such file or directory; check that the file exists and may be "
            "read [unreadable]"
        )
    ]


def test_a_list_names_what_the_vocabulary_does_not_and_stands_before_what_is_built_in(tmp_path: Path) -> None:
    files = {
        "v.yaml": "vocabulary: v\nvenues: {odd: {name: Odd, aliases: [J. Odd Th.]}}\n",
        "r.bib": bib("J.Odd Th.", "PRD", "Phys.Rev.D"),
        "list.csv": "Journal of Odd Things;J. Odd Th.\nPhysical Review D;PhysRevD\nUnused;U.\n",
    }
    for name, text in files.items():
        tmp_path.joinpath(name).write_text(text, "utf-8")
    named = ({name: tmp_path / name} for name in files)
    surveys, bibliographies, lists = named
    loaded = load(surveys, bibliographies, venue_lists=lists)
    assert venues_of(loaded) == ["Odd", "PhysRevD", "PhysRevD"]
    assert "unused" not in loaded.catalogue.vocabulary.venues


def merges(venues: Iterable[str], vocabulary: str = "vocabulary: v\n") -> list[str]:
    """Return the advice on venues."""
    found = lines(load_files({"v.yaml": vocabulary}, {"r.bib": bib(*venues)}).problems)
    return [line for line in found if line.endswith("[venue-similar]")]


def test_near_equal_venues_are_advice_with_the_lines_to_add() -> None:
    assert merges(["Annals of Odd Things", "Annals of Odd Things", "Ann. Odd Things"]) == [
        (
            "r.bib:3:1: the venues 'Annals of Odd Things' (2) and 'Ann. Odd Things' (1) seem to be one; if so, "
            "add to a vocabulary: venues: "
            '{annals-odd-things: {name: "Annals of Odd Things", aliases: ["Ann. Odd Things"]}} '
            "[venue-similar]"
        )
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann. Odd Things", "Ann.Odd Things"),
        ("Annals of Odd Things", "Annals of Odd Thingss"),
        ("Things and Stuff", r"Things \& Stuff"),
        ("Conference on Odd Things 2019", "Proceedings of the 3rd Conference on Odd Things"),
        ("Annals of Odd Things", "Ann. of Odd Things"),
        ("International Symposium on Odd Things", "Internatonal Symposium on Odd Things"),
    ],
)
def test_spellings_that_are_one(one: str, other: str) -> None:
    (advice,) = merges([one, other])
    assert "seem to be one" in advice


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Physics Letters Y", "Physics Letters Z"),
        ("Odd Things Part I", "Odd Things Part II"),
        ("ICXY", "ICXZ"),
        ("Conference on Odd Things", "Workshop on Odd Things"),
        ("NIPS", "NeurIPS"),
        ("Phys.Rev.D", "Phys. Rev. D"),
        ("Phys.Rev.D", "Phys. Rev. C"),
    ],
)
def test_venues_that_are_two_or_known_as_one(one: str, other: str) -> None:
    assert merges([one, other]) == []


def test_the_advice_is_yaml_that_does_what_it_says() -> None:
    said = ['Ann. "Odd" Things: A#B', 'Ann. "Odd" Things: A #B', 'Ann. "Odd" Things: A #B']
    (advice,) = merges(said)
    venues = advice.partition("vocabulary: ")[2].removesuffix(" [venue-similar]")
    assert merges(said, f"vocabulary: v\n{venues}\n") == []


def test_a_venue_of_the_vocabulary_is_named_by_its_id() -> None:
    vocabulary = "vocabulary: v\nvenues: {odd: {name: Annals of Odd Things}}\n"
    (advice,) = merges(["Annals of Odd Things", "Anals of Odd Things"], vocabulary)
    assert "if so, add to the 'aliases' of the venue 'odd' in a vocabulary: [\"Anals of Odd Things\"]" in advice
