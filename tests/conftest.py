"""What tests of several directories share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, Protocol

import pytest
from tests.support.harness import KEPT, server
from tests.support.once import locked, once, shared_directory
from tests.support.sites import DOCS

pytest_plugins = ["tests.support.browsing", "tests.support.projects", "tests.support.services"]

HERE: Final = Path(__file__).resolve().parent
UNIT: Final = ("bibliography", "cards", "cli", "exports", "features", "reading", "services", "store", "survey")
"""The directories of unit tests: in these, what needs Sphinx or a browser says so in its file's name."""

LONGEST: Final = (
    *("security/test_payloads.py", "sphinx_host/test_builders_build.py", "features/search/test_search_browser.py"),
    *("site/test_print_browser.py", "sphinx_host/test_incremental_build.py", "site/test_content_policy_browser.py"),
    *("site/test_accessible_pages_browser.py", "sphinx_fresh/test_builders.py"),
    *("features/search/test_pagefind_browser.py", "site/test_accessibility_browser.py", "bad_input/test_bad_input.py"),
)
"""Files of half a minute and more, those that build what others look at before these."""

READ_ALIKE: Final = (("html", "dirhtml", "singlehtml"), ("text", "markdown", "man", "texinfo", "xml", "latex"))
"""Builders with a theme and without: what the first has read serves the others, and reading is half of a build."""


def is_unit(path: Path) -> bool:
    """Return whether *path*, a file or directory of tests, can have some that need neither Sphinx nor a browser."""
    inside = path.resolve().relative_to(HERE).parts
    return not inside or (inside[0] in UNIT and not path.stem.endswith(("_build", "_browser")))


@pytest.fixture(scope="session", autouse=True)
def kept_reports(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let no test leave the report of a check in the user's own folder, and build servers share what they keep."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("kept"))
    os.environ[KEPT] = str(shared_directory(tmp_path_factory, "kept-by-servers"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option of `make test-unit`."""
    parser.addoption("--unit", action="store_true", help="only what needs neither Sphinx nor a browser, or is named")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out what ``--unit`` does not mean, but for files that are named."""
    named = any(collection_path == (config.invocation_params.dir / name).resolve() for name in config.args)
    return True if config.getoption("unit") and not named and not is_unit(collection_path) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first and the unit tests last: many short ones leave no process idle at the end."""
    places = {HERE / name: place for place, name in enumerate(LONGEST)}
    order = {path: (is_unit(path), places.get(path, len(places))) for path in {item.path for item in items}}
    items.sort(key=lambda item: order[item.path])


class Build(Protocol):
    """Build *source*, with warnings as errors, and return the output directory."""

    def __call__(self, source: Path, *options: str, builder: str = "html") -> Path:
        """Options are those of ``sphinx-build``."""


class RealSite(Protocol):
    """Return the output of the real site, built without a warning once for all tests of a run: nobody may change it."""

    def __call__(self, language: str = "en", builder: str = "html") -> Path:
        """Outputs stand side by side, as `make html html-zh text` leaves them."""


def strict_build(source: Path, output: Path, *options: str, builder: str = "html", doctrees: str = "") -> None:
    """Build *source* with warnings as errors. The doctrees are in a neighbour of *output*, or `NAME.doctrees`."""
    log = output.with_name(f"{output.name}.log")
    places = ["-d", str(output.with_name(doctrees or f"{output.name}.doctrees")), str(source), str(output)]
    arguments = ["--no-color", "-b", builder, "-W", "--keep-going", *options, *places]
    code = server("clean").build(arguments, log, os.environ)
    assert code == 0, log.read_text("utf-8")


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Return a function that builds in a process of its own, into a new directory."""

    def run(source: Path, *options: str, builder: str = "html") -> Path:
        output = tmp_path_factory.mktemp(builder) / "output"
        strict_build(source, output, *options, builder=builder)
        return output

    return run


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the directory of the sites that are built once for all tests, with the outputs as its children."""
    return shared_directory(tmp_path_factory, "sites")


@pytest.fixture(scope="session")
def real_site(sites: Path) -> RealSite:
    """Return the function that gives the real site in a language and a format."""

    def site(language: str = "en", builder: str = "html") -> Path:
        options = () if language == "en" else ("-D", f"language={language}")
        output = sites / (builder if language == "en" else f"{builder}-{language}")
        family = next((family for family in READ_ALIKE if builder in family), (builder,))
        doctrees = f"{family[0]}-{language}.doctrees"

        def make() -> None:
            with locked(sites / doctrees):
                strict_build(DOCS, output, *options, builder=builder, doctrees=doctrees)

        return once(output, make)

    return site
