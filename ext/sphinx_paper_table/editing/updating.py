"""What was learnt elsewhere, in authors' files: publishers' fields of entries, addresses of code, and a dated file.

Nothing that an author has said is touched: no name, title, key, summary or status.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import yaml

from sphinx_paper_table.bibliography.duplicates import nearly_equal
from sphinx_paper_table.bibliography.tex import readable
from sphinx_paper_table.editing.documents import EditError, open_document
from sphinx_paper_table.survey.edits import TextEdit
from sphinx_paper_table.survey.introspection import field_names
from sphinx_paper_table.survey.located import Located
from sphinx_paper_table.survey.updates import Learnt, Moved, Published, Updates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from sphinx_paper_table.editing.bibtex_editor import Entry
    from sphinx_paper_table.editing.workspace import Workspace
    from sphinx_paper_table.editing.yaml_editor import YamlEditor
    from sphinx_paper_table.editing.yaml_nodes import Node
    from sphinx_paper_table.survey.references import Reference

PUBLISHERS: Final = ("booktitle", "journal", "volume", "number", "pages", "year", "doi")
"""The fields that are taken from the published version, in the order in which an entry gets those that it lacks."""
HEAD: Final = (
    "# Written by `paper-table update`: what services said of the references. Builds read it and ask nobody.\n"
)
_DATES: Final = {"checked"}
_BIBLATEX: Final = {"journal": "journaltitle", "year": "date"}
_OF_PREPRINTS: Final = ("venue", "journal", "journaltitle", "howpublished", "publisher", "note")
_ARXIV: Final = re.compile(r"arxiv|corr\b", re.IGNORECASE)
_MARKUP: Final = re.compile(r"[^\w .,:;()&'\u2019/\u2013-]")
_LONGEST: Final = 300
"""Characters of the name of a venue."""
_WORD: Final = re.compile(r"[^\W_]+")
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Version:
    """The published version of a preprint: type and *fields*, in TeX and as BibTeX names them, and who says so."""

    type: str
    fields: Mapping[str, str]
    address: str

    def published(self, label: Callable[[str], str]) -> Published:
        """Return what builds say of it; *label* gives the short name of a venue."""
        year, doi = self.fields.get("year", ""), self.fields.get("doi", "")
        venue = self.fields.get("venue") or self.fields.get("booktitle") or self.fields.get("journal") or ""
        return Published(
            venue=_located(in_words(label(readable(venue)))),
            year=_located(year if _YEAR.fullmatch(year) else ""),
            doi=_located(doi),
            url=_located(self.address),
        )


def in_words(text: str) -> str:
    """Return *text* without signs that are mark-up somewhere: services give what publishers have given them."""
    return " ".join(_MARKUP.sub(" ", text).split())[:_LONGEST]


def _located(text: str) -> Located | None:
    return Located(text) if text else None


def reason_against(version: Version, reference: Reference, others: Mapping[str, Reference]) -> str:
    """Return why an entry is not to get the fields of *version*; empty where nothing speaks against it."""
    doi = version.fields.get("doi", "").casefold()
    twin = next((key for key, other in others.items() if doi and other.doi.casefold() == doi), "")
    if twin and twin != reference.key:
        return f"the published version is there already, as '{twin}'; `paper-table merge` makes one of both"
    title = readable(version.fields.get("title", ""))
    words, here = _words(title), _words(reference.title)
    if not nearly_equal(words, here) and len({*words} & {*here}) * 3 < len({*words, *here}) * 2:
        return f"the published version has another title, '{title}'; look whether it is the same work"
    return ""


def _words(title: str) -> list[str]:
    return _WORD.findall(title.casefold())


def publish(workspace: Workspace, key: str, version: Version) -> None:
    """Give the entry *key* the publisher's fields of *version*; raises `EditError` where it cannot be edited."""
    editor, entry = next(
        ((editor, entry) for editor in workspace.bibliographies if (entry := editor.entry(key))), (None, None)
    )
    if editor is None or entry is None:
        msg = f"the entry '{key}' is in no file that can be edited"
        raise EditError(msg)
    wanted = {name: value for name, value in version.fields.items() if name in PUBLISHERS}
    fields = {_name(name, entry): value for name in PUBLISHERS if (value := wanted.get(name))}
    venue = str(version.published(workspace.catalogue.venues.label).venue or "")
    if entry.field("venue") and venue not in {readable(value) for value in fields.values()}:
        fields["venue"] = venue
    if version.type != entry.raw.type.lower():
        editor.set_type(entry, version.type)
    for name in _OF_PREPRINTS:
        if name not in fields and _ARXIV.search(entry.value(name)):
            editor.remove_field(entry, name)
    for name, value in fields.items():
        if entry.value(name) != value:
            editor.set_field(entry, name, value)


def _name(name: str, entry: Entry) -> str:
    """Return a field as the dialect of its entry calls it."""
    other = _BIBLATEX.get(name, name)
    is_biblatex = entry.field(other) is not None or (name == "journal" and entry.field("date") is not None)
    return other if is_biblatex else name


def move_code(workspace: Workspace, old: str, new: str) -> int:
    """Write *new* wherever a record has *old* as a link; return how often."""
    number = 0
    for editor, node in _links(workspace):
        if node.value == old:
            editor.set_scalar(node, new)
            number += 1
    return number


def _links(workspace: Workspace) -> Iterator[tuple[YamlEditor, Node]]:
    for editor, found in workspace.definitions:
        links = found.record.get("links") if found.record.kind == "mapping" else None
        yield from ((editor, value) for _name, value in (links.pairs if links else ()) if value.kind == "scalar")


def record_updates(
    workspace: Workspace, path: Path, today: str, references: Mapping[str, Learnt], links: Mapping[str, Moved | None]
) -> None:
    """Write what was learnt *today* into the dated file, unless that says it already.

    What nobody was asked about stays, what the project does not have any more goes, and so does what is no news.
    """
    catalogue = workspace.catalogue
    before = catalogue.updates or Updates(updates=Located(today))
    codes = {str(paper.links.code) for paper in catalogue.papers.values()}
    known = {str(key): _plain(learnt) for key, learnt in before.references.items()}
    known_links = {str(url): _plain(moved) for url, moved in before.links.items()}
    now = {
        **known,
        **{key: _newer(known.get(key), _plain(learnt)) for key, learnt in references.items()},
    }
    now_links = {
        **known_links,
        **{url: _newer(known_links.get(url), _plain(moved)) if moved else {} for url, moved in links.items()},
    }
    content = {
        "references": {
            key: now[key] for key in sorted(now) if key in catalogue.references and now[key].keys() - _DATES
        },
        "links": {url: now_links[url] for url in sorted(now_links) if url in codes and now_links[url]},
    }
    if content == {"references": known, "links": known_links}:
        return
    found: dict[str, Any] = {"updates": today, **{key: value for key, value in content.items() if value}}
    text = HEAD + yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=10**6)
    if path.is_file():
        document = open_document(path, str(path))
        workspace.changes.add(document, [TextEdit(document.name, 0, len(document.text), text)])
    else:
        workspace.changes.new[path] = text


def _newer(before: dict[str, Any] | None, now: dict[str, Any]) -> dict[str, Any]:
    """Return what is known now; what was known before keeps the day when it was learnt."""
    return before if before and {**before, "checked": ""} == {**now, "checked": ""} else now


def _plain(record: Learnt | Moved | Published) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in field_names(type(record))}
    return {
        name: _plain(value) if isinstance(value, Published) else str(value)
        for name, value in values.items()
        if value is not None
    }
