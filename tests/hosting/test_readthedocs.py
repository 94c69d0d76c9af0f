"""Read the Docs can build this project: its file, the locks, and the documented build steps.

The steps and variables are those of https://docs.readthedocs.com/platform/stable/builds.html and
https://docs.readthedocs.com/platform/stable/reference/environment-variables.html.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
import yaml
from bs4 import BeautifulSoup
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tests import deprecations

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from bs4 import Tag
    from tests.conftest import RealSite

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = ROOT / ".readthedocs.yaml"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
#: Never part of a checkout, for a tree without Git (an unpacked source archive).
NOT_TRACKED = (".git", ".venv", "_build", "__pycache__", ".*_cache", "dist")


def configuration() -> dict[str, Any]:
    return cast("dict[str, Any]", yaml.safe_load(CONFIGURATION.read_text(encoding="utf-8")))


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def group(name: str) -> list[Requirement]:
    """Return the requirements of a dependency group, with those of the groups it includes."""
    found: list[Requirement] = []
    for item in project()["dependency-groups"][name]:
        if isinstance(item, str):
            found.append(Requirement(item))
        else:
            found += group(item["include-group"])
    return found


def locked(name: str) -> list[Requirement]:
    """Return the pins of a lock, with their markers; every one has a hash."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.findall(r"^(?!#)(\S.*?) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.MULTILINE)
    assert len(entries) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE))
    return [Requirement(entry) for entry, _hashes in entries]


def installed(name: str, python: str) -> dict[str, str]:
    """Return distribution → version, as pip installs them from a lock with that Python."""
    environment: dict[str, str | AbstractSet[str]] = {
        **cast("dict[str, str]", default_environment()),
        "python_version": python,
        "python_full_version": f"{python}.9",
    }
    versions: dict[str, str] = {}
    for pin in locked(name):
        if pin.marker is None or pin.marker.evaluate(environment):
            assert canonicalize_name(pin.name) not in versions, f"{pin.name} is pinned twice"
            (specifier,) = pin.specifier
            assert specifier.operator == "=="
            versions[canonicalize_name(pin.name)] = specifier.version
    return versions


def tracked_tree(destination: Path) -> Path:
    """Copy what a clone would have, with the changes that are not committed yet."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        return Path(shutil.copytree(ROOT, destination, ignore=shutil.ignore_patterns(*NOT_TRACKED)))
    listing = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(None, listing.split("\0")):
        if (ROOT / name).is_file():
            (destination / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, destination / name)
    return destination


def canonical_url(language: str) -> str:
    """Return the base URL of a translation: there it is part of the path, `zh-cn` for `zh_CN`."""
    return f"https://example.readthedocs.io/{language.lower().replace('_', '-')}/latest/"


def readthedocs_environment(checkout: Path, language: str) -> dict[str, str]:
    """Return the variables that Read the Docs sets for every build step."""
    return os.environ | {
        "READTHEDOCS": "True",
        "READTHEDOCS_PROJECT": "example",
        "READTHEDOCS_LANGUAGE": language,
        "READTHEDOCS_VERSION": "latest",
        "READTHEDOCS_VERSION_NAME": "latest",
        "READTHEDOCS_VERSION_TYPE": "branch",
        "READTHEDOCS_VIRTUALENV_PATH": sys.prefix,
        "READTHEDOCS_OUTPUT": str(checkout / "_readthedocs"),
        "READTHEDOCS_CANONICAL_URL": canonical_url(language),
        "READTHEDOCS_GIT_CLONE_URL": "https://example.org/example.git",
        "READTHEDOCS_GIT_IDENTIFIER": "main",
        "READTHEDOCS_GIT_COMMIT_HASH": "0" * 40,
        # There the package gets installed; here the environment has that of the work tree.
        "PYTHONPATH": str(checkout / "ext"),
    }


def test_the_configuration_is_valid_under_the_official_schema() -> None:
    result = subprocess.run(
        [
            sys.executable,
            "-m",
            "check_jsonschema",
            "--builtin-schema",
            "vendor.readthedocs",
            CONFIGURATION,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_configuration_builds_this_site_and_fails_on_warnings() -> None:
    sphinx = configuration()["sphinx"]
    assert sphinx["fail_on_warning"] is True
    assert sphinx["builder"] == "html"
    assert (ROOT / sphinx["configuration"]).is_file()


def test_every_format_is_built() -> None:
    assert set(configuration()["formats"]) == {"htmlzip", "pdf", "epub"}


def test_only_locked_versions_are_installed_and_then_the_project_alone() -> None:
    lock, package = (shlex.split(line) for line in configuration()["build"]["jobs"]["install"])
    assert lock[:4] == ["python", "-m", "pip", "install"]
    assert "--require-hashes" in lock
    assert (ROOT / lock[lock.index("--requirement") + 1]).is_file()
    assert package == ["python", "-m", "pip", "install", "--no-deps", "--no-build-isolation", "."]


def test_the_python_there_is_one_of_ours() -> None:
    assert configuration()["build"]["tools"]["python"] in PYTHONS


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", ["docs", "test", "beside"])
def test_a_lock_satisfies_the_project_under_every_python(name: str, python: str) -> None:
    versions = installed(name, python)
    wanted = [Requirement(text) for text in project()["project"]["dependencies"]]
    wanted += [Requirement(text) for text in project()["build-system"]["requires"]]
    for requirement in wanted + group(name):
        version = versions.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not locked: make lock"
        assert requirement.specifier.contains(version), f"{requirement} is locked as {version}"


@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_of_the_tests_holds_that_of_the_site(python: str) -> None:
    assert installed("docs", python).items() <= installed("test", python).items()


@pytest.mark.parametrize("name", ["docs", "test", "beside", "elsewhere"])
def test_a_lock_names_no_index_and_no_place_of_a_machine(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert not re.search(r"^-|://|file:|#\s+-[cr] /", text, re.MULTILINE)


def found_with(heading: Tag) -> object:
    """Return the anchor that search there has for a heading: its own id, or that of the element it is a child of.

    See `_parse_section_title` in https://github.com/readthedocs/readthedocs.org/blob/main/readthedocs/search/parsers.py.
    """
    assert heading.parent is not None
    return heading.get("id") or heading.parent.get("id")


def test_search_there_finds_cards_and_rankings_by_name_with_their_anchors(real_site: RealSite) -> None:
    survey = BeautifulSoup((real_site() / "surveys/contrastive-learning.html").read_text("utf-8"), "html.parser")
    cards = survey.select("main article[data-paper][id], [role=main] article[data-paper][id]")
    assert len(cards) > 20
    for card in cards:
        (name,) = card.select(".pt-name")
        assert found_with(name) == card["id"]
    results = BeautifulSoup((real_site() / "results/index.html").read_text("utf-8"), "html.parser")
    headings = results.select(".pt-rankings summary > .pt-heading")
    assert len(headings) > 20
    for heading in headings:
        (ranking,) = results.select(f'section[aria-labelledby="{heading["id"]}"]')
        assert found_with(heading) == f"{ranking['id']}-title"


@pytest.mark.slow
def test_the_documented_html_build_succeeds(tmp_path: Path) -> None:
    """Run the build step as documented, in a copy of the checkout, and look at the result.

    It is that of the translation, whose language and place in the address are not those that the site has by itself.
    All is read and these pages alone are written, which takes half the time; Sphinx warns of the index that cannot be
    whole then. That all pages can be written is what `make readthedocs` and the other tests of the site see to.
    """
    language = "zh_CN"
    pages = ("index", "surveys/contrastive-learning")
    checkout = tracked_tree(tmp_path / "checkout")
    environment = readthedocs_environment(checkout, language)
    output = Path(environment["READTHEDOCS_OUTPUT"]) / "html"
    source = (checkout / configuration()["sphinx"]["configuration"]).parent
    files = " ".join(f"{page}.md" for page in pages)
    command = f"-T -b html -d _build/doctrees -D language={language} . {output} {files}"
    result = subprocess.run(
        [sys.executable, "-m", "sphinx", *shlex.split(command)],
        cwd=source,
        env=environment | deprecations.ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    warned = [line for line in result.stderr.splitlines() if re.search("WARNING|ERROR", line)]
    (warning,) = warned
    assert "the index will be incomplete" in warning
    for page in (f"{name}.html" for name in pages):
        soup = BeautifulSoup((output / page).read_text(encoding="utf-8"), "html.parser")
        link = soup.select_one('link[rel="canonical"]')
        assert link is not None, f"{page} has no canonical link"
        assert link["href"] == canonical_url(language) + page
        assert soup.html is not None
        assert soup.html["lang"] == language.replace("_", "-")
