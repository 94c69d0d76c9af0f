"""The pytest plugin of `stock_suite`: every project that loads sphinxcontrib-bibtex loads the engine after it.

Two environment variables steer it: `STOCK_SUITE_ENGINE` is ``off`` (the package alone), ``plain`` (the engine without
its additions, compatible) or ``full``; `STOCK_SUITE_RESULTS` names the file for the outcomes.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.registry import SphinxComponentRegistry

if TYPE_CHECKING:
    import pytest
    from sphinx.application import Sphinx

ENGINE: Final = "sphinx_paper_table.citations"
ADDITIONS: Final = ("citations_cited_on", "citations_bibtex")
_load = SphinxComponentRegistry.load_extension
_outcomes: dict[str, str] = {}


def _load_with_engine(self: SphinxComponentRegistry, app: Sphinx, extname: str) -> None:
    first = extname not in app.extensions
    _load(self, app, extname)
    if extname == "sphinxcontrib.bibtex" and first and ENGINE not in app.extensions:
        if os.environ["STOCK_SUITE_ENGINE"] == "plain":
            app.config.overrides.update({**dict.fromkeys(ADDITIONS, False), "citations_compatible": True})
        _load(self, app, ENGINE)


def pytest_configure() -> None:
    """Put the engine behind the package."""
    if os.environ["STOCK_SUITE_ENGINE"] != "off":
        SphinxComponentRegistry.load_extension = _load_with_engine  # type: ignore[method-assign]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note the outcome of a test; a failure in any of its phases counts."""
    if (report.when == "call" or report.outcome != "passed") and _outcomes.get(report.nodeid) != "failed":
        _outcomes[report.nodeid] = report.outcome


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Note the files that are skipped as a whole, or that cannot be imported."""
    if report.outcome != "passed":
        _outcomes[report.nodeid] = report.outcome


def pytest_sessionfinish() -> None:
    """Write the outcomes."""
    found = {"outcomes": _outcomes, "counts": Counter(_outcomes.values())}
    Path(os.environ["STOCK_SUITE_RESULTS"]).write_text(json.dumps(found, sort_keys=True), "utf-8")
