"""What `new` writes builds without a warning, in both mark-ups and in other languages, and shows the example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.projects import write_project
from tests.support.sites import soup

from sphinx_paper_table.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Build

ODD_TITLE = r"C*-algebras, $p$-adics & {roles} < `x` [y](z) a_b_ |s| \ # 图"


@pytest.mark.parametrize(
    "options",
    [
        ["--language", "en"],
        ["--language", "zh_CN", "--format", "rst", "--theme", "alabaster"],
        ["--language", "de", "--format", "rst", "--theme", "pydata_sphinx_theme"],
    ],
    ids=["myst", "rst", "other-words"],
)
def test_a_new_project_builds_and_shows_its_paper(tmp_path: Path, options: list[str], build: Build) -> None:
    assert main(["new", str(tmp_path), "--title", ODD_TITLE, "--id", "s", *options]) == 0
    output = build(tmp_path, "-n")
    page, index, references = (soup(output / f"{name}.html") for name in ("surveys/s", "index", "references"))
    assert page.select("#paper-resnet .pt-name")[0].find(string=True) == "ResNet"
    for html in (page, index):
        (heading,) = html.select("section > h1")
        assert heading.find(string=True) == ODD_TITLE
        assert not heading.select("b, em, code, a:not(.headerlink)")
    assert references.select("#cite-he2016deep")
    assert index.select('a[href="surveys/s.html"]')


@pytest.mark.parametrize("suffix", ["md", "rst"])
def test_a_survey_in_a_project_of_others_builds(tmp_path: Path, suffix: str, build: Build) -> None:
    index = {"md": "# P\n\n```{toctree}\n:caption: All\n```\n", "rst": "P\n=\n\nText.\n"}[suffix]
    conf = "project = 'P'\nextensions = ['myst_parser', 'sphinx.ext.todo']\n"
    write_project(tmp_path, {"source/conf.py": conf, f"source/index.{suffix}": index})
    assert main(["new", str(tmp_path), "--title", "Deep nets"]) == 0
    page = soup(build(tmp_path / "source", "-n") / "surveys" / "deep-nets.html")
    assert page.select("#paper-resnet")
    assert page.select("#cite-he2016deep")
