"""What stands under the head of a column, or behind a head in a line of its own: "Venue: CVPR 2023", "Key: speed"."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.importing.free_text.inline_text import without_ornaments
from sphinx_paper_table.importing.free_text.link_kinds import KINDS, OTHER, PAPER, label_kind, link_kind
from sphinx_paper_table.importing.free_text.told_facts import people_in

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from sphinx_paper_table.importing.free_text.inline_text import Line, Link
    from sphinx_paper_table.importing.free_text.list_entries import Draft

_ROLES: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("title", "paper title", "paper name", "paper", "publication", "work", "论文", "标题", "题目"), "title"
    ),
    **dict.fromkeys(
        ("model", "method", "name", "model name", "algorithm", "abbreviation", "模型", "方法", "名称"), "name"
    ),
    **dict.fromkeys(("author", "authors", "first author", "作者"), "people"),
    **dict.fromkeys(
        (
            *("venue", "published in", "publication venue", "conference", "journal", "conf", "pub", "pub.", "where"),
            *("conference/journal", "venue/year", "venue & year", "published", "publisher", "会议", "期刊", "发表"),
        ),
        "venue",
    ),
    **dict.fromkeys(("date", "year", "time", "published date", "release date", "日期", "时间", "年份"), "date"),
    **dict.fromkeys(
        ("summary", "tl;dr", "tldr", "description", "comment", "comments", "notes", "note", "摘要"), "summary"
    ),
}
"""What the heads of columns and of lines say of what follows."""
_NOTHING: Final = frozenset({"", "-", "–", "—", "n/a", "na", "none", "/", "\\", "x", "✗", "no", "tbd", "coming soon"})
_HEAD: Final = re.compile(r"\s{0,9}([^\W\d_][^\n:：]{0,30}?)\s{0,3}[:：]\s{0,9}(?=\S)")
_HEAD_OF_ITEM: Final = re.compile(
    r"^[ \t]{1,20}[-*+] {1,4}[*_]{0,3}([^\W\d_][^\n:：*_]{0,30}?)[*_]{0,3}[:：]", re.MULTILINE
)
_MOST_WORDS: Final = 3
_LONGEST_NAME: Final = 60


def role_of(head: str) -> str:
    """Return what stands under *head*: title, name, people, venue, date or summary; empty for all else."""
    return _ROLES.get(head.casefold(), "")


def repeated_heads(text: str) -> frozenset[str]:
    """Return the heads of more than one item below an item: labels, and not the name of the method that is told of."""
    counts = Counter(found[1] for found in _HEAD_OF_ITEM.finditer(text))
    return frozenset(head for head, count in counts.items() if count > 1)


def head_of(line: Line, labels: Container[str]) -> tuple[str, Line] | None:
    """Return the head that *line* begins with, and what follows it; None where it begins with none.

    A head says what follows it, or is one of *labels*. What links are called is none: "Code: https://…".
    """
    found = _HEAD.match(line.text)
    if found is None or len(found[1].split()) > _MOST_WORDS or label_kind(found[1]):
        return None
    if any(link.start < found.end() for link in line.links):
        return None
    head = without_ornaments(found[1])
    return (head, line.part(found.end(), len(line.text))) if role_of(head) or head in labels else None


def take_labelled(draft: Draft, cell: Line, head: str) -> str:
    """Put what stands under *head* where it belongs; return what it says where there is no place, after the head."""
    worded: list[Link] = []
    """Those that are part of what is said: "Data: [One](…), [Other](…)" leads to no code of the paper."""
    told = {PAPER} if head and not role_of(head) else {*KINDS} - {OTHER}
    for link in cell.links:
        words = "" if link.is_bare else link.label
        label = words if label_kind(words) else head if label_kind(head) else words
        if label_kind(label) or link.start == link.end or link_kind(link.address, label) in told:
            draft.take_link(link.address, label)
        else:
            worded.append(link)
    draft.refused += [(link.label, link.address) for link in cell.refused if link.address]
    said = _said(draft, cell, head, is_worded=bool(worded))
    if not said:
        for link in worded:
            draft.take_link(link.address, link.label)
    return said


def _said(draft: Draft, cell: Line, head: str, *, is_worded: bool) -> str:
    """Take the words of a cell as what *head* says they are; return those that are nothing of the kind."""
    role, text = role_of(head), without_ornaments(cell.text)
    if text.casefold() in _NOTHING or (cell.links and not is_worded and _is_labels(cell)):
        return ""
    if role == "name" and not draft.name and len(text) <= _LONGEST_NAME:
        draft.name = text
        return ""
    if role == "summary":
        draft.summary = f"{draft.summary} {cell.markdown()}".strip()
        return ""
    is_list = bool(head and not role and people_in(text))  # of anything: a head that means people is known
    told = role if role in {"people", "venue", "date"} else ""
    if (not is_list and draft.take_fact(text, is_told=told)) or label_kind(text):
        return ""
    return f"{head}: {cell.markdown()}" if head else cell.markdown()


def _is_labels(cell: Line) -> bool:
    """Return whether a cell says no more than its links' words."""
    words = list(cell.text)
    for link in cell.links:
        words[link.start : link.end] = " " * (link.end - link.start)
    return not any(map(str.isalnum, "".join(words)))
