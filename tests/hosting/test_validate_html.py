"""What `make validate-html` makes of the checker's report: our errors are told with their place, known ones counted."""

from __future__ import annotations

import json
import os
import re
import subprocess
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

CI = Path(__file__).parents[2] / ".ci"
SPEC = spec_from_file_location("validate_html", CI / "validate_html.py")
assert SPEC is not None
assert SPEC.loader is not None
validate_html: Any = module_from_spec(SPEC)
SPEC.loader.exec_module(validate_html)
DUPLICATE = {"lastLine": 7, "firstColumn": 3, "extract": '<p id="x">'}
REPORT = [
    {"type": "info", "message": "Trailing slash", "url": "file:/site/a.html", "lastLine": 1},
    {"type": "error", "message": "Duplicate ID x", "url": "file:/site/a%20b.html", **DUPLICATE},
    {"type": "error", "message": "Bad value", "url": "file:/site/a.html", "lastLine": 2, "extract": "<theirs>"},
    {"type": "non-document-error", "message": "it cannot be read", "url": "file:/site/c.html"},
]


def test_errors_have_a_place_and_known_ones_are_counted() -> None:
    known = [validate_html.Known(re.compile("Bad"), re.compile("<theirs>"), "https://theirs.example/issues/1")]
    ours, theirs = validate_html.errors_in(REPORT, known)
    assert ours == ["/site/a b.html:7:3: Duplicate ID x '<p id=\"x\">'", "/site/c.html: it cannot be read ''"]
    assert theirs == {"https://theirs.example/issues/1": 1}
    assert len(validate_html.errors_in(REPORT, ())[0]) == 3


@pytest.mark.parametrize(("report", "code"), [(REPORT, 1), (REPORT[:1], 0), (None, 1)])
def test_the_exit_code_says_whether_something_is_wrong(
    report: list[dict[str, Any]] | None, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.html").write_text("<p>", "utf-8")
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    text = "no jar" if report is None else json.dumps({"messages": report})
    (tmp_path / "report.json").write_text(text, "utf-8")
    java.write_text(f"#!/bin/sh\ncat '{tmp_path}/report.json' >&2\n", "utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", f"{java.parent}{os.pathsep}{os.environ['PATH']}")
    assert validate_html.main("vnu.jar", [str(tmp_path)]) == code
    assert validate_html.main("vnu.jar", [str(java.parent)]) == 1, "there is no page"


def test_without_java_it_says_what_to_install(tmp_path: Path) -> None:
    for name in ("sh", "dirname"):
        found = next(
            Path(folder, name) for folder in os.environ["PATH"].split(os.pathsep) if Path(folder, name).exists()
        )
        (tmp_path / name).symlink_to(found)
    run = subprocess.run(
        [str(tmp_path / "sh"), str(CI / "vnu" / "check"), "site"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr.startswith("The Nu Html Checker needs Java: install a runtime")
