"""Which files are read, and what is not read: links to elsewhere, pipes, devices, and more than their size says."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

import pytest

from sphinx_paper_table.cli.files import load_source
from sphinx_paper_table.survey import source_files as files
from sphinx_paper_table.survey.problems import Problems
from sphinx_paper_table.survey.source_files import find_files, read_bytes, read_text


def found(root: Path, *patterns: str) -> tuple[list[str], list[str]]:
    """Return the names of the files that patterns match below ROOT/docs, and what is said of others."""
    problems = Problems()
    paths = find_files(root / "docs", patterns, problems)
    said = [str(problem).replace(f"{root}/", "") for problem in problems.sorted()]
    return [path.relative_to(root).as_posix() if ".." not in path.parts else path.name for path in paths], said


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in (
        "docs/surveys/a.yaml",
        "docs/surveys/deep/b.yaml",
        "docs/_build/surveys/c.yaml",
        "other.yaml",
        "far/d.yaml",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("survey: x", "utf-8")
    return tmp_path


OUT = (
    "the link leads out of the source directory; put the file itself here; links are followed within the source "
    "directory only"
)


def test_links_are_followed_within_the_source_directory_only(root: Path) -> None:
    surveys = root / "docs" / "surveys"
    (surveys / "inner.yaml").symlink_to(surveys / "a.yaml")
    (surveys / "outer.yaml").symlink_to(root / "other.yaml")
    (surveys / "zero.yaml").symlink_to("/dev/zero")
    (surveys / "far").symlink_to(root / "far")
    names, said = found(root, "surveys/*.yaml", "surveys/deep/*.yaml", "surveys/far/*.yaml")
    assert names == ["docs/surveys/a.yaml", "docs/surveys/deep/b.yaml", "docs/surveys/inner.yaml"]
    assert said == [f"docs/surveys/{name}.yaml:1:1: {OUT}" for name in ("far/d", "outer", "zero")]


def test_a_directory_of_surveys_may_be_no_link_to_elsewhere_either(root: Path) -> None:
    (root / "docs" / "linked").symlink_to(root / "far")
    assert found(root, "linked/*.yaml") == ([], [f"docs/linked/d.yaml:1:1: {OUT}"])


def test_a_pattern_may_name_another_place_itself(root: Path) -> None:
    (root / "out.yaml").symlink_to("/dev/zero")
    assert found(root, "../*.yaml") == (["other.yaml"], [f"docs/../out.yaml:1:1: {OUT}"])


def test_builds_are_no_sources(root: Path) -> None:
    assert found(root, "**/*.yaml")[0] == ["docs/surveys/a.yaml", "docs/surveys/deep/b.yaml"]
    again = root / "_build"
    (root / "docs").rename(root / "_build")
    problems = Problems()
    assert len(find_files(again, ["surveys/*.yaml"], problems)) == 1, "what stands above the sources is no matter"


def test_pipes_and_devices_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    for path in (tmp_path / "pipe.yaml", Path("/dev/zero"), Path("/dev/null")):
        problems = Problems()
        assert read_text(path, "x.yaml", problems) is None
        (problem,) = problems.sorted()
        assert str(problem).startswith("x.yaml:1:1: the file cannot be read: Is neither a file nor a link to one;")
    with pytest.raises(IsADirectoryError):
        read_bytes(tmp_path)


def test_size_is_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of some file systems, such as those in /proc, say that they are empty."""
    path = tmp_path / "x.yaml"
    path.write_bytes(b"0123456789")
    monkeypatch.setattr(files, "MAX_BYTES", 9)
    problems = Problems()
    assert read_text(path, "x.yaml", problems) is None
    assert "too large" in str(problems.sorted()[0])
    assert len(read_bytes(Path("/proc/self/cmdline"))) == 10, "a byte more than allowed, and no more"


def test_the_command_says_so_too(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "docs" / "refs.bib").symlink_to("/etc/passwd")
    (root / "docs" / "surveys" / "zero.yaml").symlink_to("/dev/zero")
    loaded = load_source(Namespace(source=root / "docs", surveys=None, bib=None))
    assert loaded is not None
    told = capsys.readouterr().err
    assert told.count(OUT) == len([problem for problem in loaded.problems if problem.text == OUT]) == 2
    assert "root:" not in told


@pytest.mark.parametrize(
    ("conf", "is_allowed"),
    [
        ('paper_table_directives = ["Tell"]\npaper_table_roles = ("tell",)\n', True),
        ('x = y()\npaper_table_directives = ["tell"]\npaper_table_roles = list(names())\n', False),
        ("paper_table_directives = 1\n", False),
        ("this is no Python", False),
        ("", False),
    ],
)
def test_the_command_follows_what_a_project_allows(conf: str, *, is_allowed: bool, root: Path) -> None:
    text = "survey: x\ntitle: X\nsummary: |\n  a {tell}`x`\n\n  ```{tell}\n  ```\npapers: [{id: a, name: A}]\n"
    (root / "docs" / "surveys" / "a.yaml").write_text(text, "utf-8")
    (root / "docs" / "conf.py").write_text(conf, "utf-8")
    loaded = load_source(Namespace(source=root / "docs", surveys=["surveys/a.yaml"], bib=[]))
    assert loaded is not None
    assert ("the role 'tell' has no place here" not in {problem.message for problem in loaded.problems}) is is_allowed
