"""Other projects, with nothing of ours, link to this site: MyST by domain, reStructuredText by label."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests import deprecations
from tests.support.sites import soup

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import RealSite

BASE = "https://surveys.example/en/latest/"
CONF = """
extensions = {extensions}
intersphinx_mapping = {{"surveys": ({base!r}, {inventory!r})}}
nitpicky = True
"""
MYST = """# Stock

<inv:surveys:paper:method#moco-v1>

[](inv:surveys:paper:survey#background)

[by label](inv:surveys:std:label#cite-he2020momentum)
"""
REST = """Stock
=====

* :external+surveys:ref:`paper-moco-v1`
* :external+surveys:ref:`cite-he2020momentum`
* :external+surveys:ref:`survey-contrastive-learning`
* :external+surveys:ref:`group-contrastive-learning-two-giants`
* :external+surveys:ref:`my words <paper-moco-v1>`
* :ref:`paper-dino`
"""
SURVEY = f"{BASE}surveys/contrastive-learning.html"


@pytest.fixture(scope="module")
def docs(real_site: RealSite) -> Path:
    """The real site."""
    return real_site()


def stock(path: Path, docs: Path, extensions: list[str], name: str, text: str) -> list[tuple[str, str]]:
    """Build a project of one page in a process without our package; return its external links."""
    source = path / "source"
    source.mkdir()
    conf = CONF.format(extensions=extensions, base=BASE, inventory=str(docs / "objects.inv"))
    (source / "conf.py").write_text(conf, encoding="utf-8")
    (source / name).write_text(text, encoding="utf-8")
    program = (
        "import sys; from sphinx.cmd.build import main; code = main(sys.argv[1:]); "
        "ours = [name for name in sys.modules if name.startswith('sphinx_paper_table')]; sys.exit(code or len(ours))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, "-W", "-q", "-b", "html", str(source), str(path / "html")],
        capture_output=True,
        text=True,
        check=False,
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | deprecations.ENVIRONMENT,
    )
    assert result.returncode == 0, result.stderr
    links = soup(path / "html" / "index.html").select("a.reference.external")
    return [(str(link["href"]), link.get_text()) for link in links if BASE in str(link["href"])]


def test_myst_with_the_domain(tmp_path: Path, docs: Path) -> None:
    found = stock(tmp_path, docs, ["myst_parser", "sphinx.ext.intersphinx"], "index.md", MYST)
    assert found == [
        (f"{SURVEY}#paper-moco-v1", "MoCo v1"),
        (f"{BASE}surveys/background.html#survey-background", "Background"),
        (f"{BASE}references.html#cite-he2020momentum", "by label"),
    ]
    assert_anchors(docs, found)


def test_restructuredtext_with_labels(tmp_path: Path, docs: Path) -> None:
    found = stock(tmp_path, docs, ["sphinx.ext.intersphinx"], "index.rst", REST)
    assert found == [
        (f"{SURVEY}#paper-moco-v1", "MoCo v1"),
        (f"{BASE}references.html#cite-he2020momentum", "He et al., 2020"),
        (f"{SURVEY}#survey-contrastive-learning", "Contrastive learning"),
        (f"{SURVEY}#group-contrastive-learning-two-giants", "MoCo and SimCLR"),
        (f"{SURVEY}#paper-moco-v1", "my words"),
        (f"{SURVEY}#paper-dino", "DINO"),
    ]
    assert_anchors(docs, found)


def assert_anchors(docs: Path, links: list[tuple[str, str]]) -> None:
    """Fail unless every link leads to an element of a built page."""
    for url, _text in links:
        path, _hash, anchor = url.removeprefix(BASE).partition("#")
        assert soup(docs / path).find(id=anchor), url
