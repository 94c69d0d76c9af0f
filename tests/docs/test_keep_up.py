"""The guide to keeping a survey up to date, followed to the letter: every command, and what it prints."""

from __future__ import annotations

import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.docs.guide import GUIDE, blocks
from tests.support.projects import EXAMPLE_ENTRY, EXAMPLE_SURVEY, contents, write_project

from sphinx_paper_table.cli import main

if TYPE_CHECKING:
    from pathlib import Path

PAGE = GUIDE / "keep-up.md"
FILES = {
    "conf.py": 'extensions = ["sphinx_paper_table"]\nbibtex_bibfiles = ["refs.bib"]\n',
    "index.md": "# All\n\n```{paper-table} contrastive\n```\n",
    "refs.bib": "@misc{chen2020active,\n  author = {Chen, Yuqi},\n"
    "  title = {Active Fuzzing for Testing and Securing Cyber-Physical Systems},\n  year = {2020},\n"
    "  eprint = {2005.14124},\n  archiveprefix = {arXiv},\n}\n\n" + EXAMPLE_ENTRY,
    "surveys/contrastive.yaml": EXAMPLE_SURVEY
    + """\
        summary: A queue.
        links: {code: https://example.org/moco}
        relations: {extends: [fuzzing]}
      - id: fuzzing
        name: Fuzzing
        cite: chen2020active
        # TODO: the summary, two or three sentences of your own
        tags: [queue]
        links: {code: https://example.org/fuzzing}
""",
    "surveys/words.yaml": "vocabulary: words\ntags:\n  queue: {name: queue}\n",
}


def test_its_commands_work(replayed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_project(replayed, FILES)
    (replayed / ".git").mkdir()
    commands = [
        line.removeprefix("$ ") for kind, block in blocks(PAGE) if kind == "console" for line in block.splitlines()
    ]
    (printed,) = (block for kind, block in blocks(PAGE) if kind == "text")
    said = {}
    for command in commands:
        before = {name: data for name, data in contents(replayed).items() if not name.startswith("cache")}
        program, *words = shlex.split(command)
        assert program == "paper-table"
        code = main(words)
        said[command] = capsys.readouterr().out
        assert code == (1 if "--fail-over" in words else 0), command
        after = {name: data for name, data in contents(replayed).items() if not name.startswith("cache")}
        assert (before != after) == ("--write" in words or "--workflow" in words), command
    assert said["paper-table todo ."] == printed
    assert "booktitle = {Proceedings" in (replayed / "refs.bib").read_text("utf-8")


@pytest.mark.parametrize("where", ["github", "gitlab"])
def test_its_workflows_are_what_their_services_accept(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_project(tmp_path, FILES)
    (tmp_path / ".git").mkdir()
    assert main(["update", "--workflow", where]) == 0
    (path,) = tmp_path.glob(".git?*/**/paper-table-update.yml")
    schema = "vendor.github-workflows" if where == "github" else "vendor.gitlab-ci"
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
