"""The derived facts of all surveys together: both directions of relations, homes, former names, dates."""

from __future__ import annotations

import pytest
from tests.support.texts import SURVEY, edited, load_files, load_good

from sphinx_paper_table.survey.catalogue import Catalogue, Home, walk_groups


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """Return the good catalogue."""
    loaded = load_good()
    assert loaded.problems == ()
    return loaded.catalogue


def labelled(catalogue: Catalogue, paper: str) -> list[tuple[str, str, str]]:
    """Return label, other paper and reason of a paper's relations."""
    return [
        (str(relation.label), relation.paper, str(relation.edge.why or ""))
        for relation in catalogue.relations_of(paper)
    ]


def test_relations_read_in_both_directions(catalogue: Catalogue) -> None:
    assert labelled(catalogue, "new") == [("extends", "old", "it grew"), ("compared with", "third", "")]
    assert labelled(catalogue, "old") == [("extended by", "new", "it grew")]


def test_a_symmetric_relation_has_one_label(catalogue: Catalogue) -> None:
    assert labelled(catalogue, "third") == [("compared with", "new", "")]


def test_a_relation_without_inverse_says_so() -> None:
    text = edited(SURVEY, "compares-with: [third]", "mentions: [third]")
    loaded = load_files({"s.yaml": text, "v.yaml": "vocabulary: v\nrelations: {mentions: {name: mentions}}\n"})
    assert labelled(loaded.catalogue, "third") == [("mentions (from)", "new", "")]


def test_an_undefined_relation_reads_as_its_id() -> None:
    loaded = load_good(edited(SURVEY, "compares-with: [third]", "looks-at: [third]"))
    assert ("looks at", "third", "") in labelled(loaded.catalogue, "new")


def test_relations_are_grouped_in_the_order_of_the_vocabulary() -> None:
    """Not in that of the file: names of relations first, then those of their inverses; what is not defined is last."""
    kinds = "".join(f"  {name}: {{name: {name}, inverse: {name} of}}\n" for name in ("first", "second"))
    papers = (
        "  - {id: a, name: A, relations: {odd: [b], second: [b], first: [b, c]}}\n"
        "  - {id: b, name: B, relations: {second: [a], first: [a]}}\n"
        "  - {id: c, name: C, relations: {second: [a]}}\n"
    )
    catalogue = load_files(
        {"s.yaml": f"survey: s\ntitle: T\npapers:\n{papers}", "v.yaml": f"vocabulary: v\nrelations:\n{kinds}"}
    ).catalogue
    assert [(str(relation.label), relation.paper) for relation in catalogue.relations_of("a")] == [
        ("first", "b"),
        ("first", "c"),
        ("second", "b"),
        ("first of", "b"),
        ("second of", "b"),
        ("second of", "c"),
        ("odd", "b"),
    ]


def test_incoming_relations_come_in_the_order_of_their_dates() -> None:
    papers = "".join(
        f"  - {{id: p{year}, name: P, date: {year}, relations: {{uses: [base]}}}}\n" for year in (2021, 2019, 2020)
    )
    loaded = load_files({"s.yaml": f"survey: s\ntitle: T\npapers:\n{papers}  - {{id: base, name: B, date: 2001}}\n"})
    assert [relation.paper for relation in loaded.catalogue.relations_of("base")] == ["p2019", "p2020", "p2021"]


def test_homes_are_the_groups_from_the_outermost_inwards(catalogue: Catalogue) -> None:
    assert catalogue.homes["old"] == Home("s", ("first",))
    assert catalogue.homes["third"] == Home("s", ("first", "inner"))


def test_papers_keep_the_order_of_the_files(catalogue: Catalogue) -> None:
    assert list(catalogue.papers) == ["old", "new", "third"]
    assert list(catalogue.groups) == ["s#first", "s#inner", "s#second"]


@pytest.mark.parametrize(("name", "found"), [("new", "new"), ("former", "new"), ("nothing", None)])
def test_papers_are_found_by_present_and_former_ids(catalogue: Catalogue, name: str, found: str | None) -> None:
    paper = catalogue.paper(name)
    assert (paper and str(paper.id)) == found


def test_surveys_and_groups_are_found_by_former_ids() -> None:
    catalogue = load_good(edited(SURVEY, "title: Survey", "title: Survey\naliases: [past]")).catalogue
    survey, group = catalogue.survey("past"), catalogue.group("past#inner")
    assert survey is not None
    assert survey.survey == "s"
    assert group is not None
    assert group.title == "Inner"
    assert catalogue.survey("other") is None
    assert catalogue.group("s#none") is None
    assert catalogue.group("s") is None


def test_a_relation_to_a_former_id_leads_to_the_present_paper() -> None:
    text = edited(
        SURVEY, "            links: {project: https://example.org/third}", "            relations: {uses: [former]}"
    )
    assert ("used by", "third", "") in labelled(load_good(text).catalogue, "new")


def test_a_date_is_that_of_the_record_else_of_the_preprint_else_the_year(catalogue: Catalogue) -> None:
    assert catalogue.date(catalogue.papers["new"]) == "2020-03"
    assert catalogue.date(catalogue.papers["old"]) == "2018"
    dated = load_good(edited(SURVEY, "cite: new2020", "cite: new2020\n        date: 2019-12-24")).catalogue
    assert dated.date(dated.papers["new"]) == "2019-12-24"
    bare = load_good(edited(SURVEY, "        cite: old2018\n", "")).catalogue
    assert bare.date(bare.papers["old"]) == ""


def test_the_reference_is_that_of_the_first_cite_key() -> None:
    catalogue = load_good(edited(SURVEY, "cite: new2020", "cite: [third2019, new2020]")).catalogue
    reference = catalogue.reference(catalogue.papers["new"])
    assert reference is not None
    assert reference.key == "third2019"


def test_groups_are_walked_parents_before_children(catalogue: Catalogue) -> None:
    walked = [path for path, _ in walk_groups(catalogue.surveys["s"].groups)]
    assert walked == [("first",), ("first", "inner"), ("second",)]
