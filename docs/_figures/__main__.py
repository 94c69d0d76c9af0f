"""Write the drawings of the surveys into ``docs/surveys/figures``: ``python docs/_figures``.

With ``--check`` nothing is written; each drawing that is out of date is named, and the exit code is 1 if there is one.
"""

from __future__ import annotations

import sys

import clip
import contrastive
import diffusion
import multimodal
import video
from figure_drawing import FIGURES

DRAWINGS = {
    **clip.DRAWINGS,
    **contrastive.DRAWINGS,
    **diffusion.DRAWINGS,
    **multimodal.DRAWINGS,
    **video.DRAWINGS,
}


def main(arguments: list[str]) -> int:
    """Write or check all drawings."""
    outdated = 0
    for name, draw in DRAWINGS.items():
        path, source = FIGURES / f"{name}.svg", draw().source()
        if not path.is_file() or path.read_text("utf-8") != source:
            if "--check" in arguments:
                outdated = 1
                print(f"{path.name} is out of date; run python docs/_figures")
            else:
                path.write_text(source, "utf-8")
    return outdated


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
