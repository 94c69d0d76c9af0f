"""The command ``python -m benchmarks.stock_suite``: sphinxcontrib-bibtex's own tests, with our engine loaded.

The source distribution of the installed version is fetched with pip and unpacked into a temporary directory. Its tests
run three times: without the engine, with the engine and its additions off, with everything. A test that fails with the
engine and not without is a difference; the command fails when there is one that is not explained here.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Final, NamedTuple

PACKAGE: Final = "sphinxcontrib-bibtex"
ROOT: Final = Path(__file__).resolve().parents[1]
MODES: Final = {
    "off": "the package alone",
    "plain": "with the engine, its additions off",
    "full": "with the engine and its additions",
}
EXPLAINED: Final[dict[str, str]] = {
    "test_bibfiles_encoding_bad": "a byte that is not of the encoding is a warning with its file, and no abort",
    "test_bibfiles_encoding_invalid": "an encoding that does not exist is a warning with the file, and no abort",
    "test_bibfiles_multiple_keys": "a duplicate key is a warning with file and line of both entries, in our words",
    "test_bibfiles_not_found": "a missing file is a warning with its name, in our words",
    "test_bibfiles_out_of_date": "the file is read by us, before the package looks whether it has changed",
}
"""Tests that differ whatever the options, by name: what is wrong with a BibTeX file is said in our words."""
RESTORED: Final = {
    "test_bibfiles_missing_conf": "without files, a project is built",
    "test_bibliography_missing_field": "an entry is printed without what it lacks",
    "test_duplicate_nearly_identical_keys_2": "keys whose ids clash are reported with the places of both",
    "test_citation_style_invalid": "a style of references that there is not is a warning, and no abort",
    "test_footcite_pre_post": "notes of a key are told from the key, which is cited, and are reported",
}
"""Tests that ``citations_compatible`` lets pass, with the difference."""
BELOW_THE_TEXT: Final = frozenset(
    {
        "test_autodoc",
        "test_backrefs",
        "test_bibfiles_absolute_path",
        "test_bibfiles_multiple_macros",
        "test_bibliography_content",
        "test_bibliography_custom_ids",
        "test_bibliography_key_prefix",
        "test_bibliography_label_prefix_1",
        "test_bibliography_label_prefix_2",
        "test_bibliography_style_default",
        "test_bibliography_style_label_1",
        "test_bibliography_url",
        "test_citation_any_role",
        "test_citation_multiple_keys",
        "test_citation_toctree",
        "test_citation_tooltip",
        "test_citation_tooltip2",
        "test_citation_tooltip3",
        "test_debug_bibtex_citation",
        "test_debug_minimal_example",
        "test_duplicate_citation",
        "test_duplicate_citation_id",
        "test_duplicate_label",
        "test_duplicate_label_2",
        "test_duplicate_nearly_identical_entries",
        "test_duplicate_nearly_identical_keys_1",
        "test_duplicate_nearly_identical_keys_2",
        "test_list_citation",
    }
)
"""Tests that expect nothing below the text of a reference: the additions, "cited on" and BibTeX, are there."""


class Result(NamedTuple):
    """What one run of the tests found."""

    passed: int
    skipped: int
    failed: frozenset[str]


def main(argv: list[str]) -> int:
    """Run the tests; return 0 when every difference is an explained one."""
    parser = argparse.ArgumentParser("python -m benchmarks.stock_suite", description=__doc__)
    parser.add_argument("-k", default="", metavar="NAME", help="run some of the tests, as pytest's -k")
    parser.add_argument("--source", type=Path, metavar="DIRECTORY", help="an unpacked distribution, instead of pip")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="stock-suite-") as directory:
        source = options.source or _fetch(Path(directory))
        results = {mode: _run(source, mode, options.k, Path(directory)) for mode in MODES}
    return _report(results, is_whole=not options.k)


def _fetch(directory: Path) -> Path:
    """Return the unpacked source distribution of the version that is installed here."""
    wanted = f"{PACKAGE}=={version(PACKAGE)}"
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", PACKAGE, "--dest"]
    subprocess.run([*pip, str(directory), wanted], check=True)
    (archive,) = directory.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        file.extractall(directory, filter="data")
    return directory / archive.name.removesuffix(".tar.gz")


def _run(source: Path, mode: str, names: str, directory: Path) -> Result:
    """Run the tests in a process of its own."""
    results = directory / f"{mode}.json"
    paths = os.pathsep.join([str(ROOT), str(ROOT / "ext"), os.environ.get("PYTHONPATH", "")])
    settings = {"PYTHONPATH": paths, "STOCK_SUITE_ENGINE": mode, "STOCK_SUITE_RESULTS": str(results)}
    log = directory / f"{mode}.log"
    plugins = ["-p", "benchmarks.stock_plugin", "-p", "no:cacheprovider", "--basetemp", str(directory / f"tmp-{mode}")]
    with log.open("w", encoding="utf-8") as stream:
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", *plugins, *(["-k", names] if names else []), "test"],
            cwd=source,
            env={**os.environ, **settings},
            stdout=stream,
            stderr=stream,
            check=False,
        )
    if not results.is_file():
        raise SystemExit(log.read_text("utf-8"))
    found = json.loads(results.read_text("utf-8"))
    failed = frozenset(name for name, outcome in found["outcomes"].items() if outcome == "failed")
    return Result(found["counts"].get("passed", 0), found["counts"].get("skipped", 0), failed)


def _report(results: dict[str, Result], *, is_whole: bool) -> int:
    """Print what was found; return the exit code. After a run of the *whole* suite, reasons without need count too."""
    print(f"{PACKAGE} {version(PACKAGE)}, Sphinx {version('sphinx')}, Python {sys.version.split()[0]}\n")
    for mode, result in results.items():
        print(f"{MODES[mode]}: {result.passed} passed, {len(result.failed)} failed, {result.skipped} skipped")
    different = sorted(set().union(*(result.failed for result in results.values())) - results["off"].failed)
    reasons = {name: _reason(name, plain=name in results["plain"].failed) for name in different}
    for name, reason in reasons.items():
        print(f"\n{name}\n  {reason or 'NOT EXPLAINED'}")
    unexplained = [name for name, reason in reasons.items() if not reason]
    needless = sorted({*EXPLAINED, *RESTORED, *BELOW_THE_TEXT} - set(map(_name, different))) if is_whole else []
    print(f"\n{len(different)} differences, {len(unexplained)} not explained")
    for name in needless:
        print(f"{name} does not differ; its reason can go")
    return 1 if unexplained or needless or not all(result.passed for result in results.values()) else 0


def _reason(nodeid: str, *, plain: bool) -> str:
    """Return why a test differs; *plain* says that it does so without the additions."""
    name = _name(nodeid)
    if not plain and name in RESTORED:
        return f"{RESTORED[name]}; citations_compatible restores what the package does"
    below = "the test expects nothing below the text of a reference; there are the additions"
    return EXPLAINED.get(name, "") or ("" if plain or name not in BELOW_THE_TEXT else below)


def _name(nodeid: str) -> str:
    """Return the name of a test without its file and its parameters."""
    return nodeid.rpartition("::")[2].partition("[")[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
