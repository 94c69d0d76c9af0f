"""The pages that a check reads are those that Sphinx reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sphinx.project import Project as SphinxProject

from sphinx_paper_table.reading.page_files import page_files
from sphinx_paper_table.reading.project import read_project

if TYPE_CHECKING:
    from pathlib import Path

NAMES = (
    *("index.md", "a.rst", "a/b.md", "a/b/c.rst", "_build/x.md", "docs/_sources/y.md", "t/z.md", ".#q.rst", "k.ipynb"),
    *("a/[x].md", "drafts/one.md", "drafts/two.md", "static/s.md", "x.txt"),
)


@pytest.mark.parametrize(
    ("excluded", "included"),
    [
        ([], ["**"]),
        (["_build"], ["**"]),
        (["**/*.rst"], ["**"]),
        (["a/b*"], ["**"]),
        (["a/**/c.rst", "drafts/t?o.md"], ["**"]),
        (["drafts/[!o]*"], ["**"]),
        (["drafts/[ot]*.md", "**/b"], ["**"]),
        ([], ["a/**", "index.md"]),
        (["*"], ["**"]),
        (["static/", "t/*"], ["*", "*/*"]),
    ],
)
def test_the_pages_are_those_of_sphinx(excluded: list[str], included: list[str], tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    conf = f"extensions = ['sphinx_paper_table']\nexclude_patterns = {excluded}\ninclude_patterns = {included}\n"
    (tmp_path / "conf.py").write_text(conf, "utf-8")
    always = ["**/_sources", ".#*", "**/.#*", "*.lproj/**"]
    right = SphinxProject(tmp_path, {".rst": "restructuredtext", ".md": "markdown"})
    right.discover([*always, *excluded], included)
    assert {page.docname for page in page_files(read_project(tmp_path))} == right.docnames
