"""The tutorial followed to the letter, in an empty folder: every command, every file, and what is said to be shown."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tests import deprecations
from tests.docs.guide import EXAMPLES, GUIDE, blocks, soup, words

TUTORIAL = GUIDE / "tutorial.md"
SNIPPETS = EXAMPLES / "tutorial"
INSTALLING = [
    "python3 -m venv .venv",
    ". .venv/bin/activate",
    "python -m pip install ./sphinx-paper-table furo",
]
"""The commands before the first one of ours: the tests have an environment already, which has the package."""


class Reader:
    """Somebody who does what the tutorial says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        programs = str(Path(sys.executable).parent)
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        self._environment = {
            **kept,
            **deprecations.ENVIRONMENT,
            "PATH": os.pathsep.join([programs, os.environ["PATH"]]),
        }

    def run(self, command: str, code: int = 0) -> str:
        """Run a command as a terminal does, which must end with *code*; return what it says."""
        parts = shlex.split(command)
        if parts[0] == "cd":
            self.folder /= parts[1]
            return ""
        result = subprocess.run(
            parts, cwd=self.folder, env=self._environment, capture_output=True, text=True, check=False
        )
        assert result.returncode == code, result.stdout + result.stderr
        return result.stdout + result.stderr

    def add(self, name: str, snippet: str) -> None:
        """Put a snippet at the end of a file."""
        with (self.folder / name).open("a", encoding="utf-8") as file:
            file.write((SNIPPETS / snippet).read_text("utf-8"))

    def replace(self, name: str, old: str, new: str) -> None:
        """Change a place of a file that there is once."""
        path = self.folder / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.slow
def test_the_tutorial_works_to_the_letter(tmp_path: Path) -> None:
    shown = blocks(TUTORIAL)
    console = [
        text.removeprefix("$ ") for language, block in shown if language == "console" for text in block.splitlines()
    ]
    assert console[: len(INSTALLING)] == INSTALLING
    new, cd, look, check, again = console[len(INSTALLING) :]
    good, wrong = (text for language, text in shown if language == "text")
    survey = "surveys/image-encoders"

    reader = Reader(tmp_path)
    listed = reader.run(new)
    for name in re.findall(r"^`([\w./-]+)`\n: ", TUTORIAL.read_text("utf-8"), re.MULTILINE):
        assert f"created my-survey/{name}\n" in listed
    reader.run(cd)
    reader.run(look)
    assert words(soup(reader.folder / "_build/html" / f"{survey}.html"), ".pt-name") == ["ResNet"]

    reader.add("refs.bib", "vit.bib")
    reader.add(f"{survey}.yaml", "vit.yaml")
    assert reader.run(check) == good
    reader.replace(f"{survey}.yaml", "- to: resnet\n", "- to: resnett\n")
    assert wrong in reader.run(check, code=1)
    reader.replace(f"{survey}.yaml", "- to: resnett\n", "- to: resnet\n")

    page = (reader.folder / f"{survey}.md").read_text("utf-8")
    lead = page.split("\n\n")[2]
    reader.replace(f"{survey}.md", lead, (SNIPPETS / "page.md").read_text("utf-8").rstrip())
    reader.run(again)
    html = soup(reader.folder / "_build/html" / f"{survey}.html")
    assert words(html, ".pt-name") == ["ResNet", "ViT"]
    assert html.select('section > p a[href="#paper-vit"]')
    why = "patches and attention on one side, convolutions on the other"
    assert [why in text for text in words(html, ".pt-relations")] == [True, True]
    references = soup(reader.folder / "_build/html/references.html")
    assert references.select("#cite-he2016deep")
    assert references.select("#cite-dosovitskiy2021image")
    reader.run('paper-table new . --title "Its title"')
    assert 'paper-table new . --title "Its title"' in TUTORIAL.read_text("utf-8")
    reader.run(check)
