"""What a line of a list says of a paper to the best entry that can be made of it, and what is left over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from sphinx_paper_table.bibliography.identifiers import identifiers
from sphinx_paper_table.importing.collection import Leftover, Work
from sphinx_paper_table.importing.free_text.link_kinds import told_by
from sphinx_paper_table.importing.free_text.told_facts import Venue, is_like_a_venue, venue_in
from sphinx_paper_table.survey.characters import printable
from sphinx_paper_table.survey.references import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx_paper_table.importing.free_text.list_entries import Draft
    from sphinx_paper_table.survey.located import Position

_PMLR: Final = "Proceedings of Machine Learning Research"
_PLACES: Final = {"misc": "howpublished", "article": "journal", "inproceedings": "booktitle"}
"""The field that says where an entry of that type appeared."""
_PUBLISHERS: Final = frozenset({"IEEE", "ACM", "AAAI Press", "USENIX", "SPIE"})
"""Names that alone are no venue."""
_VIDEO_KEYS: Final = {"youtube.com": "youtube", "youtu.be": "youtube", "bilibili.com": "bilibili", "zhihu.com": "zhihu"}


def is_paper(draft: Draft) -> bool:
    """Return whether enough is said to call it a paper: its address, or who wrote it and where or when it appeared."""
    has_date = draft.venue is not None or draft.date is not None
    return bool(draft.papers or (draft.venue and (draft.venue.name or draft.people)) or (draft.people and has_date))


def work_of(draft: Draft, position: Position, points: Sequence[str] = ()) -> Work:
    """Return the paper; *points* are what columns say of it that have no field."""
    fields, venue = _told(draft)
    entry_type = "misc"
    if venue.name:
        is_venue = venue.is_known or (is_like_a_venue(venue.name) and venue.name not in _PUBLISHERS)
        entry_type = "misc" if not is_venue else "article" if venue.is_journal else "inproceedings"
        fields[_PLACES[entry_type]] = printable(venue.name)
    links = {**({"code": draft.badge} if draft.badge else {}), **draft.links}
    return Work(
        position=position,
        entry_type=entry_type,
        fields={"title": draft.title.text, **fields},
        people={"author": draft.people} if draft.people else {},
        name=draft.name,
        summary=draft.summary,
        links=links,
        tags=tuple(dict.fromkeys(tag.lower() for tag in draft.tags)),
        record=_record(draft, fields, points),
    )


def _told(draft: Draft) -> tuple[dict[str, str], Venue]:
    """Return the fields that addresses and dates give, and the venue: the author's own word, else the address's."""
    fields: dict[str, str] = {}
    venue = draft.venue if draft.venue is not None and draft.venue.name else None
    for address in draft.papers:
        said = told_by(address)
        known = venue_in(said.venue, is_told=True) if said.venue else None
        if known is not None and (venue is None or (venue.name == known.name and not fields.get("year"))):
            fields |= {name: value for name, value in said.fields.items() if name == "year"}
            venue = venue or known
        rest = {name: value for name, value in said.fields.items() if name not in {"year", "volume"}}
        if said.venue == "PMLR":
            rest |= {"volume": said.fields["volume"], "series": _PMLR}
        fields = {**rest, **fields}
    if draft.page and not fields.keys() & {"url", "eprint", "doi"}:
        fields["url"] = draft.page
    if venue is not None and venue.name == fields.get("series"):
        del fields["series"]
    year = (draft.venue.year if draft.venue else "") or fields.get("year") or (draft.date.year if draft.date else "")
    year = year or Reference("", "misc", arxiv=fields.get("eprint", "")).first_public[:4]
    if year:
        fields["year"] = year
    return fields, venue or Venue("")


def _record(draft: Draft, fields: Mapping[str, str], points: Sequence[str]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    if draft.date is not None and draft.date.month and "eprint" not in fields:
        record["date"] = str(draft.date)
    if points:
        record["points"] = list(points)
    videos = [video for address in draft.videos if (video := video_of(address))]
    if videos:
        record["videos"] = [{"title": draft.title.text, **video} for video in videos]
    return record


def video_of(address: str) -> dict[str, str]:
    """Return the address of a video under the key that a record has for its host."""
    host = (urlsplit(address).hostname or "").lower()
    key = next((key for name, key in _VIDEO_KEYS.items() if f".{host}".endswith(f".{name}")), "url")
    return {key: address}


def rest_of(draft: Draft, position: Position) -> Iterator[Leftover]:
    """Yield what the line says and no field of a paper can hold."""
    first = told_by(draft.papers[0]).fields if draft.papers else {}
    for address in draft.papers[1:]:
        names = identifiers({"url": address})
        said = told_by(address).fields
        if not (names.keys() & {"arxiv", "doi"}) and "url" in first and said.get("url") != first["url"]:
            yield Leftover(position, address, "a further address of the paper")
    if draft.page and first:
        yield Leftover(position, draft.page, "a further address of the paper")
    for label, address in draft.more:
        yield Leftover(position, f"{label} {address}".strip(), "an address for which papers have no field")
    for label, address in draft.refused:
        yield Leftover(position, f"{label} {address}".strip(), "it leads to no web page")
    for place in draft.places:
        yield Leftover(position, place, "it says where people work")
