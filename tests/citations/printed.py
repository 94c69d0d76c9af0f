"""How references are printed: ``python -m tests.citations.printed`` writes the file that the test compares with.

For each entry of ``data/printed.bib``, ``data/printed.txt`` has a block with what this package prints as text, HTML
and LaTeX, which is the same in all of pybtex's styles and ours, and the labels of those that have labels. To be
compared by eye: what sphinxcontrib-bibtex alone prints of the same entry, and what biblatex (``numeric``, with biber)
and natbib (``unsrtnat``, with BibTeX) print. The latter two are kept from run to run; ``--tex`` makes them anew, where
``pdflatex``, ``biber``, ``bibtex`` and ``pdftotext`` are installed (TeX Live 2022 made those in the file).
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pybtex.errors
from pybtex.database import parse_string
from pybtex.exceptions import PybtexError
from pybtex.plugin import find_plugin
from tests.citations.support import ENGINE, Project, bibliography, rst
from tests.support.texts import bibliography_of

from sphinx_paper_table.bibliography.for_styles import in_text
from sphinx_paper_table.citations.formatting import formatted
from sphinx_paper_table.citations.styles import AuthorYearLabels, AuthorYearStyle
from sphinx_paper_table.compat.pybtex import FieldIsMissing

if TYPE_CHECKING:
    from collections.abc import Iterable

DATA: Final = Path(__file__).with_name("data")
FILE: Final = DATA / "printed.txt"
BIB: Final = (DATA / "printed.bib").read_text("utf-8")
STYLES: Final = ("plain", "alpha", "unsrt", "unsrtalpha")
CONF: Final = """
bibtex_default_style = "author_year"
citations_cited_on = citations_bibtex = False
html_math_renderer = "mathjax"
"""
_FIELDS: Final = ("biblatex", "natbib", "stock", "text", "html", "latex", "labels")
HEAD: Final = re.compile(r"^@(\w+)\{([\w-]+),", re.MULTILINE)
_TEX_CLASS: Final = r"""\documentclass{article}\usepackage[T1]{fontenc}\usepackage{lmodern}
\usepackage[paperwidth=400cm,paperheight=80cm,margin=1cm]{geometry}\pagestyle{empty}
\DeclareUnicodeCharacter{738B}{Wang}\DeclareUnicodeCharacter{5C0F}{Xiao}\DeclareUnicodeCharacter{660E}{ming}
"""
_TEX: Final = {
    "biblatex": r"""\usepackage[american]{babel}\usepackage{csquotes}
\usepackage[style=numeric,sorting=none,maxbibnames=99]{biblatex}\usepackage{hyperref}\addbibresource{printed.bib}
\renewbibmacro*{begentry}{KEY:\thefield{entrykey}:YEK }
\begin{document}\nocite{*}\printbibliography\end{document}
""",
    "natbib": r"""\usepackage{natbib,url,hyperref}\let\was\bibitem\renewcommand\bibitem[2][]{\was[#1]{#2}KEY:#2:YEK }
\begin{document}\nocite{*}\bibliographystyle{unsrtnat}\bibliography{printed}\end{document}
""",
}


@cache  # all that is installed is looked at for each
def style(name: str) -> Any:
    """Return a style of pybtex, or ours."""
    return AuthorYearStyle() if name == "author_year" else find_plugin("pybtex.style.formatting", name)()


@cache
def plain_text() -> Any:
    """Return the backend that writes text."""
    return find_plugin("pybtex.backends", "plaintext")()


def plain(text: Any) -> str:
    """Return a formatted entry as text."""
    return str(text.render(plain_text()))


@cache
def entries() -> dict[str, Any]:
    """Return the entries of the file, by key."""
    found, _problems = bibliography_of(BIB)
    return dict(found.database.entries.items())


@cache
def texts(name: str) -> dict[str, str]:
    """Return every entry of the file in a style, as text."""
    return {key: plain(formatted(style(name), entry)) for key, entry in entries().items()}


def printed(path: Path) -> dict[str, dict[str, str]]:
    """Return what is printed of every entry, by key and kind of output; builds in *path*."""
    project = Project(path, {"index.rst": rst("References", bibliography("all:"))}, CONF, BIB)
    html = _html(project)
    outputs = {"html": html, "text": _text(project, html), "latex": _latex(project)}
    stock, labels = _stock(), _labels(list(entries().values()))
    blocks = {}
    for key in entries():
        blocks[key] = {name: one_line(lines[key]) for name, lines in outputs.items()}
        blocks[key]["labels"] = labels[key]
        if one_line(stock[key]) != one_line(texts("plain")[key]):
            blocks[key]["stock"] = one_line(stock[key])
    return blocks


def one_line(text: str) -> str:
    """Return *text* without line breaks."""
    return " ".join(text.split())


def _html(project: Project) -> dict[str, str]:
    items = project.build(ENGINE, "html").page().select(".citation")
    return {str(item["id"]).removeprefix("cite-"): item.p.decode_contents() for item in items if item.p}


def _text(project: Project, keys: Iterable[str]) -> dict[str, str]:
    """Return the items of the text builder, which stand in the order of *keys*."""
    built = project.build(ENGINE, "text").text("index.txt")
    items = re.split(r"^\[", built, flags=re.MULTILINE)[1:]
    return {key: item.partition("] ")[2] for key, item in zip(keys, items, strict=True)}


def _latex(project: Project) -> dict[str, str]:
    built = project.build(ENGINE, "latex").text("small.tex")
    body = built.partition(r"\begin{sphinxthebibliography}")[2].partition(r"\end{sphinxthebibliography}")[0]
    items = re.split(r"\\bibitem\[.*\]\{index:cite-(.*)\}", body)[1:]
    return dict(zip(items[::2], (item.replace("\\sphinxAtStartPar", "") for item in items[1::2]), strict=True))


def _stock() -> dict[str, str]:
    """Return what sphinxcontrib-bibtex prints, or what stops the build; inheritance needs the whole file."""
    strict = pybtex.errors.strict
    pybtex.errors.set_strict_mode(False)
    try:
        with pybtex.errors.capture():
            found = parse_string(BIB, "bibtex").entries
    finally:
        pybtex.errors.set_strict_mode(strict)
    return {key: _as_stock(entry) for key, entry in found.items()}


def _as_stock(entry: Any) -> str:
    try:
        return plain(style("plain").format_entry("", entry).text)
    except FieldIsMissing as error:
        return f"**{error}**"
    except (AttributeError, PybtexError) as error:
        return f"the build stops: {error}"


def _labels(found: list[Any]) -> dict[str, str]:
    """Return the labels of the styles that make them of the entry, each in the order of the file."""
    plain_entries = [in_text(entry) for entry in found]
    alpha = list(style("alpha").format_labels(plain_entries))
    ours = list(AuthorYearLabels().format_labels(plain_entries))
    return {entry.key: f"{year} · {short}" for entry, year, short in zip(found, ours, alpha, strict=True)}


def by_tex() -> dict[str, dict[str, str]]:
    """Return what biblatex and natbib print, by key."""
    found: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        known = BIB.replace("95% of", "95\\% of").replace("c%20d", "c20d")  # TeX ends a line there
        Path(folder, "printed.bib").write_text(known, "utf-8")
        for name, source in _TEX.items():
            Path(folder, f"{name}.tex").write_text(_TEX_CLASS + source, "utf-8")
            latex = ["pdflatex", "-interaction=batchmode", name]
            for command in (latex, ["biber", "-q", name] if name == "biblatex" else ["bibtex", name], latex, latex):
                subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            subprocess.run(["pdftotext", "-layout", f"{name}.pdf"], cwd=folder, check=True)
            output = re.sub(
                r"KEY:[0-9a-f]{32}:YEK|\[\d+\] +(?=KEY)", " ", Path(folder, f"{name}.txt").read_text("utf-8")
            )
            items = re.split(r"KEY:(\S+):YEK", output)[1:]
            for key, item in zip(items[::2], items[1::2], strict=True):
                found.setdefault(key, {})[name] = one_line(item).rstrip("; ")
    return found


def written(blocks: dict[str, dict[str, str]]) -> str:
    """Return the file: a block for each entry, a line for each output."""
    types = {key: kind for kind, key in HEAD.findall(BIB)}
    lines = []
    for key, block in blocks.items():
        lines += ["", f"@{types[key]} {key}", *(f"  {name:<9}{block[name]}" for name in _FIELDS if block.get(name))]
    return "\n".join(lines).lstrip() + "\n"


def kept() -> dict[str, dict[str, str]]:
    """Return what biblatex and natbib print as the file has it."""
    found: dict[str, dict[str, str]] = {}
    key = ""
    for line in FILE.read_text("utf-8").splitlines() if FILE.is_file() else ():
        name, _, rest = line.strip().partition(" ")
        if line.startswith("@"):
            key = rest
        elif name in _TEX:
            found.setdefault(key, {})[name] = rest.strip()
    return found


def complete(path: Path, others: dict[str, dict[str, str]]) -> str:
    """Return what the file should be."""
    return written({key: {**others.get(key, {}), **block} for key, block in printed(path).items()})


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        FILE.write_text(complete(Path(place), by_tex() if "--tex" in sys.argv else kept()), "utf-8")
