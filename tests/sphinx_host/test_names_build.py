"""A build misses the names that the file of public names records, as `paper-table check` does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.support.harness import server

from sphinx_paper_table.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

FILES = {
    "conf.py": 'extensions = ["sphinx_paper_table"]\n',
    "surveys/s.yaml": "survey: s\ntitle: S\npapers:\n  - {id: one, name: One}\n",
    "index.md": "# Home\n\n```{paper-table} s\n```\n",
    "names.txt": "# Comment\nmethod\told-one\nmethod\tone\nsurvey\ts\nkey\tgone2020\n",
}
GONE = re.compile(r"names\.txt:(\d+:\d+): (?:WARNING|warning): (.* was published and has gone); ")


def test_a_build_and_the_check_miss_the_same_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "source"
    for name, text in FILES.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, "utf-8")
    log = tmp_path / "log"
    server("incremental").build(["--no-color", "-b", "html", str(source), str(tmp_path / "html")], log)
    built = GONE.findall(log.read_text("utf-8"))
    assert built == [
        ("2:8", "the method 'old-one' was published and has gone"),
        ("5:5", "the key 'gone2020' was published and has gone"),
    ]
    capsys.readouterr()
    assert main(["check", str(source)]) == 1
    assert GONE.findall(capsys.readouterr().err) == built
    (source / "names.txt").write_text("method\tone\n", "utf-8")
    server("incremental").build(["--no-color", "-b", "html", str(source), str(tmp_path / "html")], log)
    assert GONE.findall(log.read_text("utf-8")) == []
