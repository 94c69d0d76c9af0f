"""The real site, and small ones with a bit of everything, as the tests of the extension build them.

site = small_site(tmp_path, {"index.md": "..."})
report = site.build("html")
warnings(report)  ->  ["index.md:3: WARNING: ..."]
"""

from __future__ import annotations

import re
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from bs4 import BeautifulSoup
from tests.support.harness import Report, Site, server

from sphinx_paper_table.reading.loader import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_paper_table.survey.catalogue import Catalogue

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
ASSETS = {path.name: path for path in (ROOT / "ext").rglob("*") if path.suffix in {".css", ".js"}}
"""Our scripts and style sheets, by the names that sites serve them under."""

CONF = """
project = "Small"
version = "1"
copyright = "2026, nobody"
extensions = ["sphinx_paper_table", "myst_parser"]
myst_enable_extensions = ["dollarmath"]
html_theme = "furo"
html_title = "Small"
"""

VIDEO = {"title": "演讲", "lang": "zh", "date": "2021-12-20", "bilibili": "https://video.example/bv1"}
ALPHA: dict[str, object] = {
    "survey": "alpha",
    "title": "Alpha methods",
    "summary": "All of *alpha*, with {paper}`one` and {cite:t}`lee2020one`.\n\nA second paragraph.\n",
    "videos": [VIDEO],
    "papers": [{"id": "loose", "name": "Loose", "summary": "Belongs to no group."}],
    "groups": [
        {
            "id": "g1",
            "title": "Level one",
            "period": "2019 – 2020",
            "summary": "First *summary*.\n",
            "papers": [
                {
                    "id": "one",
                    "name": "One v1",
                    "cite": ["lee2020one"],
                    "aliases": ["uno"],
                    "date": "2019-11",
                    "added": "2026-01-10",
                    "summary": "Finds **keys** with $k_+$, see {cite:p}`kim2018zero` and {paper}`two`.",
                    "points": ["A *point* of One.", "Another with $x^2$."],
                    "tags": ["fast", "small"],
                    "links": {"code": "https://code.example/one", "project": "https://one.example"},
                    "videos": [{**VIDEO, "title": "One explained"}],
                    "relations": {"extends": [{"to": "other", "why": "a *queue* replaces the bank"}]},
                    "results": [
                        {
                            "benchmark": "probe",
                            "value": "60.60",
                            "setting": "R50",
                            "source": "lee2020one",
                            "where": "Table 1",
                        }
                    ],
                },
                {
                    "id": "two",
                    "name": "Two",
                    "cite": "kim2018zero",
                    "summary": "Plain.",
                    "tags": ["small"],
                    "added": "2026-01-09",
                },
            ],
            "groups": [
                {
                    "id": "g2",
                    "title": "Level two",
                    "papers": [{"id": "three", "name": "Three", "relations": {"uses": ["one"]}, "date": "2021"}],
                    "groups": [
                        {
                            "id": "g3",
                            "title": "Level three",
                            "papers": [{"id": "four", "name": "Four", "videos": [VIDEO]}],
                            "groups": [
                                {
                                    "id": "g4",
                                    "title": "Level four",
                                    "papers": [
                                        {"id": "five", "name": "Five"},
                                        {"ref": "other", "note": "A *local* note."},
                                    ],
                                }
                            ],
                        }
                    ],
                }
            ],
        },
        {"id": "h1", "title": "Second group", "papers": [{"id": "six", "name": "Six", "date": "2022-05-01"}]},
    ],
}
BETA: dict[str, object] = {
    "survey": "beta",
    "title": "Beta methods",
    "papers": [{"id": "other", "name": "Other", "cite": "kim2018zero", "summary": "Has its home in beta."}],
}
VOCABULARY: dict[str, object] = {
    "vocabulary": "small",
    "tags": {"fast": {"name": "very fast"}, "small": {"name": "quite small"}},
    "benchmarks": {"probe": {"name": "Linear probe", "dataset": "ImageNet", "metric": "accuracy", "unit": "%"}},
}
BIB = """\
@inproceedings{lee2020one,
  author = {Lee, Ann and Park, Bo and Vogel, Cem and Yu, Di},
  title = {One {BERT} for All},
  booktitle = {Conference on Vision},
  year = {2020},
  venue = {CVPR},
  doi = {10.1000/one},
  eprint = {1911.05722},
  archiveprefix = {arXiv},
  url = {https://paper.example/one},
}
@article{kim2018zero,
  author = {Kim, Eva and Moreau, Fay},
  title = {Nothing at All},
  journal = {Journal of Nothing},
  year = {2018},
}
"""
ORDER = ["loose", "one", "two", "three", "four", "five", "other", "six"]
"""The papers of alpha in the order of its file."""
REFERENCES = "# References\n\n```{bibliography}\n:all:\n```\n"
INDEX = "# Start\n\n```{toctree}\n:glob:\n\nsurveys/*\nreferences\n```\n"


def page(title: str, argument: str, *options: str, suffix: str = ".md") -> str:
    """Return a page with one table."""
    lines = [f":{option}" for option in options]
    if suffix == ".md":
        return "\n".join([f"# {title}", "", f"```{{paper-table}} {argument}".rstrip(), *lines, "```", ""])
    body = [f".. paper-table:: {argument}".rstrip(), *(f"   {line}" for line in lines)]
    return "\n".join([title, "=" * len(title), "", *body, ""])


def dump(data: object) -> str:
    """Return YAML as an author would write it, in the order given."""
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100)


SOURCES = {
    "index.md": INDEX,
    "references.md": REFERENCES,
    "refs.bib": BIB,
    "surveys/alpha.yaml": dump(ALPHA),
    "surveys/beta.yaml": dump(BETA),
    "surveys/vocabulary.yaml": dump(VOCABULARY),
}
PAGES = {
    "surveys/alpha.md": page("Alpha", "alpha"),
    "surveys/beta.md": page("Beta", "beta", "layout: cards"),
}

PNG = b"\x89PNG\r\n\x1a\n" + b"".join(
    len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
    for kind, data in (
        (b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0"),
        (b"IDAT", zlib.compress(b"\0\0")),
        (b"IEND", b""),
    )
)
"""A picture of one point."""


def small_site(path: Path, files: Mapping[str, str | bytes] | None = None, conf: str = "") -> Site:
    """Return a site with the surveys alpha and beta; *files* are its pages (default: one for each survey)."""
    return Site(path, CONF + conf, {**SOURCES, **(PAGES if files is None else files)}, strict=False)


def build_docs(builder: str, path: Path, jobs: int = 1) -> Report:
    """Build the real site into *path*/BUILDER; the report is not looked at here."""
    log = path / f"{builder}.log"
    places = ["-d", str(path / f"doctrees-{builder}"), str(DOCS), str(path / builder)]
    code = server("incremental").build(["--no-color", "-b", builder, "-j", str(jobs), *places], log)
    text = log.read_text("utf-8")
    assert code == 0, text
    return Report(text)


@cache
def real_catalogue() -> Catalogue:
    """Return what the real site's surveys say."""
    surveys = {str(path): path for path in sorted(DOCS.glob("surveys/**/*.yaml"))}
    return load(surveys, {"refs.bib": ROOT / "refs.bib"}).catalogue


def warnings(report: Report, source: Path = DOCS) -> list[str]:
    """Return the warnings and errors of a build, with paths relative to *source*."""
    lines = [line for line in report.log.splitlines() if re.search(r"\b(WARNING|ERROR|CRITICAL|Traceback)\b", line)]
    return [line.replace(f"{source}/", "") for line in lines]


def soup(path: Path) -> BeautifulSoup:
    """Return a page, parsed as browsers do."""
    return BeautifulSoup(path.read_text("utf-8"), "html5lib")


def quick_soup(path: Path) -> BeautifulSoup:
    """Return a page, parsed in a fraction of the time: for many large ones, whose mark-up needs no mending."""
    return BeautifulSoup(path.read_text("utf-8"), "lxml")


def outline(html: BeautifulSoup) -> list[tuple[str, str]]:
    """Return groups and papers of the tables on a page as ("group" or "paper", name), in the order of the page."""
    found = []
    for element in html.select(
        ".sd-tab-label:not(.pt-all-groups), .pt-heading, .pt-name, section[id] > :is(h2, h3, h4, h5, h6)"
    ):
        for link in element.select(".headerlink, .pt-period"):
            link.extract()
        holder = element.find_parent("section")
        is_paper = "pt-name" in (element.get("class") or ()) or (
            (element.name or "").startswith("h")
            and "pt-heading" not in (element.get("class") or ())
            and holder is not None
            and holder.find("article", recursive=False) is not None
        )
        found.append(("paper" if is_paper else "group", element.get_text(" ", strip=True)))
    return found
