"""A key that no file has: which files were read is said, and which others lie there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_paper_table.survey.bib_files import NO_BIB_FILES, BibFiles

if TYPE_CHECKING:
    from pathlib import Path

READ = "name it in 'bibtex_bibfiles' of conf.py"


@pytest.mark.parametrize(
    ("lying", "read", "keys", "hint"),
    [
        ([], [], [], "no BibTeX file is read"),
        (["library.bib"], [], [], f"no BibTeX file is read; 'library.bib' is not read: {READ}"),
        (["refs.bib"], ["refs.bib"], [], "'refs.bib' has no entry"),
        (["refs.bib"], ["missing.bib"], [], f"'missing.bib' has no entry; 'refs.bib' is not read: {READ}"),
        (["refs.bib", "sub/more.bib"], ["refs.bib"], ["abc"], f"read: 'refs.bib'; 'sub/more.bib' is not read: {READ}"),
        (["refs.bib", "../up.bib"], ["refs.bib"], ["abc"], f"read: 'refs.bib'; '../up.bib' is not read: {READ}"),
        (
            ["a.bib", "b.bib", "refs.bib"],
            ["refs.bib"],
            ["x"],
            f"read: 'refs.bib'; 'a.bib', 'b.bib' are not read: {READ}",
        ),
        (["refs.bib", "more.bib"], ["refs.bib"], ["he2021"], "did you mean 'he2021'?"),
        (["refs.bib"], ["refs.bib"], ["abc"], "known are 'abc'"),
    ],
)
def test_what_is_read_and_what_lies_unread_is_said(
    lying: list[str], read: list[str], keys: list[str], hint: str, tmp_path: Path
) -> None:
    source = tmp_path / "site" / "docs"
    source.mkdir(parents=True)
    for name in lying:
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_text("", "utf-8")
    assert BibFiles(tuple(source / name for name in read), source).hint("he2020", keys) == hint


def test_without_a_project_only_the_keys_are_known() -> None:
    assert NO_BIB_FILES.hint("he2020", []) == "none is defined"
