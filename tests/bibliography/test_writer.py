"""`paper-table format`: one form for BibTeX files that loses nothing, and a check that says where a file differs."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from pybtex.database import parse_string

from sphinx_paper_table.bibliography.scanner import entries_only
from sphinx_paper_table.bibliography.writer import bibtex_text
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
  month = {January},
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


def formatted(text: str) -> str:
    problems = Problems()
    result = bibtex_text(entries_only(text, "refs.bib", problems))
    assert problems.sorted() == ()
    return result


def content(text: str) -> dict[str, object]:
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


@pytest.mark.parametrize(
    ("extra", "place", "what"),
    [
        ("% by year\n", "1:1", "'%'"),
        ("@comment{of mine}\n", "1:1", "'@comment{of'"),
        ('  @string{cvpr = "CVPR"}\n', "1:3", "'@string{cvpr'"),
        ("@preamble{ {x} }\n", "1:1", "'@preamble{'"),
    ],
)
def test_what_is_no_entry_is_refused(
    extra: str, place: str, what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would be lost, so the file stays as it is."""
    path = tmp_path / "refs.bib"
    path.write_text(extra + UNTIDY, "utf-8")
    assert main(["format", str(path)]) == 1
    assert path.read_text("utf-8") == extra + UNTIDY
    expected = (
        f"{path}:{place}: {what} belongs to no entry; take it out, or write what it says into the entries [syntax]\n"
    )
    assert capsys.readouterr().err == expected


def test_text_after_the_last_entry_is_refused_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(TIDY + "the end\n", "utf-8")
    assert main(["format", "--check", str(path)]) == 1
    assert f"{path}:17:1: 'the' belongs to no entry;" in capsys.readouterr().err


def test_a_broken_entry_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
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
    assert "none.bib:1:1: the file cannot be read: No such file or directory;" in capsys.readouterr().err


def test_the_projects_own_bibliography_is_in_form() -> None:
    assert main(["format", "--check", str(ROOT / "refs.bib")]) == 0
