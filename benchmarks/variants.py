"""The two ways to write a site: by hand with sphinx-design and sphinxcontrib-bibtex, and as data with `paper-table`.

Both sites have the same pages, groups, papers, texts, links and citations, one global page of references, and
the same theme and options. `Lean` is the hand-written site without all that `paper-table` derives or takes from
BibTeX; it is shown beside the comparison, not in it.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import TYPE_CHECKING, Any, ClassVar, Final

from benchmarks.content import INVERSE, TAGS, venue_name

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.content import Group, Library, Paper, Publication, Survey

CONF: Final = """\
project = "Benchmark"
extensions = {extensions!r}
myst_enable_extensions = ["colon_fence", "dollarmath"]
bibtex_bibfiles = ["refs.bib"]
bibtex_cite_id = "cite-{{key}}"
bibtex_reference_style = "author_year"
bibtex_default_style = "plain"
html_theme = "alabaster"
html_sidebars = {{"**": []}}
"""
_REFERENCES: Final = "# References\n\n```{bibliography}\n:all:\n```\n"
REVISION: Final = "Edition {number} says so."
"""The sentence that an edit puts at the end of a summary."""


class Variant:
    """A way to write a site; subclasses say how."""

    name: ClassVar[str]
    extensions: ClassVar[list[str]]
    conf: ClassVar[str] = ""
    """What else stands in ``conf.py``."""
    has_references: ClassVar[bool] = True
    suffix: ClassVar[str] = ".md"

    def __init__(self, library: Library) -> None:
        """Prepare to write *library*."""
        self.library = library
        self._papers = library.papers
        self._edited: dict[int, str] = {}
        self._prose: dict[str, str] = {}

    def command(self, root: Path, jobs: int) -> list[str]:
        """Return what builds the site in *root*; a warning is an error here."""
        options = ["-q", "-W", "--keep-going", "-b", "html", "-j", str(jobs)]
        return [sys.executable, "-m", "sphinx", *options, str(root), str(root / "_build" / "html")]

    def write(self, root: Path) -> None:
        """Write the whole site into the empty directory *root*."""
        (root / "surveys").mkdir(parents=True)
        pages = "\n".join(f"surveys/{survey.id}" for survey in self.library.surveys)
        put(root / "conf.py", CONF.format(extensions=self.extensions) + self.conf)
        pages += "\nreferences" if self.has_references else ""
        if self.suffix == ".md":
            put(root / "index.md", f"# Surveys\n\n```{{toctree}}\n{pages}\n```\n")
        else:
            listed = pages.replace("\n", "\n   ")
            put(root / "index.rst", f"Surveys\n=======\n\n.. toctree::\n\n   {listed}\n")
        if self.has_references:
            put(root / "references.md", _REFERENCES)
        put(root / "refs.bib", "\n".join(bibtex_entry(paper.publication) for paper in self._papers))
        for survey in self.library.surveys:
            self.write_survey(root, survey)

    @property
    def _middle(self) -> Survey:
        return self.library.surveys[len(self.library.surveys) // 2]

    def edit_entry(self, root: Path, number: int) -> None:
        """Change the title of one publication in the middle of the site, where it stands in BibTeX."""
        title = next(self._middle.papers).publication.title
        path = root / "refs.bib"
        text = path.read_text("utf-8")
        before, start, after = text.partition(f"title = {{{title}")
        put(path, f"{before}{start} {number}{after}")

    def edit_prose(self, root: Path, number: int) -> None:
        """Change what one page in the middle of the site says besides its papers."""
        self._prose[self._middle.id] = f"This page was read for the time {number}.\n"
        self.write_survey(root, self._middle)

    def prose(self, survey: Survey) -> str:
        """Return what the page says besides its papers."""
        return self._prose.get(survey.id, "")

    def edit_record(self, root: Path, number: int) -> None:
        """Change the summary of one paper in the middle of the site."""
        survey = self._middle
        self._edited[next(survey.papers).number] = " " + REVISION.format(number=number)
        self.write_survey(root, survey)

    def write_survey(self, root: Path, survey: Survey) -> None:
        """Write the files of one survey."""
        raise NotImplementedError

    def summary(self, paper: Paper) -> str:
        """Return the paper's summary as it now is."""
        return paper.summary + self._edited.get(paper.number, "")


class Hand(Variant):
    """MyST with tabs, cards, badges, `{cite}` and `{ref}` roles."""

    name = "hand-written"
    extensions: ClassVar[list[str]] = ["myst_parser", "sphinx_design", "sphinxcontrib.bibtex"]

    def __init__(self, library: Library) -> None:
        """Collect the inverse relations, which are written by hand here."""
        super().__init__(library)
        self._incoming: dict[int, list[tuple[str, int, str]]] = defaultdict(list)
        for paper in self._papers:
            for relation in paper.relations:
                self._incoming[relation.to].append((INVERSE[relation.type], paper.number, relation.why))

    def write_survey(self, root: Path, survey: Survey) -> None:
        """Write the page."""
        groups = "\n".join(map(self._group, survey.groups))
        text = f"# {survey.title}\n\n{survey.summary}\n\n:::::{{tab-set}}\n{groups}\n:::::\n\n{self.prose(survey)}"
        put(root / "surveys" / f"{survey.id}.md", text)

    def _group(self, group: Group) -> str:
        cards = "\n".join(map(self._card, group.papers))
        return f"::::{{tab-item}} {group.title}\n{group.period}\n\n{group.summary}\n\n{cards}\n::::\n"

    def _card(self, paper: Paper) -> str:
        blocks = [f"(paper-{paper.id})=\n:::{{card}} {paper.name}", *self._head(paper)]
        blocks.append(f"{self.summary(paper)} {{cite:p}}`{paper.publication.key}`")
        blocks.append("\n".join(self._relation(*link) for link in self._links(paper)))
        blocks.append(" ".join(f"{{bdg}}`{TAGS[tag]}`" for tag in paper.tags))
        blocks.extend(self._foot(paper))
        return "\n\n".join(block for block in blocks if block) + "\n:::\n"

    def _head(self, paper: Paper) -> list[str]:
        work = paper.publication
        return [
            f"{work.venue} {work.year}",
            f"*{work.title}*",
            ", ".join(f"{given} {last}" for last, given in work.authors),
        ]

    def _links(self, paper: Paper) -> list[tuple[str, int, str]]:
        return [*((link.type, link.to, link.why) for link in paper.relations), *self._incoming[paper.number]]

    def _relation(self, label: str, number: int, why: str) -> str:
        other = self._papers[number]
        reason = f": {why}" if why else ""
        return f"- {label} {{ref}}`{other.name} <paper-{other.id}>`{reason}"

    def _foot(self, paper: Paper) -> list[str]:
        return [f"[arXiv](https://arxiv.org/abs/{paper.publication.arxiv}) [Code]({paper.code})"]


class Lean(Hand):
    """The hand-written site without title, authors, inverse relations and links."""

    name = "lean: hand-written, less on it"

    def _head(self, paper: Paper) -> list[str]:
        return super()._head(paper)[:1]

    def _links(self, paper: Paper) -> list[tuple[str, int, str]]:
        return super()._links(paper)[: len(paper.relations)]

    def _foot(self, paper: Paper) -> list[str]:
        return []


class Tables(Variant):
    """A YAML file for each survey, and a page with a `paper-table`."""

    name = "paper-table"
    extensions: ClassVar[list[str]] = ["myst_parser", "sphinx_paper_table"]

    def write(self, root: Path) -> None:
        """Write the vocabulary too."""
        super().write(root)
        tags = "".join(f"  {tag}:\n    name: {name}\n" for tag, name in TAGS.items())
        put(root / "surveys" / "vocabulary.yaml", f"vocabulary: benchmark\ntags:\n{tags}")

    def write_survey(self, root: Path, survey: Survey) -> None:
        """Write the page and its data."""
        page = root / "surveys" / f"{survey.id}.md"
        text = f"# {survey.title}\n\n```{{paper-table}} {survey.id}\n```\n\n{self.prose(survey)}"
        data = "\n".join(self._survey(survey)) + "\n"
        for path, content in ((page, text), (page.with_suffix(".yaml"), data)):
            if not path.exists() or path.read_text("utf-8") != content:
                put(path, content)

    def _survey(self, survey: Survey) -> list[str]:
        lines = [
            f"survey: {survey.id}",
            f"title: {_quoted(survey.title)}",
            f"summary: {_quoted(survey.summary)}",
            "groups:",
        ]
        for group in survey.groups:
            lines += [f"  - id: {group.id}", f"    title: {_quoted(group.title)}", f"    period: {group.period}"]
            lines += [f"    summary: {_quoted(group.summary)}", "    papers:"]
            lines += [line for paper in group.papers for line in self._paper(paper)]
        return lines

    def _paper(self, paper: Paper) -> list[str]:
        first, *others = (
            f"id: {paper.id}",
            f"name: {paper.name}",
            f"cite: {paper.publication.key}",
            f"summary: {_quoted(self.summary(paper))}",
            f"tags: [{', '.join(paper.tags)}]",
            f"links: {{code: {_quoted(paper.code)}}}",
            *(["relations:"] if paper.relations else []),
            *(line for relation in paper.relations for line in self._relation(relation)),
        )
        return [f"      - {first}", *(f"        {line}" for line in others)]

    def _relation(self, relation: Any) -> list[str]:
        to = self._papers[relation.to].id
        reason = f", why: {_quoted(relation.why)}" if relation.why else ""
        return [f"  {relation.type}: [{{to: {to}{reason}}}]"]


def bibtex_entry(work: Publication) -> str:
    """Return the BibTeX entry of one publication."""
    authors = " and ".join(f"{family}, {given}" for family, given in work.authors)
    fields = {
        "author": authors,
        "title": work.title,
        "booktitle": venue_name(work.venue),
        "venue": work.venue,
        "year": work.year,
        "eprint": work.arxiv,
        "archiveprefix": "arXiv",
    }
    return (
        f"@inproceedings{{{work.key},\n"
        + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        + "}\n"
    )


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def put(path: Path, text: str) -> None:
    """Write a file."""
    path.write_text(text, "utf-8")
