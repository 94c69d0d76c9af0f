"""A release is ready: archives that anybody can make again bit for bit, types from outside, metadata, workflows."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, Any, cast

import pytest
import yaml
from packaging.requirements import Requirement
from tests.hosting.test_readthedocs import tracked_tree
from tests.support.sites import ROOT

if TYPE_CHECKING:
    from pathlib import Path

TOOLS = ("bs4", "build", "furo", "hatchling", "minify", "mypy", "playwright", "pytest", "ruff", "sphinx_autobuild",
         "sphinx_markdown_builder", "tests", "twine")  # fmt: skip
"""Modules of what only the site, the tests and a release are made with."""
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def run(*command: str | Path, cwd: Path = ROOT, **options: Any) -> str:
    result = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, cwd=cwd, **options
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return str(result.stdout)


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


@pytest.mark.slow
def test_archives_are_the_same_bit_for_bit(tmp_path: Path) -> None:
    """Made twice: from copies with other paths, other times and another mask of permissions for new files."""
    made = []
    for name, mask, moment in (("one", 0o022, 1_500_000_000), ("another/place", 0o077, 1_700_000_000)):
        place = tmp_path / name
        before = os.umask(mask)
        try:
            checkout = tracked_tree(place / "checkout")
            for path in checkout.rglob("*"):
                os.utime(path, (moment, moment))
            run(sys.executable, "-m", "build", "--no-isolation", "--outdir", place / "dist", checkout, umask=mask)
        finally:
            os.umask(before)
        made.append(digests(place / "dist"))
    assert len(made[0]) == 2
    assert made[0] == made[1]


def test_the_metadata_of_the_project_are_valid() -> None:
    run(sys.executable, "-m", "validate_pyproject", "pyproject.toml")


def test_who_cites_the_software_finds_how() -> None:
    run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format", "CITATION.cff")


def test_the_program_imports_no_tool_of_the_site_or_the_tests() -> None:
    """Every module of the package, in a process of its own, and nothing that installing it does not bring."""
    program = (
        "import importlib, pkgutil, sys, sphinx_paper_table as package, sphinx_fresh as fresh\n"
        "for found in (package, fresh):\n"
        "    for module in pkgutil.walk_packages(found.__path__, f'{found.__name__}.'):\n"
        "        if not module.name.endswith('__main__'): importlib.import_module(module.name)\n"
        f"print(*sorted({{name.split('.')[0] for name in sys.modules}} & {set(TOOLS)!r}))"
    )
    assert run(sys.executable, "-c", program).strip() == ""


def test_what_is_installed_with_it_is_no_tool() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    tools = {
        Requirement(item).name
        for name in ("build", "docs", "test")
        for item in project["dependency-groups"][name]
        if isinstance(item, str)
    }
    assert tools.isdisjoint(Requirement(item).name for item in project["project"]["dependencies"])


def test_projects_find_the_types(tmp_path: Path) -> None:
    """Right uses pass, wrong ones are found: an ignored error that is none is one too. `make check` asks Pyright."""
    sample = tmp_path / "sample.py"
    sample.write_bytes((ROOT / "tests" / "hosting" / "sample_of_types.py").read_bytes())
    options = ("--strict", "--config-file", os.devnull, "--cache-dir", tmp_path / "cache", "--no-incremental")
    run(sys.executable, "-m", "mypy", *options, sample, cwd=tmp_path)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with what a release changes."""
    for name in ("pyproject.toml", "ext/sphinx_paper_table/version.py", "changelog.d/template.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    marker = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["towncrier"]["start_string"]
    (tmp_path / "CHANGELOG.md").write_text(f"# Changelog\n\n{marker}", encoding="utf-8")
    (tmp_path / "changelog.d" / "drawings.added.md").write_text("- Drawings.\n", encoding="utf-8")
    run("git", "init", "--quiet", cwd=tmp_path)
    commit(tmp_path)
    return tmp_path


def commit(checkout: Path) -> None:
    run("git", "add", "--all", cwd=checkout)
    run("git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "A", cwd=checkout)


def release(checkout: Path, version: str) -> tuple[int, str]:
    command = [sys.executable, str(ROOT / ".ci" / "release.py"), version]
    made = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    return made.returncode, made.stderr


def test_a_release_has_its_version_and_its_part_of_the_changelog(checkout: Path) -> None:
    assert release(checkout, "9.0.0")[0] == 0
    assert 'VERSION: Final = "9.0.0"\n' in (checkout / "ext/sphinx_paper_table/version.py").read_text("utf-8")
    changelog = (checkout / "CHANGELOG.md").read_text("utf-8")
    assert re.search(r"\n## \[9\.0\.0\] - \d{4}-\d\d-\d\d\n\n### Added\n\n- Drawings\.\n", changelog)
    assert [path.name for path in (checkout / "changelog.d").iterdir()] == ["template.md"]
    commit(checkout)
    (checkout / "changelog.d" / "more.fixed.md").write_text("- More.\n", encoding="utf-8")
    commit(checkout)
    assert release(checkout, "9.0.0") == (
        1,
        "9.0.0 is no new version: ext/sphinx_paper_table/version.py has 9.0.0, CHANGELOG.md what was released\n",
    )


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("", "'' is no version X.Y.Z: make release VERSION=X.Y.Z"),
        ("9.0", "'9.0' is no version X.Y.Z"),
        ("9.0.0rc1", "'9.0.0rc1' is no version X.Y.Z"),
        ("v9.0.0", "'v9.0.0' is no version X.Y.Z"),
        ("0.0.1", "0.0.1 is no new version"),
    ],
)
def test_what_is_no_new_version_is_refused(checkout: Path, version: str, said: str) -> None:
    status, message = release(checkout, version)
    assert (status, message[: len(said)]) == (1, said)
    assert run("git", "status", "--porcelain", cwd=checkout) == ""


def test_a_release_takes_a_clean_checkout_and_something_to_tell(checkout: Path) -> None:
    (checkout / "notes.txt").write_text("mine", encoding="utf-8")
    assert release(checkout, "9.0.0") == (1, "commit these changes or take them back first:\n?? notes.txt\n")
    (checkout / "notes.txt").unlink()
    (checkout / "changelog.d" / "drawings.added.md").unlink()
    commit(checkout)
    assert release(checkout, "9.0.0") == (1, "nothing has changed: changelog.d/ is empty\n")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_is_valid_and_may_do_little(path: Path) -> None:
    """`make check` asks actionlint too. What may write or sign says so at its job, and every job ends."""
    run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", path)
    workflow = cast("dict[str, Any]", yaml.safe_load(path.read_text("utf-8")))
    assert workflow["permissions"] in ({}, {"contents": "read"})
    assert "secrets." not in path.read_text("utf-8"), "publishing takes no password"


def test_a_release_is_started_by_a_person_and_signed() -> None:
    text = (ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8")
    workflow = cast("dict[Any, Any]", yaml.safe_load(text))
    assert workflow[True] == {"workflow_dispatch": None}, "`on`, which YAML 1.1 takes for true"
    publish = workflow["jobs"]["publish"]
    assert publish["permissions"] == {"id-token": "write"}
    assert publish["steps"][-1]["with"] == {"attestations": True}
    (pattern,) = re.findall(r"sed -n '([^']*)'", text)
    said = run("sed", "-n", pattern, "ext/sphinx_paper_table/version.py").strip()
    assert said == re.findall(r'VERSION: Final = "(.*)"', (ROOT / "ext/sphinx_paper_table/version.py").read_text())[0]
