"""What tests of several directories share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

import pytest
from tests.extension.sites import DOCS
from tests.fresh.harness import server
from tests.once import once, shared_directory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.browser.browsers import Browsers


class Build(Protocol):
    """Build *source*, with warnings as errors, and return the output directory."""

    def __call__(self, source: Path, *options: str, builder: str = "html") -> Path:
        """Options are those of ``sphinx-build``."""


class RealSite(Protocol):
    """Return the output of the real site, built without a warning once for all tests of a run: nobody may change it."""

    def __call__(self, language: str = "en", builder: str = "html") -> Path:
        """Outputs stand side by side, as `make html html-zh text` leaves them."""


def strict_build(source: Path, output: Path, *options: str, builder: str = "html") -> None:
    """Build *source* with warnings as errors. The doctrees are in a neighbour of *output*, `NAME.doctrees`."""
    log = output.with_name(f"{output.name}.log")
    places = ["-d", str(output.with_name(f"{output.name}.doctrees")), str(source), str(output)]
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
def browsers() -> Iterator[Browsers]:
    """Return the browser that `make test` has found or installed, or the Firefox that is asked for.

    One for all directories: Playwright runs once in a process.
    """
    from tests.browser.browsers import running  # noqa: PLC0415 (most processes need no Playwright)

    with running() as found:
        yield found


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
        return once(output, lambda: strict_build(DOCS, output, *options, builder=builder))

    return site
