"""References that an earlier build has printed are printed anew when what they say has changed, and only then."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest
from tests.citations.support import BIB, KEYS, Built, Project, bibliography, contents, rst

if TYPE_CHECKING:
    from pathlib import Path

SITE: Final = {
    "index.rst": rst("Start", contents("refs", "citing")),
    "refs.rst": rst("References", bibliography("all:")),
    "citing.rst": rst("Citing", ":cite:p:`he2019two`"),
}
OWN: Final = """
def setup(app):
    from docutils import nodes
    visitors = lambda self, node: self.body.append("<{0}>"), lambda self, node: self.body.append("</{0}>")
    app.add_node(nodes.emphasis, override=True, html=visitors)
"""


def printed(built: Built) -> int:
    """Return how many references a build has printed that no earlier one had."""
    found = re.search(r"references printed: (\d+)", built.log)
    return int(found[1]) if found else 0


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, SITE)


def same_as_clean(project: Project, built: Built) -> bool:
    """Return whether a build has left what one from nothing makes."""
    return built.text("refs.html") == project.build().text("refs.html")


def test_an_edited_entry_is_printed_alone(project: Project) -> None:
    assert printed(project.build(place="kept")) == len(KEYS)
    project.write("refs.bib", BIB.replace("title = {Two}", "title = {Zwei}"))
    built = project.build(place="kept")
    assert printed(built) == 1
    assert "Zwei" in built.text("refs.html")
    assert same_as_clean(project, built)


def test_so_is_one_whose_place_of_citation_has_another_name(project: Project) -> None:
    project.build(place="kept")
    project.write("citing.rst", rst("Quoting", ":cite:p:`he2019two`"))
    built = project.build(place="kept")
    assert printed(built) == 1
    assert "Quoting" in built.text("refs.html")
    assert same_as_clean(project, built)


def test_lists_on_other_pages_stay_printed(project: Project) -> None:
    project.write("citing.rst", rst("Citing", ":cite:p:`he2019two`", bibliography("filter: docname in docnames")))
    project.build(place="kept")
    project.write("citing.rst", rst("Citing", "Once more: :cite:p:`he2019two`", bibliography("cited:")))
    assert printed(project.build(place="kept")) == 0
    project.write("refs.rst", rst("All", bibliography("all:")))
    assert printed(project.build(place="kept")) == 0


def test_formulas_are_always_printed(tmp_path: Path) -> None:
    """Their look depends on settings of others."""
    bib = "@article{one, author={Lee, Ann}, title={On $x^2$}, journal={J}, year=2020}\n"
    project = Project(tmp_path, {"index.rst": rst("Start", bibliography("all:"))}, bib=bib)
    built = project.build(place="kept")
    assert printed(built) == 0
    assert "x^2" in built.text()


def test_nothing_is_kept_where_a_project_prints_itself(project: Project) -> None:
    """What its code depends on is not known."""
    conf = (project.source / "conf.py").read_text("utf-8")
    for tag in ("b", "u"):
        project.write("conf.py", conf + OWN.format(tag))
        project.write("refs.rst", rst(f"With {tag}", bibliography("all:")))
        built = project.build(place="kept")
        assert printed(built) == 0
        assert f"<{tag}>" in built.text("refs.html")
