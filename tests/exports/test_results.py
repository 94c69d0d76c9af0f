"""The files with the results on a benchmark: complete, in order, as their schema says, and removed with it."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from typing import Any

import jsonschema
import pytest
from tests.support.sites import real_catalogue
from tests.support.texts import load_files

from sphinx_paper_table.exports.addresses import results_address
from sphinx_paper_table.exports.json_schema import schema_text
from sphinx_paper_table.exports.results import results_files

VOCABULARY = """\
vocabulary: v
benchmarks:
  high: {name: High, dataset: D, metric: accuracy, unit: "%", direction: higher}
  low: {name: Low, dataset: D, metric: error, direction: lower, protocol: as *they* say}
  unused: {name: Unused, dataset: D, metric: error, direction: lower}
"""
SURVEY = """\
survey: s
title: S
papers:
  - {id: old, name: "Old, once", date: 2018, links: {project: "https://a.example/"}, results: [
     {benchmark: high, value: 41.0, encoder: ResNet-50, data: "D (1M images)", epochs: 200, resolution: 224,
      frames: 8×8, views: 10×3, shots: 4, parameters: 25.6M, source: "https://a.example/x",
      where: Table 1, setting: 'so "big"'},
     {benchmark: low, value: 3.10, source: "https://a.example/x"}]}
  - {id: new, name: 新, date: 2020-03, results: [
     {benchmark: high, value: 52, source: "https://a.example/y", secondary: true, date: 2021-07-01},
     {benchmark: low, value: 2.9, source: "https://a.example/y"},
     {benchmark: high, value: 40, source: "https://a.example/y"}]}
"""


@pytest.fixture
def found() -> dict[str, str]:
    return results_files(load_files({"s.yaml": SURVEY, "vocabulary.yaml": VOCABULARY}).catalogue)


@cache
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(schema_text("results.schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_benchmark_with_a_result_has_two_files(found: dict[str, str]) -> None:
    assert list(found) == ["results/high.csv", "results/high.json", "results/low.csv", "results/low.json"]
    assert results_address("high", "csv") == "results/high.csv"


def test_the_best_number_stands_first(found: dict[str, str]) -> None:
    assert [(row["paper"], row["printed"]) for row in table(found["results/high.csv"])] == [
        ("new", "52"),
        ("old", "41.0"),
        ("new", "40"),
    ]
    assert [row["printed"] for row in table(found["results/low.csv"])] == ["2.9", "3.10"]


def test_a_row_says_all_that_is_known(found: dict[str, str]) -> None:
    first, second, _third = table(found["results/high.csv"])
    assert second == {
        "paper": "old",
        "name": "Old, once",
        "date": "2018",
        "value": "41.0",
        "printed": "41.0",
        "setting": 'so "big"',
        "source": "https://a.example/x",
        "where": "Table 1",
        "secondary": "false",
        "encoder": "ResNet-50",
        "parameters": "25.6M",
        "data": "D (1M images)",
        "epochs": "200",
        "resolution": "224",
        "frames": "8×8",
        "views": "10×3",
        "shots": "4",
    }
    assert list(second)[:9] == [
        *("paper", "name", "date", "value", "printed", "setting", "source", "where", "secondary"),
    ], "the columns that programs know stay where they were"
    assert (first["name"], first["secondary"], first["where"]) == ("新", "true", "")
    assert first["date"] == "2021-07-01", "the number's own date, later than the method's"


def test_both_forms_say_the_same(found: dict[str, str]) -> None:
    for name in ("high", "low"):
        rows = json.loads(found[f"results/{name}.json"])["results"]
        cells = [{key: "" if value is None else value for key, value in row.items()} for row in rows]
        for cell, row in zip(cells, table(found[f"results/{name}.csv"]), strict=True):
            assert {key: text for key, text in row.items() if text} == {key: text_of(cell[key]) for key in cell}


def text_of(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_the_json_file_defines_the_benchmark(found: dict[str, str]) -> None:
    data = json.loads(found["results/low.json"])
    validator().validate(data)
    assert (data["version"], data["id"]) == (1, "low")
    assert data["benchmark"]["direction"] == "lower"
    assert data["benchmark"]["protocol"] == "as *they* say"
    assert "where" not in data["results"][0], "what is not known is left out"


def test_the_schema_refuses_what_is_wrong(found: dict[str, str]) -> None:
    data = json.loads(found["results/low.json"])
    for key, wrong in (("version", 2), ("id", "A b"), ("results", [{"paper": "old"}])):
        with pytest.raises(jsonschema.ValidationError):
            validator().validate({**data, key: wrong})
    validator().validate({**data, "later": "a key that may be added"})


def test_the_real_results_are_all_there() -> None:
    catalogue = real_catalogue()
    files = results_files(catalogue)
    for text in files.values():
        if text.startswith("{"):
            validator().validate(json.loads(text))
    numbers = sum(len(paper.results) for paper in catalogue.papers.values())
    assert sum(len(table(text)) for name, text in files.items() if name.endswith(".csv")) == numbers > 300


def test_a_benchmark_that_the_vocabulary_lacks_has_no_file() -> None:
    loaded = load_files({"s.yaml": SURVEY, "vocabulary.yaml": VOCABULARY.replace("  low:", "  other:")})
    assert sorted(results_files(loaded.catalogue)) == ["results/high.csv", "results/high.json"]


@pytest.mark.parametrize(("setting", "cell"), [("=1+1", "'=1+1"), ("@x", "'@x"), ("-5", "-5"), ("plain", "plain")])
def test_no_text_of_a_cell_is_a_formula(setting: str, cell: str) -> None:
    survey = SURVEY.replace("""'so "big"'""", f"'{setting}'")
    files = results_files(load_files({"s.yaml": survey, "vocabulary.yaml": VOCABULARY}).catalogue)
    assert cell in {row["setting"] for row in table(files["results/high.csv"])}
