"""What a record's text must not bring onto a page, taken out of its nodes: links, images and formulas that act.

Nodes are looked at, not the text: whatever role or directive made them, in whatever way it was written. What is refused
stays as the text that it is, and is a problem at the place where the author wrote it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_paper_table.citations.unsafe_links import replace_node, unsafe_links
from sphinx_paper_table.compat.docutils import forget_names
from sphinx_paper_table.reading.markup import unsafe
from sphinx_paper_table.survey.addresses import host_of, refusal
from sphinx_paper_table.survey.allowed import anchor_refusal
from sphinx_paper_table.survey.anchors import OWN
from sphinx_paper_table.survey.formulas import fault_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.config import Config

    from sphinx_paper_table.survey.located import Located
    from sphinx_paper_table.survey.problems import Problem

_LABEL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:")
"""What the name of an equation may have: LaTeX prints it as it is."""


def make_harmless(holder: nodes.Element, text: Located, config: Config, document: nodes.document) -> Iterator[Problem]:
    """Take out of *holder*, which was made of *text*, whatever could act in a reader's browser or read a file.

    Neither may it take an anchor of ours in the *document*. Yields the problems.
    Raw output is shown as text without one: its directives and roles are refused before.
    """
    for node in list(holder.findall(nodes.raw)):
        replace_node(node, [nodes.Text(node.astext())])
    yield from _images(holder, text, config)
    for element, address in unsafe_links(holder):
        yield unsafe(text, *refusal(address), address)
        replace_node(element, element.children or [nodes.Text(element.astext())])
    yield from _formulas(holder, text, config)
    yield from _targets(holder, text, document)


def _images(holder: nodes.Element, text: Located, config: Config) -> Iterator[Problem]:
    """Refuse images that browsers would load from hosts that the project does not allow."""
    for image in list(holder.findall(nodes.image)):
        host = host_of(image["uri"])
        if host is None or host in config.paper_table_image_hosts:
            continue
        hint = "put the file into the source directory, or allow its host with 'paper_table_image_hosts' in conf.py"
        yield unsafe(text, f"the image '{image['uri'][:60]}' is not the site's own", hint, image["uri"])
        replace_node(image, [nodes.Text(image.get("alt") or image["uri"])])


def _formulas(holder: nodes.Element, text: Located, config: Config) -> Iterator[Problem]:
    """Refuse formulas with commands that are not for mathematics; the source of such a formula is shown."""
    for node in [found for found in holder.findall(nodes.Element) if isinstance(found, (nodes.math, nodes.math_block))]:
        source = node.astext()
        if fault := fault_of(source, config.paper_table_math_commands):
            yield unsafe(text, fault.message, fault.hint, fault.source)
            is_block = isinstance(node, nodes.math_block)
            shown = nodes.literal_block(source, source, language="none") if is_block else nodes.literal(source, source)
            replace_node(node, [shown])
        elif not _LABEL.issuperset(node.get("label") or ""):
            yield unsafe(text, "the label of an equation has other signs than letters and digits", "", node["label"])
            node["label"] = node["number"] = None


def _targets(holder: nodes.Element, text: Located, document: nodes.document) -> Iterator[Problem]:
    """Refuse names that would make ours lead here; what has such an id by its words, as a heading, gets another one."""
    for node in list(holder.findall(nodes.Element)):
        names = [name for name in (*node["names"], *node["dupnames"]) if name.startswith(OWN)]
        if not names and not any(name.startswith(OWN) for name in node["ids"]):
            continue
        forget_names(document, node)
        if isinstance(node, nodes.target):
            replace_node(node, [])
        else:
            document.set_id(node)
        for name in names:
            yield unsafe(text, *anchor_refusal(name), name)
