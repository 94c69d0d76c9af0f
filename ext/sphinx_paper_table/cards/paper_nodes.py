"""From records to nodes: one paper to one `paper_card`, in the read phase and for no builder in particular."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_paper_table.cards.node_types import (
    Card,
    RelationLine,
    VideoLink,
    paper_card,
    paper_search,
    paper_text,
)
from sphinx_paper_table.citations import label_words
from sphinx_paper_table.sphinx_host.setting_words import setting_words, status_words
from sphinx_paper_table.sphinx_host.translation import _
from sphinx_paper_table.survey.entities import METHOD, Video
from sphinx_paper_table.survey.paper_fields import links_of, plain_fields, shown_fields, tags_of
from sphinx_paper_table.survey.result_lines import result_line
from sphinx_paper_table.survey.status_lines import status_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_paper_table.sphinx_host.markup import MarkupParser
    from sphinx_paper_table.survey.catalogue import Catalogue, PaperRelation
    from sphinx_paper_table.survey.located import Located
    from sphinx_paper_table.survey.references import Reference
    from sphinx_paper_table.survey.selection import Entry


def build_card(
    entry: Entry, catalogue: Catalogue, markup: MarkupParser, *, anchor: str, layout: str, depth: int
) -> paper_card:
    """Return the node of one paper; *anchor* is empty unless this view owns the paper's anchor."""
    relations = catalogue.relations_of(entry.paper.id)
    card = card_of(entry, catalogue, anchor, relations)
    node = paper_card("", card=card, layout=layout, depth=depth)
    if anchor:
        node["cited_as"] = anchor, card.name
    node.source, node.line = entry.paper.position.path, entry.paper.position.line
    node += paper_search("", search_text(card), support_smartquotes=False, translatable=False)
    reference = catalogue.reference(entry.paper)
    if reference is not None and reference.title_parts:
        node += title_node(reference)
    node.extend(text_node(role, text, markup) for role, text in _texts(entry, relations))
    if anchor and layout != "section":
        node["ids"].extend((anchor, *card.former))
    return node


def card_of(entry: Entry, catalogue: Catalogue, anchor: str, relations: tuple[PaperRelation, ...]) -> Card:
    """Return what the card of *entry* shows besides its texts."""
    paper, reference = entry.paper, catalogue.reference(entry.paper)
    words, shown = label_words(), [declared for declared in plain_fields() if not declared.has_markup]
    return Card(
        id=paper.id,
        name=paper.name,
        anchor=anchor,
        title=reference.title if reference else "",
        authors=reference.authors_in(words) if reference else (),
        short_authors=reference.short_authors_in(words) if reference else "",
        published=catalogue.published(reference),
        date=catalogue.date(paper),
        tags=tuple(tags_of(paper, catalogue).items()),
        links=tuple(links_of(paper, catalogue).items()),
        fields=tuple((declared.name, values) for declared in shown if (values := declared.values(paper))),
        words=tuple(word for declared in shown if declared.shown.search for word in declared.values(paper)),
        videos=tuple(map(video_link, paper.videos)),
        relations=_relation_lines(paper.id, relations, catalogue),
        results=tuple(result_line(paper, result, catalogue, setting_words()) for result in paper.results),
        cites=tuple(key for key in paper.cite if key in catalogue.references),
        bibtex=reference.source if reference else "",
        kind="" if catalogue.kind(paper) == METHOD else catalogue.kind(paper),
        former=tuple(catalogue.anchor("method", alias) for alias in paper.aliases) if anchor else (),
        status=status_line(catalogue.status(paper), catalogue),
        since=catalogue.published_since(paper),
    )


def video_link(video: Video) -> VideoLink:
    """Return what is shown of a lecture."""
    urls = tuple((site, str(url)) for site in shown_fields(Video) if (url := getattr(video, site)))
    detail = str(_(", ")).join(part for part in (video.speaker, video.date, video.duration) if part)
    return VideoLink(video.title, video.lang or "", detail, urls)


def _relation_lines(own: str, relations: tuple[PaperRelation, ...], catalogue: Catalogue) -> tuple[RelationLine, ...]:
    lines, reasons = [], 0
    for relation in relations:
        name = catalogue.name_of(relation.paper)
        kind = catalogue.relation_type(relation.edge.type)
        why, is_backward = reasons if relation.edge.why else -1, relation.edge.target == own and not kind.symmetric
        lines.append(RelationLine(relation.label, relation.paper, name, why, is_backward))
        reasons += relation.edge.why is not None
    return tuple(lines)


def search_text(card: Card) -> str:
    """Return what the search finds the card by."""
    tags = (name for _id, name in card.tags)
    state = status_words(card.status) if card.status else ""
    return " ".join(filter(None, (card.name, card.title, *card.authors, card.published, state, *tags, *card.words)))


def _texts(entry: Entry, relations: tuple[PaperRelation, ...]) -> Iterator[tuple[str, Located]]:
    if entry.note is not None:
        yield "note", entry.note
    if entry.paper.summary is not None:
        yield "summary", entry.paper.summary
    for point in entry.paper.points:
        yield "point", point
    for relation in relations:
        if relation.edge.why is not None:
            yield "why", relation.edge.why
    for declared in plain_fields():
        if declared.has_markup:
            yield from ((declared.role, text) for text in declared.texts(entry.paper))


def title_node(reference: Reference) -> nodes.Node:
    """Return a title that has formulas; one that has none is a string of the card."""
    parts = [nodes.math(text, text) if is_formula else nodes.Text(text) for text, is_formula in reference.title_parts]
    return paper_text("", "", *parts, role="title", translatable=False, support_smartquotes=False)


def text_node(role: str, text: Located, markup: MarkupParser) -> nodes.Node:
    """Return a text with mark-up, with its place."""
    node = paper_text("", "", *markup.inline(text), role=role)
    node.source, node.line = text.position.path, text.position.line
    return node
