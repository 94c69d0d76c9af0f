"""Small projects that cite, built with the stock package alone or with the engine behind it.

project = Project(tmp_path, {"index.rst": "..."}, conf="bibtex_default_style = 'plain'")
built = project.build()                      # the engine, with its additions
built = project.build(STOCK, builder="text")
built.warnings  ->  ["index.rst:3: WARNING: ..."]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bs4 import BeautifulSoup
from sphinx.util.inventory import InventoryFile
from tests.support.harness import server

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sphinx.util.inventory import _InventoryItem

STOCK: Final = ("-D", "extensions=myst_parser,sphinx.ext.intersphinx,sphinxcontrib.bibtex")
ENGINE: Final = ("-D", f"{STOCK[1]},sphinx_paper_table.citations")
PLAIN: Final = (*ENGINE, "-D", "citations_cited_on=0", "-D", "citations_bibtex=0", "-D", "citations_compatible=1")
"""The engine without its additions."""
CONF: Final = """
project = "Small"
copyright = "2026, nobody"
html_theme = "alabaster"
bibtex_bibfiles = ["refs.bib"]
bibtex_cite_id = "cite-{key}"
"""
BIB: Final = """\
@string{eccv = {European Conference on {V}ision}}

@article{lee2020one,
  author = {Lee, Ann and Park, Bo and Vogel, Cem},
  title = {One {BERT} for All},
  journal = {Journal of Everything},
  year = {2020},
  url = {https://paper.example/one},
}
@inproceedings{kim2018zero, author = {Kim, Eva and Moreau, Fay}, title = {Nothing at All}, booktitle=eccv, year=2018}
@article{he2019two, author = {He, Kai}, title = {Two}, journal = {Journal of Two}, year = {2019}}
@article{he2019three, author = {He, Kai}, title = {Three}, journal = {Journal of Three}, year = {2019}}
@book{abel2001four, author = {Abel, Zo{\\"e}}, title = {Four}, publisher = {Press}, year = {2001}, doi = {10.1000/4}}
@misc{group2015five, author = {{The Group}}, title = {Five}, howpublished = {a web page}, year = {2015}}
@phdthesis{yu2011six, author = {Yu, Di}, title = {Six}, school = {A University}, year = {2011}}
"""
KEYS: Final = tuple(re.findall(r"@\w+{(\w+),", BIB))


@dataclass
class Built:
    """What one build wrote and said."""

    output: Path
    log: str
    warnings: list[str]

    def text(self, name: str = "index.html") -> str:
        """Return the text of an output file."""
        return (self.output / name).read_text("utf-8")

    def page(self, name: str = "index.html") -> BeautifulSoup:
        """Return a page, parsed as browsers do."""
        return BeautifulSoup(self.text(name), "html5lib")

    def files(self, *suffixes: str) -> dict[str, str]:
        """Return the files of some kinds, by name."""
        found = [path for path in self.output.rglob("*") if path.suffix in suffixes]
        return {path.relative_to(self.output).as_posix(): path.read_text("utf-8") for path in found}

    def links(self, selector: str, name: str = "index.html") -> list[tuple[str, str]]:
        """Return text and address of the links that match."""
        return [(words(link), str(link["href"])) for link in self.page(name).select(selector)]

    def inventory(self, kind: str) -> dict[str, _InventoryItem]:
        """Return the objects of a kind that other projects find."""
        return dict(InventoryFile.loads((self.output / "objects.inv").read_bytes(), uri="").data[kind])


class Project:
    """A directory with sources, and directories for what is built of them."""

    def __init__(self, path: Path, files: Mapping[str, str], conf: str = "", bib: str = BIB) -> None:
        """Write the sources."""
        self.path = path
        self.source = path / "source"
        self._builds = 0
        for name, text in {"conf.py": CONF + conf, "refs.bib": bib, **files}.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        """Create or replace a source file."""
        target = self.source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")

    def build(self, options: tuple[str, ...] = ENGINE, builder: str = "html", place: str = "", jobs: int = 1) -> Built:
        """Build into a new directory, or into *place*, incrementally where there is something."""
        self._builds += 1
        root = self.path / (place or f"build{self._builds}")
        output, log = root / builder, root.with_suffix(".log")
        where = ["-d", str(root / "doctrees"), str(self.source), str(output)]
        code = server("incremental").build(["--no-color", "-b", builder, "-j", str(jobs), *options, *where], log)
        text = log.read_text("utf-8")
        assert code == 0, text
        lines = [line for line in text.splitlines() if re.search(r"\b(WARNING|ERROR|CRITICAL|Traceback)\b", line)]
        short = [re.sub(r" at 0x\w+", "", line).replace(f"{self.source}/", "") for line in lines]
        return Built(output, text, short)


def words(element: object) -> str:
    """Return the text of an element without needless space."""
    return " ".join(element.get_text().split()) if hasattr(element, "get_text") else ""


def rst(title: str, *parts: str) -> str:
    """Return a page."""
    return "\n\n".join([f"{title}\n{'=' * len(title)}", *parts]) + "\n"


def contents(*names: str) -> str:
    """Return a table of contents."""
    return ".. toctree::\n\n   " + "\n   ".join(names)


def bibliography(*options: str, file: str = "", keys: tuple[str, ...] = ()) -> str:
    """Return the directive with its options and the keys in its body."""
    lines = [f".. bibliography:: {file}".rstrip(), *(f"   :{option}" for option in options)]
    return "\n".join([*lines, "", *(f"   {key}" for key in keys)]).rstrip()
