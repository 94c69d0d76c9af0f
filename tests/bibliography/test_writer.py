"""`paper-table format`: one form for BibTeX files that loses nothing, and a check that says where a file differs."""

from __future__ import annotations

import random
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from sphinx_paper_table.bibliography.conversion import BIBTEX_TYPES, RENAMED
from sphinx_paper_table.bibliography.dates import month_name
from sphinx_paper_table.bibliography.entry_types import STAND_INS
from sphinx_paper_table.bibliography.macros import Macros
from sphinx_paper_table.bibliography.scanner import raw_entries
from sphinx_paper_table.bibliography.settings import SORTS
from sphinx_paper_table.bibliography.writer import format_bibtex
from sphinx_paper_table.cli import main
from sphinx_paper_table.survey.problems import Problems

ROOT = Path(__file__).resolve().parents[2]

UNTIDY = """\

@InProceedings(zeta2020b,
    Year = 2020, title = "A {T}itle, in {\\"o} quotes",
  AUTHOR={Zeta, A. and
    Ypsilon, B.}, x-own = {kept}, url = {https://example.org/a%20b},
  booktitle = "Part one, " # "part two"
)
@misc{alpha2019a, title={First}, author = "{The Alpha Team}", month = jan, year = {2019}, abstract = {On % and @.}}
"""
TIDY = """\
@misc{alpha2019a,
  author = {{The Alpha Team}},
  title = {First},
  year = {2019},
  month = jan,
  abstract = {On % and @.},
}

@inproceedings{zeta2020b,
  author = {Zeta, A. and Ypsilon, B.},
  title = {A {T}itle, in {\\"o} quotes},
  booktitle = {Part one, part two},
  year = {2020},
  url = {https://example.org/a%20b},
  x-own = {kept},
}
"""


def formatted(text: str, sort: str = "key", dialect: str = "") -> str:
    problems = Problems()
    result = format_bibtex(text, "refs.bib", problems, sort, dialect)
    assert problems.sorted() == ()
    return result


def content(text: str) -> dict[str, tuple[str, dict[str, str], dict[str, list[str]]]]:
    """Return what pybtex, which knows nothing of us, reads in *text*."""
    entries = parse_string(text, "bibtex").entries
    return {
        key: (
            entry.type,
            dict(entry.fields.lower().items()),
            {role.lower(): list(map(str, of)) for role, of in entry.persons.items()},
        )
        for key, entry in entries.items()
    }


def test_the_form() -> None:
    assert formatted(UNTIDY) == TIDY


def test_nothing_is_lost() -> None:
    assert content(formatted(UNTIDY)) == content(UNTIDY)


def test_formatting_twice_changes_nothing() -> None:
    assert formatted(TIDY) == TIDY


def test_the_order_of_entries_and_fields_does_not_matter() -> None:
    """The project's own bibliography, shuffled, comes out as the same text with the same content."""
    text = (ROOT / "refs.bib").read_text("utf-8")
    entries = text.rstrip("\n").split("\n\n")
    rng = random.Random(3)  # noqa: S311 (no secret)
    for _ in range(5):
        rng.shuffle(entries)
        shuffled = []
        for entry in entries:
            head, *fields, foot = entry.split("\n")
            rng.shuffle(fields)
            shuffled.append("\n".join([head, *fields, foot]))
        assert formatted("\n".join(shuffled)) == text
        assert content("\n".join(shuffled)) == content(text)


def test_an_entry_that_others_cross_reference_comes_last() -> None:
    """BibTeX finds it only there."""
    found = formatted("@misc{b, crossref = {A}, year = 1}@proceedings{A, title = {T}}@misc{c, title = {U}}")
    assert [line for line in found.split("\n") if line.startswith("@")] == ["@misc{b,", "@misc{c,", "@proceedings{A,"]


OF_A_LIBRARY = """\
% The papers of the group.

@string{pr = "Physical Review"}
@preamble{ "\\newcommand{\\x}{y}" }

% Our first.
@article{zeta, journal = pr # " {D}", year = 2001, month = 10 # "~" # oct, title = {Z}, abstract = {One.

  Two.}}
% A second.
@misc{alpha, title = {A}, year = 2003}
@string{jour = pr # " X"}
@article{beta, journal = jour, title = {B}, year = 2002}
@comment{jabref-meta: databaseType:bibtex;}
"""


def test_comments_strings_and_months_stay_as_they_are_written() -> None:
    assert (
        formatted(OF_A_LIBRARY)
        == """\
% The papers of the group.

@string{pr = "Physical Review"}
@preamble{ "\\newcommand{\\x}{y}" }

@string{jour = pr # " X"}

% A second.
@misc{alpha,
  title = {A},
  year = {2003},
}

@article{beta,
  title = {B},
  journal = jour,
  year = {2002},
}

% Our first.
@article{zeta,
  title = {Z},
  journal = pr # " {D}",
  year = {2001},
  month = 10 # "~" # oct,
  abstract = {One.

Two.},
}

@comment{jabref-meta: databaseType:bibtex;}
"""
    )


@pytest.mark.parametrize(
    ("sort", "keys"), [("none", "zeta alpha beta"), ("year", "zeta beta alpha"), ("key", "alpha beta zeta")]
)
def test_the_order_is_the_authors_to_choose(sort: str, keys: str) -> None:
    found = formatted(OF_A_LIBRARY, sort)
    assert list(content(found)) == keys.split()
    assert content(found).keys() == content(OF_A_LIBRARY).keys()
    assert formatted(found, sort) == found


def test_a_string_of_another_file_stays_a_name() -> None:
    assert formatted("@misc{b, note = ieee}@misc{a, note = ieee}").count("note = ieee,") == 2


def test_a_string_with_two_values_keeps_everything_in_its_place() -> None:
    text = '@string{j = "One"}\n@misc{b, note = j}\n@string{j = "Two"}\n@misc{a, note = j}\n'
    assert content(formatted(text)) == content(text)


WORDS = st.text('ab{}"#%@\\,=~ \n1é中', max_size=12).filter(lambda text: _is_balanced(text) and text.strip())
VALUES = st.one_of(WORDS.map("{{{}}}".format), st.just("jan"), st.just('own # " x"'), st.integers(0, 3000).map(str))
ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(["article", "MISC", "thesis", "techreport"]),
        st.dictionaries(st.sampled_from(["title", "Year", "journal", "journaltitle", "type", "x-own"]), VALUES),
        st.sampled_from(["", "% note\n", "\n\n%% part\n\n", "between\n", "@comment{x}\n"]),
    ),
    max_size=5,
)


def _is_balanced(text: str) -> bool:
    depths = list(accumulate((char == "{") - (char == "}") for char in text)) or [0]
    return min(depths) >= 0 and depths[-1] == 0


@given(ENTRIES, st.sampled_from(SORTS), st.sampled_from(["", "bibtex", "biblatex"]))
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost_and_twice_is_once(
    entries: list[tuple[str, dict[str, str], str]], sort: str, dialect: str
) -> None:
    text = '@string{own = "Own"}\n'
    for number, (kind, fields, before) in enumerate(entries):
        inside = "".join(f", {name} = {value}" for name, value in fields.items())
        text += f"{before}@{kind}{{k{len(entries) - number}{inside}}}\n"
    found = format_bibtex(text, "refs.bib", Problems(), sort, dialect)
    assert format_bibtex(found, "refs.bib", Problems(), sort, dialect) == found
    for line in ("% note", "%% part", "between", "@comment{x}"):
        assert found.count(line) == text.count(line)
    both = (raw_entries(of, "refs.bib", Macros(), Problems()) for of in (text, found))
    values = [
        {entry.key: sorted(" ".join(value.split()) for _name, value in entry.fields) for entry in some} for some in both
    ]
    kinds = {"phdthesis", "mathesis", "techreport"}
    without = [{key: [value for value in some if value not in kinds] for key, some in of.items()} for of in values]
    assert without[0] == without[1]


@pytest.mark.parametrize(
    ("bibtex", "biblatex"),
    [
        (
            "@article{a,\n  journal = {J},\n  month = jan,\n}\n",
            "@article{a,\n  journaltitle = {J},\n  month = jan,\n}\n",
        ),
        (
            "@phdthesis{a,\n  school = {S},\n  address = {X},\n}\n",
            "@thesis{a,\n  type = {phdthesis},\n  institution = {S},\n  location = {X},\n}\n",
        ),
        (
            "@mastersthesis{a,\n  type = {Diploma thesis},\n  school = {S},\n}\n",
            "@mastersthesis{a,\n  type = {Diploma thesis},\n  institution = {S},\n}\n",
        ),
        (
            "@techreport{a,\n  number = {TR 1},\n  type = {Research Note},\n  institution = {I},\n}\n",
            "@report{a,\n  number = {TR 1},\n  type = {Research Note},\n  institution = {I},\n}\n",
        ),
        (
            "@article{a,\n  number = {Spring},\n  year = {2020},\n}\n",
            "@article{a,\n  issue = {Spring},\n  date = {2020},\n}\n",
        ),
        (
            "@article{a,\n  number = {S1},\n  year = {2020},\n  month = may,\n}\n",
            "@article{a,\n  number = {S1},\n  date = {2020-05},\n}\n",
        ),
        (
            "@misc{a,\n  year = {2020},\n  month = may,\n  day = {3},\n}\n",
            "@misc{a,\n  date = {2020-05-03},\n}\n",
        ),
        ("@misc{a,\n  year = {in press},\n}\n", "@misc{a,\n  year = {in press},\n}\n"),
        (
            '@misc{a,\n  year = {2020},\n  month = 10 # "~" # oct,\n}\n',
            '@misc{a,\n  year = {2020},\n  month = 10 # "~" # oct,\n}\n',
        ),
        (
            "@misc{a,\n  date = {2019/2020},\n  year = {2019},\n}\n",
            "@misc{a,\n  date = {2019/2020},\n}\n",
        ),
        (
            "@book{a,\n  primaryclass = {cs.CV},\n  annote = {N},\n  key = {K},\n}\n",
            "@book{a,\n  eprintclass = {cs.CV},\n  annotation = {N},\n  sortkey = {K},\n}\n",
        ),
        (
            "@misc{a,\n  eprint = {1},\n  archiveprefix = {arXiv},\n}\n",
            "@misc{a,\n  eprint = {1},\n  eprinttype = {arXiv},\n}\n",
        ),
    ],
)
def test_each_dialect_has_its_own_names(bibtex: str, biblatex: str) -> None:
    assert formatted(bibtex, dialect="biblatex") == biblatex
    assert formatted(biblatex, dialect="bibtex") == bibtex


@pytest.mark.parametrize(
    ("text", "dialect", "converted"),
    [
        ("@www{a,\n  title = {T},\n}\n", "biblatex", "@online{a,\n  title = {T},\n}\n"),
        ("@electronic{a,\n}\n", "biblatex", "@online{a,\n}\n"),
        ("@conference{a,\n}\n", "biblatex", "@inproceedings{a,\n}\n"),
        ("@thesis{a,\n  type = {bathesis},\n}\n", "bibtex", "@mastersthesis{a,\n  type = {Bachelor’s thesis},\n}\n"),
        ("@thesis{a,\n  type = {Ph.D. Thesis},\n}\n", "bibtex", "@phdthesis{a,\n  type = {Ph.D. Thesis},\n}\n"),
        ("@report{a,\n  type = {resreport},\n}\n", "bibtex", "@techreport{a,\n  type = {Research Report},\n}\n"),
        ("@misc{a,\n  journal = {J},\n  journaltitle = {K},\n}\n", "biblatex", ""),
        ("@misc{a,\n  date = {2020-13},\n}\n", "bibtex", "@misc{a,\n  date = {2020-13},\n  year = {2020},\n}\n"),
        ("@misc{a,\n  year = {2020},\n  month = {May--June},\n}\n", "biblatex", ""),
        ("@misc{a,\n  year = this,\n}\n", "biblatex", ""),
        ("@misc{a,\n  date = {2021},\n  year = {2020},\n}\n", "biblatex", ""),
    ],
)
def test_what_has_a_name_gets_it_and_all_else_stays(text: str, dialect: str, converted: str) -> None:
    assert formatted(text, dialect=dialect) == (converted or text)


def test_every_type_is_converted_once_and_keeps_its_fields() -> None:
    names = sorted({*RENAMED, "school", "number", "issue", "type", "subtitle"})
    fields = ", ".join(f"{field} = {{{field} 1}}" for field in names)
    text = "\n".join(f"@{kind}{{{kind}, {fields}, year = 2020, month = may}}" for kind in STAND_INS)
    for dialect, other in (("bibtex", "biblatex"), ("biblatex", "bibtex")):
        first = formatted(text, dialect=dialect)
        assert formatted(first, dialect=dialect) == first
        back = content(formatted(formatted(first, dialect=other), dialect=dialect))
        assert {key: len(fields) for key, (_kind, fields, _people) in back.items()} == {
            key: len(fields) for key, (_kind, fields, _people) in content(first).items()
        }


OF_BIBTEX = st.fixed_dictionaries(
    {},
    optional={
        "author": st.just("{Moss, Ann and Fern, Bo}"),
        "title": VALUES,
        **dict.fromkeys(("journal", "booktitle", "publisher", "note", "annote", "key", "type", "howpublished"), VALUES),
        **dict.fromkeys(("school", "institution", "organization", "address", "series", "x-own", "eprint"), VALUES),
        **dict.fromkeys(("archiveprefix", "primaryclass", "edition", "pages", "volume", "chapter"), VALUES),
        "number": st.sampled_from(["3", "{Spring}", "{3--4}", 'own # "2"']),
        "year": st.sampled_from(["2020", "{2020}", "{in press}", "{2019/20}", "own", "{99}"]),
        "month": st.sampled_from(["jan", "{January}", "{May--June}", '10 # "~" # oct', "7", "{13}", "own"]),
        "day": st.sampled_from(["1", "{31}", "{32}", "{first}"]),
    },
)


@given(st.sampled_from(sorted(BIBTEX_TYPES)), OF_BIBTEX)
@settings(max_examples=150, deadline=None)
def test_there_and_back_nothing_is_lost(kind: str, fields: dict[str, str]) -> None:
    inside = "".join(f", {name} = {value}" for name, value in fields.items())
    first = format_bibtex(f'@string{{own = "Own"}}\n@{kind}{{k{inside}}}\n', "refs.bib", Problems())
    there = format_bibtex(first, "refs.bib", Problems(), dialect="biblatex")
    back = format_bibtex(there, "refs.bib", Problems(), dialect="bibtex")
    kinds = {"conference": "inproceedings"}
    assert meaning(back, {}) == meaning(first, kinds)


def meaning(text: str, kinds: dict[str, str]) -> list[object]:
    """Return types and fields: months by their names, schools that are called institutions as biblatex does."""
    found: list[object] = []
    for entry in raw_entries(text, "refs.bib", Macros(), Problems()):
        fields = {name.lower(): " ".join(value.split()) for name, value in entry.fields}
        if "month" in fields:
            fields["month"] = month_name(fields["month"])
        if entry.type.endswith("thesis") and "institution" in fields:
            fields.setdefault("school", fields.pop("institution"))
        found.append((kinds.get(entry.type, entry.type), fields))
    return found


def test_what_has_no_name_in_bibtex_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@online{a,\n  title = {T},\n  subtitle = {S},\n}\n\n@book{b,\n  subtitle = {U},\n}\n", "utf-8")
    assert main(["format", "--dialect", "bibtex", str(path)]) == 0
    told = f"{path}: BibTeX has no name for what stays as it is: @online (1), subtitle (2)\n"
    assert capsys.readouterr().err == told
    assert main(["format", "--dialect", "biblatex", str(path)]) == 0
    assert capsys.readouterr().err == ""


def test_the_difference_is_printed_and_nothing_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@misc{a,\n  title = {T}\n}\n", "utf-8")
    assert main(["format", "--diff", str(path)]) == 1
    assert capsys.readouterr().out.splitlines()[3:] == [" @misc{a,", "-  title = {T}", "+  title = {T},", " }"]
    assert "{T}\n" in path.read_text("utf-8")


def test_a_broken_entry_is_reported_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@misc{bad, title = {T\n" + UNTIDY, "utf-8")
    assert main(["format", str(path)]) == 1
    assert "entry 'bad' runs into the next one" in capsys.readouterr().err
    assert path.read_text("utf-8").startswith("@misc{bad, title = {T\n")


def test_the_command_writes_once_and_the_check_then_agrees(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(TIDY.replace("  year = {2020},\n", "  year = 2020,\n"), "utf-8")
    assert main(["format", "--check", str(path)]) == 1
    expected = f"{path}:13:1: not in the form of `paper-table format`; run `paper-table format {path}`\n"
    assert capsys.readouterr().err == expected
    assert main(["format", str(path)]) == 0
    assert path.read_text("utf-8") == TIDY
    assert main(["format", "--check", str(path)]) == 0
    assert capsys.readouterr().err == ""


def test_every_file_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without names it is every .bib here, and one that is wrong does not hide another."""
    monkeypatch.chdir(tmp_path)
    assert main(["format", "--check"]) == 1
    assert capsys.readouterr().err == "there is no .bib file here; name one\n"
    for name in ("a.bib", "b.bib"):
        Path(name).write_text(UNTIDY, "utf-8")
    assert main(["format", "--check"]) == 1
    assert [line.split(":")[0] for line in capsys.readouterr().err.splitlines()] == ["a.bib", "b.bib"]
    assert main(["format"]) == 0
    assert Path("a.bib").read_text("utf-8") == Path("b.bib").read_text("utf-8") == TIDY


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["format", str(tmp_path / "none.bib")]) == 1
    assert "none.bib: there is no such file" in capsys.readouterr().err


def test_the_projects_own_bibliography_is_in_form() -> None:
    assert main(["format", "--check", str(ROOT / "refs.bib")]) == 0


def test_comments_in_an_entry_stand_above_it() -> None:
    text = "@misc{b, title = {T}}\n\n@misc{a, % ours\n  title = {U}, % title = {V},\n  year = 20a}\n"
    form = formatted_with_warnings(text)
    assert form.startswith("% ours\n% title = {V},\n@misc{a,\n  title = {U},\n  year = {20a},\n}\n\n@misc{b,")
    assert formatted(form) == form


def test_an_entry_with_a_mistake_stays_as_it_is_written() -> None:
    text = "@misc{b,title={T}}\n@misc{a, title = {T {x}, year = 2000\n}\n"
    form = formatted_with_warnings(text)
    assert form == "@misc{b,\n  title = {T},\n}\n\n@misc{a, title = {T {x}, year = 2000\n}\n"
    assert formatted_with_warnings(form) == form


def formatted_with_warnings(text: str) -> str:
    return format_bibtex(text, "refs.bib", Problems())
