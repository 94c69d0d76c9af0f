"""A collection and a project to a plan: what is new, what is known, what has changed, and what has no place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.bibliography.duplicates import Identities
from sphinx_paper_table.bibliography.writer import entry_text
from sphinx_paper_table.editing.documents import EditError
from sphinx_paper_table.editing.proposals import proposed_id, proposed_key, proposed_name, with_likes
from sphinx_paper_table.importing.collection import Leftover, Work
from sphinx_paper_table.importing.entries import decode, with_names
from sphinx_paper_table.importing.entry_merge import merge_entry
from sphinx_paper_table.importing.ledger import Imported, Source, digests, find_source
from sphinx_paper_table.importing.own_names import OwnNames, rename_in
from sphinx_paper_table.importing.plan import (
    NewPaper,
    NewPlace,
    Plan,
    PlannedGroup,
    Same,
)
from sphinx_paper_table.importing.record_texts import folded, links_of, record_of, summary_of, tag_index
from sphinx_paper_table.importing.safe_markdown import plain_line, safe_blocks
from sphinx_paper_table.survey.anchors import key_anchor
from sphinx_paper_table.survey.corrections import latin_id
from sphinx_paper_table.survey.fields import is_id, is_key
from sphinx_paper_table.survey.watching import watched

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sphinx_paper_table.bibliography.settings import BibtexSettings
    from sphinx_paper_table.importing.collection import Collection, Group
    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.references import BibtexEntry, Reference

_LONGEST_TITLE: Final = 200
_DEEPEST: Final = 12
"""Groups within each other; what is deeper stands in the last of these."""


@dataclass(frozen=True, slots=True)
class Target:
    """The project into which is imported."""

    catalogue: Catalogue
    entries: Mapping[str, BibtexEntry]
    """The entries of its BibTeX files, by key."""
    settings: BibtexSettings
    survey: str
    path: Path | None
    sources: list[Source]
    today: str
    has_formulas: bool = True
    sites: frozenset[str] = frozenset()
    """Other sites that relations can name, as far as ``conf.py`` tells without running it."""


@dataclass(slots=True)
class _Item:
    """A work on its way into the plan."""

    work: Work
    name: str
    """Its key in the ledger."""
    entry: BibtexEntry
    reference: Reference
    key: str = ""
    """The cite key that it has or gets."""
    paper: str = ""
    """The id that it has or gets."""
    is_new: bool = False
    """Whether it gets a record."""
    new: NewPaper | None = None


@dataclass(slots=True)
class _Planner:
    target: Target
    plan: Plan
    source: Source
    before: Source = field(default_factory=lambda: Source(""))
    """What was imported from this collection before."""
    items: dict[int, _Item] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    """Cite keys and their anchors that are taken, in lower case."""
    ids: set[str] = field(default_factory=set)
    tags: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """Cite keys by those of the collection."""

    def run(self, collection: Collection) -> None:
        """Fill the plan."""
        works = list(dict.fromkeys(collection.all_works()))
        alone = [work for work in dict.fromkeys(collection.references) if work not in works]
        self.plan.works = len(works)
        self._prepare([*works, *alone], collection.terms.get("tags", ()))
        self._recognise()
        known = Identities(self.target.catalogue.references.values())
        by_key = self._papers_by_key()
        for work in watched(works, "Planning"):
            self._place(self.items[id(work)], known, by_key)
        for work in alone:
            self._bibliography_only(self.items[id(work)], known)
        self.names = {item.work.cite_key: item.key for item in reversed(self.items.values()) if item.key}
        self._write_entries([self.items[id(work)] for work in (*works, *alone)], self.names)
        self.plan.top.summary = self._blocks(collection.description)
        renamed = self._rename(collection)
        self._groups(collection)
        self.plan.top.record = renamed.in_value(collection.record)
        for group in self.plan.top.walk():
            group.record = renamed.in_value(group.record)
        place = next(iter(self.items.values())).work.position._replace(line=1, column=1)
        self.plan.leftovers += [Leftover(place, link, "a link within the other site") for link in renamed.links]
        self.plan.terms = self._new_terms(collection.terms)
        self.plan.gone = sorted(
            one.paper or one.cite for name, one in self.before.works.items() if name not in self.source.works
        )
        self.source.works |= {k: v for k, v in self.before.works.items() if k not in self.source.works}

    def _rename(self, collection: Collection) -> OwnNames:
        """Write the names in new records as they are here, where the collection is another site of ours."""
        renamed = OwnNames(
            papers={item.work.key: item.paper for item in self.items.values() if item.paper},
            keys=self.names,
            surveys=dict.fromkeys(collection.surveys, self.target.survey),
            known=frozenset({*self.target.catalogue.papers, *self.target.catalogue.aliases}),
            sites=self.target.sites,
        )
        for item in self.items.values():
            if item.new is not None and item.work.record:
                rename_in(item.new, renamed, item.work, self.plan.leftovers)
        return renamed

    def _blocks(self, markdown: str) -> str:
        return safe_blocks(markdown, has_formulas=self.target.has_formulas, keys=self.names)

    def _prepare(self, works: list[Work], tags: Iterable[str]) -> None:
        decoded = decode(works, self.target.settings)
        self.plan.leftovers += decoded.leftovers
        seen: Counter[str] = Counter()
        for work, entry, reference in zip(works, decoded.entries, decoded.references, strict=True):
            name = _name_of(work, reference)
            seen[name] += 1
            numbered = name if seen[name] == 1 else f"{name} ({seen[name]})"
            self.items[id(work)] = _Item(work, numbered, entry, reference)
        catalogue = self.target.catalogue
        taken = [*catalogue.references, *catalogue.former_keys, *self.target.entries]
        taken += [one.cite for source in self.target.sources for one in source.works.values()]
        self.keys = {name for key in taken for name in (key.casefold(), key_anchor(key))}
        self.tags = tag_index(catalogue.vocabulary.tags.items()) | {folded(name): name for name in tags if is_id(name)}
        self.ids = with_likes((*catalogue.papers, *catalogue.aliases))
        self.ids |= with_likes(one.paper for source in self.target.sources for one in source.works.values())

    def _recognise(self) -> None:
        """Find out whether the collection was imported before: by its works, or else by the name of its file."""
        known = find_source(self.target.sources, {item.name for item in self.items.values()})
        found = known or next((one for one in self.target.sources if one.title == self.source.title), None)
        if found is not None:
            self.before = found
            self.source.groups = dict(found.groups)
        self.plan.sources = [*(one for one in self.target.sources if one is not found), self.source]

    def _papers_by_key(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for paper in self.target.catalogue.papers.values():
            if paper.cite:
                found.setdefault(str(paper.cite[0]), str(paper.id))
        return found

    def _place(self, item: _Item, known: Identities, by_key: dict[str, str]) -> None:
        """Decide what becomes of a work: a new paper, a known one, or none."""
        if before := self.before.works.get(item.name):
            self._again(item, before)
            if item.reference.key:
                known.add(replace(item.reference, key=item.key))
            return
        reference, work = item.reference, item.work
        if not reference.key or not (reference.title or work.name):
            reason = "no entry can be made of it" if not reference.key else "no paper: it has no title"
            self.plan.leftovers.append(Leftover(work.position, _source(item), reason))
            return
        if same := known.find(reference):
            is_record_of_its_own = bool(work.record) and same[0].key not in self.target.catalogue.references
            self._known(item, *same, {} if is_record_of_its_own else by_key)
            return
        item.key = self._own_or_new_key(item, work.cite_key if work.record else "")
        item.is_new = True
        self._new_paper(item)
        by_key[item.key] = item.paper
        known.add(replace(reference, key=item.key))
        self.source.works[item.name] = Imported(item.paper, item.key)

    def _again(self, item: _Item, before: Imported) -> None:
        """Note a work that was imported before: its record is the author's, whatever became of it."""
        catalogue = self.target.catalogue
        self.source.works[item.name] = replace(before, fields=dict(before.fields))
        paper = catalogue.paper(before.paper)
        item.paper = str(paper.id) if paper else ""
        item.key = catalogue.former_keys.get(before.cite, before.cite)
        if before.paper and not paper:
            self.plan.removed.append(before.paper)

    def _known(self, item: _Item, reference: Reference, by: str, by_key: dict[str, str]) -> None:
        """Note a work that is in the project already, or a second time in the collection."""
        item.key = reference.key
        item.paper = by_key.get(reference.key, "")
        if not item.paper:  # a reference of the project that no survey has a record of
            item.is_new = True
            self._new_paper(item)
            by_key[item.key] = item.paper
        else:
            same = Same(item.work.position, item.name, item.paper, by, _source(item))
            self.plan.same.append(same)
        self.source.works[item.name] = Imported(item.paper, item.key)

    def _new_terms(self, terms: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        """Return the terms that the project's vocabulary lacks."""
        known = self.target.catalogue.vocabulary
        lacking = {
            kind: {name: term for name, term in of_kind.items() if is_id(name) and name not in getattr(known, kind)}
            for kind, of_kind in terms.items()
        }
        return {kind: of_kind for kind, of_kind in lacking.items() if of_kind}

    def _own_or_new_key(self, item: _Item, own: str) -> str:
        """Return the key that the collection has, where a site can have it, or a new one."""
        if not is_key(own) or own.casefold() in self.keys or key_anchor(own) in self.keys:
            return self._new_key(item.reference)
        self.keys |= {own.casefold(), key_anchor(own)}
        return own

    def _new_key(self, reference: Reference) -> str:
        key = proposed_key(reference, self.keys)
        self.keys |= {key.casefold(), key_anchor(key)}
        return key

    def _new_paper(self, item: _Item) -> None:
        work, reference = item.work, item.reference
        name = plain_line(work.name)[:_LONGEST_TITLE] or proposed_name(reference.title, reference.label)
        wanted = work.record.get("id", "")
        is_free = is_id(wanted) and self.ids.isdisjoint(with_likes([wanted]))
        item.paper = str(wanted) if is_free else proposed_id(name, item.key, self.ids)
        self.ids |= with_likes([item.paper])
        tags = dict.fromkeys(tag for word in work.tags if (tag := self.tags.get(folded(word))))
        self.plan.unknown_tags.update(plain_line(word) for word in work.tags if folded(word) not in self.tags)
        self._note_venue(reference)
        item.new = NewPaper(
            item.paper,
            name,
            (item.key,),
            summary_of(work, self.plan.leftovers, has_formulas=self.target.has_formulas),
            tuple(tags),
            links_of(work, self.plan.leftovers),
            record_of(work, self.plan.leftovers),
        )

    def _note_venue(self, reference: Reference) -> None:
        venue = self.target.catalogue.venue(reference)
        if venue:
            self.plan.venues[venue] += 1
            if self.target.catalogue.venues.find(reference.venue) is None:
                self.plan.unknown_venues[venue] += 1

    def _bibliography_only(self, item: _Item, known: Identities) -> None:
        """Decide what becomes of an entry that others inherit from: it keeps its key where that is free."""
        if before := self.before.works.get(item.name):
            self._again(item, before)
            return
        if same := known.find(item.reference) if item.reference.key else None:
            item.key = same[0].key
            return
        item.key = self._own_or_new_key(item, item.work.cite_key)
        self.source.works[item.name] = Imported("", item.key)

    def _write_entries(self, items: Iterable[_Item], names: Mapping[str, str]) -> None:
        """Make the entries of new works, and merge those of works that were imported before."""
        for item in items:
            imported = self.source.works.get(item.name)
            if imported is None or not item.key:
                continue
            entry = with_names(replace(item.entry, key=item.key), names)
            if before := self.before.works.get(item.name):
                if before.fields:
                    merge_entry(entry, self.target.entries.get(entry.key), imported, self.plan)
            elif imported.cite not in self.target.catalogue.references and not self._has(item.key):
                self.plan.entries.append(_with_former_key(entry, item.work.cite_key, self.keys))
                imported.fields = digests(entry.type, entry.fields)

    def _has(self, key: str) -> bool:
        return key in self.target.entries or any(entry.key == key for entry in self.plan.entries)

    def _groups(self, collection: Collection) -> None:
        self.plan.top.items = self._items_of(collection.works, set())
        self.plan.top.groups = [self._group(group, "", 1) for group in _unique(collection.groups)]

    def _group(self, group: Group, above: str, depth: int) -> PlannedGroup:
        name = plain_line(group.name)[:_LONGEST_TITLE] or "…"
        path = f"{above} / {name}" if above else name
        found = PlannedGroup(path, title=name, summary=self._blocks(group.description), record=group.record)
        known = self.before.groups.get(path, "")
        address = f"{self.target.survey}#{known}"
        present = self.target.catalogue.group(address) if known else None
        if present is not None:
            found.id, found.is_new = str(present.id), False
        elif known:
            found.is_new = False  # taken out by the author: what is new of it belongs to no group
        inner = [] if depth >= _DEEPEST else _unique(group.groups)
        works = list(group.works) if depth < _DEEPEST else list(group.all_works())
        found.items = self._items_of(works, set())
        found.groups = [self._group(one, path, depth + 1) for one in inner]
        if not found.id and not known and not found.is_empty():
            found.id = self._new_group_id(group, name)
        if found.id or known:
            self.source.groups[path] = found.id or known
        if known and not found.id:
            self.plan.top.items += found.items
            found.items = []
        return found

    def _new_group_id(self, group: Group, name: str) -> str:
        prefix = f"{self.target.survey}#"
        catalogue = self.target.catalogue
        taken = {one.removeprefix(prefix) for one in (*catalogue.groups, *catalogue.former_groups)}
        taken = with_likes((*taken, *self.source.groups.values(), *self.before.groups.values()))
        if is_id(group.id) and taken.isdisjoint(with_likes([group.id])):
            return group.id
        return proposed_id(name, latin_id(name) or f"group-{len(self.source.groups) + 1}", taken)

    def _items_of(self, works: Iterable[Work], seen: set[str]) -> list[NewPaper | NewPlace]:
        """Return what stands in a group: each paper at its first place with its record, later with its id."""
        found: list[NewPaper | NewPlace] = []
        for work in works:
            item = self.items[id(work)]
            if not item.paper or item.paper in seen or item.name in self.before.works:
                continue
            seen.add(item.paper)
            if item.is_new and item.new is not None:
                found.append(item.new)
                item.new = None
            elif not self._stands_here(item.paper):
                found.append(NewPlace(item.paper))
        return found

    def _stands_here(self, paper: str) -> bool:
        """Return whether the survey has a paper already: a second place in it is not added to a known one."""
        home = self.target.catalogue.homes.get(paper)
        return home is not None and home.survey == self.target.survey


def _unique(groups: Iterable[Group]) -> list[Group]:
    """Return *groups* with different names, as their paths have to be."""
    seen: Counter[str] = Counter()
    found = []
    for group in groups:
        name = plain_line(group.name)
        seen[name] += 1
        found.append(group if seen[name] == 1 else replace(group, name=f"{name} ({seen[name]})"))
    return found


def _name_of(work: Work, reference: Reference) -> str:
    """Return what tells a work from the others of its collection, next time too."""
    if work.key:
        return work.key
    known = (("doi", reference.doi), ("arxiv", reference.arxiv), ("url", reference.url), ("title", reference.title))
    return next((f"{kind}:{value.casefold()}" for kind, value in known if value), f"line:{work.position.line}")


def _source(item: _Item) -> str:
    own = item.work.entry
    return own.source if own is not None and own.source else entry_text(item.entry)


def _with_former_key(entry: BibtexEntry, own: str, taken: set[str]) -> BibtexEntry:
    """Return *entry* with the key of its collection as a former one, so that texts that cite it still do."""
    present = next((value for name, value in entry.fields if name.lower() == "ids"), "")
    is_free = is_key(own) and own.casefold() not in taken and key_anchor(own) not in taken
    if own == entry.key or not is_free or own in present:
        return entry
    taken |= {own.casefold(), key_anchor(own)}
    fields = [pair for pair in entry.fields if pair[0].lower() != "ids"]
    return replace(entry, fields=(*fields, ("ids", f"{present},{own}".strip(","))))


def make_plan(collection: Collection, target: Target, title: str, file_name: str, formats: tuple[str, ...]) -> Plan:
    """Return what importing *collection* into *target* would do; *title* is that of a new survey."""
    plan = Plan(target.survey, title, target.path, PlannedGroup("", is_new=False), formats=formats)
    plan.leftovers += collection.leftovers
    _Planner(target, plan, Source(file_name)).run(collection)
    if plan.path is None and plan.top.is_empty():
        places = (f"{one.position}: {one.reason}" for one in plan.leftovers[:1])
        msg = "nothing of it can be a paper"
        raise EditError(msg, hint=next(places, "nothing was written"))
    return plan
