"""What is supported: every cell of the tables names a command, and every command exists."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any, cast

import pytest
import yaml
from tests.docs.guide import GUIDE, ROOT, soup
from tests.support.equal_views import SUFFIXES

if TYPE_CHECKING:
    from pathlib import Path

TABLES = cast("list[dict[str, Any]]", yaml.safe_load((GUIDE / "supported.yaml").read_text("utf-8")))
UNPROVEN = {"Doxygen", "Quarto"}
"""What is listed because it does not work, or has not been tried."""
TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)
BUILDERS = re.compile(r"^BUILDERS\s*= (.*)$", re.MULTILINE)


def targets() -> set[str]:
    text = (ROOT / "Makefile").read_text("utf-8")
    (builders,) = BUILDERS.findall(text)
    return {*TARGET.findall(text), *builders.split()}


def names_of_tests() -> str:
    """Return the names of the tests that `make test-others` and `make test-views` choose among, as pytest has them."""
    found = (ROOT / "tests" / "others").glob("test_*.py")
    return "\n".join(path.read_text("utf-8") for path in found)


@pytest.fixture(scope="module")
def rows(site: Path) -> list[list[str]]:
    page = soup(site / "guide" / "supported.html")
    assert [section.get_text().replace("¶", "") for section in page.select("h2")] == [
        table["title"] for table in TABLES
    ]
    return [[" ".join(cell.get_text().split()) for cell in row.select("td")] for row in page.select("tbody tr")]


def test_every_cell_names_a_command(rows: list[list[str]]) -> None:
    assert len(rows) == sum(len(table["rows"]) for table in TABLES)
    for name, *proofs, otherwise in rows:
        assert all(proof.startswith("make ") for proof in proofs) == (name not in UNPROVEN), name
        assert otherwise or name not in UNPROVEN


def test_every_command_exists(rows: list[list[str]]) -> None:
    known, others = targets(), names_of_tests()
    for _name, *proofs, _otherwise in rows:
        for proof in filter(None, proofs):
            _make, target, *settings = shlex.split(proof)
            assert target in known, proof
            for setting in settings:
                variable, _, value = setting.partition("=")
                assert variable in {"PYTESTOPTS", "SPHINXOPTS", "THEMES"}, proof
                if value.startswith("tests/"):
                    assert (ROOT / value).is_file(), proof
                elif target == "themes":
                    assert f'"{value}": ' in (ROOT / ".ci" / "themes.py").read_text("utf-8"), proof
                elif target == "test-views":
                    assert value.removeprefix("-k real-") in SUFFIXES, proof
                elif target == "test-others":
                    assert value.removeprefix("-k ") in others, proof
