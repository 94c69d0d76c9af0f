"""The site's own catalogue, loaded once, and the facts that it is compared with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_paper_table.reading.loader import load
from sphinx_paper_table.survey.problems import Severity

if TYPE_CHECKING:
    from sphinx_paper_table.survey.catalogue import Catalogue

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    surveys = {str(path.relative_to(ROOT)): path for path in sorted((ROOT / "docs" / "surveys").rglob("*.yaml"))}
    loaded = load(surveys, {"refs.bib": ROOT / "refs.bib"})
    assert [str(problem) for problem in loaded.problems if problem.severity is not Severity.ADVICE] == []
    return loaded.catalogue


@pytest.fixture(scope="session")
def facts() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads((HERE / "facts.json").read_text("utf-8"))
    return found
