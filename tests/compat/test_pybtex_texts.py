"""`compat.pybtex_texts` prints what pybtex prints: in its own styles, in ours, and in those of projects."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pybtex.database import Entry, Person
from pybtex.exceptions import PybtexError
from pybtex.richtext import HRef, Protected, String, Symbol, Tag, Text
from pybtex.style.formatting import toplevel
from pybtex.style.formatting.alpha import Style as Alpha
from pybtex.style.formatting.plain import Style as Plain
from pybtex.style.formatting.unsrt import Style as Unsrt
from pybtex.style.formatting.unsrtalpha import Style as UnsrtAlpha
from pybtex.style.names.lastfirst import NameStyle as LastFirst

from sphinx_paper_table.bibliography.for_styles import styled
from sphinx_paper_table.bibliography.reader import parse_bibtex
from sphinx_paper_table.bibliography.settings import BibtexSettings
from sphinx_paper_table.citations.style_registry import StyleTypes, types_of
from sphinx_paper_table.citations.templates import corrected, template_of
from sphinx_paper_table.compat import pybtex_texts
from sphinx_paper_table.compat.pybtex import (
    FieldIsMissing,
    field,
    first_of,
    href,
    join,
    node,
    optional,
    sentence,
    tag,
    together,
    words,
)
from sphinx_paper_table.compat.pybtex_texts import entry_text, joined, remember_texts, text_from_latex
from sphinx_paper_table.survey.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
TYPES = sorted(types_of("unsrt"))
FIELDS = (
    *("title", "booktitle", "journal", "year", "month", "volume", "number", "pages", "series", "publisher", "address"),
    *("edition", "note", "howpublished", "organization", "school", "institution", "type", "chapter", "isbn", "url"),
    *("urldate", "doi", "eprint", "primaryclass", "pubmed", "bookauthor"),
)
VALUES = (
    *("", "x", "ab", "2", "12", "1--3", "1-3, 7", "--", "A Title of {BERT}", "{A} whole", "{{N}ested} ßtart", "ßtart"),
    *("It ends.", "Does it?", "It does!{}", "{}", "a {} b", "ΟΔΟΣ {Σ}ΑΣ", "ΑΣ{x}Σ", "Éte {\\'e}t\\'e", "a~b", "two  "),
    *(" lead", "``q''", "50\\% & more", "a_b", "$x^2$", "{open", "close}", "https://a.example/x_y", "10.1/a{b}"),
    *("Tilde~{T}", "\U00100000\U00100001", "\U00100010", "\U00101000", "İstanbul", "ﬁne", "漢字", "\U000f0102"),
)
NAMES = (
    *("Moss, Ann", "Moss, Ann B.", "de la Cruz, Éva", "{The Group}", "Sparrow, Jr., Jack", "Li, X", "others", "Moss"),
    *("Vall{\\'e}e, {\\`A} B", "ΑΣ, ΣΑ", "\U00100011, X"),
)


@node  # type: ignore[untyped-decorator]
def shouted(children: Any, data: Any) -> Any:
    """Return what a node of a project may: a text of its children in a tag."""
    return Tag("strong", *(child.format_data(data) for child in children)).upper()


@node  # type: ignore[untyped-decorator]
def starred(children: Any, data: Any) -> Any:
    """Return a symbol of the project's own."""
    return Symbol("star")


class Own(Unsrt):  # type: ignore[misc]  # pybtex has no types
    """A style of a project, with whatever templates allow."""

    default_name_style = LastFirst

    def get_article_template(self, e: Entry) -> Any:
        """Return own nodes, own functions, tags that meet, and texts in the place of nodes."""
        return toplevel[
            self.format_names("author"),
            shouted[field("title")],
            sentence(capfirst=True)[tag("em")["a ", field("journal")], tag("em")[optional[field("note")]], "end"],
            sentence(capitalize=True, sep=Symbol("nbsp"))["ONE {B}", Protected("TWO"), Text("Three ", String("FOUR"))],
            join(sep="; ", sep2=" & ", last_sep=", & ")[
                field("year", apply_func=lambda text: text.upper()),
                optional[field("pages", apply_func=lambda text: text.split("-")[0])],
                first_of[optional[field("volume")], "no volume"],
                tag("em")["met"],
            ],
            tag("em")["again"],
            together(last_tie=True)["a", "b", "c", "dddd"],
            HRef("https://a.example/", "one"),
            href(join["https://a.example/", optional[field("number", raw=True)]])["two", Tag("b", "three")],
        ]

    def get_book_template(self, e: Entry) -> Any:
        """Return something that no string can say, and a list of nothing."""
        return toplevel[sentence[field("title")], starred, words[None, optional[field("year")]]]

    def get_misc_template(self, e: Entry) -> Any:
        """Return a tag, which is no text."""
        return tag("em")[field("title")]

    def get_manual_template(self, e: Entry) -> Any:
        """Return what begins with a tag, in capitals."""
        return sentence(capfirst=True, capitalize=True)[tag("em")[field("title")], None]


class Whole(Own):
    """A style that prints entries itself."""

    def format_entry(self, label: str, entry: Entry, bib_data: Any = None) -> Any:
        """Return the entry in a tag."""
        found = super().format_entry(label, entry, bib_data)
        found.text = Tag("b", found.text)
        return found


STYLES = {style.__name__ + style.__module__.rpartition(".")[2]: style for style in (Plain, Alpha, Unsrt, UnsrtAlpha)}
STYLES |= {"Own": Own, "Whole": Whole}


def answer(ask: Any) -> Any:
    """Return what *ask* returns, or what it raises."""
    try:
        text = ask()
    except FieldIsMissing as error:
        return error.field_name
    except (PybtexError, TypeError, ValueError, AttributeError) as error:
        return type(error), str(error)
    return text, repr(text)


def same(style: Any, entry: Entry) -> bool:
    """Return whether both ways to print *entry* give the same text, or the same error."""
    by_pybtex = answer(lambda: style.format_entry("", entry).text)
    return bool(answer(lambda: entry_text(style, entry, template_of)) == by_pybtex)


def entries() -> Iterator[Entry]:
    """Yield entries of every type, with and without every field, people of every number."""
    chance = random.Random(41)  # noqa: S311 (no secret)
    for number in range(12):
        for kind in TYPES:
            share = chance.choice((0.1, 0.4, 0.9))
            fields = {name: chance.choice(VALUES) for name in FIELDS if chance.random() < share}
            persons = {
                role: [Person(name) for name in chance.choices(NAMES, k=chance.choice((1, 2, 3, 5)))]
                for role in ("author", "editor")
                if chance.random() < share
            }
            found = Entry(kind, fields=fields, persons=persons)
            found.key = f"{kind}{number}"
            yield found


@pytest.mark.parametrize("name", STYLES)
def test_every_entry_is_printed_as_by_pybtex(name: str) -> None:
    style = STYLES[name]()
    for entry in entries():
        for way in (style, corrected(style)):
            assert same(way, entry), f"{entry.key}: {dict(entry.fields)} {dict(entry.persons)}"


@pytest.mark.parametrize(
    ("path", "styles"),
    [
        ("refs.bib", [corrected(Plain())]),
        ("tests/citations/data/printed.bib", [Plain(), corrected(Plain()), Plain(abbreviate_names=True), Own()]),
    ],
    ids=["refs", "printed"],
)
def test_files_are_printed_as_by_pybtex(path: str, styles: list[Any]) -> None:
    settings = BibtexSettings(types=types_of("plain"))
    found = parse_bibtex({path: (ROOT / path).read_text("utf-8")}, Problems(), settings)
    for style in styles:
        for entry in found.database.entries.values():
            printed = styled(entry, StyleTypes(style))
            assert same(style, printed), entry.key
            assert same(style, printed.without("year")), entry.key


def test_entries_of_pybtexs_styles_take_none_of_its_texts_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = Entry("article", {"title": "On {BERT}", "journal": "J", "year": "2020", "pages": "1-3", "edition": "Ist"})
    entry.persons["author"] = [Person("Moss, Ann"), Person("Li, Xi")]
    for name in ("__getitem__", "append", "split", "join", "lower", "upper"):
        monkeypatch.setattr(Text, name, None)
    said = "Ann Moss and Xi<nbsp>Li.<newblock>On BERT.<newblock>J, pages 1<ndash>3, 2020."
    assert str(entry_text(corrected(Plain()), entry, template_of)) == said


def test_what_stands_between_parts() -> None:
    said = [joined([*"abcd"[:count]], ", ", " and ", ", and ") for count in range(5)]
    assert said == ["", "a", "a and b", "a, b, and c", "a, b, c, and d"]


def test_functions_of_pybtexs_styles_are_known() -> None:
    assert len(pybtex_texts._FUNCTIONS) == 3


def test_texts_are_decoded_as_pybtex_decodes_them() -> None:
    """Whatever has no TeX in it is not decoded at all, which must make no difference."""
    chance = random.Random(16)  # noqa: S311 (no secret)
    signs = (
        *"aZ09é中 ,-?!'\"`~^_&%#$()[]:;./<>{}|=+*@\n\t\u00a0\u2003\U000f0040",
        "\\'e",
        "\\emph{x}",
        "--",
        "  ",
        "``",
    )
    texts = ["", " ", "a b", "Ng, A.", "{A}b{c {D}}", *("".join(chance.choices(signs, k=6)) for _ in range(4000))]
    for text in texts:
        assert _outcome(text_from_latex, text) == _outcome(pybtex_texts._decoded, text), repr(text)


def _outcome(decode: Any, text: str) -> str:
    try:
        return repr(decode(text))
    except (PybtexError, ValueError) as error:
        return type(error).__name__


def test_styles_ask_for_texts_that_are_remembered() -> None:
    remember_texts()
    assert Text.from_latex("Plain words") is Text.from_latex("Plain words")
