"""Shells complete commands, options, values and the names of a project: each shell runs its script."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.test_examples import SOURCE
from tests.support.projects import write_project

from sphinx_paper_table.cli import COMMANDS, main

LINES = {
    "paper-table che": {"check"},
    "paper-table ": {name for name in COMMANDS if " " not in name},
    "paper-table check --fo": {"--format"},
    "paper-table check --format ": {"text", "json", "github", "sarif"},
    "paper-table --color never check --format s": {"sarif"},
    "paper-table move mo": {"moco", "moco-v1"},
    "paper-table move moco --to contrastive": {"contrastive", "contrastive#early", "contrastive#two-giants"},
    "paper-table split vi": {"vision"},
    "paper-table split vision --groups ": {"detection", "segmentation", "tracking"},
    "paper-table rename he": {"he2019momentum", "he2020momentum"},
    "paper-table translations --language ": {"zh_CN"},
}
BASH = """
eval "$(paper-table completion bash)"
complete -p paper-table >&2 || exit 1
while IFS= read -r line; do
    COMP_LINE=$line COMP_POINT=${#line} COMP_TYPE=9 COMPREPLY=()
    _python_argcomplete paper-table
    echo "${COMPREPLY[@]}"
done
"""
ZSH = """
autoload -U compinit && compinit -D -u
eval "$(paper-table completion zsh)"
test -n "$_comps[paper-table]" || exit 1
_describe() { print -r -- "${(P)2[@]%%:*}" }
while IFS= read -r BUFFER; do
    CURSOR=$#BUFFER words=(paper-table)
    _python_argcomplete
done
"""
FISH = """
paper-table completion fish | source
while read -d \\n -l line
    complete -C "$line" | string replace -r '\\t.*' '' | string join ' '
end
"""
SHELLS = {"bash": ["bash", "--norc", "-c", BASH], "zsh": ["zsh", "-f", "-c", ZSH], "fish": ["fish", "-N", "-c", FISH]}


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_completes(shell: str, tmp_path: Path) -> None:
    if shell != "bash" and shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed; bash always is")
    write_project(tmp_path, SOURCE)
    programs = Path(sys.executable).parent
    said = subprocess.run(
        SHELLS[shell],
        input="".join(f"{line}\n" for line in LINES),
        cwd=tmp_path,
        env={
            "PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(tmp_path),
            "TERM": "dumb",
            "LANG": "C.UTF-8",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    offered = [
        {word for word in line.split() if word[:1] != "-" or "--fo" in word} for line in said.stdout.splitlines()
    ]
    assert dict(zip(LINES, offered, strict=True)) == LINES


def test_what_is_missing_is_said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "argcomplete.shell_integration", None)
    assert main(["completion", "bash"]) == 1
    assert "sphinx-paper-table[terminal]" in capsys.readouterr().err
