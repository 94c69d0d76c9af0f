"""Better BibTeX JSON: a whole library of Zotero, with its collections, notes and cite keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.importing.collection import Collection, Group, Leftover
from sphinx_paper_table.importing.formats.json_files import (
    Places,
    left_over,
    mapping_of,
    mappings_in,
    parsed,
    text_of,
)
from sphinx_paper_table.importing.formats.zotero_items import Item, plain_of, zotero_work
from sphinx_paper_table.survey.references import Author

if TYPE_CHECKING:
    from sphinx_paper_table.importing.collection import Work
    from sphinx_paper_table.importing.sources import ReadOptions, SourceFile
    from sphinx_paper_table.survey.located import Position

_NOT_WORKS: Final = frozenset({"note", "attachment", "annotation"})
_OF_ZOTERO: Final = frozenset(
    (
        *("itemID", "itemKey", "key", "version", "libraryID", "citationKey", "citekey", "uri", "select", "dateAdded"),
        *("dateModified", "uniqueFields", "relations", "collections", "creators", "tags", "notes", "attachments"),
        *("multi", "__citekey__", "__citekeys__", "sortKey", "itemTypeID", "autoJournalAbbreviation"),
    )
)
"""What Zotero notes of itself, and what is read otherwise."""
_KEYS: Final = ("citationKey", "citekey", "__citekey__", "itemKey", "key")
"""What names an item, the best first."""
_DEEPEST: Final = 20


def recognises(source: SourceFile) -> bool:
    """Return whether this is an export of Better BibTeX, or the items of Zotero's own API in a list."""
    found = parsed(source)
    items = mappings_in(found.get("items")) if isinstance(found, dict) else mappings_in(found)
    return bool(items) and "itemType" in mapping_of(items[0].get("data", items[0]))


def read(source: SourceFile, _options: ReadOptions) -> Collection:
    """Return the items in their collections."""
    found = parsed(source)
    whole = mapping_of(found)
    items = [mapping_of(item.get("data", item)) for item in mappings_in(whole.get("items") if whole else found)]
    places, leftovers = Places(source), list[Leftover]()
    works: dict[str, Work] = {}
    for item in items:
        name = text_of(item.get("itemID")) or text_of(item.get("itemKey")) or text_of(item.get("key"))
        place = places.of(f'"{text_of(item.get("itemKey")) or text_of(item.get("citationKey")) or name}"')
        if item.get("itemType") in _NOT_WORKS:
            text = plain_of(text_of(item.get("note"))) or left_over({k: item[k] for k in ("title", "url") if k in item})
            leftovers.append(Leftover(place, text, f"a {item['itemType']} of its own"))
            continue
        works[name or f"{len(works)}"] = _work(item, place, leftovers)
    collections = mapping_of(whole.get("collections"))
    groups = _groups(collections, works, leftovers)
    placed = {id(work) for group in groups for work in group.all_works()}
    above = tuple(work for work in works.values() if id(work) not in placed)
    return Collection(works=above, groups=groups, leftovers=tuple(leftovers))


def _work(item: dict[str, Any], place: Position, leftovers: list[Leftover]) -> Work:
    said = {name: text_of(value) for name, value in item.items() if name not in _OF_ZOTERO}
    creators = mappings_in(item.get("creators"))
    people = {
        role: tuple(_author(one) for one in creators if one.get("creatorType") in kinds)
        for role, kinds in {
            "author": {"author", "programmer", "inventor", "artist", "presenter", "director", "podcaster"},
            "editor": {"editor"},
        }.items()
    }
    others = [one for one in creators if one.get("creatorType") not in {"author", "editor"}]
    if others and not people["author"]:
        people["author"] = tuple(map(_author, others))
    elif others and (rest := [one for one in others if _author(one) not in people["author"]]):
        leftovers.append(Leftover(place, left_over({"creators": rest}), "people in other roles"))
    tags = item.get("tags")
    words = [text_of(mapping_of(tag).get("tag") or tag) for tag in tags] if isinstance(tags, list) else []
    notes = item.get("notes")
    texts = [text_of(mapping_of(note).get("note") or note) for note in notes] if isinstance(notes, list) else []
    attached = [one for one in mappings_in(item.get("attachments")) if one.get("path") or one.get("localPath")]
    if attached:
        names = "\n".join(text_of(one.get("title")) or text_of(one.get("path")) for one in attached)
        leftovers.append(Leftover(place, names, "attached files"))
    key = next((text_of(item[name]) for name in _KEYS if item.get(name)), "")
    found = Item(position=place, said=said, people=people, tags=words, notes=texts, key=key)
    return zotero_work(found, leftovers)


def _author(one: dict[str, Any]) -> Author:
    return Author(text_of(one.get("firstName")), text_of(one.get("lastName")) or text_of(one.get("name")))


def _groups(collections: dict[str, Any], works: dict[str, Work], leftovers: list[Leftover]) -> tuple[Group, ...]:
    """Return the collections as groups; those that contain themselves are cut where they would."""
    found = {key: mapping_of(value) for key, value in collections.items()}
    children: dict[str, list[str]] = {}
    for key, value in found.items():
        parent = text_of(value.get("parent"))
        children.setdefault(parent if parent in found else "", []).append(key)

    def group(key: str, above: tuple[str, ...]) -> Group:
        value = found[key]
        items = value.get("items")
        names = [text_of(item) for item in items] if isinstance(items, list) else []
        inner = [child for child in children.get(key, ()) if child not in above and len(above) < _DEEPEST]
        return Group(
            name=text_of(value.get("name")) or "…",
            works=tuple(works[name] for name in dict.fromkeys(names) if name in works),
            groups=tuple(group(child, (*above, key)) for child in inner),
        )

    return tuple(group(key, ()) for key in children.get("", ()))
