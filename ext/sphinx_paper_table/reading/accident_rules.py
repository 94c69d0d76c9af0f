"""Rules for YAML that cannot be parsed because of a text: quotes, reserved signs, missing spaces, odd characters.

See `accidents`: what is proposed here counts only when the lines can be read with it.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.reading.indentation import MOST_LINES, levels_above
from sphinx_paper_table.reading.record_keys import known_keys, text_keys
from sphinx_paper_table.reading.yaml_lines import ITEM, KEY, Correction, first_difference
from sphinx_paper_table.reading.yaml_quoting import quoted
from sphinx_paper_table.survey.characters import name_of
from sphinx_paper_table.survey.corrections import cite_keys_in
from sphinx_paper_table.survey.entities import Links
from sphinx_paper_table.survey.introspection import field_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CITING: Final = frozenset({"cite", "source"})
_SPACES: Final = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}\u2000-\u200b\N{WORD JOINER}\ufeff"
_COLONS: Final = "\N{FULLWIDTH COLON}\N{SMALL COLON}\N{RATIO}"
_DASHES: Final = "\u2010-\u2015\u2022\N{MIDDLE DOT}\N{FULLWIDTH ASTERISK}\N{FULLWIDTH HYPHEN-MINUS}"
_QUOTES: Final = {"“": "”", "„": "“", "‘": "’", "「": "」", "『": "』"}
_BRACKETS: Final[dict[str, str | int | None]] = {
    "\uff3b": "[",
    "\uff3d": "]",
    "\uff5b": "{",
    "\uff5d": "}",
    "\uff0c": ",",
    "\uff1a": ": ",
}
_ODD: Final = re.compile(
    rf"[{_SPACES}\t{_COLONS}{_DASHES}{''.join(map(str, _BRACKETS))}{''.join(_QUOTES)}{''.join(_QUOTES.values())}]"
)
_INDENT: Final = re.compile(rf"^[ \t{_SPACES}]*")
_BULLET: Final = re.compile(rf"^(?P<before> *)(?P<sign>[{_DASHES}*+])[ {_SPACES}]*(?=\w)")
_ODD_COLON: Final = re.compile(rf"^(?P<before> *(?:- +)*[\w-]+)[ {_SPACES}]*(?P<colon>[:{_COLONS}])[ {_SPACES}]*")
_NO_SPACE: Final = re.compile(
    r"^(?P<before> *(?:- +)*)(?P<key>[\w-]+)(?P<colon>:(?! )| *= *| +(?![:=]))(?P<value>\S.*)$"
)
_NO_SPACE_AFTER_DASH: Final = re.compile(r"^(?P<before> *-)(?P<key>[\w-]+) *:(?: |$)")
_MARK: Final = re.compile(r":(?: |$)| #")
_NO_ESCAPE: Final = re.compile(r"\\(?![0abtnvfre \"/\\N_LPxuU]).?")
_NUMBERED_ESCAPE: Final = re.compile(r"\\[xuU].?")
_MARKDOWN_LINK: Final = re.compile(r"\[[^\[\]\n]{0,200}\]\((https?://[^\s()]{1,2000})\)")
_MARKDOWN_LINE: Final = re.compile(r"(?:`{3,}|~{3,})[\w{}-]{0,40}|(?:\*[ \t]?){3,40}|_{3,}|={3,}|#{1,6}")
_KEY_IN_FLOW: Final = re.compile(r"[{,] {0,9}(?P<key>[\w-]{1,40}): +")
_TEXT_OF_PAIR: Final = r"[^,{}\[\]\"'#\s:][^,{}\[\]\"'#:]{0,200}"
_PAIRS: Final = re.compile(
    rf"^(?P<before> *- +)(?P<pairs>[\w-]{{1,40}}: {_TEXT_OF_PAIR}(?:, {{0,9}}[\w-]{{1,40}}: {_TEXT_OF_PAIR}){{1,20}})$"
)
_KEY_OF_PAIR: Final = re.compile(r"(?:^|, {0,9})([\w-]{1,40}): ")
_UNSAFE_IN_FLOW: Final = re.compile(r"[,\[\]{}`*&!|>%@\"'#]|: |^[?-]")
_BEGINNINGS: Final = {
    "*": "an alias",
    "&": "an anchor",
    "!": "a tag",
    "{": "a mapping",
    "[": "a list",
    "|": "a text on lines of its own",
    ">": "a text on lines of its own",
    "-": "an item of a list",
    "?": "a key",
    "%": "a directive of YAML",
    "@": "nothing: YAML keeps it back",
    "`": "nothing: YAML keeps it back",
}


def _odd_characters(lines: Sequence[str], number: int) -> Iterator[Correction]:
    """Tabs, spaces and signs that look like those of YAML."""
    line = lines[number]
    odd = _ODD.search(line)
    bullet = _BULLET.match(line)
    if odd is None and bullet is None:
        return
    blank = _INDENT.match(line)
    indent = blank[0] if blank else ""
    widths = [len(indent)] if not indent.strip(" ") else [*levels_above(lines, number), len(indent.expandtabs(2))]
    for width in dict.fromkeys(widths):
        plain = " " * width + line[len(indent) :]
        if sign := _BULLET.match(plain):
            plain = f"{sign['before']}- {plain[sign.end() :]}"
        plain = _ODD_COLON.sub(r"\g<before>: ", plain, count=1) if _is_key(plain) else plain
        for corrected in dict.fromkeys((plain, _ascii_quotes(plain), _ascii_brackets(plain))):
            if corrected.rstrip() != line.rstrip():
                column = first_difference(line, corrected)
                below = _same_tabs(lines, number, width) if "\t" in indent else ()
                for more in dict.fromkeys((below, ())):
                    said = f"there is {_sign(line[column])}"
                    yield Correction(said, "write", number, column, number, (corrected.rstrip(), *more))


def _lines_of_markdown(lines: Sequence[str], number: int) -> Iterator[Correction]:
    """A rule between paragraphs, a heading's underline, the fence of a code block: lines that say nothing in YAML."""
    sign = lines[number].strip()
    if _MARKDOWN_LINE.fullmatch(sign):
        said = f"'{sign[:20]}' is Markdown, and says nothing in a YAML file"
        column = len(lines[number]) - len(lines[number].lstrip())
        yield Correction(said, "take the line out", number, column, number, ("",))


def _same_tabs(lines: Sequence[str], number: int, width: int) -> tuple[str, ...]:
    """Return the lines below that are indented by tabs too, with as many spaces for each tab."""
    tabs = lines[number][: len(lines[number]) - len(lines[number].lstrip())].count("\t")
    below = takewhile(lambda line: line.startswith("\t"), lines[number + 1 : number + MOST_LINES])
    return tuple(line.replace("\t", " " * (width // tabs or 1)) for line in below)


def _is_key(line: str) -> bool:
    colon = _ODD_COLON.match(line)
    return colon is not None and colon["before"].strip(" -") in known_keys()


def _ascii_quotes(line: str) -> str:
    entry = KEY.match(line)
    value = entry["value"].rstrip() if entry else ""
    if entry is None or len(value) < 2 or _QUOTES.get(value[0]) != value[-1]:  # noqa: PLR2004 (two quotes)
        return line
    return line[: entry.start("value")] + quoted(value[1:-1])


def _ascii_brackets(line: str) -> str:
    return line.translate(str.maketrans(_BRACKETS))


def _sign(character: str) -> str:
    if character == "\t":
        return "a tab here, which YAML does not take for spaces"
    if character.isspace() or name_of(character) in {"U+200B", "U+2060", "U+FEFF"}:
        name = unicodedata.name(character, "character that is not shown").lower()
        article = "an" if name[0] in "aeiou" else "a"
        return f"{article} {name} here ({name_of(character)}), which YAML does not take for a space"
    return f"'{character}' here, which is no sign of YAML"


def _pairs(lines: Sequence[str], number: int) -> Iterator[Correction]:
    """Several keys with commas between them behind one dash."""
    line = lines[number].rstrip()
    found = _PAIRS.match(line)
    if found and known_keys().issuperset(_KEY_OF_PAIR.findall(found["pairs"])):
        corrected = f"{found['before']}{{{found['pairs']}}}"
        said = "several keys on one line stand in braces"
        yield Correction(said, "write", number, found.start("pairs"), number, (corrected,))


def _missing_space(lines: Sequence[str], number: int) -> Iterator[Correction]:
    """A key without the space after its colon, or without colon; an item without the space after its dash."""
    line = lines[number]
    if dash := _NO_SPACE_AFTER_DASH.match(line):
        corrected = f"{dash['before']} {line[dash.start('key') :]}"
        yield Correction("a space is missing after '-'", "write", number, dash.start("key"), number, (corrected,))
    if line.strip() in known_keys():
        said = f"':' is missing after '{line.strip()}'"
        yield Correction(said, "write", number, len(line.rstrip()), number, (f"{line.rstrip()}:",))
    entry = _NO_SPACE.match(line)
    if entry and entry["key"] in known_keys():
        said = "a space is missing after ':'" if entry["colon"] == ":" else f"':' is missing after '{entry['key']}'"
        value = entry["value"].rstrip()
        for text in (value, quoted(value)):
            corrected = f"{entry['before']}{entry['key']}: {text}"
            yield Correction(said, "write", number, entry.end("key"), number, (corrected,))


def _cite_keys(lines: Sequence[str], number: int) -> Iterator[Correction]:
    """Keys of a bibliography as they are written in texts, in other formats: `@key`, ``{cite}`key```."""
    entry = KEY.match(lines[number])
    if entry and entry["key"] in _CITING and (keys := cite_keys_in(entry["value"].strip())):
        value = keys[0] if len(keys) == 1 else f"[{', '.join(keys)}]"
        corrected = lines[number][: entry.start("value")] + value
        said = f"'{entry['key']}' takes the bare key of the bibliography"
        yield Correction(said, "write", number, entry.start("value"), number, (corrected,))


def _links(lines: Sequence[str], number: int) -> Iterator[Correction]:
    """An address as Markdown has it: ``[code](https://…)``."""
    entry = KEY.match(lines[number])
    link = _MARKDOWN_LINK.fullmatch(entry["value"].strip()) if entry and entry["key"] in field_names(Links) else None
    if entry and link:
        corrected = lines[number][: entry.start("value")] + link[1]
        said = f"'{entry['key']}' takes a bare address, without Markdown"
        yield Correction(said, "write", number, entry.start("value"), number, (corrected,))


def _quotes(lines: Sequence[str], number: int) -> Iterator[Correction]:
    """A text that has to be in quotes, or whose quotes are not right."""
    line = lines[number]
    entry = KEY.match(line) or ITEM.match(line)
    if entry is None:
        return
    value, start = entry["value"].rstrip(), entry.start("value")
    head = line[:start]
    found = _KEY_IN_FLOW.match(value)
    if (value[0] in "[{" and entry["key"] in known_keys() - text_keys()) or (found and found["key"] in known_keys()):
        return
    if value[0] in "\"'":
        for said, remedy, column, text in _mended_quotes(value):
            yield Correction(said, remedy, number, start + column, number, (head + text,))
        return
    if value[0] in "|>" and value[1:2] in {" ", "\t"} and not value[1:].strip()[:1].isdigit():
        said = f"a text after '{value[0]}' begins on the next line"
        yield Correction(said, "write it without", number, start, number, (head + _safe(value[1:].strip()),))
    said, column = _why(value)
    yield Correction(said, "quote the text", number, start + column, number, (head + quoted(value),))


def _safe(text: str) -> str:
    return quoted(text) if _MARK.search(text) or text[0] in _BEGINNINGS or text[0] in "\"'#,]}" else text


def _why(value: str) -> tuple[str, int]:
    """Return why the plain text *value* cannot be read, and the column in it where that shows."""
    if meaning := _BEGINNINGS.get(value[0]):
        return f"a text cannot begin with '{value[0]}', which begins {meaning}", 0
    if value[0] in ",]}":
        return f"a text cannot begin with '{value[0]}'", 0
    mark = _MARK.search(value)
    if mark and mark[0][0] == ":":
        return "a text with ': ' in it must be in quotes: here a value would begin", mark.start()
    return "this text must be in quotes", mark.start() if mark else 0


def _mended_quotes(value: str) -> Iterator[tuple[str, str, int, str]]:
    """Yield message, remedy, column and the corrected text for *value*, which begins with a quote."""
    quote, inner = value[0], value[1:-1] if len(value) > 1 and value[-1] == value[0] else None
    if inner is not None and quote == '"' and "\\" in inner:
        escape = _NO_ESCAPE.search(inner) or _NUMBERED_ESCAPE.search(inner)
        said = f"'{escape[0] if escape else chr(92)}' is no escape of YAML: in double quotes a backslash begins one"
        text = quoted(inner.replace('\\"', '"').replace("\\\\", "\\"))
        yield said, "write it in single quotes", (escape.start() if escape else 0) + 1, text
    if inner is not None:
        plain = inner.replace("''", "'") if quote == "'" else inner.replace('\\"', '"')
        at = inner.find(quote) + 1
        yield f"the {quote} in the text ends it", "write", at, quoted(plain)
    else:
        behind = value.find(quote, 1)
        if value[-1] in ",;" and behind == len(value) - 2:
            yield f"'{value[-1]}' has no place behind a value", "take it away", len(value) - 1, value[:-1]
        if behind < 0:
            said = f"the quote {quote} that begins here is never closed"
            yield said, "write", 0, value + quote
            yield said, "write", 0, quoted(value[1:])
        yield "the text goes on behind the quote that ends it", "quote all of it", max(behind, 0) + 1, quoted(value)


def _flow_values(lines: Sequence[str], number: int) -> Iterator[Correction]:
    """Texts in braces that have to be in quotes."""
    line = lines[number]
    found = [key for key in _KEY_IN_FLOW.finditer(line) if key["key"] in known_keys()]
    pieces, done = [], 0
    for key, following in zip(found, [*found[1:], None], strict=False):
        text = line[key.end() : following.start() if following else len(line)]
        value = (text if following else text.rstrip("]}, ")).strip()
        if value and value[0] not in "\"'[" and (value[0] != "{" or "`" in value):
            pieces += [line[done : key.end()], quoted(value) if _UNSAFE_IN_FLOW.search(value) else value]
            done = key.end() + text.index(value) + len(value)
    corrected = "".join((*pieces, line[done:]))
    if corrected != line:
        column = first_difference(line, corrected)
        said = "a text in braces must be in quotes when it has a comma, ': ', a brace or a bracket in it"
        yield Correction(said, "write", number, column, number, (corrected,))


def _brackets(lines: Sequence[str], number: int) -> Iterator[Correction]:
    """Brackets and braces that are never closed, or never opened."""
    line = lines[number].rstrip()
    for opening, closing in (("[", "]"), ("{", "}")):
        missing = line.count(opening) - line.count(closing)
        column = line.rfind(opening if missing > 0 else closing)
        if missing > 0:
            said = f"the '{opening}' here is never closed"
            yield Correction(said, "write", number, column, number, (line + closing * missing,))
        elif missing < 0:
            corrected = (line[:column] + line[column + 1 :]).rstrip()
            yield Correction(f"there is a '{closing}' too many", "write", number, column, number, (corrected,))


TEXT_RULES: Final = (
    _lines_of_markdown,
    _pairs,
    _odd_characters,
    _missing_space,
    _cite_keys,
    _links,
    _quotes,
    _flow_values,
    _brackets,
)
"""In the order in which they are tried."""
