"""Files that are broken, odd or hostile: each costs what is wrong in it, and the message says where."""

from __future__ import annotations

import pytest

from sphinx_paper_table.bibliography.encodings import decode_bibtex
from sphinx_paper_table.bibliography.reader import Bibliography, parse_bibtex
from sphinx_paper_table.survey.problems import Problems, Severity


def entries(count: int, start: int = 0) -> str:
    """Return good entries, a line each."""
    return "".join(
        f"@article{{k{number}, author = {{Moß, Ann}}, title = {{On $x_{{{number}}}$}}, journal = {{J}}, year = 2000}}\n"
        for number in range(start, start + count)
    )


def read(data: bytes | str) -> tuple[Bibliography, list[str]]:
    """Return what a file has, and what is said of it beyond advice."""
    problems = Problems()
    text = decode_bibtex(data.encode() if isinstance(data, str) else data, "refs.bib", problems)
    found = parse_bibtex({"refs.bib": text}, problems)
    return found, [str(problem) for problem in problems.sorted() if problem.severity is not Severity.ADVICE]


@pytest.mark.parametrize(
    ("data", "count", "said"),
    [
        (entries(40)[:-20], 40, "refs.bib:40:1: entry 'k39' cannot be parsed"),
        (
            f"{entries(20)}@book{{open, title = {{T, year = 2000}}\n\n{entries(20, 20)}",
            41,
            "refs.bib:21:1: entry 'open' cannot be parsed",
        ),
        (entries(3).encode("cp1252"), 3, "refs.bib:1:26: byte 0xdf is not UTF-8; the file is read as Windows-1252"),
        (entries(3).encode("utf-16"), 3, "refs.bib:1:1: the file is UTF-16"),
        (b"\xef\xbb\xbf" + entries(3).replace("\n", "\r\n").encode(), 3, ""),
        (entries(3).replace("\n", "\r"), 3, ""),
        (entries(3).replace("On", "O\0n"), 3, "refs.bib:1:45: there is the control character U+0000"),
        (entries(2) + entries(2).replace("{k", "{K"), 2, "refs.bib:3:1: the key 'K0' is taken"),
        (f"@string{{a = b}} @string{{b = a}}\n{entries(2)}", 2, "refs.bib:1:13: no @string defines 'b'"),
        (
            f"{entries(2)}@misc{{deep, title = {{{'{' * 300}x{'}' * 300}}}}}\n{entries(2, 2)}",
            5,
            "too many nested braces",
        ),
        ("@" * 5000 + "\n" + entries(2), 2, ""),
        ("Mail ann@moss.example, @moss or @ {all} @{\n" + entries(2), 2, ""),
        ("@article x, title = {T}\n" + entries(2), 2, "refs.bib:1:10: this entry cannot be parsed; '(' or '{'"),
        ('@preamble{ "{{ \n' + entries(2), 2, "refs.bib:1:12: this @preamble runs into the next one"),
        ("@comment{ {{ x\n" + entries(2), 2, ""),
        ("@comment{@misc{x, \n" + entries(2), 2, "refs.bib:1:10: entry 'x' runs into the next one"),
        ("@misc{x{y, title = {T}}\n" + entries(2), 2, "refs.bib:1:1: 'x{y' is not a key"),
    ],
    ids=[
        *("truncated", "brace", "latin-1", "utf-16", "bom-crlf", "cr", "nul", "case", "circle", "deep", "at-signs"),
        *("mail", "no-brace", "preamble", "comment", "entry-in-comment", "key"),
    ],
)
def test_what_is_wrong_costs_only_itself(data: bytes | str, count: int, said: str) -> None:
    found, problems = read(data)
    assert len(found.references) == count
    whole = [reference for key, reference in found.references.items() if key not in {"open", "deep"}]
    assert {str(author) for reference in whole for author in reference.authors} == {"Ann Moß"}
    assert said in problems[0] if said else problems == []


def test_a_key_may_have_every_sign_that_ends_none() -> None:
    signs = [chr(code) for code in range(33, 127) if chr(code) not in "{},"]
    text = "".join(f"@misc{{k{sign}{ord(sign)}, title = {{T}}}}\n" for sign in signs)
    assert list(read(text)[0].references) == [f"k{sign}{ord(sign)}" for sign in signs]


def test_entries_without_a_key_are_numbered() -> None:
    """Each looked for a free number from 2 on, which took time that grew with the square of their count."""
    found, problems = read("@misc{, title = {On Moss}}\n" * 900)
    assert list(found.references)[:3] == ["moss", "moss-2", "moss-3"]
    assert len(found.references) == len(problems) == 900


def test_fields_without_end_are_left_out_and_authors_kept() -> None:
    names = " and ".join(["Moss, Ann B."] * 20_000)
    found, problems = read(
        f"@misc{{x, author = {{{names}}}, title = {{T}}, abstract = {{{'x ' * 500_000}}}, year = 2000}}\n"
    )
    assert len(found.references["x"].authors) == 20_000
    assert [problem.partition(";")[0] for problem in problems] == [
        "refs.bib:1:340031: entry 'x': the abstract is 999,999 characters long"
    ]
