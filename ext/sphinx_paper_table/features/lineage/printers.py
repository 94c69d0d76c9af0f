"""A lineage, as a drawing with an equivalent list in HTML and LaTeX, as the list alone elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from sphinx_paper_table.cards.docutils_helpers import in_environment, object_link, paragraph, register_expansion
from sphinx_paper_table.cards.html import templates
from sphinx_paper_table.cards.links import PageLinks
from sphinx_paper_table.citations.sentences import sentence
from sphinx_paper_table.features.lineage.kept import kept_drawing
from sphinx_paper_table.features.lineage.node import paper_lineage
from sphinx_paper_table.features.lineage.query import Member
from sphinx_paper_table.features.lineage.tikz import tikz
from sphinx_paper_table.features.lineage.timeline import HEIGHT
from sphinx_paper_table.features.lineage.upright import draw_upright
from sphinx_paper_table.sphinx_host.setting_words import state_mark
from sphinx_paper_table.sphinx_host.translation import _
from sphinx_paper_table.survey.anchors import anchor_of
from sphinx_paper_table.survey.elsewhere import parted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_paper_table.features.lineage.query import Lineage
    from sphinx_paper_table.features.lineage.timeline import Drawing

PATTERNS: Final = 5
"""Ways of drawing a line in the style sheet (``pt-k0`` …); further kinds begin anew, with another arrow head."""

COLOURS: Final = 8
"""Of groups, in the style sheet (``pt-g0`` …)."""
GLYPHS: Final = (
    "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
    "M-4-4H4V4H-4z",
    "M0-5.2 5.2 4H-5.2z",
    "M0-5.5 5.5 0 0 5.5-5.5 0z",
    "M-1.6-5H1.6V-1.6H5V1.6H1.6V5H-1.6V1.6H-5V-1.6H-1.6z",
    "M0 5.2 5.2-4H-5.2z",
    "M-5.5-2H5.5V2H-5.5z",
    "M-5-2.7-2.7-5 0-2.3 2.7-5 5-2.7 2.3 0 5 2.7 2.7 5 0 2.3-2.7 5-5 2.7-2.3 0z",
)
"""The marks of groups around (0, 0), which tell them apart without colour; eight more are hollow."""

Branch = tuple[Member, list[tuple[str, list[Member]]]]
"""A member with what it says of earlier ones, by the name of the relation."""


def branches(lineage: Lineage) -> Iterator[Branch]:
    """Yield what the drawing shows as a tree: each member, in the order of time, with the relations that it states."""
    members = {member.paper: member for member in lineage.members}
    for member in lineage.members:
        said = [
            (
                kind.label,
                [members[edge.target] for edge in lineage.edges if (edge.source, edge.type) == (member.paper, kind.id)]
                + [Member(paper, parted(paper)[1], "") for stated, paper in member.elsewhere if stated == kind.id],
            )
            for kind in lineage.kinds
        ]
        yield member, [(label, others) for label, others in said if others]


def member_anchor(anchor: str, paper: str) -> str:
    """Return the id of a member's box in the drawing with this anchor."""
    return anchor_of(f"{anchor}-", paper)


def labels_of(lineage: Lineage) -> list[str]:
    """Return what is drawn of each member: its name, and what became of it."""
    return [member.name + state_mark(member.status) for member in lineage.members]


def _kept(node: nodes.Element, labels: list[str], builder: Builder, docname: str) -> Drawing:
    place = f"{docname} {node['anchor']}"
    return kept_drawing(node["lineage"], labels, Path(builder.doctreedir), place)


def visit_lineage(self: HTML5Translator, node: nodes.Element) -> None:
    """Print the drawing, its legend and the list; in EPUB, where Sphinx declares no SVG, the list alone."""
    lineage: Lineage = node["lineage"]
    labels = labels_of(lineage)
    numbers = {group.key: number for number, group in enumerate(lineage.groups)}
    html = (
        templates()
        .get_template("features/lineage/lineage.html")
        .render(
            node=node,
            member_anchor=member_anchor,
            lineage=lineage,
            labels=labels,
            drawing=_kept(node, labels, self.builder, self.builder.current_docname),
            upright=draw_upright(lineage, labels, str(_("date unknown"))),
            GLYPHS=GLYPHS,
            group_numbers=numbers,
            group_titles={group.key: group.title for group in lineage.groups},
            group_class=lambda key: f"pt-g{numbers[key] % COLOURS}" if key in numbers else "",
            has_svg=self.builder.name != "epub",
            height=HEIGHT,
            names={member.paper: member.name for member in lineage.members},
            kinds={kind.id: (kind, f"pt-k{kind.number % PATTERNS}", kind.number) for kind in lineage.kinds},
            branches=list(branches(lineage)),
            links=PageLinks(self.builder, self.builder.current_docname),
        )
    )
    self.body.append(html + "\n")
    raise nodes.SkipNode


def expand_lineage(node: Any, builder: Builder, docname: str) -> list[nodes.Node]:
    """Return the nested list; for LaTeX, after the drawing."""
    tree = nodes.bullet_list("")
    for member, said in branches(node["lineage"]):
        date = str(_(" ({date})")).format(date=member.date or _("date unknown")) + state_mark(member.status)
        item = nodes.list_item("", paragraph(*_named(member, builder, docname), nodes.Text(date)))
        if said:
            item += nodes.bullet_list("", *(_relation_item(label, others, builder, docname) for label, others in said))
        tree += item
    target = nodes.target("", "", ids=[node["anchor"]])
    if builder.format != "latex":
        return [target, tree]
    large = _(
        "The drawing stands on the next sheet, which is as large as it has to be. A list that says the same follows."
    )
    labels = labels_of(node["lineage"])
    drawing = tikz(node["lineage"], labels, _kept(node, labels, builder, docname), (str(_("date unknown")), str(large)))
    return [target, nodes.raw("", drawing, format="latex"), *in_environment("papertablecolumns", [tree])]


def _relation_item(label: str, others: list[Member], builder: Builder, docname: str) -> nodes.list_item:
    line = sentence(_("{label}: "), label=[nodes.emphasis("", label)])
    for number, other in enumerate(others):
        line += [nodes.Text(str(_(", ")))] if number else []
        line += _named(other, builder, docname)
    return nodes.list_item("", paragraph(*line))


def _named(member: Member, builder: Builder, docname: str) -> list[nodes.Node]:
    return [object_link(builder, docname, "method", member.paper, member.name)]


def setup_lineage(app: Sphinx) -> None:
    """Register the node with its printer and its expansion."""
    app.add_node(paper_lineage, html=(visit_lineage, None))
    register_expansion(paper_lineage, expand_lineage)
