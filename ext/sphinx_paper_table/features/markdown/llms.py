"""``llms.txt``: what programs that read a site begin with, after https://llmstxt.org/.

The builder ``markdown`` writes it beside its pages. Its sections are the surveys, the other pages, the data of the site
where they lie in the same folder, and "Optional", which that format lets programs skip: what the search lists last.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from docutils import nodes
from markupsafe import Markup

from sphinx_paper_table.citations import label_words
from sphinx_paper_table.exports.addresses import PAPERS
from sphinx_paper_table.features.markdown.visitors import BUILDER
from sphinx_paper_table.sphinx_host.domain import locations
from sphinx_paper_table.sphinx_host.session import session_of
from sphinx_paper_table.sphinx_host.translation import _
from sphinx_paper_table.store import write_atomically
from sphinx_paper_table.survey.readable import readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

FILE: Final = "llms.txt"
OPTION: Final = "paper_table_markdown"
_LINK: Final = Markup('<link rel="alternate" type="text/markdown" href="{}">\n')


class Link(NamedTuple):
    """A line of the file: a page or file, and what it is."""

    title: str
    address: str
    note: str = ""


def llms_text(title: str, summary: str, sections: Mapping[str, list[Link]]) -> str:
    """Return the file; sections without links are left out."""
    blocks = [f"# {title}", *([f"> {summary}"] if summary else [])]
    for heading, links in sections.items():
        lines = [f"- [{_escaped(link.title)}]({link.address}){link.note and f': {link.note}'}" for link in links]
        blocks += [f"## {heading}", "\n".join(lines)] if lines else []
    return "\n\n".join(blocks) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def pages_in_order(env: BuildEnvironment) -> list[str]:
    """Return all pages, in the order of the tables of contents; those in none stand behind, by name."""
    found: dict[str, None] = {}
    waiting = [str(env.config.root_doc)]
    while waiting:
        docname = waiting.pop(0)
        if docname not in found:
            found[docname] = None
            waiting[:0] = env.toctree_includes.get(docname, [])
    return [name for name in (*found, *sorted(env.found_docs - found.keys())) if name in env.titles]


def write_llms(app: Sphinx, exception: Exception | None) -> None:
    """Write the file beside the pages that the builder has written (``build-finished``)."""
    if exception is None and app.builder.name == BUILDER:
        text = llms_text(app.config.html_title or app.config.project, _summary(app.env), _sections(app))
        write_atomically(Path(app.outdir) / FILE, text.encode())


def _sections(app: Sphinx) -> dict[str, list[Link]]:
    surveys, every = dict(_surveys(app)), pages_in_order(app.env)
    pages = [name for name in every if name not in surveys]
    last = {name for name in pages if _is_last(name, app.config.paper_table_search_last)}
    return {
        str(_("Surveys")): [surveys[name] for name in every if name in surveys],
        str(_("Pages")): [_page(app, name) for name in pages if name not in last],
        str(_("Data")): list(_data(app)),
        "Optional": [_page(app, name) for name in pages if name in last],
    }


def _is_last(docname: str, last: list[str]) -> bool:
    return any(docname == name or docname.startswith(f"{name}/") for name in last)


def _surveys(app: Sphinx) -> Iterator[tuple[str, Link]]:
    """Yield the pages that surveys are at home on, with the first paragraph of what the records say of them."""
    catalogue, words, index = session_of(app.env).catalogue, label_words(), locations(app.env)
    for name, survey in catalogue.surveys.items():
        target = index.get(("survey", name))
        if target is not None:
            first = str(survey.summary or "").strip().partition("\n\n")[0]
            yield target.docname, _page(app, target.docname)._replace(note=readable(first, catalogue, words))


def _page(app: Sphinx, docname: str) -> Link:
    return Link(app.env.titles[docname].astext(), _address(app, app.builder.get_target_uri(docname)))


def _data(app: Sphinx) -> Iterator[Link]:
    if (Path(app.outdir) / PAPERS).is_file():  # where a build of HTML has written to the same folder
        yield Link(PAPERS, _address(app, PAPERS), str(_("All surveys and papers, as JSON")))
        yield Link("refs.bib", _address(app, "refs.bib"), str(_("All references, as BibTeX")))


def _address(app: Sphinx, path: str) -> str:
    base = app.config.html_baseurl
    return f"{base.rstrip('/')}/{path}" if base else path


def _summary(env: BuildEnvironment) -> str:
    """Return the first paragraph of the site."""
    paragraph = env.get_doctree(env.config.root_doc).next_node(nodes.paragraph)
    return " ".join(paragraph.astext().split()) if paragraph is not None else ""


def announce(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Let each page name its rendition as Markdown, where the project says that there is one."""
    if app.config[OPTION] and doctree is not None and app.builder.name == "html":
        link = _LINK.format(f"{pagename.rpartition('/')[2]}.md")
        context["metatags"] = context.get("metatags", "") + str(link)


def setup_llms(app: Sphinx) -> None:
    """Connect."""
    app.connect("html-page-context", announce)
    app.connect("build-finished", write_llms)
