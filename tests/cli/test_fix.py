"""`paper-table check --fix` corrects what is safe, until nothing is left of it, and never makes a new problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.projects import contents, write_project

from sphinx_paper_table.cli import main
from sphinx_paper_table.editing.documents import Document
from sphinx_paper_table.editing.fixing import Fixer
from sphinx_paper_table.reading.loader import LoadResult
from sphinx_paper_table.survey.catalogue import Catalogue
from sphinx_paper_table.survey.edits import TextEdit, apply_edits, inverse
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

GOOD = {
    "conf.py": 'extensions = ["sphinx_paper_table"]\n',
    "surveys/s.yaml": """\
# Comment
survey: s   # here
title: S
papers:
  - id: self-rag
    name:   "Self-RAG"
    cite: lewis2020retrieval
    tags: [look-up]
  - id: other
    name: Other
    relations: {uses: [self-rag]}
    summary: As in {paper}`self-rag` and {cite:p}`lewis2020retrieval`.
""",
    "surveys/words.yaml": "vocabulary: words\ntags:\n  look-up: {name: Look-up}\n",
    "refs.bib": "@misc{lewis2020retrieval, title={T}, author={A, B}, year={2020},\n  doi={10.1000/xyz},\n"
    "  eprint={2005.11401}, archiveprefix={arXiv}}\n",
}
MISTAKES = {
    "a name": ("surveys/s.yaml", "[self-rag]", "[self_rag]"),
    "a role": ("surveys/s.yaml", "{paper}`self-rag`", "{paper}`Self_RAG`"),
    "a key": ("surveys/s.yaml", "cite: lewis2020retrieval", "cite: Lewis2020retrieval"),
    "a tag": ("surveys/s.yaml", "[look-up]", "[look_up]"),
    "a DOI": ("refs.bib", "{10.1000/xyz}", "{https://doi.org/10.1000/xyz}"),
    "an arXiv id": ("refs.bib", "{2005.11401}", "{2005.11401v3}"),
}


@pytest.fixture(autouse=True)
def undone(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Apply the edits of each correction in this module backwards too: that restores the file; return their files."""
    edited, files = Document.edited, list[str]()

    def edited_and_undone(document: Document, edits: Iterable[TextEdit]) -> bytes:
        made = list(edits)
        after = edited(document, made)
        text = apply_edits(document.text, made)
        back = Document(document.name, document.path, after, text, document.encoding)
        assert edited(back, inverse(document.text, made)) == document.data
        files.append(document.path.name)
        return after

    monkeypatch.setattr(Document, "edited", edited_and_undone)
    return files


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a project without a mistake, which is the current one."""
    monkeypatch.chdir(tmp_path)
    write_project(tmp_path, GOOD)
    return tmp_path


def spoil(project: Path, *mistakes: str) -> dict[str, bytes]:
    """Make *mistakes*; return what the files were before."""
    before = contents(project)
    for mistake in mistakes:
        name, good, bad = MISTAKES[mistake]
        path = project / name
        assert good in path.read_text("utf-8")
        path.write_text(path.read_text("utf-8").replace(good, bad), "utf-8")
    return before


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_corrected_and_nothing_else(project: Path, mistake: str, undone: list[str]) -> None:
    before = spoil(project, mistake)
    assert main(["check", "--fix"]) == 0
    assert {*undone} == {MISTAKES[mistake][0].rpartition("/")[2]}
    assert contents(project) == before
    assert main(["check", "--fix"]) == 0
    assert contents(project) == before, "once is enough"


def test_all_are_corrected_together(project: Path) -> None:
    before = spoil(project, *MISTAKES)
    assert main(["check", "--fix"]) == 0
    assert contents(project) == before


def test_the_difference_is_shown_and_not_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(project, *MISTAKES)
    before = contents(project)
    assert main(["check", "--diff"]) == 1
    assert contents(project) == before
    shown = capsys.readouterr().out
    assert "\n-  doi={https://doi.org/10.1000/xyz},\n" in shown
    assert "\n+  doi={10.1000/xyz},\n" in shown
    assert "\n-    tags: [look_up]\n" in shown
    assert "\n+    tags: [look-up]\n" in shown
    assert main(["check", "--fix"]) == 0
    capsys.readouterr()
    assert main(["check", "--diff"]) == 0
    assert capsys.readouterr().out == ""


def test_what_may_mean_two_things_stays(project: Path) -> None:
    path = project / "surveys" / "s.yaml"
    text = (
        path.read_text("utf-8").replace("id: other", "id: self.rag").replace("{paper}`self-rag`", "{paper}`self_rag`")
    )
    path.write_text(text, "utf-8")
    before = contents(project)
    assert main(["check", "--fix"]) == 1
    assert contents(project) == before


def test_an_entry_that_stands_twice_alike_is_taken_out(project: Path) -> None:
    bib = GOOD["refs.bib"]
    (project / "refs.bib").write_text(f"{bib}\n% between\n\n{bib}", "utf-8")
    assert main(["check", "--fix"]) == 0
    assert (project / "refs.bib").read_text("utf-8") == f"{bib}\n% between\n\n"
    (project / "refs.bib").write_text(f"{bib}\n{bib.replace('{T}', '{U}')}", "utf-8")
    before = contents(project)
    assert main(["check", "--fix"]) == 1
    assert contents(project) == before, "two works, perhaps"


def test_what_an_entry_says_twice_is_said_once(project: Path) -> None:
    before = contents(project)
    for name, good, twice in (
        ("surveys/s.yaml", "    tags: [look-up]\n", '    tags: [look-up]\n    name: "Self-RAG"   # again\n'),
        ("surveys/words.yaml", "{name: Look-up}", "{name: Look-up, name: Look-up}"),
        ("refs.bib", "year={2020},", "year={2020}, YEAR = {2020},"),
    ):
        path = project / name
        path.write_text(path.read_text("utf-8").replace(good, twice), "utf-8")
    assert main(["check", "--fix"]) == 0
    assert contents(project) == before
    path = project / "surveys" / "s.yaml"
    path.write_text(
        path.read_text("utf-8").replace("    tags: [look-up]\n", "    tags: [look-up]\n    name: Other\n"), "utf-8"
    )
    before = contents(project)
    assert main(["check", "--fix"]) == 1
    assert contents(project) == before, "two values, of which one is meant"


def test_one_mistake_may_hide_another(project: Path) -> None:
    """The name of a method is seen only when its entry can be parsed."""
    before = contents(project)
    path = project / "surveys" / "s.yaml"
    text = path.read_text("utf-8").replace("summary: As in", "summary: Thus: as in").replace("[self-rag]", "[self_rag]")
    path.write_text(text, "utf-8")
    assert main(["check", "--fix"]) == 0
    expected = before["surveys/s.yaml"].decode()
    old = "As in {paper}`self-rag` and {cite:p}`lewis2020retrieval`."
    assert path.read_text("utf-8") == expected.replace(old, f"'Thus: as{old.removeprefix('As')}'")


def test_a_correction_that_would_make_a_new_problem_is_left_out(tmp_path: Path) -> None:
    """Others in the same file are made."""
    path = tmp_path / "a.yaml"
    path.write_text("one two three", "utf-8")

    def problem(word: str, new: str) -> Problem:
        start = path.read_text("utf-8").index(word)
        place = Position(str(path), 1, start + 1)
        return Problem(place, Code.BAD_VALUE, f"'{word}'", fix=(TextEdit(str(path), start, start + len(word), new),))

    def read() -> LoadResult:
        from sphinx_paper_table.survey.source_files import read_bytes  # noqa: PLC0415 (with what is not saved)

        text = read_bytes(path).decode()
        found = [problem(word, new) for word, new in (("one", "1"), ("two", "bad"), ("three", "3")) if word in text]
        if "bad" in text:
            found.append(Problem(Position(str(path), 1, 1), Code.UNSAFE, "worse"))
        return LoadResult(Catalogue(), tuple(found))

    fixer = Fixer(read)
    fixer.run(())
    assert fixer.contents == {path: b"1 two 3"}
    assert [one.message for one in fixer.left_alone] == ["'two'"]
    assert path.read_text("utf-8") == "one two three", "nothing is written yet"


@pytest.mark.parametrize("null", ["null", "~", "NULL"])
def test_keys_without_a_value_go(null: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nothing = f'    name:   "Self-RAG"\n    summary: {null}   # later\n'
    files = {**GOOD, "surveys/s.yaml": GOOD["surveys/s.yaml"].replace('    name:   "Self-RAG"\n', nothing)}
    files["surveys/s.yaml"] = files["surveys/s.yaml"].replace("title: S\n", f"title: S\nsummary: {null}\nvideos:\n")
    write_project(tmp_path, files)
    assert main(["check", "--fix", str(tmp_path)]) == 0
    after = contents(tmp_path)["surveys/s.yaml"]
    assert null.encode() not in after
    assert b"videos:\n" in after
    assert b"Self-RAG" in after
