"""Former names of groups, tags and benchmarks stand for the present ones wherever they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_paper_table.exports.files import export_files, former_files
from sphinx_paper_table.exports.site import Site
from sphinx_paper_table.reading.loader import load
from sphinx_paper_table.survey.rankings import rankings
from sphinx_paper_table.survey.selection import Selection, select

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_paper_table.reading.loader import LoadResult

SURVEY = """\
survey: new
title: S
aliases: [old]
groups:
  - id: g
    title: G
    aliases: [h, other#k]
    groups:
      - {id: inner, title: I, papers: [{id: a, name: A, tags: [was, kept]}]}
    papers:
      - {id: b, name: B, results: [{benchmark: bench-1, value: 2, source: "https://x.org/"}]}
"""
VOCABULARY = """\
vocabulary: words
tags:
  is: {name: Is, aliases: [was]}
  kept: {name: Kept}
benchmarks:
  bench: {name: Bench, aliases: [bench-1], dataset: D, metric: M}
"""


def loaded(folder: Path, survey: str = SURVEY, vocabulary: str = VOCABULARY) -> LoadResult:
    for name, text in (("s.yaml", survey), ("words.yaml", vocabulary)):
        (folder / name).write_text(text, "utf-8")
    return load({name: folder / name for name in ("s.yaml", "words.yaml")}, {})


def test_records_have_the_present_names(tmp_path: Path) -> None:
    found = loaded(tmp_path)
    assert found.problems == ()
    assert found.catalogue.papers["a"].tags == ("is", "kept")
    assert found.catalogue.papers["b"].results[0].benchmark == "bench"


@pytest.mark.parametrize("address", ["new#g", "new#h", "old#g", "old#h", "other#k"])
def test_a_group_is_found_under_every_address_that_it_had(tmp_path: Path, address: str) -> None:
    catalogue = loaded(tmp_path).catalogue
    assert catalogue.group(address) is catalogue.groups["new#g"]
    view = select(catalogue, Selection(address))
    assert view is not None
    assert (view.address, view.count) == ("new#g", 2)
    inner = select(catalogue, Selection("old#inner"))
    assert inner is not None
    assert inner.address == "new#inner"


def test_what_never_was_is_not_found(tmp_path: Path) -> None:
    catalogue = loaded(tmp_path).catalogue
    assert [catalogue.group(name) for name in ("other#g", "k", "new#k", "other")] == [None] * 4


def test_selections_and_rankings_know_former_names(tmp_path: Path) -> None:
    catalogue = loaded(tmp_path).catalogue
    view = select(catalogue, Selection("new", tags=("was",)))
    assert view is not None
    assert [entry.paper.id for entry in view.all_entries()] == ["a"]
    whole = select(catalogue, Selection())
    assert whole is not None
    assert [ranking.id for ranking in rankings(whole, catalogue, "bench-1")] == ["bench"]


def test_files_stay_at_their_former_addresses(tmp_path: Path) -> None:
    found = loaded(tmp_path)
    files = export_files(found.catalogue, found.entries, Site())
    assert files["results/bench-1.csv"] == files["results/bench.csv"]
    assert files["results/bench-1.json"] == files["results/bench.json"]
    assert former_files(files["papers.json"]) >= {"results/bench-1.csv", "results/bench.json", "surveys/old.bib"}


@pytest.mark.parametrize(
    ("survey", "vocabulary", "message"),
    [
        (SURVEY.replace("[h, other#k]", "[inner, h]"), VOCABULARY, "the group id 'inner' is taken"),
        (SURVEY, VOCABULARY.replace("[was]", "[was, bench]").replace("kept:", "was:"), "the tag id 'was' is taken"),
        (SURVEY.replace("[h, other#k]", "[h#]"), VOCABULARY, "'h#' is not an id of a group"),
        (SURVEY.replace("[h, other#k]", "['../x#h']"), VOCABULARY, "'../x#h' is not an id of a group"),
    ],
)
def test_a_former_name_that_is_taken_or_none_is_reported(
    tmp_path: Path, survey: str, vocabulary: str, message: str
) -> None:
    problems = loaded(tmp_path, survey, vocabulary).problems
    assert [problem.message for problem in problems if message in problem.message]
