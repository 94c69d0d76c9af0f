"""The head of a survey's page: how each builder prints it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from sphinx_paper_table.cards.docutils_helpers import paragraph, register_expansion
from sphinx_paper_table.cards.html import templates
from sphinx_paper_table.cards.links import PageLinks
from sphinx_paper_table.cards.node_types import paper_view
from sphinx_paper_table.features.survey_header.citation import Citation
from sphinx_paper_table.features.survey_header.node import paper_header
from sphinx_paper_table.sphinx_host.domain import PART
from sphinx_paper_table.sphinx_host.translation import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator

_IDEOGRAPH: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_WORD: Final = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]+")
_WORDS_A_MINUTE: Final = 230
"""Of prose in English, silently: M. Brysbaert, How many words do we read per minute?, 2019: 238."""
_IDEOGRAPHS_A_MINUTE: Final = 400


def reading_minutes(document: nodes.document) -> int:
    """Return how long the prose of a page takes to read: what stands in paragraphs, in no table, no reference."""
    words = ideographs = 0
    for text in document.findall(nodes.paragraph):
        parent = text.parent
        while parent is not None and not isinstance(parent, (paper_view, nodes.citation)):
            parent = parent.parent
        if parent is None:
            said = text.astext()
            words += len(_WORD.findall(said))
            ideographs += len(_IDEOGRAPH.findall(said))
    return max(1, round(words / _WORDS_A_MINUTE + ideographs / _IDEOGRAPHS_A_MINUTE))


def _facts(node: nodes.Element, document: nodes.document) -> list[tuple[str, str]]:
    """Return what is said of the survey, as (label, value), without what is unknown or nothing."""
    facts = node["facts"]
    minutes = str(_("{number} min")).format(number=reading_minutes(document))
    known = [
        (_("Authors"), str(_("; ")).join(node["authors"])),
        (_("Last reviewed"), facts.reviewed),
        (_("Methods"), facts.methods),
        (_("Data sets"), facts.datasets),
        (_("Surveys"), facts.surveys),
        (_("Reading time"), minutes),
    ]
    return [(str(label), str(value)) for label, value in known if value]


def _parts(self: HTML5Translator, links: PageLinks, survey: str) -> list[tuple[str, str]]:
    """Return where the bar leads, as (address, label): parts that no page has are left out.

    So are the methods where the survey's page is this one, and none of its tables is here.
    """
    story = next((ids[0] for section in self.document.findall(nodes.section) if (ids := section["ids"])), "")
    found = [
        (f"#{story}" if story else "", _("Story")),
        (links.object(PART, f"lineage {survey}"), _("Lineage")),
        (links.survey(survey), _("Methods")),
        (links.object(PART, f"results {survey}"), _("Results")),
    ]
    return [(address, str(label)) for address, label in found if address.strip("#")]


def visit_header(self: HTML5Translator, node: nodes.Element) -> None:
    """Print the facts, the citation and the bar."""
    facts, builder = node["facts"], self.builder
    base = str(builder.config.html_baseurl)
    citation = Citation(
        key=facts.survey,
        title=facts.title,
        site=str(builder.config.html_title),
        authors=node["authors"],
        version=str(builder.config.release),
        day=facts.reviewed,
        address=base.rstrip("/") + "/" + builder.get_target_uri(builder.current_docname) if base else "",
    )
    forms = [("BibTeX", citation.bibtex()), ("CSL-JSON", citation.csl()), ("CITATION.cff", citation.cff())]
    parts = _parts(self, PageLinks(builder, builder.current_docname), facts.survey)
    html = templates().get_template("features/survey_header/header.html")
    said = _facts(node, self.document)
    self.body.append(html.render(facts=said, forms=forms, parts=parts, is_book=builder.name == "epub") + "\n")
    raise nodes.SkipNode


def expand_header(node: Any, _builder: Builder, _docname: str) -> list[nodes.Node]:
    """Return a paragraph with the facts."""
    said = [str(_("{label}: ")).format(label=label) + value for label, value in _facts(node, node.document)]
    return [paragraph(nodes.Text(str(_("; ")).join(said)))]


def setup_header(app: Sphinx) -> None:
    """Register the node with its printer and its expansion."""
    app.add_node(paper_header, html=(visit_header, None))
    register_expansion(paper_header, expand_header)
