"""What the check of a book complains of in LaTeX's log, what it lets pass, and a small book with no fault."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any, Final

import pytest
from pypdf import PdfReader
from tests.support.sites import DOCS, INDEX, ROOT, SOURCES, page, small_site

if TYPE_CHECKING:
    from pathlib import Path

SPEC: Final = importlib.util.spec_from_file_location("tex_log", ROOT / ".ci/tex_log.py")
assert SPEC is not None
assert SPEC.loader is not None
tex_log: Any = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(tex_log)


@pytest.mark.parametrize(
    "line",
    [
        "Overfull \\hbox (5.06pt too wide) in paragraph at lines 1--2\n[]\\TU/FreeMono(0)/m/n/9 table",
        "Overfull \\vbox (98.1pt too high) has occurred while \\output is active []\n",
        'Missing character: There is no 动 (U+52A8) in font "FreeSerif:mode=node"!',
        "LaTeX Warning: Hyper reference `surveys/a:paper-b' on page 1 undefined on input line 3.",
        "LaTeX Warning: Hyper reference `surveys/alpha:paper-alignment-un\niformity' on page 12 undefined.",
        "LaTeX Warning: Reference `a' on page 1 undefined on input line 3.",
        "LaTeX Warning: Citation `a' on page 1 undefined on input line 3.",
        "LaTeX Warning: There were undefined references.",
        "LaTeX Warning: Label `a:b' multiply defined.",
        "! Undefined control sequence.",
    ],
)
def test_a_fault_is_named(line: str) -> None:
    (fault,) = tex_log.faults(f"This is XeTeX\n{line}\nOutput written\n")
    assert fault.split() == line.split()


@pytest.mark.parametrize(
    "line",
    [
        "Overfull \\hbox (4.99pt too wide) in paragraph at lines 1--2\n[]\\TU/FreeMono(0)/m/n/9 table",
        "Underfull \\hbox (badness 10000) in paragraph at lines 1--2",
        "Package hyperref Info: Link coloring ON on input line 1.",
    ],
)
def test_what_no_reader_sees_passes(line: str) -> None:
    assert tex_log.faults(f"{line}\n\n") == []


def has_tex() -> bool:
    """Return whether this machine has XeLaTeX, with what Chinese and drawings take."""
    needed = ("xeCJK.sty", "tikz.sty", "FreeSerif.otf", "tabulary.sty")
    if not shutil.which("xelatex") or not shutil.which("kpsewhich"):
        return False
    return subprocess.run(["kpsewhich", *needed], check=False, capture_output=True).returncode == 0


CONF: Final = f"""
from pathlib import Path
latex_engine = "xelatex"
latex_elements = {{"preamble": Path({str(DOCS / "_book.tex")!r}).read_text("utf-8"), "fncychap": ""}}
"""
PAGES: Final = {
    "index.md": INDEX,
    "surveys/alpha.md": page("Alpha", "alpha"),
    "references.md": SOURCES["references.md"],
}


@pytest.mark.skipif(not has_tex(), reason="takes XeLaTeX and xeCJK, which a machine that builds sites need not have")
def test_a_book_has_nothing_to_complain_of(tmp_path: Path) -> None:
    """As often through XeLaTeX as references take it: links lead somewhere, nothing sticks out."""
    site = small_site(tmp_path, PAGES, CONF)
    site.build("latex")
    folder = site.output("latex")
    command = ["xelatex", "-interaction=nonstopmode", "-halt-on-error", "small.tex"]
    # Nobody's own fonts or settings: a log is cut after so many letters, whatever they say.
    environment = {**os.environ, "max_print_line": "79"}
    for _time in range(3):
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, timeout=300)
    assert tex_log.faults((folder / "small.log").read_text("utf-8", errors="replace")) == []
    pdf = PdfReader(folder / "small.pdf")
    said = "".join("".join(sheet.extract_text() for sheet in pdf.pages).split())
    for name in ("Onev1", "Levelone", "演"):
        assert name in said
    links = [note.get_object() for sheet in pdf.pages for note in sheet.get("/Annots") or []]
    leads = {str(link["/A"]["/D"]) for link in links if "/A" in link and "/D" in link["/A"]}
    assert leads
    assert leads <= set(pdf.named_destinations)
