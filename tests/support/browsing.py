"""The real site in both languages, served on localhost to a browser that watches for requests and errors."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import strict_build
from tests.support.browsers import running, wants_firefox
from tests.support.harness import Site
from tests.support.kept_pages import EMPTY, KeptPages
from tests.support.once import once
from tests.support.sites import CONF, DOCS, INDEX, REFERENCES, real_catalogue, small_site
from tests.support.sites import page as page_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page
    from tests.conftest import RealSite
    from tests.support.browsers import Browsers
    from tests.support.kept_pages import WatchedPage

LANGUAGES = {"en": "html", "zh_CN": "html-zh_CN"}
"""The directories of the builds, named as `make html` and `make html-zh` name them."""
PYDATA = {"en": "pydata-en", "zh_CN": "pydata-zh_CN"}
"""Those of a small documentation in the PyData theme: every layout, and what else can stand on a page of ours."""
_PYDATA_CONF = """
html_theme = "pydata_sphinx_theme"
paper_table_content_policy = True
html_context = {"default_mode": "auto"}  # without it, the theme's script reports an error
"""
_PYDATA_PAGES = {
    # It is nearly empty: what is Chinese there are the labels.
    "locales/zh_CN/LC_MESSAGES/index.po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n',
    "index.md": f"{INDEX}\n```{{survey-cards}} alpha beta\n```\n",
    "surveys/alpha.md": page_source("Alpha", "alpha"),
    "surveys/beta.md": page_source("Beta", "beta", "layout: cards"),
    "surveys/rows.md": page_source("Rows", "alpha", "layout: table", "no-index:"),
    "surveys/sections.md": page_source("Sections", "alpha", "layout: sections", "no-index:"),
    "surveys/names.md": "# Names\n\n```{paper-index}\n```\n",
    "surveys/compare.md": "# Compare\n\n```{paper-compare}\n```\n",
    "surveys/map.md": "# Map\n\n```{paper-lineage}\n```\n",
    "surveys/results.md": "# Results\n\n```{paper-results}\n```\n",
}

TABS = "tabs-en"
"""That of our surveys in tabs: tables only, in the theme of the site, with Pagefind."""
_TABS_CONF = """
myst_enable_extensions = ["dollarmath"]
paper_table_pagefind = True
"""

NewPage = Callable[..., "Page"]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name in the standard library)
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer; a browser asks for this picture by itself, and the site has none."""
        if self.path == "/favicon.ico":
            self.send_response(HTTPStatus.NO_CONTENT)
            self.end_headers()
        else:
            super().do_GET()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In Firefox, leave out what it cannot do."""
    if wants_firefox():
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("chromium")])
        items[:] = [item for item in items if not item.get_closest_marker("chromium")]


@pytest.fixture(scope="session")
def browsers() -> Iterator[Browsers]:
    """Return the browser that `make test` has found or installed, or the Firefox that is asked for.

    One for all directories: Playwright runs once in a process.
    """
    with running() as found:
        yield found


@pytest.fixture(scope="session")
def site(sites: Path, real_site: RealSite) -> Path:
    """Return the directory with the site and the small documentation, each in both languages."""
    for language, name in LANGUAGES.items():
        assert real_site(language) == sites / name
    once(sites / "pydata", lambda: _build_small(sites))
    once(sites / "tabs", lambda: _build_tabs(sites))
    empty = sites / EMPTY
    once(empty, lambda: empty.write_text('<!doctype html><html lang="en"><title>Empty</title></html>', "utf-8"))
    return sites


def _build_small(place: Path) -> None:
    small = small_site(place / "pydata", _PYDATA_PAGES, _PYDATA_CONF).source
    for language, name in PYDATA.items():
        strict_build(small, place / name, "-D", f"language={language}")


def _build_tabs(place: Path) -> None:
    found = DOCS.glob("surveys/**/*.yaml")
    files: dict[str, str | bytes] = {str(path.relative_to(DOCS)): path.read_bytes() for path in found}
    for survey in real_catalogue().surveys.values():
        title, name = str(survey.title), str(survey.survey)
        files[f"surveys/{name}.md"] = f"# {title}\n\n#{page_source('Methods', name, 'layout: tabs')}"
    files["refs.bib"] = (DOCS.parent / "refs.bib").read_bytes()
    strict_build(
        Site(
            place / "tabs", CONF + _TABS_CONF, {**files, "index.md": INDEX, "references.md": REFERENCES}, strict=False
        ).source,
        place / TABS,
    )


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Return the address of the directory with both builds, on localhost."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def kept_pages(browsers: Browsers, address: str) -> KeptPages:
    """Return what gives pages, and takes them back."""
    return KeptPages(browsers, address)


@pytest.fixture
def new_page(kept_pages: KeptPages) -> Iterator[NewPage]:
    """Return a function that opens a page that shares nothing; its arguments are Playwright's for contexts.

    Whatever a test does: nothing is asked of another host, nothing is missing on ours, and no script fails.
    """
    taken: list[WatchedPage] = []

    def open_page(**options: Any) -> Page:
        taken.append(kept_pages.take(**options))
        return taken[-1].page

    yield open_page
    faults = [fault for watched in taken for fault in watched.faults]
    for watched in taken:
        kept_pages.give_back(watched)
    assert faults == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """Return a page as wide as a laptop's."""
    return new_page(viewport={"width": 1280, "height": 900})
