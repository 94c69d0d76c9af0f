"""``papers.json`` of another site made with this extension: its surveys with groups, texts, relations and results.

A ``refs.bib`` beside it, which such a site publishes too, has the entries as their authors wrote them; without it they
are made of what the file says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.bibliography.macros import Macros
from sphinx_paper_table.bibliography.scanner import raw_entries
from sphinx_paper_table.editing.documents import EditError
from sphinx_paper_table.importing.collection import Collection, Group, Leftover, Work
from sphinx_paper_table.importing.formats.json_files import Places, left_over, mapping_of, mappings_in, parsed, text_of
from sphinx_paper_table.importing.formats.publication_fields import container_fields, date_fields, filled_in
from sphinx_paper_table.importing.record_texts import LINKS
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Problems
from sphinx_paper_table.survey.references import Author, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_paper_table.importing.sources import ReadOptions, SourceFile
    from sphinx_paper_table.survey.references import BibtexEntry

_VERSION: Final = 1
_TEXTS: Final = ("summary", "date", "added", "reviewed")
_DERIVED: Final = frozenset(
    (
        *("name", "survey", "group", "cite", "links", "relations", "results", "tags", "location", "aliases", "points"),
        *("videos", "status", "relations_elsewhere", *_TEXTS),
    )
)
_OF_GROUPS: Final = ("period", "summary")
_TERMS: Final = {"tags": "tags", "relation_types": "relations", "benchmarks": "benchmarks"}
_DEEPEST: Final = 20
_SIMPLE: Final = (str, int, float, bool)


def recognises(source: SourceFile) -> bool:
    """Return whether this is ``papers.json``."""
    found = mapping_of(parsed(source))
    return {"version", "surveys", "groups", "papers", "references"} <= found.keys()


def read(source: SourceFile, _options: ReadOptions) -> Collection:
    """Return the surveys: the groups of a single one, or a group for each. Raises `EditError` for another version."""
    whole = mapping_of(parsed(source))
    if whole.get("version") != _VERSION:
        msg = f"the file is of version {text_of(whole.get('version'))[:20]!r}; this program knows {_VERSION}"
        raise EditError(msg, Position(source.name, 1, 1), "use a newer one")
    return _Site(source, whole).collection()


class _Site:
    def __init__(self, source: SourceFile, whole: dict[str, Any]) -> None:
        self.source, self.whole = source, whole
        self.references = mapping_of(whole.get("references"))
        self.leftovers: list[Leftover] = []
        beside = source.beside("refs.bib")
        found = raw_entries(beside.text, beside.name, Macros(), Problems()) if beside else ()
        self.entries: dict[str, BibtexEntry] = {entry.key: entry for entry in found}
        places = Places(source)
        papers = mapping_of(whole.get("papers"))
        self.works = {name: self._work(name, mapping_of(paper), places) for name, paper in papers.items()}

    def collection(self) -> Collection:
        surveys = mapping_of(self.whole.get("surveys"))
        cited = {work.cite_key for work in self.works.values()}
        names = [*self.references, *(key for key in self.entries if key not in self.references)]
        is_single = len(surveys) == 1
        parts = [self._survey(name, mapping_of(survey), is_single=is_single) for name, survey in surveys.items()]
        single = parts[0] if is_single else None
        return Collection(
            title=single.name if single else "",
            record=single.record if single else {},
            works=single.works if single else (),
            groups=single.groups if single else tuple(parts),
            references=tuple(self._reference(key) for key in names if key not in cited),
            surveys=tuple(surveys),
            terms={ours: self._terms(theirs) for theirs, ours in _TERMS.items()},
            leftovers=tuple(self.leftovers),
        )

    def _survey(self, name: str, survey: dict[str, Any], *, is_single: bool) -> Group:
        place = Position(self.source.name, 1, 1)
        if survey.get("videos") and not is_single:  # groups have none
            self.leftovers.append(Leftover(place, left_over(survey["videos"]), f"videos of the survey '{name}'"))
        return Group(
            name=text_of(survey.get("title")) or name,
            id=name,
            position=Position(self.source.name, 1, 1),
            record=_kept(survey, ("summary", "videos") if is_single else ("summary",)),
            works=tuple(self._shown(survey)),
            groups=tuple(self._groups(survey, 1)),
        )

    def _groups(self, owner: dict[str, Any], depth: int) -> Iterator[Group]:
        known = mapping_of(self.whole.get("groups"))
        for address in owner.get("groups") or ():
            group = mapping_of(known.get(address)) if isinstance(address, str) else {}
            if group and depth < _DEEPEST:
                yield Group(
                    name=text_of(group.get("title")),
                    id=text_of(group.get("id")),
                    position=Position(self.source.name, 1, 1),
                    record=_kept(group, _OF_GROUPS),
                    works=tuple(self._shown(group)),
                    groups=tuple(self._groups(group, depth + 1)),
                )

    def _shown(self, owner: dict[str, Any]) -> Iterator[Work]:
        for shown in mappings_in(owner.get("papers")):
            work = self.works.get(text_of(shown.get("paper")))
            if work is not None:
                yield work
                if note := text_of(shown.get("note")):
                    self.leftovers.append(Leftover(work.position, note, f"a note on '{work.key}' at another place"))

    def _work(self, name: str, paper: dict[str, Any], places: Places) -> Work:
        place = places.of(f'"{name}"')
        cite = [key for key in paper.get("cite") or () if isinstance(key, str)]
        for key, value in paper.items():
            if key not in _DERIVED and value:
                self.leftovers.append(Leftover(place, f"{key}: {value}", f"a key of '{name}' that is not known"))
        record = {
            "id": name,
            "cite": cite,
            **_kept(paper, ("aliases", "points", "videos", "status", *_TEXTS)),
            "relations": _relations(paper),
            "results": [_result(one, cite) for one in mappings_in(paper.get("results"))],
        }
        arxiv = text_of(mapping_of(self.references.get(cite[0])).get("arxiv")) if cite else ""
        if record.get("date") == Reference("", "", arxiv=arxiv).first_public:
            del record["date"]  # it follows from the identifier
        links = {kind: text_of(address) for kind, address in mapping_of(paper.get("links")).items() if kind in LINKS}
        entry_type, fields, people = self._facts(cite[0] if cite else "")
        return Work(
            position=place,
            key=name,
            entry=self.entries.get(cite[0]) if cite else None,
            entry_type=entry_type,
            fields=fields or {"title": text_of(paper.get("name"))},
            people=people,
            name=text_of(paper.get("name")),
            links=links,
            tags=tuple(text_of(tag) for tag in paper.get("tags") or ()),
            record={key: value for key, value in record.items() if value},
        )

    def _reference(self, key: str) -> Work:
        entry = self.entries.get(key)
        entry_type, fields, people = self._facts(key)
        place = entry.position if entry else Position(self.source.name, 1, 1)
        return Work(position=place, key=key, entry=entry, entry_type=entry_type, fields=fields, people=people)

    def _facts(self, key: str) -> tuple[str, dict[str, str], dict[str, tuple[Author, ...]]]:
        """Return what the file says of a reference: type, fields and people."""
        said = mapping_of(self.references.get(key))
        texts = {name: text_of(value) for name, value in said.items()}
        kind = texts.get("type") or "misc"
        arxiv = {"eprint": texts["arxiv"], "archiveprefix": "arXiv"} if texts.get("arxiv") else {}
        fields = {
            **{name: texts.get(name, "") for name in ("title", "doi", "url", "venue")},
            **container_fields(kind, texts.get("venue", ""), ""),
            **date_fields(texts.get("date", "").split("-")),
            "year": texts.get("year", ""),
            **arxiv,
        }
        people = [
            Author(text_of(one.get("given")), text_of(one.get("family"))) for one in mappings_in(said.get("authors"))
        ]
        return kind, filled_in(fields), {"author": tuple(people)}

    def _terms(self, kind: str) -> dict[str, dict[str, Any]]:
        terms = mapping_of(self.whole.get(kind))
        return {name: _kept(mapping_of(term), tuple(mapping_of(term))) for name, term in terms.items()}


def _kept(values: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Return the texts, lists and mappings with these names, without what no record can hold."""
    return {name: kept for name in names if (kept := _plain(values.get(name), 0)) not in ("", None, [], {})}


def _plain(value: Any, depth: int) -> Any:
    if isinstance(value, list):
        return [_plain(one, depth + 1) for one in value] if depth < _DEEPEST else []
    if isinstance(value, dict):
        return {str(name): _plain(one, depth + 1) for name, one in value.items()} if depth < _DEEPEST else {}
    return value if isinstance(value, _SIMPLE) else ""


def _relations(paper: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    """Return the relations that the paper states itself, to other sites too: the others follow from them."""
    found: dict[str, list[dict[str, str]]] = {}
    for relation in mappings_in(paper.get("relations")):
        if relation.get("direction") == "to":
            target = {"to": text_of(relation.get("paper")), "why": text_of(relation.get("why"))}
            found.setdefault(text_of(relation.get("type")), []).append(target)
    for relation in mappings_in(paper.get("relations_elsewhere")):
        said = {name: text_of(relation.get(name)) for name in ("site", "paper", "why", "url")}
        target = {"to": f"{said['site']}:{said['paper']}", "why": said["why"], "url": said["url"]}
        found.setdefault(text_of(relation.get("type")), []).append(target)
    return found


def _result(result: dict[str, Any], cite: list[str]) -> dict[str, Any]:
    """Return a number as a record writes it, with the digits of its source."""
    kept = _kept(result, tuple(name for name in result if name not in {"printed", "secondary"}))
    if isinstance(said := result.get("secondary"), bool) and said != (text_of(result.get("source")) not in cite):
        kept["secondary"] = said  # its source does not tell
    return {**kept, "value": text_of(result.get("printed")) or text_of(result.get("value"))}
