"""How a number was reached: fields of their own beside the free text, said in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.sites import real_catalogue
from tests.support.texts import load_files

from sphinx_paper_table.survey.rankings import rankings
from sphinx_paper_table.survey.selection import Selection, select
from sphinx_paper_table.survey.settings import (
    PHRASES,
    SETTINGS,
    SettingWords,
    setting_line,
    settings_of,
    shared_settings,
)

if TYPE_CHECKING:
    from sphinx_paper_table.reading.loader import LoadResult

SURVEY = """\
survey: s
title: S
papers:
  - {{id: a, name: A, results: [{{benchmark: b, value: 1, source: "https://a.example", date: 2020{more}}}]}}
"""
ALL = (
    ", setting: released, shots: 4, views: 10×3, frames: 8×8, resolution: 224, epochs: 200,"
    ' data: "D (1M images)", parameters: 25M, encoder: R50'
)


def loaded(more: str) -> LoadResult:
    return load_files(
        {
            "s.yaml": SURVEY.format(more=more),
            "v.yaml": "vocabulary: v\nbenchmarks: {b: {name: B, dataset: D, metric: m}}",
        }
    )


def line(more: str, **words: str) -> str:
    found = loaded(more)
    assert found.problems == ()
    (result,) = found.catalogue.papers["a"].results
    comma = words.pop("comma", ", ")
    return setting_line(result, SettingWords(tuple({**PHRASES, **words}.items()), comma))


def test_the_line_has_the_fields_in_their_order_and_the_free_text_last() -> None:
    assert line(ALL) == (
        "R50, 25M parameters, trained on D (1M images), 200 epochs, 224 px, 8×8 frames, 10×3 views, 4 shots, released"
    )
    assert line("") == ""
    assert line(", setting: 100% of it") == "100% of it"


def test_a_language_has_its_own_words() -> None:
    assert line(ALL, epochs="%s 轮", data="训练数据：%s", comma="，").startswith(
        "R50，25M parameters，训练数据：D (1M images)，200 轮"
    )


def test_the_fields_are_numbers_and_texts() -> None:
    (result,) = loaded(ALL).catalogue.papers["a"].results
    assert settings_of(result) == {
        "encoder": "R50",
        "parameters": "25M",
        "data": "D (1M images)",
        "epochs": 200,
        "resolution": "224",
        "frames": "8×8",
        "views": "10×3",
        "shots": 4,
    }
    assert list(settings_of(result)) == list(SETTINGS)


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("epochs: many", "a whole number is expected here; 'epochs': Passes over the training data"),
        ("epochs: 1.5", "a whole number is expected here; 'epochs': Passes over the training data"),
        ("epochs: 0", "a number from 1 is expected here; 'epochs': Passes over the training data"),
        ("shots: 9999999", "a number up to 1000000 is expected here; 'shots': Labelled examples of each class"),
        ("resolution: 224px", "'224px' is not a size: a number such as 224, or two such as 8×8; write 224"),
        ("frames: 8x8", "'8x8' is not a size: a number such as 224, or two such as 8×8; write 8×8"),
        ("encoder: [R50]", "text is expected here, not a list"),
        ("encodr: R50", "'encodr' is not a key here; did you mean 'encoder'?"),
    ],
)
def test_what_is_no_setting_is_named_and_costs_only_itself(field: str, message: str) -> None:
    found = loaded(f", {field}")
    (problem,) = found.problems
    assert problem.text.startswith(message)
    (result,) = found.catalogue.papers["a"].results
    read_on = {"resolution: 224px": "224 px", "frames: 8x8": "8×8 frames"}
    assert (str(result.value), setting_line(result)) == ("1", read_on.get(field, ""))


def test_the_sites_rankings_name_encoder_or_setting() -> None:
    """Every number that ranks says how it was reached, except in tables that do not say it themselves."""
    catalogue = real_catalogue()
    view = select(catalogue, Selection())
    assert view is not None
    silent = {
        (ranking.id, row.paper)
        for ranking in rankings(view, catalogue)
        for part in ranking.parts
        for row in part.rows
        if part.is_ranking and not setting_line(row.result)
    }
    assert {benchmark for benchmark, _paper in silent} <= {
        "ucf101-i3d-table",
        "hmdb51-i3d-table",
        "kinetics400-review-table",
    }


def test_encoders_stand_in_their_field_where_they_are_ranked_apart() -> None:
    catalogue = real_catalogue()
    lacking = [
        f"{paper.id} {result.benchmark}"
        for paper in catalogue.papers.values()
        for result in paper.results
        if catalogue.vocabulary.benchmarks[result.benchmark].encoders == "apart" and not result.encoder
    ]
    assert lacking == []


def test_what_all_results_share_can_be_said_once() -> None:
    (first,) = loaded(ALL).catalogue.papers["a"].results
    (second,) = loaded(ALL.replace("R50", "ViT").replace("epochs: 200", "epochs: 300")).catalogue.papers["a"].results
    shared = shared_settings([first, second])
    assert shared == ("parameters", "data", "resolution", "frames", "views", "shots")
    assert setting_line(second, names=shared).startswith("25M parameters, trained on D (1M images), 224 px")
    assert setting_line(second, names={"encoder", "epochs", "setting"}) == "ViT, 300 epochs, released"
    assert shared_settings([first]) == ()
    (bare,) = loaded("").catalogue.papers["a"].results
    assert shared_settings([bare, bare]) == (), "what no result says is not shared"
