"""Every example in the help of a command works, in a project that has what it names."""

from __future__ import annotations

import io
import shlex
import sys
from typing import TYPE_CHECKING

import pytest
from tests.support.projects import EXAMPLE_ENTRY, EXAMPLE_SURVEY, contents, write_project

from sphinx_paper_table.cli import COMMANDS, main, parsers_of

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = {
    "conf.py": 'extensions = ["myst_parser", "sphinx_paper_table"]\nlocale_dirs = ["locale"]\n'
    'bibtex_bibfiles = ["refs.bib"]\nexclude_patterns = ["docs"]\n',
    "index.md": "# All\n\n```{toctree}\n:glob:\n\nsurveys/*\n```\n\n```{bibliography}\n```\n",
    **{
        f"surveys/{name}.md": f"# S\n\n```{{paper-table}} {name}\n```\n"
        for name in ("clip", "contrastive", "ssl", "vision")
    },
    "refs.bib": """\
@inproceedings{chen2020,
  author = {Chen, Ting},
  title = {A Simple Framework},
  year = {2020},
}

@inproceedings{he2019momentum,
  author = {He, Kaiming},
  title = {Momentum Contrast},
  year = {2020},
}

"""
    + EXAMPLE_ENTRY,
    "surveys/contrastive.yaml": EXAMPLE_SURVEY
    + """\
      - id: moco
        name: MoCo v1
  - id: two-giants
    title: MoCo and SimCLR
    papers:
      - {id: simclr, name: SimCLR, cite: chen2020}
""",
    "surveys/clip.yaml": "survey: clip\ntitle: CLIP\ngroups:\n  - id: before\n    title: Before\n    papers:\n"
    "      - {id: virtex, name: VirTex}\n",
    "surveys/ssl.yaml": """\
survey: ssl
title: Self-supervised learning
groups:
  - id: giants
    title: Giants
    papers:
      - {id: byol, name: BYOL}
""",
    "surveys/vision.yaml": """\
survey: vision
title: Vision
groups:
  - id: detection
    title: Detection
    papers:
      - {id: fast, name: Fast}
  - id: segmentation
    title: Segmentation
    papers:
      - {id: mask, name: Mask}
  - id: tracking
    title: Tracking
    papers:
      - {id: sort, name: Sort}
""",
    "locale/zh_CN/LC_MESSAGES/records/surveys/ssl.po": """\
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8"

msgid "Giants"
msgstr "巨头"
""",
}
RIS = "TY  - JOUR\nAU  - Ho, Jonathan\nTI  - {0}\nPY  - 2020\nER  - \n"
ENTRY = "@misc{ho2020denoising,\n  author = {Ho, Jonathan},\n  title = {Denoising Diffusion},\n  year = {2020},\n}\n"
BESIDE = {
    "wanted.yaml": "contrastive: [moco-v1, simclr]\n",
    "library.bib": ENTRY,
    "papers.ris": RIS.format("Denoising"),
    "more.ris": RIS.format("Diffusion"),
}
"""Files that examples name, beside the project."""
FAILING = {
    "paper-table translations docs": "not everything is translated",
    "paper-table translations docs --language zh_CN": "not everything is translated",
    "paper-table translations docs --format json": "not everything is translated",
    "paper-table todo docs --without code --months 24 --fail-over 20": "there is more to do",
}
"""Examples that end with 1 in this project, and why."""
ASKING = {"add"}
"""Commands that ask services: offline they say so and write nothing. Their own tests replay the answers."""
ELSEWHERE = {"completion", "translations new"}
"""Commands whose examples need a shell or Sphinx: `test_completion` and `test_translations_new_build` run them."""
EXAMPLES = [(name, example) for name in COMMANDS if name not in ELSEWHERE for example in parsers_of(name)[1].examples]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder: a project, and the same project in ``docs``."""
    write_project(tmp_path, {**SOURCE, **BESIDE, **{f"docs/{name}": text for name, text in SOURCE.items()}})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[example for _name, example in EXAMPLES])
def test_an_example_works(
    name: str,
    example: str,
    project: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if name == "names":
        assert main(["names", "docs"]) == 0
    before, _pipe, command = example.rpartition("| ")
    program, *words = shlex.split(command)
    assert (program, words[0]) == ("paper-table", name)
    monkeypatch.setattr(sys, "stdin", io.StringIO(ENTRY if before else ""))
    if "--workflow" in words:
        (project / ".git").mkdir()
    elif name in ASKING and not before:
        files = contents(project)
        assert main([*words, "--offline"]) == 1
        assert "offline" in capsys.readouterr().err
        assert contents(project) == files
        return
    assert main(words) == (1 if example in FAILING else 0), capsys.readouterr().err


def test_every_command_has_examples() -> None:
    assert {name for name, _example in EXAMPLES} | ELSEWHERE == set(COMMANDS)
