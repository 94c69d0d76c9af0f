"""The hooks for other repositories: what pre-commit asks of the file, and what the commands do with a project.

pre-commit itself installs the package anew, from the network; that is tried before a release (RELEASING.md).
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from sphinx_paper_table.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
FILES = {
    "docs/conf.py": 'extensions = ["sphinx_paper_table"]\n',
    "docs/index.md": "# A\n\n```{paper-table} s\n```\n",
    "docs/surveys/s.yaml": "survey: s\ntitle: S\npapers:\n  - id: one\n    name: One\n",
}


def run(path: Path, hook: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    program, *words = shlex.split(HOOKS[hook]["entry"])
    command = [str(Path(sys.executable).with_name(program)), *words, *arguments]
    return subprocess.run(command, cwd=path, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_has_what_pre_commit_asks_for(hook: str) -> None:
    found = HOOKS[hook]
    assert {"id", "name", "entry", "language", "files"} <= found.keys()
    assert found["language"] == "python"
    assert found["entry"].split()[1] in COMMANDS
    assert re.search(found["files"], "docs/refs.bib")
    assert not re.search(found["files"], "docs/picture.png")


@pytest.mark.parametrize("name", [*FILES, "docs/page.rst", "refs.bib"])
def test_a_change_of_each_file_that_is_read_runs_the_check(name: str) -> None:
    assert re.search(HOOKS["paper-table-check"]["files"], name)


def test_the_check_passes_and_fails(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert run(tmp_path, "paper-table-check", "docs").returncode == 0
    (tmp_path / "docs/index.md").write_text("# A\n\n```{paper-table} t\n```\n", "utf-8")
    found = run(tmp_path, "paper-table-check", "docs")
    assert found.returncode == 1
    assert "docs/index.md:3:18: warning: there is no survey 't'" in found.stderr


def test_the_format_mends_the_files_that_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text("@misc{b,title={B}}\n@misc{a,title={A}}\n", "utf-8")
    assert run(tmp_path, "paper-table-format", "refs.bib").returncode == 0
    assert (tmp_path / "refs.bib").read_text("utf-8").startswith("@misc{a,\n")
