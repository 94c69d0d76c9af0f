"""The link from a card to its line of YAML: where it leads, that it moves with the lines, and what is no address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.harness import wait_for_clock
from tests.support.sites import small_site, soup, warnings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.harness import Site

ADDRESS = "https://code.example/blob/main/docs/"
SETTING = f'\npaper_table_edit_url = "{ADDRESS}{{path}}#L{{line}}"\n'


def entries(site: Site) -> dict[str, str]:
    """Return where each card of the site says that it can be edited."""
    found = {}
    for page in sorted(site.output().rglob("*.html")):
        for link in soup(page).select(".pt-edit a"):
            card = link.find_parent(attrs={"data-paper": True})
            assert card is not None
            found[str(card["data-paper"])] = str(link["href"])
    return found


def lines(site: Site) -> dict[str, str]:
    """Return the address of each entry as an editor counts lines."""
    found = {}
    for name in ("alpha", "beta"):
        text = site.read(f"surveys/{name}.yaml")
        for number, line in enumerate(text.splitlines(), 1):
            key, _, value = line.strip().partition("id: ")
            if key == "- " or (line.strip().startswith("id: ") and value):
                found[value] = f"{ADDRESS}surveys/{name}.yaml#L{number}"
    return found


def test_every_card_leads_to_its_line(tmp_path: Path) -> None:
    site = small_site(tmp_path, None, SETTING)
    assert warnings(site.build(), site.source) == []
    found, expected = entries(site), lines(site)
    assert {"one", "two", "other"} <= found.keys()
    for paper, address in found.items():
        path, _, line = address.partition("#L")
        assert path == expected[paper].partition("#")[0]
        source = site.read(path.removeprefix(ADDRESS)).splitlines()[int(line) - 1 :]
        assert f"id: {paper}" in "\n".join(source[:12]), paper
        assert source[0].lstrip().startswith("- "), paper


def test_links_move_with_the_lines(tmp_path: Path) -> None:
    site = small_site(tmp_path, None, SETTING)
    site.build()
    before = entries(site)["one"]
    wait_for_clock()
    site.write("surveys/alpha.yaml", "# A comment more.\n" + site.read("surveys/alpha.yaml"))
    site.assert_incremental_equals_clean()
    number = int(before.partition("#L")[2])
    assert entries(site)["one"] == before.replace(f"#L{number}", f"#L{number + 1}")


def test_names_of_files_are_quoted(tmp_path: Path) -> None:
    site = small_site(tmp_path, None, SETTING)
    site.write("surveys/50% & more #1?.yaml", site.read("surveys/beta.yaml"))
    site.remove("surveys/beta.yaml")
    site.build()
    path, _, line = entries(site)["other"].removeprefix(ADDRESS).partition("#")
    assert path == "surveys/50%25%20%26%20more%20%231%3F.yaml"
    assert line.startswith("L")


def test_without_the_option_there_is_no_link(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    site.build()
    assert entries(site) == {}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ('"https://code.example/edit"', "it has no {path}"),
        ('"https://code.example/{file}"', "it may have {path} and {line}; write any other brace twice"),
        ('"https://code.example/{path"', "it may have {path} and {line}; write any other brace twice"),
        ('"javascript:{path}"', "it begins with neither https:// nor http://"),
        ("3", "it must be a text between quotes"),
    ],
)
def test_an_address_that_is_none_is_named_with_its_line(tmp_path: Path, value: str, message: str) -> None:
    site = small_site(tmp_path, None, f"\npaper_table_edit_url = {value}\n")
    found = warnings(site.build(), site.source)
    line = site.read("conf.py").splitlines().index(f"paper_table_edit_url = {value}") + 1
    assert [text for text in found if f"conf.py:{line}:1: WARNING" in text and message in text] != [], found
    assert entries(site) == {}
