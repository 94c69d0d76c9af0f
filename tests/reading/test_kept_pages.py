"""What is kept of pages is what reading them gives, whatever was edited or damaged in between."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, Final

import pytest

from sphinx_paper_table.reading import page_checks, private_records
from sphinx_paper_table.reading.loader import load
from sphinx_paper_table.reading.page_checks import check_pages
from sphinx_paper_table.reading.parsed import Parsed, parsed_in
from sphinx_paper_table.reading.project import read_project
from sphinx_paper_table.survey.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SURVEY: Final = "survey: clip\ntitle: CLIP\npapers:\n  - {id: clip, name: CLIP, summary: A text.}\n"
PAGES: Final = {
    "index.md": "# Home\n\n{{paper:method}}`clip`\n\n{{cite:p}}`{MARK}`\n",
    "table.md": "# Table\n\n```{{paper-table}} clip\n:layout: cards\n```\n\n```{{include}} part.md\n```\n",
    "part.md": "A `{{paper}}`'clip' and \\cite{{one}}.\n\n```{{paper-table}} {MARK}\n```\n",
    "own.md": "# Own\n\n```{{paper-table}}\n- id: own\n  name: Own\n  summary: It {MARK}.\n```\n",
    "old.rst": "Old\n===\n\n:paper:`{MARK}`\n\n.. paper-table:: clip\n   :layout: {MARK}\n",
}
MARKS: Final = ("clip", "nothing", "a: b", "*open", '"quoted', "{paper}`clip`", "\\textbf{x}", "中文")


def written(project: Path, name: str, mark: str) -> None:
    text = PAGES[name].replace("{{", "{").replace("}}", "}").replace("{MARK}", mark)
    (project / name).write_text(text, "utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "conf.py").write_text("extensions = ['myst_parser', 'sphinx_paper_table']\n", "utf-8")
    (tmp_path / "clip.yaml").write_text(SURVEY, "utf-8")
    for name in PAGES:
        written(tmp_path, name, "clip")
    return tmp_path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is read of pages, as it is read."""
    names: list[str] = []

    def noted(module: Any, function: str) -> None:
        original: Callable[..., Any] = getattr(module, function)

        def call(*given: Any, **more: Any) -> Any:
            names.append(function)
            return original(*given, **more)

        monkeypatch.setattr(module, function, call)

    noted(page_checks, "in_page")
    noted(private_records, "parse_yaml")
    return names


def kept(project: Path) -> Parsed:
    return parsed_in(project / ".kept" / "parsed.pickle", lambda _sentence: None)


def checked(folder: Path, parsed: Parsed | None = None) -> Any:
    problems = Problems()
    project = read_project(folder)
    loaded = load({"clip.yaml": folder / "clip.yaml"}, {}, project.rules(), parsed=parsed)
    of_pages = check_pages(project, loaded.catalogue, problems, parsed)
    if parsed is not None:
        parsed.save()
    return of_pages, problems.sorted()


def test_only_the_page_that_was_edited_is_read(project: Path, read: list[str]) -> None:
    first = checked(project, kept(project))
    assert read.count("in_page") == len(PAGES) + 1  # one is a page and is included
    assert "parse_yaml" in read
    read.clear()
    assert checked(project, kept(project)) == first
    assert not read
    written(project, "old.rst", "nothing")
    assert checked(project, kept(project)) == checked(project) != first
    assert read[:1] == ["in_page"]


def test_records_on_a_page_follow_the_catalogue(project: Path) -> None:
    """Whether a target is there is asked each time, though the page is as it was."""
    written(project, "own.md", "{paper}`clip`")
    assert not any("no paper" in problem.message for problem in checked(project, kept(project))[1])
    (project / "clip.yaml").write_text(SURVEY.replace("id: clip", "id: other").replace("survey: clip", "survey: o"))
    assert checked(project, kept(project)) == checked(project)
    assert any("no paper" in problem.message for problem in checked(project, kept(project))[1])


@pytest.mark.parametrize("seed", range(4))
def test_random_edits(project: Path, seed: int) -> None:
    random = Random(seed)  # noqa: S311 (no secret)
    for number in range(10):
        name, mark = random.choice(list(PAGES)), random.choice(MARKS)
        written(project, name, mark)
        if random.random() < 0.2:
            path = project / ".kept" / "parsed.pickle"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes((path.read_bytes() if path.exists() else b"damaged")[: random.randint(0, 2000)])
        assert checked(project, kept(project)) == checked(project), f"edit {number}: {mark} in {name}"
