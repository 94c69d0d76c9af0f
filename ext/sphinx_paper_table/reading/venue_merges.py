"""Venues of a bibliography that seem to be one: advice to name them in the vocabulary."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.bibliography.duplicates import nearly_equal
from sphinx_paper_table.survey.problems import Code, Problems
from sphinx_paper_table.survey.venues import are_alike, initials, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.references import Reference

_COMPARED: Final = 20
"""Venues with one beginning that a further one is compared with, so that the time grows with their number."""
_BEGINNING: Final = 5
_NO_ID: Final = re.compile(r"[^a-z0-9]+")


def check_venues(catalogue: Catalogue, problems: Problems) -> None:
    """Note each venue that is nearly a more frequent one, with the lines of the vocabulary that make them one."""
    counts: Counter[str] = Counter()
    first: dict[str, Reference] = {}
    for reference in catalogue.references.values():
        if label := catalogue.venue(reference):
            counts[label] += 1
            first.setdefault(label, reference)
    ids = {catalogue.venues.label(str(venue.name)): str(name) for name, venue in catalogue.vocabulary.venues.items()}
    for main, other in _near(counts):
        message = f"the venues '{main}' ({counts[main]}) and '{other}' ({counts[other]}) seem to be one"
        problems.add(Code.VENUE_SIMILAR, message, first[other].position, _hint(main, other, ids))


def _hint(main: str, other: str, ids: dict[str, str]) -> str:
    said, also = (json.dumps(name, ensure_ascii=False) for name in (main, other))
    if main in ids:
        return f"if so, add to the 'aliases' of the venue '{ids[main]}' in a vocabulary: [{also}]"
    name = _NO_ID.sub("-", "-".join(words_of(main))).strip("-") or "venue"
    return f"if so, add to a vocabulary: venues: {{{name}: {{name: {said}, aliases: [{also}]}}}}"


def _near(counts: Counter[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of a venue and a rarer one that differ in signs, abbreviated words or a slip of the pen."""
    keys: dict[str, str] = {}
    alike: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for name, _count in sorted(counts.items(), key=lambda item: -item[1]):
        if not (words := words_of(name)):
            continue
        main = keys.setdefault("".join(words), name)
        marks = f"{len(words)} {initials(words)}", "".join(words)[:_BEGINNING]
        buckets = [alike.setdefault(mark, []) for mark in marks]
        if main is name:
            known = (other for bucket in buckets for other in bucket)
            main = next((other for other, theirs in known if _is_one(words, theirs)), name)
        if main is not name:
            yield main, name
            continue
        for bucket in buckets:
            if len(bucket) < _COMPARED:
                bucket.append((name, words))


def _is_one(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Return whether two names are one but for spelling; a short last word names a series: "Physics Letters B"."""
    ends = words[-1] == others[-1] or min(len(words[-1]), len(others[-1])) >= _BEGINNING
    return are_alike(words, others) or (ends and nearly_equal(list(words), list(others)))
