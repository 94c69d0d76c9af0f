"""The page of problems: every code has its section, its wrong example gives this problem alone, its right one none."""

from __future__ import annotations

import json
import re
import subprocess
import textwrap
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest
from tests.docs.guide import FENCE, GUIDE
from tests.support.harness import server

from sphinx_paper_table.cli import main
from sphinx_paper_table.survey.problems import Code

if TYPE_CHECKING:
    from pathlib import Path

BASE: Final = {
    "conf.py": 'extensions = ["sphinx_paper_table"]\n',
    "refs.bib": (
        "@inproceedings{lewis2020retrieval,\n  author = {Lewis, Patrick and Perez, Ethan},\n"
        "  title = {Retrieval-Augmented Generation},\n  booktitle = {NeurIPS},\n  year = {2020},\n}\n"
    ),
    "surveys/s.yaml": "survey: s\ntitle: Retrieval\npapers:\n  - {id: rag, name: RAG, cite: lewis2020retrieval}\n",
    "surveys/terms.yaml": (
        "vocabulary: terms\nbenchmarks:\n  nq: {name: NQ, dataset: Natural Questions, metric: exact match}\n"
    ),
    "index.md": "# Home\n\n```{paper-table} s\n```\n\n```{bibliography}\n```\n",
}
FILES: Final = {"yaml": "surveys/s.yaml", "bibtex": "refs.bib", "python": "conf.py", "markdown": "index.md"}
SECTION: Final = re.compile(r"^\(problem-([\w-]+)\)=\n## `\1`\n(.*?)(?=^\(problem-|\Z)", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    """A language and a text."""

    language: str
    text: str


def sections() -> dict[str, tuple[Example, Example]]:
    """Return the wrong and the right example of each code."""
    found = {}
    for code, body in SECTION.findall((GUIDE / "problems.md").read_text("utf-8")):
        wrong, right = (Example(language, text) for _indent, _fence, language, text in FENCE.findall(body))
        assert body.index("Wrong:") < body.index(wrong.text) < body.index("Right:") < body.rindex(right.text)
        found[code] = (wrong, right)
    return found


EXAMPLES: Final = sections()
ON_PAGES: Final = {code for code, (wrong, _right) in EXAMPLES.items() if wrong.language == "markdown"}
"""Those of which only a build knows."""


def project(place: Path, example: Example) -> Path:
    """Write the project with what an example shows in the place of its own."""
    for name, text in BASE.items():
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_text(text, "utf-8")
    text = example.text
    if example.language == "sh":
        subprocess.run(["sh", "-c", text], cwd=place, check=True)
        return place
    if text.startswith("- "):
        text = f"survey: s\ntitle: Retrieval\npapers:\n{textwrap.indent(text, '  ')}"
    if example.language == "markdown":
        text = f"# Home\n\n{text}\n```{{bibliography}}\n```\n"
    (place / FILES[example.language]).write_text(text, "utf-8")
    return place


def codes(place: Path, capsys: pytest.CaptureFixture[str]) -> set[str]:
    main(["check", str(place), "--format", "json"])
    return {problem["code"] for problem in json.loads(capsys.readouterr().out)["problems"]}


def test_every_code_has_its_section_in_the_order_of_the_program() -> None:
    assert list(EXAMPLES) == list(Code)


@pytest.mark.parametrize("code", [code for code in EXAMPLES if code not in ON_PAGES])
def test_the_wrong_example_gives_this_problem_alone_and_the_right_one_none(
    code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "wrong").mkdir()
    (tmp_path / "right").mkdir()
    wrong, right = EXAMPLES[code]
    assert codes(project(tmp_path / "wrong", wrong), capsys) == {code}
    assert codes(project(tmp_path / "right", right), capsys) == set()


@pytest.mark.parametrize("code", sorted(ON_PAGES))
def test_examples_on_pages_give_their_problem_in_a_build(code: str, tmp_path: Path) -> None:
    found = []
    for name, example in zip(("wrong", "right"), EXAMPLES[code], strict=True):
        source = tmp_path / name
        source.mkdir()
        log = tmp_path / f"{name}.log"
        places = [str(project(source, example)), str(tmp_path / f"{name}.html")]
        server("incremental").build(["--no-color", "-b", "html", *places], log)
        found.append(set(re.findall(r"\[paper_table\.([\w-]+)\]", log.read_text("utf-8"))))
    assert found == [{code}, set()]
