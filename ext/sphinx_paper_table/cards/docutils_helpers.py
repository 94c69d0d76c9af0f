"""Standard docutils nodes for builders that print no HTML: small parts, and who expands which of our nodes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.builders import Builder
from sphinx.util.nodes import make_refnode

from sphinx_paper_table.citations import citations_of
from sphinx_paper_table.citations.sentences import sentence
from sphinx_paper_table.compat.sphinx import tex_escaped
from sphinx_paper_table.sphinx_host.domain import locations
from sphinx_paper_table.sphinx_host.other_sites import remote_paper
from sphinx_paper_table.sphinx_host.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_paper_table.sphinx_host.other_sites import RemotePaper

Expansion = Callable[[Any, Builder, str], list[nodes.Node]]
"""Returns one of our nodes as blocks, for a builder and a page."""
EXPANSIONS: Final[dict[type[nodes.Element], Expansion]] = {}


def register_expansion(kind: type[nodes.Element], expansion: Expansion) -> None:
    """Let *expansion* make standard nodes of every node of this *kind*."""
    EXPANSIONS[kind] = expansion


def anchor_target(node: nodes.Element) -> list[nodes.Node]:
    """Return a target with the ids of *node*, or nothing when it has none."""
    anchors = list(node["ids"]) or ([node["anchor"]] if node.get("anchor") else [])
    return [nodes.target("", "", ids=anchors)] if anchors else []


def paragraph(*children: nodes.Node) -> nodes.paragraph:
    """Return a paragraph that Sphinx is not to translate once more."""
    return nodes.paragraph("", "", *children, translatable=False)


def in_environment(name: str, blocks: Iterable[nodes.Node]) -> list[nodes.Node]:
    """Return *blocks* within an environment of LaTeX, one of those in ``sphinxpapertable.sty``."""
    ends = (nodes.raw("", rf"\{word}{{{name}}}" "\n", format="latex") for word in ("begin", "end"))
    return [next(ends), *blocks, next(ends)]


def address_link(builder: Builder, address: str, name: str) -> list[nodes.Node]:
    """Return a link to another site; plain text shows its address, since nothing can be clicked there."""
    if builder.name != "text":
        return [nodes.reference("", name, refuri=address, internal=False)]
    return [nodes.Text(f"{name}: "), nodes.reference("", address, refuri=address, internal=False)]


def bullet_list(lines: Iterable[Iterable[nodes.Node]]) -> list[nodes.Node]:
    """Return a bullet list, or nothing when there is nothing to list."""
    items = [nodes.list_item("", paragraph(*line)) for line in lines]
    return [nodes.bullet_list("", *items)] if items else []


def joined(groups: Sequence[Sequence[nodes.Node]], separator: str) -> list[nodes.Node]:
    """Return all nodes in a row, with *separator* between the groups."""
    row: list[nodes.Node] = []
    for number, group in enumerate(groups):
        row.extend([nodes.Text(separator), *group] if number else group)
    return row


def object_link(builder: Builder, docname: str, kind: str, name: str, text: str) -> nodes.Node:
    """Return a link to an object of the domain; only its text when no page has it."""
    if other := remote_paper(builder.env, name) if kind == "method" else None:
        return _link_elsewhere(other, builder, docname)
    target = locations(builder.env).get((kind, name))
    if target is None:
        return nodes.Text(text)
    return make_refnode(builder, docname, target.docname, target.anchor, nodes.inline("", text))


def _link_elsewhere(other: RemotePaper, builder: Builder, docname: str) -> nodes.inline:
    """Return the name of a paper on another site, with a link, and where it is: nothing can be clicked on paper."""
    uri = other.seen_from(docname)
    name: list[nodes.Node] = [nodes.Text(other.name)]
    place: list[nodes.Node] = [nodes.Text(other.site)]
    if uri:
        name = [nodes.reference("", other.name, refuri=uri, internal=False)]
        place += [nodes.Text(str(_(", "))), nodes.reference("", uri, refuri=uri, internal=False)]
    return nodes.inline("", "", *name, *sentence(_(" ({source})"), source=place))


def page_number(builder: Builder, kind: str, name: str) -> list[nodes.Node]:
    """Return the page of a book that has an object of the domain; nothing where there are no pages."""
    target = locations(builder.env).get((kind, name))
    if target is None or builder.format != "latex":
        return []
    label = rf"\detokenize{{{target.docname}:{target.anchor}}}"
    return [nodes.raw("", rf"\papertablepage{{{label}}}", format="latex")]


def reference_link(builder: Builder, docname: str, key: str) -> nodes.Node:
    """Return the label of a reference, with a link to it when a bibliography lists it."""
    citations = citations_of(builder.env)
    place, label = citations.target(key, docname), citations.label(key)
    if place is None:
        return nodes.Text(label)
    if (
        builder.format == "latex"
    ):  # whose lists of references have labels of another kind, as sphinxcontrib-bibtex knows
        link = rf"\hyperlink{{cite.{place.docname}:{place.anchor}}}{{{tex_escaped(label)}}}"
        return nodes.raw("", link, format="latex")
    return make_refnode(builder, docname, place.docname, place.anchor, nodes.inline("", label))
