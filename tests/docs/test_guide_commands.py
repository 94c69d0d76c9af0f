"""Every command in the guide runs, each in a fresh project that has what it names."""

from __future__ import annotations

import os
import re
import shlex
from typing import TYPE_CHECKING

import pytest
from tests.cli.test_examples import SOURCE
from tests.docs.guide import GUIDE, ROOT, blocks
from tests.support.harness import server
from tests.support.projects import write_project

from sphinx_paper_table.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TOLD_BY = {
    "add.md": "tests/cli/test_add.py",
    "import-lists.md": "tests/docs/test_documented_import.py",
    "import.md": "tests/importing/test_import_build.py",
    "keep-up.md": "tests/docs/test_keep_up.py",
    "tutorial.md": "tests/docs/test_tutorial_build.py",
}
"""Pages that tell a story, whose own test goes through it."""
OF_OTHERS = ("pip", "python -m pip", "curl", "rsync", "git", "pandoc")
"""Programs that install, or ask another computer, or are tested in `tests/cli/test_moves.py` and `tests/others`."""
VISION = "surveys/vision.yaml"
CONTRASTIVE = "surveys/contrastive.yaml"
BEFORE: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "rename moco moco-v1": (CONTRASTIVE, {"id: moco-v1": "id: other"}),
    "rename contrastive#giants contrastive#two-giants": (CONTRASTIVE, {"id: two-giants": "id: giants"}),
    "rename he2019momentum he2020momentum": ("refs.bib", {"{he2020momentum": "{other2020momentum"}),
    "move fast --to vision#detection": (VISION, {"id: fast": "id: quick", "id: sort": "id: fast"}),
}
"""What is different in the project before a command, whose example would otherwise have happened already."""
CODES = {"translations docs --templates docs/_build/gettext": 1}
"""Commands that end otherwise than with 0: the project is not translated."""


def commands(page: Path) -> list[str]:
    """Return the commands of a page, each as one line."""
    text = "".join(block for language, block in blocks(page) if language == "console")
    return [command.replace("\\\n", "") for command in re.findall(r"^\$ ((?:.*\\\n)*.*)$", text, re.MULTILINE)]


def pages() -> list[str]:
    """Return the pages that have commands and no test of their own."""
    return [page.name for page in sorted(GUIDE.glob("*.md")) if commands(page) and page.name not in TOLD_BY]


def test_every_page_with_commands_is_known() -> None:
    for page, test in TOLD_BY.items():
        assert page.removesuffix(".md") in (ROOT / test).read_text("utf-8"), test
    assert {"deploy.md", "rearrange.md", "review.md", "split.md", "translate.md"} <= set(pages())


@pytest.mark.parametrize("page", pages())
def test_the_commands_of_a_page_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, command in enumerate(dict.fromkeys(commands(GUIDE / page))):
        if command.startswith(OF_OTHERS):
            continue
        folder = tmp_path / str(number)
        program, _space, rest = command.partition(" ")
        rest = rest.partition(" > ")[0]
        wanted = dict(SOURCE)
        name, changes = BEFORE.get(rest, ("", {}))
        for old, new in changes.items():
            wanted[name] = wanted[name].replace(old, new)
        write_project(folder, {**wanted, **{f"docs/{name}": text for name, text in wanted.items()}})
        monkeypatch.chdir(folder)
        if program == "paper-table":
            if rest == "names --check":
                assert main(["names", "--quiet"]) == 0
            if "docs/_build/gettext" in rest:
                build("python -m sphinx -b gettext docs docs/_build/gettext", folder)
            assert main(shlex.split(rest)) == CODES.get(rest, 0), command
        else:
            build(command, folder)


def build(command: str, folder: Path) -> None:
    """Run a command of Sphinx as the page has it, in the program that has loaded Sphinx already."""
    words = shlex.split(command)
    start = words.index("sphinx") if "sphinx" in words else words.index("sphinx-build")
    *options, source, output = words[start + 1 :]
    if "language=de" in options:
        assert main(["translations", "new", "de", "--source", source, "--quiet"]) == 0
    if "-d" in options:  # the program that builds stands in another folder
        place = options.index("-d") + 1
        options[place] = str(folder / options[place])
    log = folder / "log.txt"
    arguments = ["--no-color", *options, str(folder / source), str(folder / output)]
    code = server("clean").build(arguments, log, os.environ)
    assert code == 0, f"{command}\n{log.read_text('utf-8')}"
