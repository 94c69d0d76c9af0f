"""What the search page reads of methods and references."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.support.sites import real_catalogue

from sphinx_paper_table.exports.site import Site
from sphinx_paper_table.features.search.search_file import FIELDS, FILE, former_files, search_file
from sphinx_paper_table.survey.catalogue import Catalogue
from sphinx_paper_table.survey.references import ENGLISH

if TYPE_CHECKING:
    import pytest

PLACES = {
    ("paper", "moco-v1"): ("a.html", "paper-moco-v1"),
    ("reference", "he2020momentum"): ("references.html", "cite-he2020momentum"),
    ("reference", "radford2021learning"): ("references.html", "cite-radford2021learning"),
}


def written(places: dict[tuple[str, str], tuple[str, str]] = PLACES) -> dict[str, list[dict[str, Any]]]:
    text = search_file(real_catalogue(), Site("en", "", places), ENGLISH)[FILE]
    data = json.loads(text.removeprefix('paperTableData("search",').removesuffix(")\n"))
    return {kind: [dict(zip(FIELDS, record, strict=True)) for record in records] for kind, records in data.items()}


def test_a_method_has_what_readers_may_know_of_it() -> None:
    [method] = written()["methods"]
    assert method["name"] == "MoCo v1"
    assert method["url"] == "a.html#paper-moco-v1"
    assert method["title"] == "Momentum Contrast for Unsupervised Visual Representation Learning"
    assert method["authors"].split(", ")[0] == "Kaiming He"
    assert {"he2020momentum", "何恺明", "1911.05722", "10.1109/CVPR42600.2020.00975"} <= set(method["words"].split())
    assert method["cited"] > 0
    assert "`" not in method["summary"], "it is plain text"


def test_what_no_page_shows_is_not_found_and_a_paper_with_a_card_is_found_once() -> None:
    assert [reference["url"] for reference in written()["references"]] == ["references.html#cite-radford2021learning"]
    assert search_file(real_catalogue(), Site(), ENGLISH) == {}
    assert search_file(Catalogue(), Site(), ENGLISH) == {}


def test_a_large_file_names_further_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Together they have every record, in the same order; each script says which part it is."""
    catalogue = real_catalogue()
    names = list(catalogue.papers)[:7]
    site = Site("en", "", {("paper", name): ("a.html", f"paper-{name}") for name in names})
    whole = json.loads(search_file(catalogue, site, ENGLISH)[FILE].removeprefix('paperTableData("search",')[:-2])
    monkeypatch.setattr("sphinx_paper_table.features.search.search_file.MOST", 3)
    files = search_file(catalogue, site, ENGLISH)
    assert list(files) == [FILE, "data/search-2.js", "data/search-3.js"]
    called = [json.loads(f"[{text.removeprefix('paperTableData(')[:-2]}]") for text in files.values()]
    assert [name for name, _part in called] == ["search", "search-2", "search-3"]
    assert called[0][1]["parts"] == ["search-2", "search-3"]
    assert [one for _name, part in called for one in part["methods"]] == whole["methods"]
    assert former_files(files[FILE]) == set(files)
    assert former_files(files[FILE].replace("search-3", "../search-3")) == {FILE}


def test_a_file_of_ours_is_known_again() -> None:
    text = search_file(real_catalogue(), Site("en", "", PLACES), ENGLISH)[FILE]
    assert former_files(text) == {FILE}
    assert former_files("alert(1)") == former_files("") == set()
