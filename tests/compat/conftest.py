"""An application of Sphinx that has written one page, with the extensions that ``compat`` is about."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

import pytest
from sphinx.application import Sphinx

if TYPE_CHECKING:
    from pathlib import Path

CONF: Final = """\
extensions = ["sphinxcontrib.bibtex", "myst_parser", "sphinx_design", "sphinx.ext.intersphinx"]
html_theme = "alabaster"
language = "de"
bibtex_bibfiles = ["refs.bib"]
intersphinx_mapping = {"other": ("https://other.example", "other.inv")}
"""
PAGE: Final = """\
# Start

{cite:p}`a`

## Part

```{bibliography}
:list: enumerated
```
"""
BIB: Final = "@misc{a, author = {Ann Author}, title = {Title}, year = {2020}}\n"
INVENTORY: Final = (
    b"# Sphinx inventory version 2\n# Project: other\n# Version: 1\n# The remainder is compressed using zlib.\n"
)


def application(source: Path, builder: str) -> Sphinx:
    """Return an application for a little project in *source*, which is written there; nothing is built yet."""
    for name, text in (("conf.py", CONF), ("index.md", PAGE), ("refs.bib", BIB)):
        (source / name).write_text(text, "utf-8")
    (source / "other.inv").write_bytes(INVENTORY + zlib.compress(b"b cite:citation -1 page.html#b Name\n"))
    return Sphinx(source, source, source / builder, source / "doctrees", builder, status=None, warning=None)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Sphinx:
    """Return an application that has written the page as HTML."""
    found = application(tmp_path_factory.mktemp("compat"), "html")
    found.build()
    return found


@pytest.fixture(scope="session")
def gettext_app(tmp_path_factory: pytest.TempPathFactory) -> Sphinx:
    """Return an application of the gettext builder that has built nothing."""
    return application(tmp_path_factory.mktemp("gettext"), "gettext")
