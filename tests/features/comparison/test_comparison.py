"""Methods side by side: who stands there, what they share, and the files from which a browser reads the same."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from tests.support.texts import BIB, SURVEY, VOCABULARY, edited, load_good

from sphinx_paper_table.exports.site import Site
from sphinx_paper_table.features.comparison.files import METHODS, compare_files, former_files
from sphinx_paper_table.features.comparison.query import ComparisonQuery, compare
from sphinx_paper_table.features.comparison.suggestions import Suggestion, example, suggestions
from sphinx_paper_table.reading.directive_rules import MAX_COLUMNS

if TYPE_CHECKING:
    from sphinx_paper_table.survey.catalogue import Catalogue

RESULT = "{benchmark: bench, value: 41.0, source: new2020, where: Table 1}"
TWO = edited(
    edited(SURVEY, f"- {RESULT}", f"- {RESULT}\n          - {{benchmark: only, value: 3, source: new2020}}"),
    "        links: {code: https://example.org/old}\n",
    "        links: {code: https://example.org/old}\n"
    "        results: [{benchmark: bench, value: 40, setting: big, source: new2020, secondary: true}]\n",
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """Return a catalogue in which two papers share a benchmark."""
    terms = f"{VOCABULARY}  only: {{name: Only, dataset: Data, metric: accuracy}}\n"
    return load_good(TWO, terms, BIB).catalogue


def script(text: str) -> tuple[str, Any]:
    """Return name and value that a script hands over."""
    assert text.startswith("paperTableData(")
    assert text.endswith(")\n")
    name, value = json.loads(f"[{text[len('paperTableData(') : -2]}]")
    return name, value


def test_a_column_says_what_its_card_does(catalogue: Catalogue) -> None:
    found = compare(["new", "old"], catalogue)
    new, old = found.columns
    assert (new.paper, new.name, *map(new.text, ("title", "published", "date"))) == (
        *("new", "New", "The New", "arXiv 2020", "2020-03"),
    )
    assert new.places == ("Survey", "First")
    assert new.tags == (("blue", "Blue"), ("red", "Red"))
    assert [(line.benchmark, line.value, line.setting, line.is_secondary) for line in new.results] == [
        ("bench", "41.0%", "", False),
        ("only", "3", "", False),
    ]
    assert new.relations == (("extends", "old"), ("compared with", "third"))
    assert new.links == (("arxiv", "https://arxiv.org/abs/2003.04297"),)
    assert [(line.value, line.setting, line.is_secondary) for line in old.results] == [("40%", "big", True)]
    assert found.columns[1].links == (("code", "https://example.org/old"),)


def test_only_what_they_share_is_compared(catalogue: Catalogue) -> None:
    found = compare(["new", "old"], catalogue)
    assert found.benchmarks == (("bench", "Bench (Data, accuracy)"),)
    assert found.relations(found.columns[0]) == (("extends", "old"),)
    assert found.relations(found.columns[1]) == (("extended by", "new"),)
    assert compare(["new", "third"], catalogue).benchmarks == ()


def test_rows_without_content_are_known(catalogue: Catalogue) -> None:
    found = compare(["old", "third"], catalogue)
    assert found.says("title")
    assert found.says("tags")
    assert not found.says("relations")
    assert compare(["old", "new"], catalogue).says("relations")


def test_each_stands_once_and_no_more_than_fit(catalogue: Catalogue) -> None:
    assert [column.paper for column in compare(["new", "former", "nobody", "old"], catalogue).columns] == ["new", "old"]
    many = "".join(f"      - {{id: p{number}, name: P{number}}}\n" for number in range(6))
    large = load_good(
        edited(SURVEY, "    papers:\n      - id: old\n", f"    papers:\n{many}      - id: old\n")
    ).catalogue
    assert len(compare([f"p{number}" for number in range(6)], large).columns) == MAX_COLUMNS
    assert compare([], catalogue).columns == ()


def test_the_files_hold_what_the_columns_say(catalogue: Catalogue) -> None:
    places = {("paper", "new"): ("surveys/s.html", "paper-new"), ("tag", "red"): ("by-tag.html", "tag-red")}
    files = compare_files(catalogue, Site(places=places))
    assert list(files) == [METHODS, "data/survey-s.js"]
    name, methods = script(files[METHODS])
    assert name == "methods"
    assert methods == {
        "surveys": {"s": "Survey"},
        "methods": {"old": ["Old", "s"], "new": ["New", "s"], "third": ["third", "s"]},
        "aliases": {"former": "new"},
        "near": {
            "old": [["new", "extends", 1]],
            "new": [["old", "extended by", 1], ["third", "compared with", 0]],
            "third": [["new", "compared with", 0]],
        },
    }
    name, papers = script(files["data/survey-s.js"])
    assert name == "s"
    assert papers["new"] == {
        "name": "New",
        "url": "surveys/s.html#paper-new",
        "title": "The New",
        "authors": "Ann New, Bob Newer, Carl Newest",
        "said": "See Old.",
        "reasons": [["extends", "old", "it grew"]],
        "published": "arXiv 2020",
        "date": "2020-03",
        "places": ["Survey", "First"],
        "tags": [["Blue", ""], ["Red", "by-tag.html#tag-red"]],
        "scores": [
            ["bench", "Bench (Data, accuracy)", "41.0%", "", False],
            ["only", "Only (Data, accuracy)", "3", "", False],
        ],
        "relations": [["extends", "old"], ["compared with", "third"]],
        "links": [["arxiv", "https://arxiv.org/abs/2003.04297"]],
    }


def test_former_files_are_known_by_the_list(catalogue: Catalogue) -> None:
    text = compare_files(catalogue, Site())[METHODS]
    assert former_files(text) == {METHODS, "data/survey-s.js"}
    for broken in ("", "{", "paperTableData(1)", text[:-20], 'paperTableData("methods",[])'):
        assert former_files(broken) == set()
    strange = 'paperTableData("methods",{"surveys":{"../../x":"X","ok":"Ok"}})\n'
    found = former_files(strange)
    assert {METHODS, "data/survey-ok.js"} < found
    assert all(re.fullmatch(r"data/[\w-]+\.js", address) for address in found), "no name leads elsewhere"


def test_suggestions_say_what_they_follow_from(catalogue: Catalogue) -> None:
    """A relation counts more than benchmarks in common; nothing else is known of what belongs together."""
    assert suggestions("new", catalogue) == (
        Suggestion("old", "extended by", 1),
        Suggestion("third", "compared with", 0),
    )
    assert suggestions("nobody", catalogue) == ()
    assert example(catalogue) == ("old", "third", "new")
    assert example(load_good("survey: s\ntitle: S\npapers:\n  - {id: a, name: A}\n").catalogue) == ()


def test_a_query_without_papers_is_answered_with_an_example(catalogue: Catalogue) -> None:
    found = ComparisonQuery().answer(catalogue)
    assert (found.is_example, [column.paper for column in found.columns]) == (True, ["old", "third", "new"])
    chosen = ComparisonQuery(example=("third", "new")).answer(catalogue)
    assert [column.paper for column in chosen.columns] == ["third", "new"]
    assert not ComparisonQuery(("new", "old")).answer(catalogue).is_example


def test_reasons_and_summaries_are_plain_and_the_best_number_stands_first() -> None:
    number = "{benchmark: bench, value: 39, source: new2020}"
    known = "results: [{benchmark: bench, value: 40, setting: big, source: new2020, secondary: true}]"
    text = edited(TWO, known, f"results: [{number}, {number.replace('39', '42')}]")
    terms = f"{VOCABULARY}  only: {{name: O, dataset: D, metric: m}}\n"
    found = compare(["new", "old"], load_good(text, terms, BIB).catalogue)
    assert [line.number for line in found.columns[1].results] == ["42", "39"]
    assert found.columns[0].text("said") == "See Old."
    assert found.reasons(found.columns[0]) == (("extends", "old", "it grew"),)
    assert found.reasons(found.columns[1]) == (), "only where it is stated"
