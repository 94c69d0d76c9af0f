"""What the records of a catalogue say, and whether readers of an output find all of it, whatever the builder.

Outputs are compared by letters and digits alone, in pieces of sentences between marks of any kind: builders break
lines, escape signs and set quotation marks and dashes in their own ways, and a link may stand in between.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from babel.messages.pofile import read_po
from tests.support.sites import DOCS

from sphinx_paper_table.survey.paper_fields import tags_of
from sphinx_paper_table.survey.result_lines import result_line
from sphinx_paper_table.survey.texts import shown, translated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sphinx_paper_table.survey.catalogue import Catalogue

SUFFIXES: Final = {
    "html": ".html",
    "dirhtml": ".html",
    "singlehtml": ".html",
    "epub": ".xhtml",
    "latex": ".tex",
    "text": ".txt",
    "markdown": ".md",
    "man": ".1",
    "texinfo": ".texi",
    "xml": ".xml",
}
"""The builders whose output people, or programs for them, read; and how their files end."""
_MARKED: Final = {".html", ".xhtml", ".xml"}
_UNREAD: Final = re.compile(r"<(script|style|head|annotation)\b.*?</\1>|<[^<>]*>", re.DOTALL)
_COMMANDS: Final = re.compile(
    r"\\sphinxhyphen\{\}|\\f[BIRP]|\\[a-zA-Z]+|@[a-z]+(?=\{)|\\-|^\.[a-zA-Z]{2}\b", re.MULTILINE
)
_NOT_SAID: Final = re.compile(r"[\W_]+")
_PIECES: Final = re.compile(r"\{[^{}]*\}`[^`]*`|`[^`]*`|\$[^$]*\$|\]\([^()]*\)|[^\w\s,;:，；：、。]")


def bare(text: str) -> str:
    """Return letters and digits only."""
    return _NOT_SAID.sub("", text)


def readable_text(output: Path, builder: str) -> str:
    """Return what all pages of an output say, bare."""
    return "\n".join(bare(_text(path)) for path in sorted(output.rglob(f"*{SUFFIXES[builder]}")))


def _text(path: Path) -> str:
    text = path.read_text("utf-8")
    return html.unescape(_UNREAD.sub("", text)) if path.suffix in _MARKED else _COMMANDS.sub("", text)


def piece(text: str) -> str:
    """Return the longest part of a sentence of MyST that holds no mark-up, bare."""
    return max((bare(part) for part in _PIECES.split(text)), key=len, default="")


def said(catalogue: Catalogue) -> Iterator[tuple[str, str, int]]:
    """Yield what a reader has to find: what it is, its piece, and how often.

    A relation is told on the cards of both methods, and so its reason stands twice. The title of a survey stands where
    a page names it; the source of a number is a label or a link there, and the place in it has words of its own in each
    language.
    """
    results = [result for paper in catalogue.papers.values() for result in paper.results]
    elsewhere = {str(survey.title) for survey in catalogue.surveys.values()}
    elsewhere |= {str(text) for result in results for text in (result.source, result.where)}
    for survey in catalogue.surveys.values():
        yield from (("text", piece(text), 1) for text, _markup in shown(survey) if str(text) not in elsewhere)
    for paper in catalogue.papers.values():
        yield from (("tag", bare(name), 1) for name in tags_of(paper, catalogue).values())
        for result in paper.results:
            line = result_line(paper, result, catalogue)
            yield "result", bare(f"{line.title}: {line.value}"), 1
        for edge in catalogue.outgoing.get(paper.id, ()):
            yield "relation", piece(edge.why or ""), 2 if edge.why else 0
    cited = {str(key) for paper in catalogue.papers.values() for key in paper.cite}
    for key, reference in ((key, catalogue.references[key]) for key in sorted(cited & catalogue.references.keys())):
        yield f"citation {key}", max(map(bare, re.split(r"[^\w\s]|\$[^$]*\$", reference.title)), key=len), 1


def missing(catalogue: Catalogue, output: Path, builder: str) -> list[str]:
    """Return what does not stand in an output, each once."""
    text = readable_text(output, builder).casefold()  # styles write titles small
    found = ((what, wanted, count) for what, wanted, count in said(catalogue) if wanted)
    return sorted({f"{what}: {wanted}" for what, wanted, count in found if not stands(text, wanted.casefold(), count)})


def stands(text: str, wanted: str, count: int) -> bool:
    """Return whether *wanted* stands in *text* so often; a large text is read no further than that."""
    end = 0
    for _ in range(count):
        start = text.find(wanted, end)
        if start < 0:
            return False
        end = start + len(wanted)
    return True


def in_language(catalogue: Catalogue, language: str) -> Catalogue:
    """Return the real site's catalogue with the translations of its records."""
    words: dict[str, str] = {}
    for path in sorted((DOCS / "locale" / language / "LC_MESSAGES" / "records").rglob("*.po")):
        with path.open("rb") as file:
            words |= {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id and entry.string}
    return with_words(catalogue, lambda text: words.get(text, text))


def with_words(catalogue: Catalogue, translate: Callable[[str], str]) -> Catalogue:
    """Return a catalogue in another language."""
    surveys = {name: translated(survey, translate) for name, survey in catalogue.surveys.items()}
    vocabulary = translated(catalogue.vocabulary, translate)
    return type(catalogue)(surveys, vocabulary, catalogue.references, catalogue.bib_files, catalogue, catalogue.updates)
