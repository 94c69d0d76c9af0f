"""The drawings of the surveys are what their scripts make, and each is shown on a page."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.docs.guide import ROOT

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
