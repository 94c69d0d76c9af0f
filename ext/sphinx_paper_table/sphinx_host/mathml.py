r"""Formulas as MathML, made when the site is built: no script, no request to another host.

Every current browser shows MathML (https://caniuse.com/mathml). Docutils converts what it knows, and what stands in
``as_in_tex`` sets right; latex2mathml what docutils does not know (``align``, ``array``, ``{\cal O}``: 90 of the 696
commands that records may have). Of the second only elements and attributes of a list are taken: it knows ``\href``.
"""

from __future__ import annotations

from html import unescape
from typing import Any, Final
from xml.dom import minidom
from xml.etree import ElementTree as ET

from docutils.utils.math import MathError, mathalphabet2unichar
from docutils.utils.math.latex2mathml import tex2mathml
from latex2mathml.converter import Converter

_NAMESPACE: Final = "http://www.w3.org/1998/Math/MathML"
_FENCES: Final = frozenset("|‖⌊⌋⌈⌉⟨⟩")
_ELEMENTS: Final = frozenset(
    {
        *("math", "menclose", "mfenced", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom"),
        *(
            "mprescripts",
            "mroot",
            "mrow",
            "ms",
            "mspace",
            "msqrt",
            "mstyle",
            "msub",
            "msubsup",
            "msup",
            "mtable",
            "mtd",
        ),
        *("mtext", "mtr", "munder", "munderover", "none"),
    }
)
_ATTRIBUTES: Final = frozenset(
    {
        *("accent", "accentunder", "columnalign", "columnlines", "columnspacing", "depth", "display", "displaystyle"),
        *("fence", "form", "frame", "height", "largeop", "linebreak", "linethickness", "lspace", "mathbackground"),
        *("mathcolor", "mathsize", "mathvariant", "maxsize", "minsize", "movablelimits", "notation", "rowlines"),
        *("rowspacing", "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "voffset", "width"),
    }
)
"""What other elements and attributes a converter writes could link, run or style."""
_CHILDREN: Final = {
    "mfrac": 2,
    "mover": 2,
    "mroot": 2,
    "msub": 2,
    "msubsup": 3,
    "msup": 2,
    "munder": 2,
    "munderover": 3,
}
_ALPHABETS: Final[dict[str, dict[str, str]]] = {
    "bold": mathalphabet2unichar.mathbf,
    "double-struck": mathalphabet2unichar.mathbb,
    "fraktur": mathalphabet2unichar.mathfrak,
    "italic": mathalphabet2unichar.mathit,
    "monospace": mathalphabet2unichar.mathtt,
    "sans-serif": mathalphabet2unichar.mathsf,
    "script": mathalphabet2unichar.mathcal,
}
"""Letters of their own, for what browsers do not draw: MathML Core has no ``mathvariant`` but ``normal``."""


def mathml(source: str, *, as_block: bool) -> str:
    """Return a formula of TeX as MathML; raises `MathError` with the reason where nothing can convert it."""
    try:
        return as_in_tex(_converted(tex2mathml, source, as_block))
    except MathError as error:
        try:
            return _converted(_more_of_tex, source, as_block)
        except MathError:
            raise error from None


def _converted(convert: Any, source: str, as_block: bool) -> str:  # noqa: FBT001
    """Return what a converter makes; converters of formulas without sense fail in every way there is."""
    try:
        # EPUB is XML, which does not know HTML's named characters.
        return str(convert(source, as_block=as_block)).replace("&ApplyFunction;", "\N{FUNCTION APPLICATION}")
    except MathError:
        raise
    except Exception as error:
        reason = f"it is not complete ({type(error).__name__})"
        raise MathError(reason) from error


def _more_of_tex(source: str, *, as_block: bool) -> str:
    """Return a formula as latex2mathml converts it; raises `MathError` for a command that it does not know either."""
    # It would count the lines of every formula from 1; Sphinx numbers formulas.
    source = source.replace("{align}", "{align*}")
    tree = Converter(display="block" if as_block else "inline").convert_to_element(source)
    for element in tree.iter():
        element.text = element.text and unescape(element.text)
        element.tail = element.tail and unescape(element.tail)
        if "\\" in (element.text or "") or element.tag not in _ELEMENTS:
            message = f"unknown {element.text or element.tag}"
            raise MathError(message)
        if len(element) != _CHILDREN.get(element.tag, len(element)):
            message = "it is not complete"
            raise MathError(message)
        if alphabet := _ALPHABETS.get(element.get("mathvariant", "")):
            element.text = "".join(alphabet.get(letter, letter) for letter in element.text or "")
            del element.attrib["mathvariant"]
        for name in element.attrib.keys() - _ATTRIBUTES:
            del element.attrib[name]
    tree.set("xmlns", _NAMESPACE)
    return ET.tostring(tree, encoding="unicode")


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
        document.renameNode(outer, _NAMESPACE, "msubsup")
        outer.replaceChild(letter, element)
        outer.insertBefore(low, _parts(outer)[1])
    else:
        document.renameNode(element, _NAMESPACE, "msub")
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
