"""What a collection says of a paper, as the values of its record; what a record cannot say is left over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.importing.collection import Leftover
from sphinx_paper_table.importing.safe_markdown import safe_inline
from sphinx_paper_table.survey.addresses import is_web_address
from sphinx_paper_table.survey.source_files import MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_paper_table.importing.collection import Work
    from sphinx_paper_table.survey.entities import TagTerm

LINKS: Final = ("code", "project", "demo", "data", "slides", "blog")
"""The names of `entities.Links`."""
RECORD: Final = (
    *("aliases", "date", "status", "summary", "points", "videos", "relations", "results", "added", "reviewed"),
)
"""Keys of a paper's record that another site's file may bring."""
_LONGEST_ADDRESS: Final = 2_000


def summary_of(work: Work, leftovers: list[Leftover], *, has_formulas: bool) -> str:
    """Return what the collection says of a paper, as inline MyST."""
    if len(work.summary) > MAX_TEXT:
        leftovers.append(Leftover(work.position, work.summary[MAX_TEXT:], "the summary is too long"))
    return safe_inline(work.summary, has_formulas=has_formulas)


def links_of(work: Work, leftovers: list[Leftover]) -> dict[str, str]:
    """Return the addresses that a record may have."""
    found = {}
    for name, address in work.links.items():
        if name in LINKS and is_web_address(address) and len(address) <= _LONGEST_ADDRESS:
            found[name] = address
        elif address:
            leftovers.append(Leftover(work.position, f"{name}: {address}", "no web address, or no link of a record"))
    return found


def record_of(work: Work, leftovers: list[Leftover]) -> dict[str, Any]:
    """Return the further keys of a record; what is no key of one is left over."""
    leftovers += [
        Leftover(work.position, f"{name}: {value}", "no key of a record")
        for name, value in work.record.items()
        if name not in {*RECORD, "id", "cite"}
    ]
    return {name: value for name in RECORD if (value := work.record.get(name))}


def tag_index(tags: Iterable[tuple[str, TagTerm]]) -> dict[str, str]:
    """Return the ids of tags by whatever they are called: id, name, former ids; folded as `folded` does."""
    found: dict[str, str] = {}
    for name, term in tags:
        for word in (str(name), str(term.name), *map(str, term.aliases)):
            found.setdefault(folded(word), str(name))
    return found


def folded(word: str) -> str:
    """Return *word* without case, spaces and hyphens: "Vision Transformers" and "vision-transformer" are near."""
    letters = "".join(letter for letter in word.casefold() if letter.isalnum())
    return letters.removesuffix("s")
