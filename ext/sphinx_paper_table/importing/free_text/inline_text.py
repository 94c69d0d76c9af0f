"""The text of a line of a list, with its links and emphasis as places in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_paper_table.importing.free_text.markdown_tree import COMMENT, TEXT
from sphinx_paper_table.survey.addresses import is_web_address
from sphinx_paper_table.survey.characters import one_line, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_paper_table.importing.free_text.markdown_tree import Node

STYLES: Final = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "code": "code", "tt": "code", "kbd": "code"}
_BARE_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'|（）【】，。、]+")
_AFTER_ADDRESS: Final = ".,;:!?*_`"
_SHORT_CODE: Final = re.compile(r":[a-z][a-z0-9_+-]{1,30}:")
_PICTOGRAPHS: Final = re.compile(
    "[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+"
)
_IN_BRACKETS: Final = re.compile(r"\([^()]{0,300}\)")
"""What belongs together, on however many lines it stands."""
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>])")
_LONGEST_LINE: Final = 20_000
_MOST_MARKS: Final = 300
_LONGEST_ADDRESS: Final = 2_000


class Span(NamedTuple):
    """A part of a text: emphasis, or another style of `STYLES`."""

    start: int
    end: int
    style: str


class Link(NamedTuple):
    """A part of a text that leads somewhere; a badge that does has no text, and its label is that of its picture."""

    start: int
    end: int
    address: str
    label: str
    is_bare: bool = False
    """Whether its text is the address itself."""


@dataclass(slots=True)
class Line:
    """The text of a list item, cell or paragraph. Line feeds part what stands on lines of its own."""

    text: str = ""
    links: list[Link] = field(default_factory=list)
    styles: list[Span] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    """The addresses of pictures that lead nowhere."""
    remarks: list[str] = field(default_factory=list)
    refused: list[Link] = field(default_factory=list)
    """Links that lead to no web page: files beside the list, addresses that nobody may follow, none at all."""
    anchors: int = 0
    """How many links lead within the list."""

    @property
    def is_short(self) -> bool:
        """Whether it has a size that what is said of a paper can have; longer ones are not taken apart."""
        return len(self.text) <= _LONGEST_LINE and len(self.links) + len(self.styles) <= _MOST_MARKS

    def __bool__(self) -> bool:
        """Return whether it says anything."""
        return bool(self.text.strip() or self.links)

    def part(self, start: int, end: int) -> Line:
        """Return the text between two places, with what is wholly in it."""
        links, refused = (
            [one._replace(start=one.start - start, end=one.end - start) for one in several if _is_in(one, start, end)]
            for several in (self.links, self.refused)
        )
        styles = [
            one._replace(start=one.start - start, end=one.end - start) for one in self.styles if _is_in(one, start, end)
        ]
        return Line(self.text[start:end], links, styles, refused=refused)

    def markdown(self, start: int = 0, end: int | None = None) -> str:
        """Return a part of the text in Markdown, with its links and emphasis, as one line."""
        end = len(self.text) if end is None else end
        if not self.is_short:
            return one_line(as_markdown(self.text[start:end])).strip()
        marks: dict[int, list[str]] = {}
        for link in self.links:
            if start <= link.start and link.end <= end and link.end > link.start:
                marks.setdefault(link.start, []).append("<" if link.is_bare else "[")
                marks.setdefault(link.end, []).insert(0, ">" if link.is_bare else f"]({_in_brackets(link.address)})")
        for span in self.styles:
            if start <= span.start and span.end <= end and _is_marked(span, self.text):
                sign = {"strong": "**", "em": "*", "code": "`"}[span.style]
                marks.setdefault(span.start, []).append(sign)
                marks.setdefault(span.end, []).insert(0, sign)
        parts, done = [], start
        for place in sorted(marks):
            parts += [self._escaped(done, place), *marks[place]]
            done = place
        return one_line("".join((*parts, self._escaped(done, end)))).strip()

    def _escaped(self, start: int, end: int) -> str:
        text = self.text[start:end]
        is_literal = any(span.style == "code" and span.start <= start and end <= span.end for span in self.styles)
        is_address = any(link.is_bare and link.start <= start and end <= link.end for link in self.links)
        return text if is_literal or is_address else as_markdown(text)


def _is_in(one: Span | Link, start: int, end: int) -> bool:
    return start <= one.start and one.end <= end


def _is_marked(span: Span, text: str) -> bool:
    inner = text[span.start : span.end]
    return bool(inner) and inner == inner.strip() and "\n" not in inner and (span.style != "code" or "`" not in inner)


def _in_brackets(address: str) -> str:
    return address.replace("(", "%28").replace(")", "%29")


class _Writer:
    def __init__(self) -> None:
        self.line = Line()
        self.size = 0
        self.parts: list[str] = []

    def text(self, text: str) -> None:
        self.parts.append(text)
        self.size += len(text)

    def nodes(self, nodes: Iterable[Node]) -> None:
        """Take in *nodes*; their depth is bounded by the tree's."""
        for node in nodes:
            if node.tag == TEXT:
                self._text(node.text)
            elif node.tag == COMMENT:
                self.line.remarks.append(node.text)
            elif node.tag == "br":
                self.text("\n")
            elif node.tag == "img":
                self.line.pictures.append(node.attributes.get("src", ""))
            elif node.tag == "a":
                self._link(node)
            else:
                start = self.size
                self.nodes(node.children)
                if (style := STYLES.get(node.tag)) and self.size > start:
                    self.line.styles.append(Span(start, self.size, style))
                if not node.is_inline:
                    self.text("\n")

    def _text(self, text: str) -> None:
        done = 0
        for found in _BARE_ADDRESS.finditer(text):
            address = found[0].rstrip(_AFTER_ADDRESS)
            while address.endswith((")", "]")) and address.count(")") + address.count("]") > address.count(
                "("
            ) + address.count("["):
                address = address[:-1].rstrip(_AFTER_ADDRESS)
            self.text(text[done : found.start()])
            self.line.links.append(Link(self.size, self.size + len(address), address, "", is_bare=True))
            self.text(address)
            done = found.start() + len(address)
        self.text(text[done:])

    def _link(self, node: Node) -> None:
        address = "".join(node.attributes.get("href", "").split())
        inner = line_of(node.children)
        label = " ".join(inner.text.split())
        pictures = [
            one.attributes.get("alt", "") for child in node.children for one in child.walk() if one.tag == "img"
        ]
        self.line.remarks += inner.remarks
        start = self.size
        self.text(inner.text.replace("\n", " "))
        self.line.styles += [Span(start + one.start, start + one.end, one.style) for one in inner.styles]
        if is_web_address(address) and len(address) <= _LONGEST_ADDRESS:
            is_bare = is_web_address(label)
            shown = "" if is_bare else label or " ".join(pictures)
            self.line.links.append(Link(start, self.size, address, shown, is_bare=is_bare))
        elif address.startswith("#"):
            self.line.anchors += 1
        else:
            self.line.refused.append(Link(start, self.size, printable(address[:_LONGEST_ADDRESS]), label))


def line_of(nodes: Iterable[Node]) -> Line:
    """Return the text of *nodes*."""
    writer = _Writer()
    writer.nodes(nodes)
    text = "".join(writer.parts)
    writer.line.text = _IN_BRACKETS.sub(lambda found: found[0].replace("\n", " "), text)
    return writer.line


def joined(lines: Sequence[Line]) -> Line:
    """Return several lines as one, each on a line of its own."""
    whole = Line()
    parts: list[str] = []
    size = 0
    for line in lines:
        whole.links += [one._replace(start=one.start + size, end=one.end + size) for one in line.links]
        whole.styles += [one._replace(start=one.start + size, end=one.end + size) for one in line.styles]
        whole.pictures += line.pictures
        whole.remarks += line.remarks
        whole.refused += [one._replace(start=one.start + size, end=one.end + size) for one in line.refused]
        whole.anchors += line.anchors
        parts += [line.text, "\n"]
        size += len(line.text) + 1
    whole.text = "".join(parts)
    return whole


def as_markdown(text: str) -> str:
    """Return *text* so that Markdown reads it as these words."""
    return _SPECIAL.sub(r"\\\1", text)


def without_ornaments(text: str) -> str:
    """Return *text* as one line without pictographs and their short codes."""
    return " ".join(printable(_PICTOGRAPHS.sub(" ", _SHORT_CODE.sub(" ", text))).split())
