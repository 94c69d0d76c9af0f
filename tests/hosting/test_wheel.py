"""The source archive gives a wheel, which in an empty environment renders the five-line project of the guide."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest
from tests import deprecations
from tests.hosting.wheel import minified
from tests.support.sites import ROOT, soup

from sphinx_paper_table.version import VERSION

PACKAGES = [ROOT / "ext" / name for name in ("sphinx_paper_table", "sphinx_fresh")]
EXAMPLE = ROOT / "docs" / "guide" / "examples" / "five-lines"
NO_CODE = {".pyc", ".po", ".pot"}


def run(*command: str | Path, **environment: str) -> str:
    """Run a program that must succeed, without the settings of this process; return its output."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    result = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
        env={**clean, **environment},
        cwd="/",
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `make dist` makes: the source archive, and the wheel that was built from it."""
    place = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", place, ROOT)
    return place


@pytest.fixture(scope="module")
def wheel(archives: Path) -> Path:
    """The wheel, built from the source archive by the backend that is locked."""
    (found,) = archives.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that has the wheel, and everything else from this one, less the package itself.

    A directory that a .pth file names is searched last, and the .pth file of our editable install in it is not read.
    """
    place = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", place)
    found = place / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", found, "install", "-q", "--no-deps", "--no-index", wheel)
    (site_packages,) = place.glob("lib/python*/site-packages")
    (site_packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return found


def test_the_index_would_take_both_archives(archives: Path) -> None:
    """Their names have the version that stands in one file, and their metadata and description are valid."""
    names = sorted(path.name for path in archives.iterdir())
    assert names == [f"sphinx_paper_table-{VERSION}-py3-none-any.whl", f"sphinx_paper_table-{VERSION}.tar.gz"]
    run(sys.executable, "-m", "twine", "check", "--strict", *archives.iterdir())


def test_every_file_is_in_the_wheel(wheel: Path) -> None:
    """What the package reads when it runs: templates, labels, schemas, style, script, the vocabulary, py.typed."""
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    tracked = {
        path.relative_to(package.parent).as_posix()
        for package in PACKAGES
        for path in package.rglob("*")
        if path.is_file() and path.suffix not in NO_CODE and "__pycache__" not in path.parts
    }
    assert tracked - packed == set()
    assert {Path(name).suffix for name in packed} >= {".py", ".html", ".css", ".js", ".json", ".yaml", ".mo"}
    assert {"sphinx_paper_table/py.typed", "sphinx_fresh/py.typed"} <= packed
    assert not {name for name in packed if "__pycache__" in name}


def test_scripts_and_styles_are_minified_in_the_wheel_and_readable_in_the_source_archive(archives: Path) -> None:
    """Under the same names: what a feature registers is there in both."""
    (wheel,), (source,) = archives.glob("*.whl"), archives.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as archive:
        assets = [name for name in archive.namelist() if name.endswith((".css", ".js"))]
        packed = {name: archive.read(name).decode() for name in assets}
    assert len(assets) == len(packed)
    assert packed == minified()
    with tarfile.open(source) as archive:
        (top,) = {name.split("/")[0] for name in archive.getnames()}
        for name, text in packed.items():
            original = (ROOT / "ext" / name).read_bytes()
            member = archive.extractfile(f"{top}/ext/{name}")
            assert member is not None
            assert member.read() == original
            assert len(text) < 0.95 * len(original)
            assert "/*" not in text
            assert not re.search(r"^\s*//", text, re.MULTILINE)


def test_nothing_else_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        text = archive.read(metadata).decode()
        licences = [name for name in archive.namelist() if "/licenses/" in name]
    assert tops == {"sphinx_paper_table", "sphinx_fresh", metadata.split("/")[0]}
    assert "License-Expression: MIT" in text
    assert "Requires-Python: >=3.11" in text
    assert [name.rsplit("/", 1)[1] for name in licences] == ["LICENSE"]


def test_the_five_line_project(python: Path, tmp_path: Path) -> None:
    where = run(python, "-c", "import sphinx_paper_table; print(sphinx_paper_table.__file__)")
    assert Path(where.strip()).is_relative_to(python.parent.parent)
    told = run(python, "-c", "import importlib.metadata as m; print(m.version('sphinx-paper-table'))")
    assert told.strip() == VERSION
    places = ("-d", tmp_path / "doctrees", EXAMPLE, tmp_path / "html")
    run(python, "-m", "sphinx", "-W", "-q", "-b", "html", *places, **deprecations.ENVIRONMENT)
    html = soup(tmp_path / "html" / "index.html")
    card = html.select_one("#paper-moco-v1")
    assert card is not None
    assert "MoCo v1" in card.get_text()
    assert "CVPR 2020" in card.get_text()
    assert card.select_one('a.pt-cite[href="#cite-he2020momentum"]')
    styles = {str(link["href"]).partition("?")[0] for link in html.select("link[rel=stylesheet]")}
    assert "_static/sphinx_paper_table.css" in styles
    assert (tmp_path / "html" / "_static" / "sphinx_paper_table.css").is_file()


def test_the_command(python: Path) -> None:
    """`paper-table check` comes with the wheel."""
    run(python.parent / "paper-table", "check", EXAMPLE)
