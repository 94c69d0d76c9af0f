"""Severities, and what a project knows and does not want to hear of, in ``paper-table check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_paper_table.cli import main

if TYPE_CHECKING:
    from pathlib import Path

SURVEY = "survey: s\ntitle: S\npapers: [{id: one, name: One, cite: one2000}]\n"
ENTRIES = "".join(
    f"@article{{{name}2000, author = {{A, B}}, title = {{{chr(97 + number) * 9}}}, year = 2000}}\n"
    for number, name in enumerate(("one", "two", *(f"more{number}" for number in range(20))))
)
BROKEN = "@misc{open, title = {T\n"


def check(path: Path, capsys: pytest.CaptureFixture[str], conf: str = "", bib: str = ENTRIES) -> tuple[int, str, str]:
    """Return the exit code and what was written."""
    (path / "surveys").mkdir(exist_ok=True)
    conf = f'extensions = ["sphinx_paper_table"]\n{conf}'
    for name, text in {"surveys/s.yaml": SURVEY, "refs.bib": bib, "conf.py": conf}.items():
        (path / name).write_text(text, "utf-8")
    code = main(["check", str(path)])
    written = capsys.readouterr()
    return code, written.out, written.err


def test_advice_is_counted_and_much_of_it_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, output, errors = check(tmp_path, capsys)
    assert (code, errors) == (0, "")
    lines = output.splitlines()
    assert lines[0].endswith(
        "entry 'one2000' has no journal; @article asks for it; it is printed without [bibtex-field]"
    )
    assert len(lines) == 12
    assert lines[10].startswith(f"{tmp_path}/refs.bib: 12 more pieces of advice of this kind: ")
    assert lines[11] == "1 survey, 1 paper, 0 relations, 22 references, 0 problems, 22 pieces of advice"


def test_an_error_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _output, errors = check(tmp_path, capsys, bib=ENTRIES + BROKEN)
    assert code == 1
    assert errors.count(": error: ") == 1
    assert "entry 'open' cannot be parsed" in errors


@pytest.mark.parametrize(
    ("conf", "left"),
    [
        ('suppress_warnings = ["paper_table.bibtex-field"]', 0),
        ('suppress_warnings = ["paper_table"]', 0),
        ('suppress_warnings = ["bibtex.key_not_found"]', 22),
        ('citations_ignore = ["bibtex-field"]', 0),
        ('citations_ignore = ["one2000", "two2000"]', 20),
        ('citations_ignore = ["bibtex-field:one2000"]', 21),
        ('citations_ignore = ["bibtex-type:one2000", "one"]', 22),
    ],
)
def test_what_is_known_is_not_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], conf: str, left: int
) -> None:
    code, output, _errors = check(tmp_path, capsys, conf)
    assert code == 0
    assert (f"{left} piece" in output) if left else ("piece" not in output)
