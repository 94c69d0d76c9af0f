"""OpenReview: API 2, and API 1 for venues before 2023 (https://docs.openreview.net/reference/api-v2)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.services.client import Service
from sphinx_paper_table.services.errors import NotFoundError, RefusedError
from sphinx_paper_table.services.record import Record, entry_in, fields_of
from sphinx_paper_table.services.texts import LONGEST_ABSTRACT, line_of, names_of, plain, tex_of_text
from sphinx_paper_table.services.trees import items, json_of, within

if TYPE_CHECKING:
    from sphinx_paper_table.services.client import Client

SERVICE: Final = Service("OpenReview", "https://api2.openreview.net")
OLDER: Final = Service("OpenReview API 1", "https://api.openreview.net")
KINDS: Final = frozenset({"application/json"})
_LONGEST_BIBTEX: Final = 100_000


def find(client: Client, name: str) -> Record:
    """Return the submission of a forum, such as "YicbFdNTTy"."""
    try:
        return _found(client, SERVICE, name)
    except (NotFoundError, RefusedError):  # API 2 forbids what it does not have
        return _found(client, OLDER, name)


def _found(client: Client, service: Service, name: str) -> Record:
    note = next(
        iter(items(json_of(client.get(service, "notes", KINDS, query={"id": name}), SERVICE.name), "notes")), None
    )
    if note is None:
        raise NotFoundError(SERVICE.name, f"it has no '{name}'", "look at the identifier")
    address = f"https://openreview.net/forum?id={name}"
    venue_id = _line(note, "venueid")
    bibtex = _line(note, "_bibtex", _LONGEST_BIBTEX)
    kind, fields = entry_in(bibtex, SERVICE.name, address) if "@" in bibtex else _from_content(note)
    fields["url"] = address
    fields.pop("note", None)
    return Record(
        SERVICE.name,
        address,
        kind,
        fields,
        plain(_line(note, "abstract", LONGEST_ABSTRACT)),
        _date(note.get("pdate") or note.get("cdate")),
        "withdrawn" if "Withdrawn" in venue_id else "",
    )


def _from_content(note: dict[str, Any]) -> tuple[str, dict[str, str]]:
    authors = _content(note, "authors")
    names = [line_of(one, SERVICE.name, "author") for one in authors] if isinstance(authors, list) else []
    venue = _line(note, "venue")
    fields = {
        "author": names_of(map(tex_of_text, names), SERVICE.name),
        "title": tex_of_text(_line(note, "title")),
        "booktitle": tex_of_text(venue),
        "year": _date(note.get("pdate") or note.get("cdate"))[:4],
    }
    return "inproceedings" if venue else "misc", fields_of(SERVICE.name, fields)


def _content(note: dict[str, Any], key: str) -> Any:
    """Return a value; API 2 wraps it in an object."""
    value = within(note, "content", key)
    return value.get("value") if isinstance(value, dict) else value


def _line(note: dict[str, Any], key: str, longest: int = 2_000) -> str:
    return line_of(_content(note, key), SERVICE.name, key.strip("_"), longest)


def _date(milliseconds: Any) -> str:
    if not isinstance(milliseconds, int) or not 0 < milliseconds < 10**13:
        return ""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()
