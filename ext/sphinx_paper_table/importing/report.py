"""The report of an import, in Markdown: what was done, what was kept, and word for word what has no place."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.survey.characters import visible

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

    from sphinx_paper_table.importing.collection import Leftover
    from sphinx_paper_table.importing.plan import Plan

_SHOWN: Final = 10
"""Of venues and words, as many as a line on the screen names."""
_KINDS_SHOWN: Final = 5
_PLACES_SHOWN: Final = 3
"""Of the kinds of what has no place, as many as stand on the screen, and places of each."""
_NAME: Final = re.compile(r"[\w:.-]{1,60}(?= ?[=:] )")
"""The name of a field or key, where a text begins with one."""


def outline(plan: Plan) -> str:
    """Return the plan in a few lines, for the screen."""
    return "".join(f"{visible(line)}\n" for line in _outline(plan))


def _outline(plan: Plan) -> Iterator[str]:
    where = f"the survey '{plan.survey}'" if plan.path else f"the new survey '{plan.survey}', {plan.title}"
    yield f"{_count(plan.works, 'work')} ({', '.join(plan.formats)}) for {where}"
    yield f"  {_count(len(plan.papers), 'new paper')} in {_count(len(plan.new_groups), 'new group')}"
    yield f"  {_count(len(plan.entries), 'new entry', 'new entries')} of the bibliography"
    if plan.same:
        yield f"  {len(plan.same):,} known already, by DOI, arXiv id or title"
    facts = (
        (len(plan.changes), "field", "the collection has changed, taken over"),
        (len(plan.differences), "field", "you have changed, left alone"),
        (len(plan.removed), "paper", "you have taken out, not brought back"),
        (len(plan.gone), "paper", "the collection has no longer, left"),
        (len(plan.leftovers), "thing", "no file has a place for, kept in the report"),
    )
    yield from (f"  {_count(number, one)} that {said}" for number, one, said in facts if number)
    yield from (f"    {line}" for line in _kinds_in_short(plan.leftovers))
    if plan.venues:
        yield f"  {_count(len(plan.venues), 'venue')}: {_first(plan.venues)}"
    if plan.unknown_venues:
        yield f"  {_count(len(plan.unknown_venues), 'venue')} that the vocabulary lacks: {_first(plan.unknown_venues)}"
    if plan.unknown_tags:
        said = "is no tag" if len(plan.unknown_tags) == 1 else "are no tags"
        yield f"  {_count(len(plan.unknown_tags), 'word')} that {said} here: {_first(plan.unknown_tags)}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def _first(counted: Counter[str]) -> str:
    shown = ", ".join(f"{word} ({number})" for word, number in counted.most_common(_SHOWN))
    return f"{shown}, …" if len(counted) > _SHOWN else shown


def report_text(plan: Plan, today: str, before: str = "") -> str:
    """Return the report, a file for the author that no site shows; empty where there is nothing to tell.

    What stands in *before*, the reports of earlier imports, is not told again.
    """
    sections = list(_sections(plan, before))
    if not sections:
        return ""
    return "\n".join((f"# Import into {plan.survey}\n\n{today}\n\n{_fenced([outline(plan).rstrip()])}", *sections))


def _sections(plan: Plan, before: str) -> Iterator[str]:
    yield from _leftovers(before, plan.leftovers)
    yield from _section(
        before,
        "Known already",
        "The collection has these too. Nothing of them was changed.",
        ((f"{one.position}: '{one.work}' is '{one.known}' by its {one.by}", one.text) for one in plan.same),
    )
    yield from _section(
        before,
        "Fields that you have changed",
        "Your file has the first value, the collection the second.",
        ((f"{one.key}: {one.name}", f"{one.yours}\n{one.theirs}") for one in plan.differences),
    )
    yield from _section(
        before,
        "Fields that the collection has changed",
        "They were taken over, since you had not changed them.",
        ((f"{one.key}: {one.name}", one.value or "(taken out)") for one in plan.changes),
    )
    removed, gone = (((name, "") for name in names) for names in (plan.removed, plan.gone))
    yield from _section(before, "Not brought back", "You have taken these papers out.", removed)
    yield from _section(before, "Gone from the collection", "They stay in your survey.", gone)
    yield from _section(
        before,
        "Words that are no tags",
        "Define those that you want in the vocabulary, and tag the papers.",
        ((f"{word} ({number})", "") for word, number in plan.unknown_tags.most_common()),
    )
    yield from _section(
        before,
        "Venues that the vocabulary lacks",
        "They are shown as they are written.",
        ((f"{word} ({number})", "") for word, number in plan.unknown_venues.most_common()),
    )


def _by_kind(leftovers: Iterable[Leftover]) -> dict[str, list[Leftover]]:
    """Return what has no place by its kind: why that is, and of a field or key its name."""
    found: dict[str, list[Leftover]] = defaultdict(list)
    for one in leftovers:
        name = _NAME.match(one.text)
        found[f"{name[0]}: {one.reason}" if name else one.reason].append(one)
    return found


def _kinds_in_short(leftovers: Iterable[Leftover]) -> Iterator[str]:
    """Yield the kinds of what has no place, the most frequent first, with their number and first places."""
    kinds = sorted(_by_kind(leftovers).items(), key=lambda kind: -len(kind[1]))
    for kind, some in kinds[:_KINDS_SHOWN]:
        places = ", ".join(str(one.position) for one in some[:_PLACES_SHOWN])
        yield f"{len(some):,} × {kind} ({places}{', …' if len(some) > _PLACES_SHOWN else ''})"
    if len(kinds) > _KINDS_SHOWN:
        yield f"and {_count(len(kinds) - _KINDS_SHOWN, 'further kind')}"


def _leftovers(before: str, leftovers: Iterable[Leftover]) -> Iterator[str]:
    """Yield the section of what has no place: each kind once, and all of it below."""
    kinds = []
    for kind, some in _by_kind(leftovers).items():
        told = [text for one in some if _lines(text := f"{one.position}: {one.text}") not in before]
        if told:
            kinds.append((f"{len(told):,} × {kind}", "\n".join(told)))
    lead = "What stands here is in none of your files. Take from it what you need."
    yield from _section("", "Has no place", lead, kinds)


def _lines(text: str) -> str:
    """Return a text as `_indented` writes it, without what stands around it."""
    return "".join(f"  {visible(line)}\n" if line else "\n" for line in text.split("\n"))


def _section(before: str, title: str, lead: str, items: Iterable[tuple[str, str]]) -> Iterator[str]:
    written = (f"- `` {visible(what)} ``\n{_indented(text)}" for what, text in items)
    found = [item for item in written if item not in before]
    if found:
        yield f"## {title}\n\n{lead}\n\n{''.join(found)}"


def _indented(text: str) -> str:
    if not text:
        return ""
    return "\n" + "".join(f"  {line}\n" if line else "\n" for line in _fenced(text.split("\n")).split("\n")) + "\n"


def _fenced(lines: list[str]) -> str:
    """Return lines as a block of code, whatever stands in them."""
    shown = [visible(line) for one in lines for line in one.split("\n")]
    longest = max((len(line) - len(line.lstrip("`~")) for line in map(str.strip, shown)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join((f"{fence}text", *shown, fence)) + "\n"
