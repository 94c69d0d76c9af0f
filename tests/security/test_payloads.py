"""Each payload in every field of every input: nothing runs, asks another host, or reads or writes a file outside.

Each build has half of the payloads, and some of every kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.security import detectors
from tests.security.conftest import ADDRESSES, BUILDS
from tests.security.hostile import (
    PARAMETERS,
    addresses,
    columns,
    payloads,
    query,
    searched,
    share,
    survey,
    text_fields,
    vocabulary,
    whole_addresses,
)

from sphinx_paper_table.survey.entities import Part, Record, Vocabulary
from sphinx_paper_table.survey.updates import Updates

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.security.conftest import Built, Served

NAMES = [name for row in BUILDS for name, _options in row]
THEMES = ["furo", "pydata"]


def assert_none(traces: list[str]) -> None:
    """Fail with the first few; a comparison of thousands takes minutes."""
    assert not traces, "\n".join([f"{len(traces)}:", *traces[:30]])


def test_the_payloads_are_many_and_in_every_text_of_the_schema() -> None:
    names = {payload.name for payload in payloads()}
    assert len(names) >= 150
    assert len({payload.text for payload in payloads()}) == len(names)
    sample = payloads()[0]
    keys = set(_keys_with(sample.text, [survey(sample), vocabulary(payloads())]))
    for kind in Record.__subclasses__():
        # What `paper-table update` writes is a file of its own, see `tests.reading.test_updates`.
        if kind not in {Part, Vocabulary} and kind.__module__ != Updates.__module__:
            assert set(text_fields(kind)) - keys <= {"source"}, kind


def _keys_with(text: str, tree: object, key: str = "") -> list[str]:
    if isinstance(tree, dict):
        return [found for name, item in tree.items() for found in _keys_with(text, item, str(name))]
    if isinstance(tree, list):
        return [found for item in tree for found in _keys_with(text, item, key)]
    return [key] if tree == text else []


@pytest.mark.parametrize("name", NAMES)
def test_the_build_ends_well_and_says_where_each_problem_is(name: str, built: Built) -> None:
    assert built.codes[name] == 0, built.log(name)[-3000:]
    assert_none(detectors.unlocated(built.log(name), built.source(name)))


def test_no_file_outside_the_source_directory_is_read(built: Built) -> None:
    assert_none(detectors.secrets_in(built.output))


def test_no_file_outside_the_output_directories_is_written(built: Built) -> None:
    assert_none([f"{name} {digest[:8]}" for name, digest in sorted(built.changed) if not name.endswith(".mo")])
    small = [f"{name}{ADDRESSES}" for name in THEMES]
    doctrees = {f"doctrees-{language}{end}" for language in ("en", "zh") for end in ("", ADDRESSES)}
    outputs = {*NAMES, *small}
    assert {path.name for path in built.output.iterdir()} == outputs | {f"{name}.log" for name in outputs} | doctrees


def test_every_build_has_payloads_of_every_kind_and_all_are_in_one() -> None:
    shares = [share(number, len(BUILDS)) for number in range(len(BUILDS))]
    kinds = {payload.kind for payload in payloads()}
    assert all({payload.kind for payload in one} == kinds for one in shares)
    assert {payload for one in shares for payload in one} == set(payloads())
    assert {payload for payload in payloads() if payload.kind == "tex"} <= set(shares[1]), "which makes the TeX"


def test_the_book_is_xml_without_scripts(built: Built) -> None:
    assert_none(detectors.ill_formed(built.output / "epub"))
    assert_none(detectors.scripts_in_books(built.output / "epub"))


@pytest.mark.parametrize("name", THEMES)
def test_the_feed_is_xml(name: str, built: Built) -> None:
    assert_none(detectors.ill_formed(built.output / name))


def test_the_tex_runs_nothing_of_a_payload(built: Built) -> None:
    assert_none(detectors.live_tex(built.output / "latex"))


@pytest.mark.parametrize("name", THEMES)
def test_spreadsheets_compute_nothing(name: str, built: Built) -> None:
    assert_none(detectors.formulas(built.output / name))


@pytest.mark.parametrize("name", THEMES)
def test_the_inventory_leads_to_pages_of_the_site(name: str, built: Built) -> None:
    assert_none(detectors.forged(built.output / name))


@pytest.mark.browser
@pytest.mark.chromium("what runs is told by a binding, which WebDriver BiDi does not have yet")
@pytest.mark.parametrize("name", THEMES)
def test_a_reader_uses_every_page_and_nothing_runs(name: str, built: Built, serve: Callable[[Path], Served]) -> None:
    reader = serve(built.output / name).reader()
    pages = sorted(path.relative_to(built.output / name).as_posix() for path in (built.output / name).rglob("*.html"))
    texts = [payload.text for payload in payloads()]
    used = 0
    for number, page in enumerate(page for page in pages if not page.startswith("_static/")):
        reader.open(page)
        used += reader.use(texts[number % len(texts)])
    assert_none(reader.faults)
    assert used > 1000
    assert reader.previews > 0
    reader.close()


@pytest.mark.browser
@pytest.mark.chromium("what runs is told by a binding, which WebDriver BiDi does not have yet")
@pytest.mark.parametrize("name", THEMES)
def test_hostile_results_of_a_search_run_nothing(name: str, built: Built, serve: Callable[[Path], Served]) -> None:
    reader = serve(built.output / name).reader()
    assert min(reader.search(f"?q={word}") for word in ("script", "evil", "Words")) > 0
    assert_none(reader.faults)
    reader.close()


def test_every_kind_of_payload_is_in_every_parameter_and_in_searches_of_both_themes() -> None:
    kinds = {payload.kind for payload in payloads()}
    assert all({payload.kind for payload in columns()[name]} == kinds for name in PARAMETERS)
    assert {payload for column in columns().values() for payload in column} == set(payloads())
    for number in range(len(THEMES)):
        assert {payload.kind for batch in searched()[number :: len(THEMES)] for payload in batch} == kinds


@pytest.mark.browser
@pytest.mark.chromium("what runs is told by a binding, which WebDriver BiDi does not have yet")
@pytest.mark.parametrize("name", THEMES)
def test_no_address_runs_anything(name: str, built: Built, serve: Callable[[Path], Served]) -> None:
    """On a small page with every script that reads its address; each theme searches by scripts of its own."""
    reader = serve(built.output / f"{name}{ADDRESSES}").reader(others_answer=False)
    half = slice(THEMES.index(name), None, len(THEMES))
    for address in addresses()[half]:
        reader.open("index.html", address)
    for batch in searched()[half]:
        reader.search(query(batch))
    for address in whole_addresses()[half]:
        reader.open("index.html", address)
        reader.open("search.html", address)
    assert_none(reader.faults)
    reader.close()
