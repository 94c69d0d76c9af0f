"""A drawing: inline SVG in HTML, a file in an e-book, TikZ for LaTeX, its text alternative elsewhere.

And what a figure shows.
"""

from __future__ import annotations

import hashlib
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from sphinx_paper_table.cards.docutils_helpers import (
    joined,
    object_link,
    paragraph,
    reference_link,
    register_expansion,
)
from sphinx_paper_table.cards.html import templates
from sphinx_paper_table.cards.links import PageLinks
from sphinx_paper_table.features.figure.node import paper_drawing, paper_shown
from sphinx_paper_table.features.figure.tikz import figure_tikz
from sphinx_paper_table.sphinx_host.translation import _
from sphinx_paper_table.store import write_atomically

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_paper_table.reading.drawings import Drawing, Shape

_BROAD: Final = 560
"""Drawings wider than this scroll where there is no room for them; others shrink a little."""
_ARROW: Final = "arrow"
_OWN: Final = "pt-d-"
"""How our classes begin on a page, where others have theirs."""
BOOK_STYLE: Final = (
    "text{fill:#1b1b1b;font:14px sans-serif}.pt-d-small{font-size:12px}.pt-d-strong{font-weight:650}"
    ".pt-d-quiet{fill:#555}.pt-d-formula{font-family:serif;font-style:italic}.pt-d-middle{text-anchor:middle}"
    ".pt-d-end{text-anchor:end}"
    ".pt-d-box,.pt-d-a,.pt-d-b,.pt-d-c,.pt-d-d,.pt-d-e{fill:#f6f6f6;stroke:#777}.pt-d-a{fill:#c9dcf7}"
    ".pt-d-b{fill:#fbdcb8}.pt-d-c{fill:#c8e6cd}.pt-d-d{fill:#e3d1f3}.pt-d-e{fill:#f7cdd3}"
    ".pt-d-faint{opacity:.35}.pt-d-dot{stroke:none;fill:#555}.pt-d-a.pt-d-dot{fill:#2563b0}.pt-d-b.pt-d-dot{fill:#b5651d}"
    ".pt-d-c.pt-d-dot{fill:#2e7d3a}.pt-d-d.pt-d-dot{fill:#7b3fa0}.pt-d-e.pt-d-dot{fill:#b3263a}"
    ".pt-d-line,.pt-d-arrow{fill:none;stroke:#333;stroke-width:1.4}.pt-d-dashed{stroke-dasharray:5 4}"
    ".pt-d-thin{stroke-width:.7}.pt-d-thick{stroke-width:2.6}marker path{fill:#333}"
)
"""The style of a file that stands alone, in a book: the style sheet of pages does not reach it."""


def svg(drawing: Drawing, said: Mapping[str, str], name: str) -> str:
    """Return what is within the element ``svg``; *said* has the labels in the language of the page.

    *name* makes the id of the head of arrows unique.
    """
    head = f"{name}-head"
    marker = (
        f'<defs><marker id="{head}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8"'
        ' markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 10 5 0 10z"/></marker></defs>'
    )
    shapes = "".join(_shape(shape, said, head) for shape in drawing.shapes)
    return (marker if f"#{head}" in shapes else "") + shapes


def _shape(shape: Shape, said: Mapping[str, str], head: str) -> str:
    attributes = ""
    for name, value in shape.attributes:
        styles = value.split() if name == "class" else []
        attributes += f' {name}="{escape(" ".join(_OWN + style for style in styles) or value)}"'
        if _ARROW in styles:
            attributes += f' marker-end="url(#{head})"'
    inner = "".join(
        escape(_said(child, said) if shape.is_translated else child)
        if isinstance(child, str)
        else _shape(child, said, head)
        for child in shape.children
    )
    return f"<{shape.name}{attributes}>{inner}</{shape.name}>"


def _said(text: str, said: Mapping[str, str]) -> str:
    """Return a label in the language of the page, with the spaces around it."""
    label = text.strip()
    return text.replace(label, said.get(label, label))


def visit_drawing(self: HTML5Translator, node: nodes.Element) -> None:
    """Print the drawing; in EPUB, where Sphinx declares no SVG on pages, as a file of its own."""
    drawing: Drawing = node["drawing"]
    x, y, width, height = drawing.box
    name = _digest(node)
    box = f'viewBox="{x:g} {y:g} {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    inner = svg(drawing, node["said"], f"pt-{name}-{node['number']}")
    if self.builder.name == "epub":
        source = f'<svg xmlns="http://www.w3.org/2000/svg" {box}><style>{BOOK_STYLE}</style>{inner}</svg>\n'
        address = _write(self.builder, f"drawing-{name}.svg", source)
        self.body.append(f'<img src="{escape(address)}" alt="{escape(node["alt"])}" />\n')
    else:
        broad = " pt-broad-drawing" if width > _BROAD else ""
        label = escape(str(_("Drawing")))
        self.body.append(
            f'<div class="pt-view pt-drawing{broad}"><div class="pt-scroll" tabindex="0" role="group"'
            f' aria-label="{label}"><svg class="headerlink" {box} role="img" aria-label="{escape(node["alt"])}">'
            f"{inner}</svg></div></div>\n"
        )
    raise nodes.SkipNode


def _digest(node: nodes.Element) -> str:
    facts = repr((node["drawing"], sorted(node["said"].items())))
    return hashlib.blake2b(facts.encode(), digest_size=8).hexdigest()


def _write(builder: Any, name: str, text: str) -> str:
    """Write a picture into the book; return its address as seen from the page that is printed."""
    path = Path(builder.outdir, builder.imagedir, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, text.encode())
    return f"{builder.imgpath}/{name}"


def expand_drawing(node: Any, builder: Builder, _docname: str) -> list[nodes.Node]:
    """Return the drawing for LaTeX, elsewhere the text alternative as a paragraph."""
    if builder.format == "latex":
        return [nodes.raw("", figure_tikz(node["drawing"], node["alt"], node["said"]), format="latex")]
    return [paragraph(nodes.Text(node["alt"]))] if node["alt"] else []


def visit_shown(self: HTML5Translator, node: nodes.Element) -> None:
    """Print the methods and references of a figure."""
    links = PageLinks(self.builder, self.builder.current_docname)
    self.body.append(templates().get_template("features/figure/figure.html").render(node=node, links=links) + "\n")
    raise nodes.SkipNode


def expand_shown(node: Any, builder: Builder, docname: str) -> list[nodes.Node]:
    """Return the methods and references as a paragraph each."""
    methods = [[object_link(builder, docname, "method", paper, name)] for paper, name in node["methods"]]
    cites = [[reference_link(builder, docname, key)] for key in node["cites"]]
    return [
        paragraph(nodes.Text(str(_("{label}: ")).format(label=label)), *joined(links, str(_(", "))))
        for label, links in ((_("Methods"), methods), (_("Drawn after"), cites))
        if links
    ]


def setup_drawing(app: Sphinx) -> None:
    """Register the nodes with their printers and their expansions."""
    app.add_node(paper_drawing, html=(visit_drawing, None))
    app.add_node(paper_shown, html=(visit_shown, None))
    register_expansion(paper_drawing, expand_drawing)
    register_expansion(paper_shown, expand_shown)
