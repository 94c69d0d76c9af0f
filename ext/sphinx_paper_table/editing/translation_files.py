"""Names in gettext catalogues, changed in place: Babel's writer would break the lines of every other message anew."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_paper_table.survey.edits import TextEdit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from sphinx_paper_table.editing.documents import Changes, Document

_STRING: Final = re.compile(r'^(?:msgid|msgid_plural|msgstr|msgstr\[\d+\])?[ \t]*"(.*)"[ \t]*$')
_ENTRY: Final = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|$))+")
_MSGID: Final = re.compile(r"^msgid ", re.MULTILINE)
_ESCAPE: Final = re.compile(r"\\(.)")
_PLAIN: Final = {"n": "\n", "t": "\t", "r": "\r"}


class Message(NamedTuple):
    """A msgid or msgstr: its text, the place of each character, and behind each one whether it ends a line."""

    text: str
    places: list[int]
    ends: list[int]
    """Where each character ends."""


def messages(text: str) -> Iterator[Message]:
    """Yield every msgid and msgstr of a catalogue; comments and what is out of use (``#~``) are left out."""
    place, current = 0, Message("", [], [])
    for line in text.split("\n"):
        found = _STRING.match(line)
        if found is None or not line.lstrip().startswith('"'):
            if current.text:
                yield current
            current = Message("", [], [])
        if found is not None:
            current = _with_line(current, found[1], place + found.start(1))
        place += len(line) + 1
    if current.text:
        yield current


def _with_line(message: Message, written: str, start: int) -> Message:
    """Return *message* with what a further line of it has between its quotes."""
    signs, place = [], 0
    while place < len(written):
        escape = _ESCAPE.match(written, place)
        length = 2 if escape else 1
        sign = _PLAIN.get(escape[1], escape[1]) if escape else written[place]
        signs.append(sign)
        message.places.append(start + place)
        message.ends.append(start + place + length)
        place += length
    return Message(message.text + "".join(signs), message.places, message.ends)


def renamed(document: Document, changes_in: Callable[[str], list[tuple[int, int, str]]]) -> Iterator[TextEdit]:
    """Yield the edits of a catalogue; *changes_in* says which parts of a message become what.

    A name that is broken over two lines stays broken behind as many characters, as far as the new one has them.
    """
    for message in messages(document.text):
        for start, end, new in changes_in(message.text):
            yield from _edits(document, message, start, end, new)


def _edits(document: Document, message: Message, start: int, end: int, new: str) -> Iterator[TextEdit]:
    """Yield the edit of each line that the characters from *start* to *end* stand in."""
    runs: list[list[int]] = []
    for number in range(start, end):
        if runs and message.places[number] == message.ends[number - 1]:
            runs[-1].append(number)
        else:
            runs.append([number])
    if len(runs) == 1 and _ends_line(message, end):
        # Only a shorter name that stands for a broken one does that: Babel breaks behind hyphens and at spaces.
        kept = new.rfind("-") + 1
        kept = kept if kept >= end - start else len(new)
        yield TextEdit(document.name, message.places[start], message.ends[end - 1], new[:kept])
        if new[kept:]:
            yield TextEdit(document.name, message.places[end], message.places[end], new[kept:])
        return
    done = 0
    for run in runs:
        part = new[done:] if run is runs[-1] else new[done : done + len(run)]
        done += len(part)
        yield TextEdit(document.name, message.places[run[0]], message.ends[run[-1]], part)


def _ends_line(message: Message, end: int) -> bool:
    """Return whether what follows the character before *end* stands in the next line of the message."""
    return end < len(message.places) and message.places[end] != message.ends[end - 1]


class _Entry(NamedTuple):
    """A message with its comments: its place, and its msgid."""

    start: int
    end: int
    msgid: str


def _entries(text: str) -> list[_Entry]:
    """Return the messages that are in use, the header left out."""
    found = []
    for block in _ENTRY.finditer(text):
        begin = _MSGID.search(block[0])
        body = block[0][begin.start() :] if begin else ""
        if begin and not body.startswith('msgid ""\nmsgstr'):
            found.append(_Entry(block.start(), block.end(), next(messages(body)).text))
    return found


def move_messages(  # noqa: PLR0913, PLR0917 (two places, and three kinds of texts)
    changes: Changes,
    documents: Iterable[Document],
    source: str,
    target: str,
    moved: Iterable[str],
    staying: Collection[str],
    following: Collection[str],
) -> None:
    """Take the translations of *moved* texts from the catalogues *source* to *target*, in every language.

    What is *staying* in the old place too is copied. In the new one they stand before the first of *following*.
    """
    order = list(dict.fromkeys(moved))
    wanted = {*order}
    known = {str(document.path): document for document in documents}
    for path, document in known.items():
        if not path.replace("\\", "/").endswith(f"/{source}"):
            continue
        taken = [entry for entry in _entries(document.text) if entry.msgid in wanted]
        goal = path[: -len(source)] + target
        others = known.get(goal)
        present = {entry.msgid for entry in _entries(others.text)} if others else set()
        texts: dict[str, str] = {}
        for entry in taken:
            text, done = changes.take(document, entry.start, entry.end)
            texts |= {entry.msgid: text.rstrip("\n")} if entry.msgid not in present else {}
            if entry.msgid not in staying:
                for edit in done:
                    changes.edits[document.name].remove(edit)
                changes.add(document, [_removal(document, entry)])
        if texts and others:
            changes.add(others, _insertions(others, texts, order, following))
        elif texts:
            header = _ENTRY.search(document.text)
            begin = (
                header[0].rstrip("\n") if header else 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"'
            )
            changes.new[Path(goal)] = "\n\n".join([begin, *texts.values()]) + "\n"


def _removal(document: Document, entry: _Entry) -> TextEdit:
    """Return the edit that takes out a message, with the blank lines before it."""
    start = len(document.text[: entry.start].rstrip("\n")) + 1 if entry.start else 0
    return TextEdit(document.name, start, entry.end, "")


def _insertions(
    document: Document, texts: Mapping[str, str], order: Iterable[str], following: Collection[str]
) -> Iterator[TextEdit]:
    """Yield the edits that put *texts* where the catalogue would have them: in the *order* of the record's texts.

    A text that records behind it have too stands in the catalogue already; it was the record's before.
    """
    entries = _entries(document.text)
    shared = {entry.msgid: entry for entry in entries if entry.msgid in following}
    parts: list[tuple[_Entry | None, list[str]]] = [(None, [])]
    for msgid in order:
        if msgid in texts:
            parts[-1][1].append(texts[msgid])
        elif msgid in shared:
            parts.append((shared[msgid], []))
    later = next(iter(shared.values()), None)
    for behind, some in parts:
        joined = "\n\n".join(some)
        if not some:
            continue
        if behind is not None:
            start = "" if document.text[: behind.end].endswith("\n") else "\n"
            yield TextEdit(document.name, behind.end, behind.end, f"{start}\n{joined}\n")
        elif later is not None:
            yield TextEdit(document.name, later.start, later.start, f"{joined}\n\n")
        else:
            end = len(document.text.rstrip("\n"))
            yield TextEdit(document.name, end, end, f"\n\n{joined}")
