"""What beginners get wrong, as a list: each mistake has its message, word by word, and nothing of the rest is lost."""

from __future__ import annotations

import argparse
import textwrap
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from sphinx_paper_table.cli.files import read_source
from sphinx_paper_table.survey.edits import apply_edits, inverse

MISTAKES: Final = Path(__file__).with_name("mistakes.yaml")
FILES: Final = {
    "conf.py": 'extensions = ["sphinx_paper_table"]\nmyst_enable_extensions = ["dollarmath"]\n',
    "refs.bib": (
        "@inproceedings{karpukhin2020dense,\n  author = {Karpukhin, Vladimir},\n  title = {Dense Passage Retrieval},\n"
        "  booktitle = {EMNLP},\n  year = {2020},\n}\n"
        "@inproceedings{lee2019latent,\n  author = {Lee, Kenton},\n  title = {Latent Retrieval},\n"
        "  booktitle = {ACL},\n  year = {2019},\n}\n"
    ),
    "surveys/terms.yaml": (
        "vocabulary: terms\ntags:\n  dense: {name: Dense}\n  retrieval: {name: Retrieval}\n"
        "benchmarks:\n  nq: {name: NQ, dataset: Natural Questions, metric: exact match}\n"
    ),
}


def project(place: Path, mistake: dict[str, Any]) -> None:
    """Write the project with one mistake in it."""
    own = "- id: dpr\n  name: DPR\n"
    own = mistake.get("list", own + textwrap.indent(mistake.get("paper", ""), "  ")).rstrip("\n") + "\n"
    raw = f"{mistake['raw']}\n" if "raw" in mistake else ""
    survey = f"survey: s\ntitle: S\npapers:\n{textwrap.indent(own, '  ')}{raw}  - id: bert\n    name: BERT\n"
    files = {**FILES, "surveys/s.yaml": mistake.get("file", survey), **mistake.get("files", {})}
    for name, text in files.items():
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_text(text, "utf-8")


def said(place: Path, mistake: dict[str, Any]) -> list[str]:
    """Return what `paper-table check` says of the project; consequences of another problem are left out."""
    project(place, mistake)
    loaded = read_source(argparse.Namespace(source=place, surveys=None, bib=None))
    if mistake.get("file") is None:
        assert "bert" in loaded.catalogue.papers
    found = [problem for problem in loaded.problems if problem.cause is None]
    for problem in found:
        text = Path(problem.position.path).read_text("utf-8") if problem.fix else ""
        assert apply_edits(apply_edits(text, problem.fix), inverse(text, problem.fix)) == text
    return [f"{problem} [{problem.code}]".removeprefix(f"{place}/").replace(f"{place}/", "") for problem in found]


CASES: Final[list[dict[str, Any]]] = yaml.safe_load(MISTAKES.read_text("utf-8")) if MISTAKES.exists() else []


@pytest.mark.parametrize("mistake", CASES, ids=[case["name"] for case in CASES])
def test_each_mistake_has_its_message(mistake: dict[str, Any], tmp_path: Path) -> None:
    assert said(tmp_path, mistake) == mistake["says"]
