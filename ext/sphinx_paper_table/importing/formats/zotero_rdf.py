"""Zotero RDF: items, notes and collections, in XML.

The parser is the standard library's. A file with a document type is refused before it is read: no honest export has
one, and entities that stand for each other (an "XML bomb") or for files come with one only. defusedxml does the same
with a parser written in Python, and is one more package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET
from xml.parsers import expat

from sphinx_paper_table.bibliography.file_parts import position
from sphinx_paper_table.editing.documents import EditError
from sphinx_paper_table.importing.collection import Collection, Group, Leftover
from sphinx_paper_table.importing.formats.publication_fields import doi_of
from sphinx_paper_table.importing.formats.zotero_items import Item, plain_of, zotero_work
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.references import Author

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_paper_table.importing.collection import Work
    from sphinx_paper_table.importing.sources import ReadOptions, SourceFile

_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_Z: Final = "{http://www.zotero.org/namespaces/export#}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_DCTERMS: Final = "{http://purl.org/dc/terms/}"
_BIB: Final = "{http://purl.org/net/biblio#}"
_FOAF: Final = "{http://xmlns.com/foaf/0.1/}"
_PRISM: Final = "{http://prismstandard.org/namespaces/1.2/basic/}"
_VCARD: Final = "{http://nwalsh.com/rdf/vCard#}"
_DEEPEST: Final = 60
"""Elements within each other; an export has some ten."""
_NOT_WORKS: Final = frozenset({"attachment", "note", "annotation"})
_FIELDS: Final = {
    f"{_DC}title": "title",
    f"{_DCTERMS}abstract": "abstractNote",
    f"{_DC}date": "date",
    f"{_DC}description": "extra",
    f"{_BIB}pages": "pages",
    f"{_PRISM}volume": "volume",
    f"{_PRISM}number": "issue",
    f"{_PRISM}edition": "edition",
    f"{_Z}language": "language",
    f"{_Z}shortTitle": "shortTitle",
    f"{_Z}type": "thesisType",
    f"{_Z}archiveID": "archiveID",
    f"{_Z}repository": "repository",
    f"{_Z}proceedingsTitle": "proceedingsTitle",
    f"{_DCTERMS}dateSubmitted": "accessDate",
    f"{_DCTERMS}alternative": "journalAbbreviation",
}
"""Elements of an item, or of what it is part of, with Zotero's fields."""
_CONTAINERS: Final = {
    f"{_BIB}Journal": "publicationTitle",
    f"{_BIB}Book": "bookTitle",
    f"{_BIB}Proceedings": "proceedingsTitle",
    f"{_BIB}Series": "series",
    f"{_Z}Website": "websiteTitle",
    f"{_Z}Blog": "blogTitle",
}
_ROLES: Final = {"authors": "author", "editors": "editor"}


def recognises(source: SourceFile) -> bool:
    """Return whether this is RDF of Zotero."""
    return source.suffix in {".rdf", ".xml"} and _Z.strip("{}") in source.text[:10_000]


def read(source: SourceFile, _options: ReadOptions) -> Collection:
    """Return the items in their collections; raises `EditError` where the file is not XML that may be read."""
    root = _parsed(source)
    reader = _Reader(source, {name: one for one in root if (name := one.get(f"{_RDF}about"))})
    works = {name: work for name, work in map(reader.work, root) if work is not None}
    groups = tuple(reader.groups(root, works))
    placed = {id(work) for group in groups for work in group.all_works()}
    above = tuple(work for work in works.values() if id(work) not in placed)
    return Collection(works=above, groups=groups, leftovers=tuple(reader.leftovers))


def _parsed(source: SourceFile) -> ET.Element:
    guard, depth = expat.ParserCreate(), 0

    def refuse(*_what: object) -> None:
        msg = "the file has a document type, which no export of Zotero has"
        raise EditError(msg, Position(source.name, guard.CurrentLineNumber, guard.CurrentColumnNumber + 1))

    def start(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            msg = "elements stand too deep in each other"
            raise EditError(msg, Position(source.name, guard.CurrentLineNumber, guard.CurrentColumnNumber + 1))

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    guard.StartDoctypeDeclHandler, guard.EntityDeclHandler = refuse, refuse
    guard.StartElementHandler, guard.EndElementHandler = start, end
    data = source.text.encode("utf-8", "replace")
    try:
        guard.Parse(data, True)  # noqa: FBT003 (expat's own way to say that this is all)
        return ET.fromstring(data)  # noqa: S314 (what is dangerous has been refused)
    except (expat.ExpatError, ET.ParseError) as error:
        line, column = getattr(error, "position", (getattr(error, "lineno", 1), getattr(error, "offset", 0)))
        raise EditError(f"this is no XML: {error}", Position(source.name, line, column + 1)) from error


class _Reader:
    """Reads items; *about* are the outermost elements by their names."""

    def __init__(self, source: SourceFile, about: dict[str, ET.Element]) -> None:
        self.source, self.about = source, about
        self.leftovers: list[Leftover] = []
        self._last = 0

    def _place(self, name: str) -> Position:
        escaped = name.replace("&", "&amp;").replace('"', "&quot;")
        found = self.source.text.find(f'rdf:about="{escaped}"', self._last) if name else -1
        self._last = max(self._last, found)
        return position(self.source.text, self.source.name, self._last)._replace(column=1)

    def work(self, item: ET.Element) -> tuple[str, Work | None]:
        """Return the name of an item, and the work that it is, if it is one."""
        name = item.get(f"{_RDF}about", "")
        kind = item.findtext(f"{_Z}itemType", "")
        if not kind or kind in _NOT_WORKS:
            return name, None
        place = self._place(name)
        said = {"itemType": kind, **self._fields(item)}
        people = {role: tuple(self._people(item.find(f"{_BIB}{element}"))) for element, role in _ROLES.items()}
        for element in item:
            role = element.tag.rpartition("}")[2]
            if element.find(f"{_RDF}Seq") is not None and role not in _ROLES:
                names = tuple(self._people(element))
                if not people["author"]:
                    people["author"] = names
                else:
                    self.leftovers.append(Leftover(place, f"{role}: {', '.join(map(str, names))}", "another role"))
        subjects = item.findall(f"{_DC}subject")
        tags = [(one.text or "").strip() or one.findtext(f"./{_Z}AutomaticTag/{_RDF}value", "") for one in subjects]
        notes = [self.about[one].findtext(f"{_RDF}value", "") for one in self._named(item, f"{_DCTERMS}isReferencedBy")]
        key = said.pop("citationKey", "") or self._key(item, said)
        found = Item(position=place, said=said, people=people, tags=tags, notes=notes, key=key)
        return name or f"{place.line}", zotero_work(found, self.leftovers)

    @staticmethod
    def _key(item: ET.Element, said: dict[str, str]) -> str:
        """Return the key of an item that names itself; ``#item_12`` is another one in the next export."""
        name = item.get(f"{_RDF}about", "")
        return "" if name.startswith("#") or "citation key:" in said.get("extra", "").lower() else name

    def _named(self, item: ET.Element, tag: str) -> Iterator[str]:
        for one in item.findall(tag):
            name = one.get(f"{_RDF}resource", "")
            if name in self.about:
                yield name

    def _fields(self, item: ET.Element) -> dict[str, str]:
        found = _plain(item)
        wholes = [self.about[name] for name in self._named(item, f"{_DCTERMS}isPartOf")]
        wholes += [whole for part in item.findall(f"{_DCTERMS}isPartOf") for whole in part]
        for whole in wholes:
            own = _plain(whole)
            title = own.pop("title", "")
            found = {**own, **found}
            if whole.tag in _CONTAINERS:
                found.setdefault(_CONTAINERS[whole.tag], title)
        organisation = item.find(f"{_DC}publisher/{_FOAF}Organization")
        if organisation is not None:
            found["publisher"] = organisation.findtext(f"{_FOAF}name", "")
            found["place"] = organisation.findtext(f"{_VCARD}adr/{_VCARD}Address/{_VCARD}locality", "")
        return {name: value.strip() for name, value in found.items() if value}

    @staticmethod
    def _people(roles: ET.Element | None) -> Iterator[Author]:
        for person in roles.iter(f"{_FOAF}Person") if roles is not None else ():
            family = person.findtext(f"{_FOAF}surname", "") or person.findtext(f"{_FOAF}name", "")
            given = person.findtext(f"{_FOAF}givenName", "") or person.findtext(f"{_FOAF}givenname", "")
            yield Author(given.strip(), family.strip())

    def groups(self, root: ET.Element, works: dict[str, Work]) -> Iterator[Group]:
        """Yield the outermost collections; note what is no item, collection or part of one."""
        found = {one.get(f"{_RDF}about", ""): one for one in root.iter(f"{_Z}Collection")}
        parts = {
            name: [part.get(f"{_RDF}resource", "") for part in one.findall(f"{_DCTERMS}hasPart")]
            for name, one in found.items()
        }
        inner = {part for name, names in parts.items() for part in names if part in found and part != name}
        used = {name for item in root for name in self._named(item, f"{_DCTERMS}isReferencedBy")}
        for memo in root.iter(f"{_BIB}Memo"):
            name = memo.get(f"{_RDF}about", "")
            if name not in used:
                text = plain_of(memo.findtext(f"{_RDF}value", ""))
                self.leftovers.append(Leftover(self._place(name), text, "a note of its own"))

        seen: set[str] = set()

        def group(name: str, depth: int) -> Group:
            seen.add(name)
            return Group(
                name=found[name].findtext(f"{_DC}title", "") or "…",
                works=tuple(works[part] for part in dict.fromkeys(parts[name]) if part in works),
                groups=tuple(
                    group(part, depth + 1)
                    for part in parts[name]
                    if part in found and part not in seen and depth < _DEEPEST
                ),
            )

        yield from (group(name, 0) for name in found if name not in inner)


def _plain(element: ET.Element) -> dict[str, str]:
    """Return the texts of an element under Zotero's names, with its identifiers."""
    found: dict[str, str] = {}
    for one in element:
        if one.tag in _FIELDS and one.text and one.text.strip():
            found.setdefault(_FIELDS[one.tag], one.text)
        elif one.tag == f"{_DC}identifier":
            text = (one.text or "").strip()
            address = one.findtext(f"{_DCTERMS}URI/{_RDF}value", "")
            kind, _, value = text.partition(" ")
            if address:
                found.setdefault("url", address)
            elif doi_of(text):
                found.setdefault("DOI", doi_of(text))
            elif kind in {"ISBN", "ISSN"}:
                found.setdefault(kind, value)
        elif one.tag == f"{_Z}citationKey":
            found["citationKey"] = one.text or ""
    return found
