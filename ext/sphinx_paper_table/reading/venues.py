"""The venues of a project: those of its vocabularies, of its author's own lists, and those that are built in."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sphinx_paper_table.survey.located import Located
from sphinx_paper_table.survey.problems import Code, Problems
from sphinx_paper_table.survey.venues import key_of, spellings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_paper_table.survey.entities import Venue
    from sphinx_paper_table.survey.located import Position


def unique_venues(own: Mapping[Located, Venue], problems: Problems) -> dict[Located, Venue]:
    """Return the venues of a project without names that an earlier one has, which are noted."""
    places: dict[str, tuple[str, Position]] = {}
    kept = {}
    for name, venue in own.items():
        taken = [alias for alias in venue.aliases if not _is_free(alias, name, places, problems)]
        is_free = all(_is_free(said, name, places, problems) for said in (venue.name, venue.short) if said is not None)
        if is_free:
            free = tuple(alias for alias in venue.aliases if alias not in taken)
            kept[name] = dataclasses.replace(venue, aliases=free)
            places.update({key_of(said): (name, venue.position) for said in spellings_of(name, kept[name])})
    return kept


def _is_free(said: Located, owner: str, places: Mapping[str, tuple[str, Position]], problems: Problems) -> bool:
    other, place = places.get(key_of(said), (owner, said.position))
    if other != owner:
        hint = f"it is that of '{other}' at {place.path}:{place.line}, which is used; choose another"
        problems.add(Code.DUPLICATE_ID, f"the venue '{said}' is taken", said.position, hint)
    return other == owner


def with_more(first: Mapping[Located, Venue], more: Iterable[tuple[Located, Venue]]) -> dict[Located, Venue]:
    """Return *first* and those of *more* that are none of them; one that is gives its names to it.

    So a project that gives a built-in venue another name needs to write that name only.
    """
    joined = dict(first)
    owners: dict[str, Located] = {}
    for name, venue in first.items():
        owners.update(dict.fromkeys(map(key_of, spellings_of(name, venue)), name))
    for name, venue in more:
        said = list(spellings_of(name, venue))
        owner = next((owners[key] for key in map(key_of, said) if key in owners), None)
        if owner is None:
            joined[name], owner = venue, name
        else:
            others = tuple(Located(alias, venue.position) for alias in said[:-1] if key_of(alias) not in owners)
            joined[owner] = dataclasses.replace(joined[owner], aliases=(*joined[owner].aliases, *others))
        owners.update({key: owner for key in map(key_of, said) if key not in owners})
    return joined
