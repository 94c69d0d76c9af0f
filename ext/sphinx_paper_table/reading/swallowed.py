"""What YAML takes away from a text without an error: comments, escapes, anchors."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from sphinx_paper_table.reading.yaml_quoting import quoted

NULL: Final = frozenset({"~", "null", "Null", "NULL"})
"""What YAML reads as no value at all (https://yaml.org/spec/1.2.2/#1032-tag-resolution)."""
_COMMENT: Final = re.compile(r"^([ \t]+)#(.?)")
_SENTENCE: Final = re.compile(r"^ *(?:- +)*(?:summary|why|note|description|protocol|setting): ")
_HASHTAGS: Final = re.compile(
    r"^(?P<head> *(?:- +)*(?:(?P<key>tags): +|- +))(?P<tags>#[a-z][a-z0-9-]*(?:[ ,]{1,3}#[a-z][a-z0-9-]*){0,20})$"
)
_TAG: Final = re.compile(r"[a-z][a-z0-9-]*")
_COUNTED: Final = re.compile(r"^[ \t]+# ?\d")
_BLOCK_VALUE: Final = re.compile(r"^ *(?:- +)*(?:[\w-]+: +)?$")
_SENTENCE_END: Final = ".!?。！？)）"
_TEX: Final = re.compile(
    r"\\(?:"
    r"n(?:abla|u|e|eq|ot|i|eg|mid)|t(?:au|heta|imes|ext(?:bf|it|tt|rm)?|ilde|o|op|riangle|frac|anh?)"
    r"|r(?:ho|ight(?:arrow)?|angle|m|ceil|floor)|b(?:eta|ar|f|ig|egin|inom|m|oldsymbol|ullet|ot)|f(?:rac|orall|lat)"
    r"|v(?:ec|ar(?:epsilon|phi|theta)|ert|ee|dots)|a(?:lpha|pprox|st|rg(?:max|min)?|ngle)"
    r"|e(?:psilon|xp|ta|ll|quiv|xists|mph)|L(?:ambda)|P(?:hi|i|si|r)"
    r")(?![A-Za-z])"
)
"""Commands of TeX whose beginning is an escape of YAML: in double quotes a tab, a line break or a bell remains."""


class Loss(NamedTuple):
    """What YAML takes away: the message, what to do, the column of it in its line, and the line as it should be."""

    message: str
    remedy: str
    column: int
    corrected: str


def comment_in(line: str, start: int, end: int) -> Loss | None:
    """Return the comment in *line* that is likely a part of the plain text between the columns *start* and *end*.

    A comment that was meant as one stands apart, by two spaces, or behind the end of a sentence.
    """
    found = _COMMENT.match(line[end:])
    if found is None:
        return None
    message = "'#' begins a comment here: what follows is not read"
    text, next_character = line[start:end], found[2]
    is_apart = len(found[1]) > 1 or (text[-1:] in _SENTENCE_END and next_character in {" ", ""})
    is_counted = _COUNTED.match(line[end:]) is not None
    is_sentence = " " in text or _SENTENCE.match(line) is not None
    if is_apart or not (is_counted or (is_sentence and text) or (not text and next_character not in {" ", "", "#"})):
        return None
    if hashtags := _HASHTAGS.match(line):
        tags = _TAG.findall(hashtags["tags"])
        written = tags[0] if hashtags["key"] is None else f"[{', '.join(tags)}]"
        return Loss(message, "a tag is written without '#'", hashtags.start("tags"), f"{hashtags['head']}{written}")
    whole = line[start if text else end + found.end(1) :].strip()
    head = line[: start if text else end + found.end(1)]
    return Loss(message, "if it is a part of the text, quote that", end + found.end(1), head + quoted(whole))


def escape_in(line: str, start: int, end: int) -> Loss | None:
    r"""Return the command of TeX that an escape destroys, ``\tau``, in the double-quoted text from *start* to *end*."""
    found = _TEX.search(line, start, end)
    if found is None or line[found.start() - 1] == "\\":
        return None
    text = line[start + 1 : end - 1].replace('\\"', '"').replace("\\\\", "\\")
    message = f"'{found[0]}' begins with an escape of YAML, '{found[0][:2]}': its first letter is lost"
    return Loss(message, "write the text in single quotes", found.start(), line[:start] + quoted(text) + line[end:])


def in_quotes(line: str, start: int, message: str, remedy: str) -> Loss:
    """Return the loss of what begins at *start*, with all from there on in quotes."""
    return Loss(message, remedy, start, line[:start] + quoted(line[start:].rstrip()))


def is_block_value(line: str, start: int) -> bool:
    """Return whether all of *line* from *start* on is the value of a key, or an item: it stands in no brackets."""
    return _BLOCK_VALUE.fullmatch(line[:start]) is not None
