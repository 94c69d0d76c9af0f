#!/usr/bin/env python3
"""Do what Read the Docs would do with a commit: each format, in each language, with its steps and its variables.

    .ci/readthedocs.py                        the HTML, its archive and the EPUB, and the PDF where LaTeX is installed
    .ci/readthedocs.py --formats html epub    only these
    .ci/readthedocs.py --keep out             leave the results in the folder `out`

The steps are those of https://docs.readthedocs.com/platform/stable/builds.html, the variables those of
https://docs.readthedocs.com/platform/stable/reference/environment-variables.html; what `.readthedocs.yaml` puts in
their place or adds is taken from there. They run in a clone of HEAD, in a new environment of the Python that it names.
Time, memory and size are told beside the limits of the community site, which stand on the same pages.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

ROOT: Final = Path(__file__).resolve().parents[1]
LANGUAGES: Final = ("en", "zh_CN")
#: A format as the file calls it, and the builder that makes it.
BUILDERS: Final = {"html": "html", "htmlzip": "singlehtml", "pdf": "latex", "epub": "epub"}
PROJECT: Final = "living-surveys"
SECONDS, GIGABYTES = 15 * 60, 7
LATEX: Final = ("latexmk", "xelatex")


class Measured(NamedTuple):
    """A step: what it made, in which language, how long it took, the most memory so far, and its size on disk."""

    made: str
    language: str
    seconds: float
    gigabytes: float
    megabytes: float


class Build:
    """The build of one language, which is a project of its own there."""

    def __init__(self, checkout: Path, place: Path, python: str, language: str) -> None:
        self.checkout, self.output, self.language = checkout, place / "output", language
        self.configuration: dict[str, Any] = yaml.safe_load((checkout / ".readthedocs.yaml").read_text("utf-8"))
        environment = place / "environment"
        subprocess.run([python, "-m", "venv", environment], check=True)
        address = f"https://{PROJECT}.readthedocs.io/{language.lower().replace('_', '-')}/latest/"
        kept = {key: os.environ[key] for key in ("HOME", "LANG", "TMPDIR") if key in os.environ}
        self.variables = kept | {
            "PATH": f"{environment}/bin{os.pathsep}{os.environ['PATH']}",
            "READTHEDOCS": "True",
            "READTHEDOCS_PROJECT": PROJECT,
            "READTHEDOCS_LANGUAGE": language,
            "READTHEDOCS_VERSION": "latest",
            "READTHEDOCS_VERSION_NAME": "latest",
            "READTHEDOCS_VERSION_TYPE": "branch",
            "READTHEDOCS_VIRTUALENV_PATH": str(environment),
            "READTHEDOCS_OUTPUT": str(self.output),
            "READTHEDOCS_CANONICAL_URL": address,
            "READTHEDOCS_GIT_CLONE_URL": f"https://github.com/example/{PROJECT}.git",
            "READTHEDOCS_GIT_IDENTIFIER": "main",
            "READTHEDOCS_GIT_COMMIT_HASH": "0" * 40,
        }

    def shell(self, command: str, cwd: Path | None = None) -> None:
        """Run a line of the file, as the service does: by a shell."""
        said = subprocess.run(
            ["bash", "-c", command],
            cwd=cwd or self.checkout,
            env=self.variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        if said.returncode:
            print(said.stdout[-5000:])
            sys.exit(f"failed ({said.returncode}): {command}")

    def jobs(self, name: str) -> None:
        """Run the commands that the file has for a job."""
        for command in self.configuration["build"].get("jobs", {}).get(name, []):
            self.shell(command)

    def make(self, wanted: str) -> None:
        """Run the documented commands of a format."""
        sphinx = self.configuration["sphinx"]
        source = (self.checkout / sphinx["configuration"]).parent
        strict = "-W --keep-going " if sphinx.get("fail_on_warning") else ""
        options = f"-T {strict}-b {BUILDERS[wanted]} -d _build/doctrees -D language={self.language}"
        self.shell(f"python -m sphinx {options} . $READTHEDOCS_OUTPUT/{wanted}", source)
        folder = self.output / wanted
        if wanted == "pdf":
            self.shell(f"latexmk -r latexmkrc -pdf -f -dvi- -ps- -jobname={PROJECT} -interaction=nonstopmode", folder)
        elif wanted == "htmlzip":
            shutil.make_archive(str(self.output / PROJECT), "zip", folder)

    def size(self, wanted: str) -> float:
        """Return the megabytes of what readers get of a format."""
        kinds = {"html": "html/**/*", "htmlzip": "*.zip", "pdf": "pdf/*.pdf", "epub": "epub/*.epub"}
        return sum(path.stat().st_size for path in self.output.glob(kinds[wanted]) if path.is_file()) / 1e6


def measured(build: Build, formats: list[str]) -> list[Measured]:
    """Make everything of one language; the HTML has what the last job adds to it."""
    steps = []
    for name in ("install", *formats, "post_build"):
        start = time.monotonic()
        if name in BUILDERS:
            build.make(name)
        else:
            build.jobs(name)
        seconds, memory = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
        size = build.size("html" if name == "post_build" else name) if name != "install" else 0.0
        steps.append(Measured(name, build.language, seconds, memory, size))
        print(f"{build.language:6} {name:10} {seconds:7.1f} s {memory:6.2f} GB {size:8.1f} MB", flush=True)
    return steps


def main() -> int:
    """Make all that is asked for; return 1 where something is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--formats", nargs="+", choices=BUILDERS)
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    parser.add_argument("--keep", type=Path, help="the folder that the results are moved to")
    options = parser.parse_args()
    formats: list[str] = options.formats or list(BUILDERS)
    if "pdf" in formats and not all(map(shutil.which, LATEX)):
        without = f"{' and '.join(LATEX)} are not installed here"
        if options.formats:
            sys.exit(f"No PDF can be made: {without}.")
        print(f"Without a PDF: {without}.")
        formats.remove("pdf")
    steps: list[Measured] = []
    with tempfile.TemporaryDirectory() as name:
        for language in options.languages:
            place = Path(name, language)
            subprocess.run(["git", "clone", "--quiet", ROOT, place / "checkout"], check=True)
            minor = yaml.safe_load((ROOT / ".readthedocs.yaml").read_text("utf-8"))["build"]["tools"]["python"][2:]
            found = subprocess.run([ROOT / ".ci" / "find-python", minor], capture_output=True, text=True, check=False)
            if found.returncode:
                print(f"Python 3.{minor} is not on this machine: {sys.executable} in its place.")
            build = Build(place / "checkout", place, found.stdout.strip() or sys.executable, language)
            steps += measured(build, formats)
            if options.keep:
                shutil.copytree(build.output, options.keep / language, dirs_exist_ok=True)
    for language in options.languages:
        seconds = sum(step.seconds for step in steps if step.language == language)
        print(f"{language}: {seconds:.0f} s of {SECONDS} s, {max(s.gigabytes for s in steps):.1f} GB of {GIGABYTES} GB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
