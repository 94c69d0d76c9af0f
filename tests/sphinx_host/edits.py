"""Random edits of a small site with paper tables, as authors make them.

The surveys, the vocabulary and the bibliography are kept as data and written out after each edit; every field of a
paper can change, and so can the pages around the tables.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

from tests.support import editing
from tests.support.editing import KILLABLE
from tests.support.sites import ALPHA, BETA, PAGES, VOCABULARY, dump, page, small_site

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path

CONF: Final = f"""{KILLABLE}
html_static_path = ["_static"]
html_css_files = ["site.css"]
suppress_warnings = ["toc"]
setup = obey
"""
FILES: Final = {
    **PAGES,
    "index.md": (
        "# Start\n\n{paper}`one` and {paper:group}`alpha#g2`, {paper:survey}`beta`, {cite:t}`lee2020one`.\n\n"
        "```{toctree}\n:glob:\n\nsurveys/alpha\nsurveys/beta\nextra/*\nviews\nreferences\n```\n"
    ),
    "views.md": page("Views", "", "tags: small", "sort: newest", "layout: table")
    + "\n```{paper-table} alpha#g3\n:no-index:\n:layout: sections\n```\n"
    + "\n```{paper-results}\n:survey: alpha\n```\n\n```{paper-lineage}\n```\n"
    + "\n```{paper-table}\n- id: private\n  name: Private\n  cite: kim2018zero\n  relations: {extends: [one]}\n```\n",
    "plain.rst": ":orphan:\n\n" + page("Plain", "surveys/beta.yaml", "no-index:", suffix=".rst"),
    "extra/note.md": "# Note\n\nText with {paper}`six` and {cite:p}`kim2018zero`.\n",
    "_static/site.css": "b {}\n",
}
WORDS: Final = ("apple", "pear", "quince", "medlar", "plum", "fig", "date", "sloe")
TEXTS: Final = (
    "Just {word}.",
    "A *{word}* with $x_{number}$.",
    "As {{paper}}`two` and {{cite:t}}`lee2020one`, {word}.",
    "See {{paper}}`six` for {word} **{number}**.",
)
TARGETS: Final = ("loose", "one", "two", "three", "four", "five", "six", "other")


def entry(title: str, year: int = 2018, author: str = "Kim, Eva") -> str:
    """Return the fields of a BibTeX entry."""
    return f"author = {{{author}}}, title = {{{title}}}, journal = {{Journal}}, year = {{{year}}}"


class Editor(editing.Editor):
    """Edits a site; every edit leaves it buildable, though not always without a warning."""

    def __init__(self, path: Path, numbers: random.Random) -> None:
        """Write the site into *path*."""
        super().__init__(numbers)
        self._surveys: dict[str, Any] = {"alpha": copy.deepcopy(ALPHA), "beta": copy.deepcopy(BETA)}
        self._vocabulary: dict[str, Any] = copy.deepcopy(VOCABULARY)
        self._bib = {"lee2020one": entry("One for All", 2020, "Lee, Ann and Park, Bo and Vogel, Cem")}
        self._bib["kim2018zero"] = entry("Nothing at All")
        self._taken: dict[str, str] = {}
        self.site = small_site(path, FILES, CONF)
        self._save()

    def _save(self) -> None:
        """Write the files whose content has changed, and no other."""
        files = {f"surveys/{name}.yaml": dump(survey) for name, survey in self._surveys.items()}
        files["surveys/vocabulary.yaml"] = dump(self._vocabulary)
        files["refs.bib"] = "\n".join(f"@article{{{key},\n  {fields}\n}}" for key, fields in self._bib.items())
        for name, text in files.items():
            if not (self.site.source / name).is_file() or self.site.read(name) != text:
                self.site.write(name, text)

    def _lists(self) -> Iterator[list[dict[str, Any]]]:
        """Yield every list of papers."""
        holders = list(self._surveys.values())
        for holder in holders:
            yield holder.setdefault("papers", [])
            holders.extend(holder.get("groups", []))

    def _papers(self) -> list[dict[str, Any]]:
        return [paper for papers in self._lists() for paper in papers if "id" in paper]

    def _paper(self) -> dict[str, Any]:
        return self._numbers.choice(self._papers())

    def _groups(self) -> list[dict[str, Any]]:
        holders = list(self._surveys.values())
        for holder in holders:
            holders.extend(holder.get("groups", []))
        return [holder for holder in holders if "id" in holder]

    def _word(self) -> str:
        return f"{self._numbers.choice(WORDS)}{self._count}"

    def _text(self) -> str:
        return self._numbers.choice(TEXTS).format(word=self._word(), number=self._count)

    def _toggle(self, paper: dict[str, Any], field: str, value: Any) -> str:
        """Set a field to *value*, or take it away if it has that value."""
        if paper.get(field) == value:
            del paper[field]
        else:
            paper[field] = value
        return f"{paper.get('id')}.{field}"

    def _edit_name(self) -> str:
        return self._toggle(self._paper(), "name", f"Name {self._word()}")

    def _edit_summary(self) -> str:
        return self._toggle(self._paper(), "summary", self._text())

    def _edit_points(self) -> str:
        return self._toggle(self._paper(), "points", [self._text() for _ in range(self._numbers.randrange(1, 3))])

    def _edit_tags(self) -> str:
        return self._toggle(self._paper(), "tags", [self._numbers.choice(["fast", "small"])])

    def _edit_cite(self) -> str:
        return self._toggle(self._paper(), "cite", [self._numbers.choice(["lee2020one", "kim2018zero"])])

    def _edit_date(self) -> str:
        return self._toggle(
            self._paper(), "date", f"20{self._numbers.randrange(10, 24)}-0{self._numbers.randrange(1, 9)}"
        )

    def _edit_links(self) -> str:
        kind = self._numbers.choice(["code", "project", "demo", "data", "slides", "blog"])
        return self._toggle(self._paper(), "links", {kind: f"https://{self._word()}.example"})

    def _edit_videos(self) -> str:
        return self._toggle(self._paper(), "videos", [{"title": self._word(), "youtube": "https://y.example"}])

    def _edit_relations(self) -> str:
        relation = {"to": self._numbers.choice(TARGETS), "why": self._text()}
        kind = self._numbers.choice(["uses", "compares-with", "extends"])
        return self._toggle(self._paper(), "relations", {kind: [relation]})

    def _edit_results(self) -> str:
        result = {"benchmark": "probe", "value": f"{self._count}.50", "source": "lee2020one"}
        return self._toggle(self._paper(), "results", [result])

    def _edit_reviewed(self) -> str:
        return self._toggle(self._paper(), "reviewed", "2026-01-02")

    def _edit_note(self) -> str:
        places = [item for papers in self._lists() for item in papers if "ref" in item]
        return self._toggle(places[0], "note", self._text()) if places else "nothing"

    def _edit_id(self) -> str:
        paper = self._paper()
        old, new = paper["id"], f"id-{self._count}"
        paper["id"], paper["aliases"] = new, [*paper.get("aliases", []), old]
        return f"{old} becomes {new}"

    def _edit_move_paper(self) -> str:
        lists = list(self._lists())
        source = self._numbers.choice([papers for papers in lists if papers])
        self._numbers.choice(lists).insert(0, source.pop())
        return ""

    def _edit_order(self) -> str:
        papers = self._numbers.choice(list(self._lists()))
        papers.reverse()
        return ""

    def _edit_remove_or_restore_paper(self) -> str:
        papers = self._surveys["beta"]["papers"]
        fresh = [paper for paper in papers if paper.get("id", "").startswith("new-")]
        if fresh:
            papers.remove(fresh[0])
            return f"{fresh[0]['id']} goes"
        papers.append({"id": f"new-{self._count}", "name": self._word(), "relations": {"extends": ["one"]}})
        return f"new-{self._count} comes"

    def _edit_group(self) -> str:
        group, field = self._numbers.choice(self._groups()), self._numbers.choice(["title", "period", "summary"])
        group[field] = self._word()
        return f"{group['id']}.{field}"

    def _edit_survey(self) -> str:
        survey, field = self._numbers.choice(list(self._surveys.values())), self._numbers.choice(["title", "summary"])
        survey[field] = self._text() if field == "summary" else f"Survey {self._word()}"
        return f"{survey['survey']}.{field}"

    def _edit_tag_name(self) -> str:
        self._vocabulary["tags"][self._numbers.choice(["fast", "small"])]["name"] = self._word()
        return ""

    def _edit_benchmark(self) -> str:
        self._vocabulary["benchmarks"]["probe"][self._numbers.choice(["name", "unit", "split"])] = self._word()
        return ""

    def _edit_relation_name(self) -> str:
        name = self._word()
        self._vocabulary["relations"] = {"extends": {"name": f"{name} of", "inverse": f"is {name} of"}}
        return ""

    def _edit_bib_entry(self) -> str:
        key = self._numbers.choice(sorted(self._bib))
        author = self._numbers.choice(["Kim, Eva", "Lee, Ann", "Abel, Zoe and Moreau, Fay"])
        self._bib[key] = entry(f"Title {self._word()}", self._numbers.randrange(2015, 2022), author)
        return key

    def _edit_bib_title(self) -> str:
        key = self._numbers.choice(sorted(self._bib))
        before, title, after = self._bib[key].partition("title = {")
        self._bib[key] = f"{before}{title}{self._word()} {after}"
        return key

    def _edit_bib_add(self) -> str:
        self._bib[f"new{self._count}"] = entry(f"New {self._word()}")
        return ""

    def _edit_bib_remove(self) -> str:
        fresh = sorted(key for key in self._bib if key.startswith("new"))
        key = fresh[0] if fresh else "kim2018zero"
        if key in self._bib:
            del self._bib[key]
        else:
            self._bib[key] = entry("Back again")
        return key

    def _edit_page_title(self) -> str:
        names = ["surveys/alpha.md", "surveys/beta.md", "views.md", "references.md", "index.md"]
        name = self._numbers.choice([name for name in names if name not in self._taken])
        _title, _newline, rest = self.site.read(name).partition("\n")
        self.site.write(name, f"# Title {self._word()}\n{rest}")
        return name

    def _edit_toctree(self) -> str:
        text = self.site.read("index.md")
        pair = ("surveys/alpha\nsurveys/beta\n", "surveys/beta\nsurveys/alpha\n")
        old, new = pair if pair[0] in text else pair[::-1]
        self.site.write("index.md", text.replace(old, new))
        return ""

    def _edit_static(self) -> str:
        self.site.write("_static/site.css", f"b {{ margin: {self._count}px }}\n")
        return ""

    def _edit_layout(self) -> str:
        layout = self._numbers.choice(["tabs", "cards", "table", "sections"])
        self.site.write("surveys/beta.md", page("Beta", "beta", f"layout: {layout}"))
        return layout

    def _edit_body(self) -> str:
        text = self.site.read("views.md")
        start = text.index("- id: private")
        body = f"- id: private\n  name: {self._word()}\n  cite: lee2020one\n  summary: '{self._text()}'\n```\n"
        self.site.write("views.md", text[:start] + body)
        return ""

    def _edit_add_page(self) -> str:
        roles = "".join(f"{{paper}}`{name}` " for name in self._numbers.sample(TARGETS, 2))
        text = f"# Extra {self._word()}\n\n{roles}\n\n```{{paper-table}}\n:ids: {self._numbers.choice(TARGETS)}\n```\n"
        self.site.write(f"extra/p{self._numbers.randrange(3)}.md", text)
        return ""

    def _edit_remove_page(self) -> str:
        pages = sorted((self.site.source / "extra").glob("p*.md"))
        if pages:
            self._numbers.choice(pages).unlink()
        return "" if pages else "nothing"

    def _edit_owner_goes_or_comes(self) -> str:
        """Take away the page that owns a survey's anchors, or bring it back."""
        if "surveys/beta.md" in self._taken:
            self.site.write("surveys/beta.md", self._taken.pop("surveys/beta.md"))
            return "comes"
        self._taken["surveys/beta.md"] = self.site.read("surveys/beta.md")
        self.site.remove("surveys/beta.md")
        return "goes"

    def _edit_touch(self) -> str:
        (self.site.source / "surveys" / "alpha.yaml").touch()
        return ""

    def _edit_nothing(self) -> str:
        return ""
