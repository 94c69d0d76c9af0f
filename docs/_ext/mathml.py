"""Formulas as MathML, made at build time by docutils: no script, no request to another host.

Sphinx's default renderer loads MathJax from a content delivery network, which readers without JavaScript, offline or
behind some borders do not get. Every current browser shows MathML (https://caniuse.com/mathml).
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final
from xml.dom import minidom

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)
_FENCES: Final = frozenset("|‖⌊⌋⌈⌉⟨⟩")


def mathml(node: nodes.Element, *, as_block: bool, is_book: bool = False) -> str:
    """Return the formula of *node*; its source text, with a warning, where docutils cannot convert it."""
    source = node.astext()
    try:
        # EPUB is XML, which does not know HTML's named characters.
        html = tex2mathml(source, as_block=as_block).replace("&ApplyFunction;", "\N{FUNCTION APPLICATION}")
        html = as_in_tex(html)
        return in_mathml_3(html) if is_book else html
    except MathError as error:
        reason = str(error)
    except Exception as error:  # noqa: BLE001 (a formula without sense makes the converter fail in every way there is)
        reason = f"it is not complete ({type(error).__name__})"
    message = "this formula cannot be converted to MathML: %s; simplify it or write it with other commands"
    logger.warning(message, reason, location=node, type="mathml", subtype="tex")
    return f"<code>{escape(nodes.unescape(source))}</code>"


def as_in_tex(formula: str) -> str:
    """Return a formula of docutils as TeX would set it."""
    document = minidom.parseString(formula)  # noqa: S318 (docutils has just written it)
    for element in document.getElementsByTagName("munderover"):
        _set_index_beside(element)
    for element in document.getElementsByTagName("mo"):
        _fix_size(element)
        _set_apart(element)
    return "".join(child.toxml() for child in document.childNodes)


def _set_index_beside(element: minidom.Element) -> None:
    r"""Set the index of an accented letter beside it, as in ``\bar\alpha_t``: docutils sets it below, like a limit."""
    base, low, accent = _parts(element)
    if base.tagName == "mo" or accent.tagName != "mo":
        return
    document, outer = element.ownerDocument, element.parentNode
    if not isinstance(document, minidom.Document) or not isinstance(outer, minidom.Element):
        return
    letter = document.createElement("mover")
    letter.setAttribute("accent", "true")
    if outer.tagName == "msup" and _parts(outer)[0] is element:
        outer.tagName = "msubsup"
        outer.replaceChild(letter, element)
        outer.insertBefore(low, _parts(outer)[1])
    else:
        element.tagName = "msub"
        element.insertBefore(letter, base)
    letter.appendChild(base)
    letter.appendChild(accent)


def _fix_size(element: minidom.Element) -> None:
    r"""Let a fence grow only with ``\left`` and ``\right``, whose row it begins or ends."""
    if _text(element) not in _FENCES or {*element.attributes.keys()} - {"class"}:
        return
    if not _ends_a_row(element):
        element.setAttribute("stretchy", "false")


def _set_apart(element: minidom.Element) -> None:
    r"""Leave a thin space between a function and an argument without brackets, as in ``\log p``."""
    row = element.parentNode
    if isinstance(row, minidom.Element) and _text(element) == "\N{FUNCTION APPLICATION}":
        argument = _parts(row)[_parts(row).index(element) + 1 :]
        while argument and argument[0].tagName == "mrow":
            argument = _parts(argument[0])
        if argument and argument[0].tagName != "mo":
            element.setAttribute("rspace", "0.1667em")


def _text(element: minidom.Element) -> str:
    return "".join(child.data for child in element.childNodes if isinstance(child, minidom.Text))


def _ends_a_row(element: minidom.Element) -> bool:
    row = element.parentNode
    if not isinstance(row, minidom.Element) or row.tagName != "mrow":
        return False
    return element in (_parts(row)[0], _parts(row)[-1])


def _parts(element: minidom.Element) -> list[minidom.Element]:
    return [child for child in element.childNodes if isinstance(child, minidom.Element)]


def in_mathml_3(formula: str) -> str:
    """Return a formula as EPUB wants it, in MathML 3, where only ``mstyle`` and ``math`` say how large it is set.

    Docutils writes MathML Core, where every element may (https://www.w3.org/TR/mathml-core/#global-attributes).
    """
    document = minidom.parseString(formula)  # noqa: S318 (docutils has just written it)
    for element in document.getElementsByTagName("*"):
        own = [name for name in ("displaystyle", "scriptlevel") if element.hasAttribute(name)]
        if own and element.tagName not in {"math", "mstyle"} and element.parentNode:
            style = document.createElement("mstyle")
            element.parentNode.replaceChild(style, element)
            style.appendChild(element)
            for name in own:
                style.setAttribute(name, element.getAttribute(name))
                element.removeAttribute(name)
    return "".join(child.toxml() for child in document.childNodes)


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Print a formula in a line."""
    self.body.append(mathml(node, as_block=False, is_book=self.builder.name == "epub"))
    raise nodes.SkipNode


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Print a formula of its own; it scrolls where the screen is narrow."""
    self.body.append(self.starttag(node, "div", CLASS="math-block", tabindex="0"))
    self.body.append(mathml(node, as_block=True, is_book=self.builder.name == "epub"))
    self.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the renderer; choose it with ``html_math_renderer = "mathml"``."""
    app.add_html_math_renderer("mathml", inline_renderers=(visit_math, None), block_renderers=(visit_math_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
