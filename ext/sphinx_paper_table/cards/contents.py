"""Groups, methods and benchmarks in the list of what is on a page, which knows headings only.

They are added to the list that the theme shows beside the page and never to Sphinx's own tables of contents: sidebars
and toctrees of the whole site do not grow.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from docutils import nodes
from sphinx import addnodes

from sphinx_paper_table.cards.node_types import (
    paper_card,
    paper_rowgroup,
    paper_rowhead,
    paper_section,
    paper_view,
)
from sphinx_paper_table.compat.sphinx import contents_of_page, rendered_part
from sphinx_paper_table.sphinx_host.page_kinds import has_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx.application import Sphinx

MAX_ENTRIES: Final = 120
"""More lines than these are no help: the innermost ones are left out, level by level."""


class ContentsEntry(NamedTuple):
    """A line of the contents with those under it."""

    anchor: str
    title: str
    entries: tuple[ContentsEntry, ...] = ()


_ENTRIES: Final[dict[type[nodes.Element], Callable[[Any], Iterable[ContentsEntry]]]] = {}


def register_entries(kind: type[nodes.Element], entries: Callable[[Any], Iterable[ContentsEntry]]) -> None:
    """Let *entries* say which lines a node of this *kind* has in the contents of its page."""
    _ENTRIES[kind] = entries


def entries_of(node: nodes.Node) -> Iterator[ContentsEntry]:
    """Yield the groups, methods or benchmarks of a view or of what stands in it, in the order of the page."""
    if isinstance(node, paper_card):
        # The method of the layout "sections" is a section, which Sphinx has found.
        if node["card"].anchor and node["layout"] != "section":
            yield ContentsEntry(node["card"].anchor, node["card"].name)
    elif isinstance(node, nodes.Element) and type(node) in _ENTRIES:
        yield from _ENTRIES[type(node)](node)
    elif isinstance(node, nodes.Element):
        inner = tuple(entry for child in node.children for entry in entries_of(child))
        title = _title(node)
        yield from (ContentsEntry(node["anchor"], title, inner),) if title else inner


def _title(node: nodes.Element) -> str:
    if isinstance(node, paper_section):
        return str(node["title"]) if node["anchor"] else ""
    if isinstance(node, paper_rowgroup) and node["anchor"]:
        return next((str(head["title"]) for head in node.children if isinstance(head, paper_rowhead)), "")
    return ""


def bounded(entries: tuple[ContentsEntry, ...], limit: int = MAX_ENTRIES) -> tuple[ContentsEntry, ...]:
    """Return the entries without their innermost levels, as many as it takes to have at most *limit* lines."""
    while (depth := _depth(entries)) and _count(entries) > limit:
        entries = _cut(entries, depth - 1)
    return entries


def _depth(entries: tuple[ContentsEntry, ...]) -> int:
    return max((1 + _depth(entry.entries) for entry in entries), default=0)


def _count(entries: tuple[ContentsEntry, ...]) -> int:
    return sum(1 + _count(entry.entries) for entry in entries)


def _cut(entries: tuple[ContentsEntry, ...], depth: int) -> tuple[ContentsEntry, ...]:
    return tuple(entry._replace(entries=_cut(entry.entries, depth - 1)) for entry in entries) if depth else ()


def add_to_contents(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add what the tables on a page show to the contents of that page (``html-page-context``)."""
    kinds: tuple[type[nodes.Element], ...] = (paper_view, *_ENTRIES)
    if doctree is None or not context.get("toc") or not has_kind(doctree, *kinds):
        return
    views = [view for kind in kinds for view in doctree.findall(kind)]
    toc = contents_of_page(app, pagename)
    items = {link["anchorname"].removeprefix("#"): link.parent.parent for link in toc.findall(nodes.reference)}
    added: dict[nodes.Element, list[nodes.list_item]] = defaultdict(list)
    for view in views:
        item = _item_of(view, items)
        if item is not None:
            added[item].extend(map(_line, bounded(tuple(entries_of(view)))))
    for item, lines in added.items():
        _put_first(item, lines)
    if any(added.values()):
        context["toc"] = rendered_part(app.builder, toc)
        context["display_toc"] = True


def _item_of(view: nodes.Element, items: dict[str, nodes.Element]) -> nodes.Element | None:
    """Return the item of the heading that a view stands under; that of the page's title has no anchor."""
    parent = view.parent
    while parent is not None:
        if isinstance(parent, nodes.section):
            item = next((items[name] for name in parent["ids"] if name in items), None)
            if item is not None or isinstance(parent.parent, nodes.document):
                return items.get("") if item is None else item
        parent = parent.parent
    return None


def _put_first(item: nodes.Element, lines: list[nodes.list_item]) -> None:
    """Add *lines* under the item of a heading: what stands there itself comes before the sections in it."""
    below = next((child for child in item.children if isinstance(child, nodes.bullet_list)), None)
    if below is None:
        item += nodes.bullet_list("", *lines)
    else:
        below[:0] = lines


def _line(entry: ContentsEntry) -> nodes.list_item:
    link = nodes.reference("", entry.title, refuri=f"#{entry.anchor}", internal=True, anchorname=f"#{entry.anchor}")
    item = nodes.list_item("", addnodes.compact_paragraph("", "", link))
    if entry.entries:
        item += nodes.bullet_list("", *map(_line, entry.entries))
    return item


def setup_contents(app: Sphinx) -> None:
    """Connect, before themes that arrange the contents anew."""
    app.connect("html-page-context", add_to_contents, priority=400)
