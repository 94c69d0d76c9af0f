"""A short seeded part of `tests.cli.random_edits`; a longer run is ``python -m tests.cli.random_edits 1000``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.random_edits import PAPERS, differences, files

from sphinx_paper_table.reading.loader import load

if TYPE_CHECKING:
    from pathlib import Path


def test_the_files_are_good_and_the_papers_are_there(tmp_path: Path) -> None:
    for name, text in files().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    surveys = {str(path): path for path in sorted(tmp_path.glob("surveys/*.yaml"))}
    loaded = load(surveys, {"refs.bib": tmp_path / "refs.bib"})
    assert [str(problem) for problem in loaded.problems] == []
    assert len(loaded.catalogue.papers) == PAPERS


def test_check_and_build_say_the_same_of_random_edits(tmp_path: Path) -> None:
    assert list(differences(tmp_path, range(5))) == []
