"""Paper tables as standard docutils nodes, for every builder that prints no HTML: LaTeX, text, man, XML, linkcheck.

A card becomes an item of a definition list, a group a rubric over such a list, the table layout a table.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_paper_table.cards import node_types as elements
from sphinx_paper_table.cards.became import status_paragraph
from sphinx_paper_table.cards.docutils_helpers import (
    EXPANSIONS,
    address_link,
    anchor_target,
    bullet_list,
    in_environment,
    joined,
    object_link,
    paragraph,
    reference_link,
)
from sphinx_paper_table.cards.html import FIELD_LABELS, LINK_NAMES
from sphinx_paper_table.citations.sentences import sentence
from sphinx_paper_table.compat.sphinx import application_of
from sphinx_paper_table.compat.sphinx_design import is_component
from sphinx_paper_table.sphinx_host.domain import TAG
from sphinx_paper_table.sphinx_host.source_locations import localised_location
from sphinx_paper_table.sphinx_host.translation import _
from sphinx_paper_table.survey.paper_fields import plain_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from sphinx_paper_table.cards.node_types import Card, RelationLine, VideoLink
    from sphinx_paper_table.survey.result_lines import ResultLine

TABS_CLASS: Final = "pt-tabs"
"""Marks the tab sets that are ours."""
ENTRIES: Final = "pt-papers"
"""Marks the lists of entries."""


_CONTAINERS: Final = (
    elements.paper_view,
    elements.paper_section,
    elements.paper_groups,
    elements.paper_intro,
    elements.paper_grid,
    elements.paper_rowhead,
)


class ExpandPaperTables(SphinxPostTransform):
    """Expand our nodes where no visitor prints them, and lay tabs open where nobody can click."""

    default_priority = 11
    """After the references in the texts are resolved (10), before sphinx-design's tabs (200) and linkcheck (800)."""

    def run(self, **_kwargs: Any) -> None:
        """Expand everything in the document."""
        builder = application_of(self.env).builder
        if builder.name == "gettext":
            return
        if builder.format != "html" or builder.name == "epub":
            open_tabs(self.document)
        if builder.format != "html":
            expansion = _Expansion(builder, self.env.current_document.docname)
            _label_sections(self.document)
            for kind, expand in EXPANSIONS.items():
                for node in list(self.document.findall(kind)):
                    node["classes"] = []  # those for scripts; docutils insists on keeping classes
                    node.replace_self(expand(node, builder, self.env.current_document.docname))
            for kind in (elements.paper_view, elements.paper_intro, elements.paper_videos, elements.paper_card):
                found: list[Any] = list(self.document.findall(kind))
                for node in found:
                    node.replace_self(expansion.blocks([node]))


def open_tabs(document: nodes.document) -> None:
    """Replace our tab sets by the sections in them, each under its heading; others by their labels and contents.

    An EPUB is HTML to sphinx-design, which would print tabs that are not XML and that no reading system can turn.
    """
    for tabs in [node for node in document.findall(nodes.container) if TABS_CLASS in node["classes"]]:
        sections: list[Any] = [section for item in tabs.children for section in item.children[1].children]
        for section in sections:
            section["heading"] = True
        tabs.replace_self(sections)
    for tabs in [node for node in document.findall(nodes.container) if is_component(node, "tab-set")]:
        tabs["classes"] = []  # docutils would keep those for styles
        tabs.replace_self([block for item in tabs.children for block in _opened(item)] or nodes.container())


def _opened(item: Any) -> list[nodes.Node]:
    """Return the label of a tab, with all its anchors, and what stands in it; another node is itself."""
    if not is_component(item, "tab-item"):
        return [item]
    label, *panels = item.children
    label["classes"] = []
    label["ids"] += item["ids"]
    return [label, *(block for panel in panels for block in panel.children)]


def _label_sections(document: nodes.document) -> None:
    """Give the anchors of views without content of their own to the section behind them.

    LaTeX prints no target that stands before a section: it expects the names there.
    """
    for view in document.findall(elements.paper_view):
        following = view.next_node(descend=False, siblings=True)
        if not view.children and isinstance(following, nodes.section):
            following["ids"].extend(view["ids"])
            view["ids"], view["anchor"] = [], ""


class _Expansion:
    """Expands the nodes of one document for one builder."""

    def __init__(self, builder: Builder, docname: str) -> None:
        self._builder = builder
        self._docname = docname
        self._is_book = builder.format == "latex"

    def blocks(self, children: Iterable[nodes.Node]) -> list[nodes.Node]:
        """Return *children* as blocks; cards next to each other share a definition list."""
        blocks: list[Any] = []
        for child in children:
            if isinstance(child, elements.paper_card) and child["layout"] != "section":
                if not (blocks and isinstance(blocks[-1], nodes.definition_list)):
                    blocks.append(nodes.definition_list(classes=[ENTRIES]))
                blocks[-1] += self._item(child)
            else:
                blocks.extend(self._block(child))
        return self._book_entries(blocks) if self._is_book else blocks

    @staticmethod
    def _book_entries(blocks: list[Any]) -> list[nodes.Node]:
        """Return *blocks* with each list of entries in the environment that sets them small and close."""
        found: list[nodes.Node] = []
        for block in blocks:
            is_list = isinstance(block, nodes.definition_list) and ENTRIES in block["classes"]
            found += [*in_environment("papertableentries", [block])] if is_list else [block]
        return found

    def _block(self, node: Any) -> list[nodes.Node]:
        """Return one of our nodes as blocks; another is itself."""
        if isinstance(node, elements.paper_card):
            return self._body(node)
        if isinstance(node, elements.paper_rows):
            if self._builder.name == "man":  # whose tables have no cells across columns
                return self.blocks(child for group in node.children for child in group.children)
            return [self._table(node)]
        if isinstance(node, elements.paper_videos):
            return [nodes.rubric("", str(_("Lectures"))), self._videos(node["videos"])]
        if isinstance(node, _CONTAINERS):
            blocks = self.blocks(node.children)
            is_section = isinstance(node, elements.paper_section) and self._is_book and node["title"]
            return (
                [_section(node, blocks)] if is_section and _is_in_sections(node) else _labelled(_heading(node), blocks)
            )
        return [node]

    def _item(self, node: nodes.Element) -> nodes.definition_list_item:
        card: Card = node["card"]
        term = nodes.term("", "", nodes.strong("", card.name), ids=list(node["ids"]))
        if card.published:
            term += nodes.Text(f" ({card.published})")
        return nodes.definition_list_item("", term, nodes.definition("", *self._body(node)))

    def _body(self, node: nodes.Element) -> list[nodes.Node]:
        """Return everything a card says below its name."""
        card: Card = node["card"]
        texts = _texts_by_role(node)
        body: list[nodes.Node] = []
        if card.title:
            formulas = texts["title"][0].children if texts["title"] and self._builder.format == "latex" else ()
            title = nodes.emphasis("", "", *(formulas or [nodes.Text(card.title)]))
            body.append(paragraph(title, nodes.Text(f". {', '.join(card.authors)}.")))
        if card.status:
            body.append(status_paragraph(self._builder, self._docname, card.status))
        if card.since:
            place = self._link("", str(card.since.url), card.since.place) if card.since.url else None
            shown = place or [nodes.Text(card.since.place)]
            body.append(paragraph(*sentence(_("Published since: {place}"), place=shown)))
        body.extend(paragraph(*text.children) for text in texts["note"])
        cites = self._cites(card)
        body.extend(paragraph(*text.children, nodes.Text(" "), *cites) for text in texts["summary"])
        if cites and not texts["summary"]:
            body.append(paragraph(*cites))
        body.extend(bullet_list(text.children for text in texts["point"]))
        if self._is_book:
            body.extend(self._relations(card.relations, texts["why"]))
        else:
            body.extend(bullet_list(self._relation(relation, texts["why"]) for relation in card.relations))
        body.extend(bullet_list(self._result(result) for result in card.results))
        if card.videos:
            body.append(self._videos(card.videos))
        body.extend(self._plain(card, texts))
        if card.tags:
            names = [[object_link(self._builder, self._docname, TAG, tag, name)] for tag, name in card.tags]
            body.append(_after_label("tags", joined(names, str(_(", ")))))
        if card.links:
            body.append(paragraph(*joined([self._link(kind, url) for kind, url in card.links], str(_(", ")))))
        return body

    def _plain(self, card: Card, texts: Mapping[str, list[nodes.Element]]) -> Iterator[nodes.Node]:
        """Yield a paragraph for each field that is printed after its label."""
        given = dict(card.fields)
        for declared in plain_fields():
            said = [text.children for text in texts[declared.role]]
            for value in given.get(declared.name, ()):
                link = nodes.reference("", value, refuri=value, internal=False)
                said.append([link if declared.is_address else nodes.Text(value)])
            if said and declared.shown.card:
                yield _after_label(declared.name, joined(said, " " if declared.has_markup else str(_(", "))))

    def _cites(self, card: Card) -> list[nodes.Node]:
        return joined([[nodes.Text("["), self._cite(key), nodes.Text("]")] for key in card.cites], " ")

    def _cite(self, key: str) -> nodes.Node:
        return reference_link(self._builder, self._docname, key)

    def _relation(self, relation: RelationLine, reasons: Sequence[nodes.Element]) -> list[nodes.Node]:
        link = object_link(self._builder, self._docname, "method", relation.paper, relation.name)
        label = nodes.emphasis("", relation.label)
        if relation.why < 0:
            return [label, nodes.Text(" "), link]
        said = reasons[relation.why].children
        return sentence(_("{relation} {method}: {reason}"), relation=[label], method=[link], reason=said)

    def _relations(
        self, relations: Sequence[RelationLine], reasons: Sequence[nodes.Element]
    ) -> Iterator[nodes.paragraph]:
        """Yield a paragraph for each kind of relation: what a book has no room for is a line for each."""
        for label, lines in groupby(relations, key=attrgetter("label")):
            said = []
            for line in lines:
                link = object_link(self._builder, self._docname, "method", line.paper, line.name)
                why = reasons[line.why].children if line.why >= 0 else []
                said.append(sentence(_("{title} ({detail})"), title=[link], detail=why) if why else [link])
            head = sentence(_("{label}: "), label=[nodes.emphasis("", label)])
            yield paragraph(*head, *joined(said, str(_("; "))))

    def _result(self, result: ResultLine) -> list[nodes.Node]:
        source = self._link("", result.url, result.source) if result.url else [self._source(result)]
        remarks = (localised_location(result.where), str(_("reported by others")) if result.is_secondary else "")
        more = "".join(str(_(", ")) + str(part) for part in remarks if part)
        value = nodes.strong("", result.value)
        return [
            *sentence(_("{benchmark}: {value}"), benchmark=[nodes.Text(result.title)], value=[value]),
            nodes.Text(f" {result.setting}" if result.setting else ""),
            *sentence(_(" ({source})"), source=[*source, nodes.Text(more)]),
        ]

    def _source(self, result: ResultLine) -> nodes.Node:
        return self._cite(result.cite) if result.cite else nodes.Text(result.source)

    def _link(self, kind: str, url: str, text: str = "") -> list[nodes.Node]:
        """Return a link to another site, by its name or that of its kind."""
        return address_link(self._builder, url, text or str(LINK_NAMES[kind]))

    def _videos(self, videos: Sequence[VideoLink]) -> nodes.Node:
        lines = []
        for video in videos:
            title = str(_("{title} ({detail})")).format(title=video.title, detail=video.detail)
            links = joined([self._link(site, url) for site, url in video.urls], str(_(", ")))
            lines.append([nodes.Text(str(_("{label}: ")).format(label=title if video.detail else video.title)), *links])
        return bullet_list(lines)[0]

    def _table(self, rows: nodes.Element) -> nodes.table:
        # For LaTeX: a table of cards is longer than a page, and is broken where its columns have a width.
        table = nodes.table(classes=["pt-table", "longtable", "colwidths-given"])
        group = nodes.tgroup(cols=3)
        group.extend(nodes.colspec(colwidth=width) for width in (20, 20, 60))
        names = (str(_("Name")), str(FIELD_LABELS["published"]), str(_("Idea")))
        group += nodes.thead("", nodes.row("", *(nodes.entry("", paragraph(nodes.Text(name))) for name in names)))
        body = nodes.tbody()
        for node in rows.findall(lambda found: isinstance(found, (elements.paper_rowhead, elements.paper_card))):
            body += self._row(node) if isinstance(node, elements.paper_card) else self._row_head(node)
        group += body
        table += group
        return table

    def _row(self, node: nodes.Element) -> nodes.row:
        card: Card = node["card"]
        name = paragraph(nodes.strong("", card.name))
        cells = ([*anchor_target(node), name], [paragraph(nodes.Text(card.published))], self._body(node))
        return nodes.row("", *(nodes.entry("", *cell) for cell in cells))

    def _row_head(self, node: Any) -> nodes.row:
        blocks = [*_heading(node), *self.blocks(node.children)]
        return nodes.row("", nodes.entry("", *blocks, morecols=2))


def _after_label(field: str, said: list[nodes.Node]) -> nodes.paragraph:
    return paragraph(*sentence(_("{label}: "), label=[nodes.emphasis("", str(FIELD_LABELS[field]))]), *said)


def _heading(node: nodes.Element) -> list[nodes.Node]:
    """Return the anchor of a view or group, and its title where that is shown."""
    if not node.get("heading", True) or not node.get("title"):
        return anchor_target(node)
    title = f"{node['title']} ({node['period']})" if node["period"] else node["title"]
    return [*anchor_target(node), nodes.rubric("", title, translatable=False)]


def _is_in_sections(node: Any) -> bool:
    """Return whether a heading in the place of *node* is one of the page: not in a list, a table or a note."""
    within = (nodes.section, nodes.document, *_CONTAINERS)
    while isinstance(node := node.parent, within):
        if isinstance(node, nodes.document):
            return True
    return False


def _section(node: Any, blocks: list[nodes.Node]) -> nodes.Element:
    """Return a group as a section, which the table of contents of a book has."""
    section = nodes.section("", ids=list(node["ids"]) or [anchor for anchor in [node["anchor"]] if anchor])
    title = f"{node['title']} ({node['period']})" if node["period"] else node["title"]
    section += [nodes.title("", title, translatable=False), *blocks]
    return section


def _labelled(heading: list[nodes.Node], blocks: list[nodes.Node]) -> list[nodes.Node]:
    """Return both, a bare target before a table or a section as an id of theirs: LaTeX expects it there."""
    first = blocks[0] if blocks else None
    if not (isinstance(first, nodes.table | nodes.section) and heading and isinstance(heading[-1], nodes.target)):
        return [*heading, *blocks]
    first["ids"].extend(heading[-1]["ids"])
    return [*heading[:-1], *blocks]


def _texts_by_role(node: nodes.Element) -> dict[str, list[nodes.Element]]:
    texts: dict[str, list[nodes.Element]] = defaultdict(list)
    for text in node.findall(elements.paper_text):
        texts[text["role"]].append(text)
    return texts


def setup_standard(app: Sphinx) -> None:
    """Register the expansion."""
    app.add_post_transform(ExpandPaperTables)
