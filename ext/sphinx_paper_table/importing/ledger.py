"""What was imported into a survey before: which work of which collection became which paper, and with which fields.

A file beside the survey, made to be committed: ``NAME.imported.json``, a line for each work. Of a field it keeps a
short hash of what the collection said last, which tells a change of the publisher from one of the author: the common
ancestor of a three-way merge, as version control has it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.editing.documents import EditError, open_document
from sphinx_paper_table.survey.located import Position

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

SUFFIX: Final = ".imported.json"
VERSION: Final = 1
TYPE: Final = "@type"
"""The entry type, among the fields."""


@dataclass(slots=True)
class Imported:
    """A work of a collection as it was imported."""

    paper: str = ""
    """The id that its record got; empty of one that stands in the bibliography alone."""
    cite: str = ""
    """The key that its entry got."""
    fields: dict[str, str] = field(default_factory=dict)
    """The `digest` of each field of the entry; none where the author's own entry was taken."""


@dataclass(slots=True)
class Source:
    """A collection that was imported."""

    title: str
    """The name of its file; it is found again by its works, whatever the file is called then."""
    groups: dict[str, str] = field(default_factory=dict)
    """Paths of its groups, joined by " / ", with the ids that these got."""
    works: dict[str, Imported] = field(default_factory=dict)


def digest(value: str) -> str:
    """Return what stands for the value of a field; white space does not count, as in BibTeX."""
    return hashlib.blake2b(" ".join(value.split()).encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def digests(kind: str, fields: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the `digest` of an entry's type and of each of its fields."""
    return {TYPE: digest(kind), **{name.lower(): digest(value) for name, value in reversed(tuple(fields))}}


def read_ledger(path: Path) -> list[Source]:
    """Return what the file at *path* has; nothing where there is none.

    Raises `EditError` when it is damaged: without it, what the author has removed would come back.
    """
    if not path.is_file():
        return []
    document = open_document(path, str(path))
    hint = "take it from version control, or delete it to begin anew: then what you removed comes back"
    try:
        found = json.loads(document.text)
        if found["version"] != VERSION:
            msg = f"the file is of version {str(found['version'])[:20]!r}; this program knows {VERSION}"
            raise EditError(msg, Position(str(path), 1, 1), "use the program that wrote it")
        return [_source(one) for one in found["collections"]]
    except json.JSONDecodeError as error:
        raise EditError("the file is no JSON", Position(str(path), error.lineno, error.colno), hint) from error
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise EditError("the file is not what `import` has written", Position(str(path), 1, 1), hint) from error


def _source(found: Any) -> Source:
    works = {
        str(key): Imported(str(one["paper"]), str(one["cite"]), dict(part.split(":") for part in one["entry"].split()))
        for key, one in found["works"].items()
    }
    return Source(str(found["title"]), {str(path): str(name) for path, name in found["groups"].items()}, works)


def ledger_text(sources: Iterable[Source]) -> str:
    """Return the text of the file: a line for each work, so that a difference of two versions can be read."""
    return f'{{"version": {VERSION}, "collections": [\n{",".join(map(_source_text, sources))}]}}\n'


def _source_text(source: Source) -> str:
    works = ",\n".join(f"  {_json(key)}: {_work_text(one)}" for key, one in sorted(source.works.items()))
    groups = ",\n".join(f"  {_json(path)}: {_json(name)}" for path, name in sorted(source.groups.items()))
    return f'{{"title": {_json(source.title)},\n "groups": {{\n{groups}}},\n "works": {{\n{works}}}}}\n'


def _work_text(one: Imported) -> str:
    entry = " ".join(f"{name}:{value}" for name, value in sorted(one.fields.items()))
    return f'{{"paper": {_json(one.paper)}, "cite": {_json(one.cite)}, "entry": {_json(entry)}}}'


def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def find_source(sources: Iterable[Source], keys: Collection[str]) -> Source | None:
    """Return the collection that has at least half of these works, or that these have at least half of."""
    shared = [(len(source.works.keys() & set(keys)), source) for source in sources]
    most, found = max(shared, key=lambda pair: pair[0], default=(0, None))
    return found if found and most * 2 >= min(len(keys), len(found.works)) and most else None
