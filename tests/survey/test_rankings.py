"""Rankings: the best number first, by the benchmark's own direction, and never two benchmarks in one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.support.sites import real_catalogue
from tests.support.texts import load_files

from sphinx_paper_table.survey.rankings import rankings
from sphinx_paper_table.survey.selection import Selection, View, select

if TYPE_CHECKING:
    from sphinx_paper_table.survey.catalogue import Catalogue

SURVEYS: dict[str, str | bytes] = {
    "s.yaml": """\
survey: s
title: S
papers:
  - {id: a, name: A, cite: k2020, date: 2021, results: [
      {benchmark: up, value: 70.10, source: k2020, setting: small},
      {benchmark: up, value: 71.5, source: "https://x.example", date: 2021},
      {benchmark: down, value: 9, source: k2020}]}
  - {id: b, name: B, cite: k2020, date: 2019-05, results: [
      {benchmark: up, value: 70.1, source: k2020},
      {benchmark: down, value: 10.5, source: k2020},
      {benchmark: none, value: 1, source: k2020}]}
  - {id: c, name: C, cite: k2019, results: [{benchmark: up, value: 70.1, source: k2019}]}
""",
    "t.yaml": """\
survey: t
title: T
papers:
  - {ref: b}
  - {id: d, name: D, date: 2022, results: [{benchmark: down, value: 0.5, source: k2020}]}
""",
    "v.yaml": """\
vocabulary: v
benchmarks:
  down: {name: Down, dataset: Data, metric: FID, direction: lower}
  up: {name: Up, dataset: Data, metric: accuracy, unit: "%"}
  idle: {name: Idle, dataset: Data, metric: none}
""",
}
BIB = """
@misc{k2020, author = {Kim, Eva}, title = {K}, year = {2020}}
@misc{k2019, author = {Kim, Eva}, title = {J}}
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_files(SURVEYS, {"refs.bib": BIB}).catalogue


def view(catalogue: Catalogue, target: str = "") -> View:
    found = select(catalogue, Selection(target))
    assert found is not None
    return found


def shown(catalogue: Catalogue, target: str = "", benchmark: str = "", least: int = 1) -> dict[str, list[str]]:
    found = rankings(view(catalogue, target), catalogue, benchmark, least)
    return {ranking.id: [f"{row.name} {row.result.value}" for row in ranking.rows] for ranking in found}


def test_each_benchmark_has_its_own_order(catalogue: Catalogue) -> None:
    """Equal numbers stand by date, those without a date last; an undefined benchmark comes after the defined ones."""
    assert list(shown(catalogue).items()) == [
        ("down", ["D 0.5", "A 9", "B 10.5"]),
        ("up", ["A 71.5", "B 70.1", "A 70.10", "C 70.1"]),
        ("none", ["B 1"]),
    ]


def test_a_benchmark_that_the_vocabulary_lacks_has_its_id_as_its_name(catalogue: Catalogue) -> None:
    (found,) = (ranking for ranking in rankings(view(catalogue), catalogue) if ranking.id == "none")
    assert (found.benchmark.name, found.benchmark.dataset, found.benchmark.metric) == ("none", "", "")


def test_one_benchmark(catalogue: Catalogue) -> None:
    assert shown(catalogue, benchmark="up") == {"up": ["A 71.5", "B 70.1", "A 70.10", "C 70.1"]}
    assert shown(catalogue, benchmark="idle") == {}


def test_a_survey_ranks_what_it_shows(catalogue: Catalogue) -> None:
    """A paper at home elsewhere that it refers to stands beside its own; it opens no ranking, unless asked for one."""
    assert shown(catalogue, "t") == {"down": ["D 0.5", "B 10.5"]}
    assert shown(catalogue, "t", benchmark="up") == {"up": ["B 70.1"]}


def test_benchmarks_with_few_results_can_be_left_out(catalogue: Catalogue) -> None:
    assert list(shown(catalogue, least=4)) == ["up"]
    assert shown(catalogue, "t", least=3) == {}


def test_a_row_says_where_the_number_was_read(catalogue: Catalogue) -> None:
    (ranking,) = rankings(view(catalogue), catalogue, "up")
    first, second, *_ = ranking.rows
    assert (first.is_secondary, first.reference, first.date) == (True, None, "2021")
    assert (second.reference and second.reference.label, second.date) == ("Kim, 2020", "2019-05")


def test_the_real_rankings_are_sorted_and_unmixed() -> None:
    catalogue = real_catalogue()
    found = rankings(view(catalogue), catalogue)
    assert len(found) > 50
    assert sum(len(ranking.rows) for ranking in found) == sum(len(paper.results) for paper in catalogue.papers.values())
    for ranking in found:
        assert {str(row.result.benchmark) for row in ranking.rows} == {ranking.id}
        values = [row.result.value for row in ranking.rows]
        better = values if ranking.benchmark.direction == "lower" else values[::-1]
        assert all(before <= after for before, after in pairwise(better)), ranking.id


APART = """\
survey: s
title: S
papers:
  - {id: a, name: A, cite: k2020, date: 2021, results: [
      {benchmark: probe, value: 70, encoder: R50, source: k2020},
      {benchmark: probe, value: 80, encoder: ViT, source: k2020},
      {benchmark: whole, value: 1, encoder: R50, source: k2020},
      {benchmark: alone, value: 1, source: k2020},
      {benchmark: alone, value: 2, source: k2020}]}
  - {id: b, name: B, cite: k2020, date: 2021, results: [
      {benchmark: probe, value: 75, encoder: R50, source: k2020},
      {benchmark: probe, value: 60, source: k2020},
      {benchmark: whole, value: 2, encoder: ViT, source: k2020}]}
  - {id: c, name: C, cite: k2020, date: 2021, results: [
      {benchmark: probe, value: 90, encoder: X, source: k2020},
      {benchmark: probe, value: 61, source: k2020},
      {benchmark: probe, value: 50, encoder: R50, source: k2020}]}
"""
TERMS = """\
vocabulary: v
benchmarks:
  probe: {name: Probe, dataset: Data, metric: accuracy}
  whole: {name: Whole, dataset: Data, metric: accuracy, encoders: together}
  alone: {name: Alone, dataset: Data, metric: accuracy}
"""


def parts(name: str) -> list[tuple[str, bool, list[str]]]:
    catalogue = load_files({"s.yaml": APART, "v.yaml": TERMS}, {"refs.bib": BIB}).catalogue
    (ranking,) = rankings(view(catalogue), catalogue, name)
    return [
        (part.encoder, part.is_ranking, [f"{row.name} {row.result.value}" for row in part.rows])
        for part in ranking.parts
    ]


def test_encoders_are_ranked_apart_the_one_of_most_methods_first() -> None:
    """What names no encoder is compared with its like, and what has no second method is listed last."""
    assert parts("probe") == [
        ("R50", True, ["B 75", "A 70", "C 50"]),
        ("", True, ["C 61", "B 60"]),
        ("", False, ["C 90", "A 80"]),
    ]


def test_a_benchmark_may_compare_whole_systems() -> None:
    assert parts("whole") == [("", True, ["B 2", "A 1"])]


def test_one_method_is_not_ranked_against_itself() -> None:
    assert parts("alone") == [("", False, ["A 2", "A 1"])]


def test_the_site_ranks_no_method_alone_and_mixes_no_encoders_unless_it_says_so() -> None:
    catalogue = real_catalogue()
    for ranking in rankings(view(catalogue), catalogue):
        assert sorted(row.result.value for part in ranking.parts for row in part.rows) == sorted(
            row.result.value for row in ranking.rows
        )
        for part in ranking.parts:
            if part.is_ranking:
                assert len({row.paper for row in part.rows}) > 1, ranking.id
            if part.is_ranking and ranking.benchmark.encoders == "apart":
                assert len({row.result.encoder for row in part.rows}) == 1, ranking.id


def test_linear_probes_on_imagenet_have_a_ranking_of_resnet_50() -> None:
    catalogue = real_catalogue()
    (ranking,) = rankings(view(catalogue), catalogue, "imagenet-linear")
    first = ranking.parts[0]
    assert first.encoder == "ResNet-50"
    assert len({row.paper for row in first.rows}) >= 10


@pytest.mark.parametrize(
    "survey", ["contrastive-learning", "clip", "video-understanding", "multimodal", "diffusion-models"]
)
def test_a_survey_opens_with_its_own_papers(survey: str) -> None:
    """Each benchmark that it shows has a number of a paper that is at home in it."""
    catalogue = real_catalogue()
    for ranking in rankings(view(catalogue, survey), catalogue):
        assert any(catalogue.homes[row.paper].survey == survey for row in ranking.rows), ranking.id
