"""The drawings of the surveys are what their scripts make, and each is shown on a page."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.docs.guide import ROOT

if TYPE_CHECKING:
    import pytest

FIGURES = ROOT / "docs" / "surveys" / "figures"


def test_the_scripts_make_the_drawings() -> None:
    """With the option ``--check``, nothing is written."""
    done = subprocess.run(
        [sys.executable, "docs/_figures", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_every_drawing_is_shown() -> None:
    pages = (ROOT / "docs" / "surveys").glob("*.md")
    shown = {name for page in pages for name in re.findall(r"\{paper-figure\} figures/(\S+)", page.read_text("utf-8"))}
    assert shown == {path.name for path in FIGURES.glob("*")}


def test_each_survey_has_at_least_two_and_says_what_they_show() -> None:
    """A text alternative that teaches says more than a caption: it has sentences."""
    for survey in ("contrastive-learning", "clip", "video-understanding", "multimodal", "diffusion-models"):
        page = (ROOT / "docs" / "surveys" / f"{survey}.md").read_text("utf-8")
        alternatives = re.findall(r"^:alt: (.*)$", page, re.MULTILINE)
        assert len(alternatives) >= 2, survey
        assert [alt for alt in alternatives if len(alt.split()) < 20] == [], survey


def test_the_page_says_of_the_temperature_what_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures of the text, of the text alternative and of their Chinese are those of the curves."""
    monkeypatch.syspath_prepend(str(ROOT / "docs" / "_figures"))
    share = importlib.import_module("contrastive").share
    ends = [f"{share(-0.4, 1):.2f}", f"{share(0.9, 1):.2f}", f"{share(0.9, 0.2):.1f}", f"{share(0.9, 0.07):.1f}"]
    ratio = f"{share(0.5, 1) / share(0, 1):.2f}"
    hundreds = int(share(0.5, 0.07) / share(0, 0.07)) // 100 * 100
    page = (ROOT / "docs" / "surveys" / "contrastive-learning.md").read_text("utf-8")
    catalogue = ROOT / "docs/locale/zh_CN/LC_MESSAGES/surveys/contrastive-learning.po"
    chinese = re.sub(
        r'"\n"', "", "".join(re.findall(r"(?s)^msgstr (.*?)\n\n", catalogue.read_text("utf-8"), re.MULTILINE))
    )
    for text, thousand in ((page, f"{hundreds:,}"), (chinese, f"{hundreds}")):
        assert [number for number in (*ends, ratio, thousand) if number not in text] == []
