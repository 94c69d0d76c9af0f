"""Relations to papers of other sites: how they are written, what they change here, what can be said of them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from tests.support.texts import SURVEY, edited, lines, load_good

from sphinx_paper_table.cards.facets import Choice, facets
from sphinx_paper_table.exports.papers import papers_file
from sphinx_paper_table.exports.project_schema import project_schema
from sphinx_paper_table.exports.site import Site
from sphinx_paper_table.reading.other_sites import check_methods, check_sites, check_without_network, targets_elsewhere
from sphinx_paper_table.survey.located import Located
from sphinx_paper_table.survey.problems import Problems
from sphinx_paper_table.survey.selection import Selection, select

if TYPE_CHECKING:
    from sphinx_paper_table.reading.loader import LoadResult

TARGET = "images:moco-v1"


@pytest.fixture(scope="module")
def loaded() -> LoadResult:
    """Return the good files, in which the third paper, too, extends one, of another site."""
    text = "cite: third2019\n            relations: {extends: [images:moco-v1], builds-on: [{to: video:x, why: of a}]}"
    return load_good(edited(SURVEY, "cite: third2019", text))


def test_they_are_relations_of_the_paper_that_states_them_and_of_no_other(loaded: LoadResult) -> None:
    catalogue = loaded.catalogue
    assert lines(loaded.problems) == []
    assert len(catalogue.edges) == 2
    found = [(relation.label, relation.paper) for relation in catalogue.relations_of("third")]
    assert found == [("extends", TARGET), ("builds on", "video:x"), ("compared with", "new")]
    assert catalogue.name_of(TARGET) == "moco-v1"


def test_readers_filter_by_them(loaded: LoadResult) -> None:
    view = select(loaded.catalogue, Selection("s"))
    assert view is not None
    shown = facets(view, loaded.catalogue)
    assert Choice("extends", "extends", 2) in shown.relations
    assert Choice("builds-on", "builds on", 1) in shown.relations


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("images:MoCo v1", "'MoCo v1' is not an id on the site 'images'; write images:moco-v1"),
        ("my site:moco-v1", "'my site' is not the name of another site: letters and digits"),
        (":moco-v1", "'' is not the name of another site"),
        ("images:", "'' is not an id on the site 'images'"),
        ("a:b:moco-v1", "'a:b' is not the name of another site"),
        ("images:" + "a" * 300, "the limit is 200"),
        ("images-moco", "there is no paper 'images-moco'"),
    ],
)
def test_what_is_no_name_of_a_paper_is_refused(target: str, message: str) -> None:
    text = edited(SURVEY, "[{to: old, why: it grew}]", f"[{{to: '{target}', why: it grew}}]")
    (problem,) = lines(load_good(text).problems)
    assert message in problem


def test_a_site_that_the_project_does_not_know_is_said_with_the_nearest(loaded: LoadResult) -> None:
    problems = Problems()
    targets = list(targets_elsewhere(loaded.catalogue.papers.values()))
    assert check_sites(targets, {"images": "", "videos": ""}, problems) == [TARGET]
    (problem,) = problems.sorted()
    assert problem.position == targets[1].position
    said = "'video:x' names a paper of another site, and intersphinx_mapping in conf.py has no 'video'"
    assert problem.text == f"{said}; did you mean 'videos'?"


def test_a_project_that_knows_no_site_is_told_what_to_do(loaded: LoadResult) -> None:
    problems = Problems()
    assert check_sites([Located(TARGET)], {}, problems) == []
    assert problems.sorted()[0].hint == "name the site there, or write moco-v1 for a paper of this one"


def test_what_the_inventory_lacks_is_said_with_the_nearest() -> None:
    problems = Problems()
    check_methods(Located(TARGET), ["moco-v2", "simclr"], problems)
    check_methods(Located("video:x"), [], problems)
    check_methods(Located("video:y"), ["y"], problems)
    assert [problem.text for problem in problems.sorted()] == [
        "the site 'images' has no paper 'moco-v1'; did you mean 'moco-v2'?",
        (
            "there is no inventory of papers of 'video', where 'video:x' is looked up; "
            "build that site first, and see what Sphinx says of its address"
        ),
    ]


def test_a_check_tells_once_what_only_a_build_knows(loaded: LoadResult) -> None:
    problems = Problems()
    check_without_network(loaded.catalogue, None, problems)
    assert [(problem.severity, problem.message) for problem in problems.sorted()] == [
        ("advice", "2 relations lead to papers of other sites")
    ]


def test_the_data_have_them_under_a_key_of_their_own(loaded: LoadResult) -> None:
    site = Site(elsewhere={TARGET: ("MoCo v1", "https://images.example/x.html#paper-moco-v1")})
    papers = papers_file(loaded.catalogue, site).papers
    assert [relation.paper for relation in papers["third"].relations] == ["new"]
    first, second = papers["third"].relations_elsewhere or ()
    assert (first.site, first.paper, first.name) == ("images", "moco-v1", "MoCo v1")
    assert (second.site, second.paper, second.name, second.url) == ("video", "x", None, None)
    assert dataclasses.asdict(second)["why"] == "of a"
    assert papers["new"].relations_elsewhere is None


def test_the_schema_of_a_project_accepts_them(loaded: LoadResult) -> None:
    schema = project_schema("survey.schema.json", loaded.catalogue)
    known, elsewhere = schema["$defs"]["Relation"]["properties"]["to"]["anyOf"]
    assert known == {"$ref": "#/$defs/PaperId"}
    assert elsewhere["pattern"].startswith("^[A-Za-z0-9]+")
