"""Cards, groups and tables as HTML, with the classes of sphinx-design; the templates beside this hold the mark-up."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from sphinx_paper_table.cards import node_types as elements
from sphinx_paper_table.cards.links import PageLinks
from sphinx_paper_table.citations.sentences import PLACE
from sphinx_paper_table.sphinx_host.compiled_templates import keep_compiled
from sphinx_paper_table.sphinx_host.source_locations import localised_location
from sphinx_paper_table.sphinx_host.translation import _
from sphinx_paper_table.survey.paper_fields import field_labels, link_labels, plain_fields
from sphinx_paper_table.survey.status import STATUS_WORDS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_paper_table.cards.node_types import Card

MAX_LEVEL: Final = 6
LINK_NAMES: Final = {kind: _(label) for kind, label in link_labels().items()}
"""What readers see for each kind of link."""
FIELD_LABELS: Final = {name: _(label) for name, label in field_labels().items()}
"""What readers see for each field of a paper."""


SETTING_LABELS: Final = {
    "survey": _("Survey"),
    "encoder": _("Encoder"),
    "parameters": _("Parameters"),
    "data": _("Training data"),
    "epochs": _("Epochs"),
    "resolution": _("Resolution"),
    "frames": _("Frames"),
    "views": _("Views"),
    "shots": _("Shots"),
}
"""What readers see for what else they filter by: surveys, and the fields of a result's setting."""
KINDS: Final = {"dataset": _("Data set"), "survey": _("Survey")}
"""What readers see of what is no method."""
_SCRIPTS: Final = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")),
    ("", re.compile(r"[\u0370-\u1dff\u2c80-\u2fff]")),
)
"""The language that letters belong to; those of several, Greek and Cyrillic among them, say none."""
_HIDDEN: Final = {"hidden": Markup('<span class="pt-hidden">'), "end": Markup("</span>")}
_WHY: Final = {"why": Markup("<small>"), "end": Markup("</small>")}
"""Elements within a sentence: translators place them, as they place the names of things."""


def filled(message: object, **values: object) -> Markup:
    """Return a translated sentence with values at its `{names}`; what is not `Markup` is escaped."""
    return _with_values(_parts_of(str(message)), values)


def named(message: object, **values: object) -> Markup:
    """Return the end of a start tag and the text behind it: readers see the sentence without its hidden part.

    The element's label is the whole sentence, which says of which card a link or a button is.
    """
    whole, seen = _with_hidden_part(str(message))
    label, shown = _with_values(whole, values), _with_values(seen, values)
    return Markup(f' aria-label="{label}">{shown}')  # noqa: S704 (both are escaped)


def _with_values(parts: tuple[str, ...], values: dict[str, object]) -> Markup:
    """Return a sentence of `_parts_of`; `Markup` and its methods would escape each part once more."""
    shown = list(parts)
    shown[1::2] = [escape(values.get(name, f"{{{name}}}")) for name in parts[1::2]]
    return Markup("".join(shown))  # noqa: S704 (all are escaped)


@cache
def _parts_of(message: str) -> tuple[str, ...]:
    """Return the texts of a sentence as HTML, and the names of the places between; there are as many as messages."""
    parts = PLACE.split(message)
    parts[::2] = map(escape, parts[::2])
    return tuple(parts)


@cache
def _with_hidden_part(message: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    before, _start, rest = message.partition("{hidden}")
    hidden, _stop, after = rest.partition("{end}")
    return _parts_of(before + hidden + after), _parts_of(before + after)


def paper_link(name: str, shown: str, links: PageLinks) -> Markup:
    """Return the link to the paper *name*, which readers see as *shown*; behind one on another site, which site."""
    other = links.elsewhere(name)
    if other is None:
        return _link(links.object("method", name), shown, "")
    uri = links.paper(name)
    source = str(_(", ")).join(filter(None, [other.site, uri if links.prints_addresses else ""]))
    link = _link(uri, other.name if uri else shown, ' class="reference external"')
    return link + Markup(" <small>{}</small>").format(filled(_(" ({source})"), source=source).strip())


def _link(uri: str, shown: str, attributes: str) -> Markup:
    return Markup(f'<a{attributes} href="{escape(uri)}">{escape(shown)}</a>') if uri else escape(shown)  # noqa: S704


def language(text: str) -> str:
    """Return the language of a title or of names by their letters: Latin ones are English; empty where it is unknown.

    Speech and fonts go by it; HTML reads an empty ``lang`` as "unknown".
    """
    return next((code for code, letters in _SCRIPTS if letters.search(text)), "en")


@cache
def templates() -> Environment:
    """Return the templates by their paths in the package; what is put into them is escaped unless it is Markup."""
    environment = Environment(
        loader=PackageLoader("sphinx_paper_table", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,  # which looks at the files for each card
    )
    environment.globals.update(_=_, place=localised_location, paper_link=paper_link, plain_fields=plain_fields())
    environment.globals.update(
        STATUS_WORDS=STATUS_WORDS, FIELD_LABELS=FIELD_LABELS, LINK_NAMES=LINK_NAMES, HIDDEN=_HIDDEN, WHY=_WHY
    )
    environment.globals.update(KINDS=KINDS, SETTING_LABELS=SETTING_LABELS)
    environment.filters.update(filled=filled, named=named, language=language)
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    return environment


def card_html(
    card: Card, slots: dict[str, list[Markup]], links: Any, *, layout: str, level: int, permalink: str
) -> str:
    """Return the HTML of a card: *slots* are its rendered texts by role, *links* answers as `PageLinks` does."""
    template = templates().get_template("cards/row.html" if layout == "row" else "cards/card.html")
    return template.render(card=card, slots=slots, links=links, layout=layout, level=level, permalink=permalink)


def visit_card(self: HTML5Translator, node: nodes.Element) -> None:
    """Print a paper whole."""
    slots: dict[str, list[Markup]] = defaultdict(list)
    for child, text in zip(node.findall(elements.paper_text), texts_of(self, node), strict=True):
        slots[child["role"]].append(text)
    links = PageLinks(self.builder, self.builder.current_docname)
    html = card_html(
        node["card"],
        slots,
        links,
        layout=node["layout"],
        level=level_of(self, node),
        permalink=permalink_of(self, node["card"].anchor),
    )
    self.body.append(html + "\n")
    raise nodes.SkipNode


def rendered(translator: HTML5Translator, node: nodes.Element) -> Markup:
    """Return the HTML of a node that is not put onto the page at once."""
    body, translator.body = translator.body, []
    try:
        node.walkabout(translator)
        return Markup("".join(translator.body))  # noqa: S704 (docutils and our templates have escaped it)
    finally:
        translator.body = body


def texts_of(translator: HTML5Translator, node: nodes.Element) -> list[Markup]:
    """Return the children of *node* as HTML, in their order."""
    return [rendered(translator, child) for child in node.findall(elements.paper_text)]


def permalink_of(translator: HTML5Translator, anchor: str) -> str:
    """Return what readers click for a heading's address; empty without an anchor, and where nobody wants it (books)."""
    config, has_permalinks = translator.config, translator.builder.add_permalinks
    return str(config.html_permalinks_icon) if anchor and config.html_permalinks and has_permalinks else ""


def level_of(translator: HTML5Translator, node: nodes.Element) -> int:
    """Return the level of a card's or group's heading: headings skip no level, and a group in a tab has none."""
    level, parent = int(translator.section_level + 1 + node["depth"]), node.parent
    while parent is not None and not isinstance(parent, elements.paper_view):
        level -= isinstance(parent, elements.paper_section) and not parent["heading"]
        parent = parent.parent
    return min(level, MAX_LEVEL)


def visit_section(self: HTML5Translator, node: nodes.Element) -> None:
    """Open a group; its children follow."""
    permalink = permalink_of(self, node["anchor"] if node["heading"] else "")
    html = (
        templates()
        .get_template("cards/section.html")
        .render(node=node, level=level_of(self, node), permalink=permalink)
    )
    self.body.append(html + "\n")


def depart_section(self: HTML5Translator, _node: nodes.Element) -> None:
    """Close a group."""
    self.body.append("</div>\n")


def visit_groups(self: HTML5Translator, node: nodes.Element) -> None:
    """Print the list of groups; these follow."""
    self.body.append(templates().get_template("cards/groups.html").render(node=node) + "\n")


def depart_groups(self: HTML5Translator, _node: nodes.Element) -> None:
    """Close them."""
    self.body.append("</div>\n</div>\n")


def visit_rowgroup(self: HTML5Translator, node: nodes.Element) -> None:
    """Open a group's rows."""
    self.body.append(f'<tbody id="{node["anchor"]}">\n' if node["anchor"] else "<tbody>\n")


def depart_rowgroup(self: HTML5Translator, _node: nodes.Element) -> None:
    """Close a group's rows."""
    self.body.append("</tbody>\n")


def visit_rowhead(self: HTML5Translator, node: nodes.Element) -> None:
    """Open the row that names a group; its summary follows."""
    html = (
        templates().get_template("cards/rowhead.html").render(node=node, permalink=permalink_of(self, node["anchor"]))
    )
    self.body.append(html + "\n")


def depart_rowhead(self: HTML5Translator, _node: nodes.Element) -> None:
    """Close the row."""
    self.body.append("</th></tr>\n")


def visit_rows(self: HTML5Translator, _node: nodes.Element) -> None:
    """Open the table."""
    self.body.append(templates().get_template("cards/rows.html").render() + "\n")


def depart_rows(self: HTML5Translator, _node: nodes.Element) -> None:
    """Close the table."""
    self.body.append("</table></div>\n")


def visit_videos(self: HTML5Translator, node: nodes.Element) -> None:
    """Print a survey's lectures."""
    self.body.append(
        templates()
        .get_template("cards/videos.html")
        .render(videos=node["videos"], links=PageLinks(self.builder, self.builder.current_docname))
        + "\n"
    )
    raise nodes.SkipNode


def visit_div(self: HTML5Translator, node: nodes.Element) -> None:
    """Open a plain container named after its class."""
    view = f"pt-view pt-view-{node.get('layout')}{' pt-many' if node.get('many') else ''}"
    name = {"paper_view": view, "paper_grid": "pt-grid", "paper_intro": "pt-intro"}[node.tagname]
    anchor = f' id="{node["anchor"]}"' if node.get("anchor") else ""
    former = "".join(f'<span id="{name}"></span>' for name in node["ids"][1:])
    self.body.append(f'<div class="{name}"{anchor}>{former}\n')


def depart_div(self: HTML5Translator, _node: nodes.Element) -> None:
    """Close a container."""
    self.body.append("</div>\n")


def skip(_self: HTML5Translator, _node: nodes.Element) -> None:
    """Print nothing: the node is for the search index."""
    raise nodes.SkipNode


def nothing(_self: HTML5Translator, _node: nodes.Element) -> None:
    """Print nothing of its own around the children."""


def _compile_for_children(app: Sphinx, builder: Builder) -> None:
    """Compile the templates of cards before pages are written by processes of their own (``write-started``).

    Each of these would compile them anew, and none could keep them for later builds: Sphinx does the same for those of
    pages, by printing the first one itself.
    """
    if app.parallel > 1 and builder.format == "html":
        for name in ("cards/card.html", "cards/parts.html", "cards/filter.html"):
            templates().get_template(name)


def setup_html(app: Sphinx) -> None:
    """Register the nodes; builders that print no HTML get them expanded by `cards.expand`."""
    app.connect("builder-inited", lambda app: keep_compiled(app, templates(), "cards"))
    app.connect("write-started", _compile_for_children)
    printers: dict[type[nodes.Element], tuple[Any, Any]] = {
        elements.paper_card: (visit_card, None),
        elements.paper_text: (nothing, nothing),
        elements.paper_search: (skip, None),
        elements.paper_section: (visit_section, depart_section),
        elements.paper_groups: (visit_groups, depart_groups),
        elements.paper_grid: (visit_div, depart_div),
        elements.paper_view: (visit_div, depart_div),
        elements.paper_rows: (visit_rows, depart_rows),
        elements.paper_rowgroup: (visit_rowgroup, depart_rowgroup),
        elements.paper_rowhead: (visit_rowhead, depart_rowhead),
        elements.paper_intro: (visit_div, depart_div),
        elements.paper_videos: (visit_videos, None),
    }
    for node, functions in printers.items():
        app.add_node(node, html=functions)
