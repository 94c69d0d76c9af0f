"""The file with what `paper-table update` has learnt: read, checked, and told as advice where authors' files differ."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.reading.decode import decode
from sphinx_paper_table.reading.markup import check_text
from sphinx_paper_table.reading.yaml_tree import Mapping as Tree
from sphinx_paper_table.reading.yaml_tree import parse_yaml
from sphinx_paper_table.survey.located import Position, position_of
from sphinx_paper_table.survey.problems import Code, Problem, Problems, nearest
from sphinx_paper_table.survey.source_files import read_text
from sphinx_paper_table.survey.texts import shown
from sphinx_paper_table.survey.updates import Updates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.references import Reference

AGAIN: Final = "run `paper-table update --record`, which writes it anew"


def read_updates(files: Mapping[str, Path], references: Mapping[str, Reference], problems: Problems) -> Updates | None:
    """Return what the one file of *files* says; None where there is none, or where it cannot be used."""
    for name, path in files.items():
        text = read_text(path, name, problems) if path.is_file() else None
        return None if text is None else _read(text, name, references, problems)
    return None


def _read(text: str, name: str, references: Mapping[str, Reference], problems: Problems) -> Updates | None:
    before = len(problems)
    tree = parse_yaml(text, name, problems)
    if not isinstance(tree, Tree) or "updates" not in tree.keys_at:
        if len(problems) == before:
            place = position_of(tree, Position(name, 1, 1))
            problems.add(Code.WRONG_TYPE, "this is no file of updates: it has no key 'updates'", place, AGAIN)
        return None
    found = decode(Updates, tree, problems)
    for key in found.references if found else ():
        if key not in references:
            problems.add(
                Code.UPDATE, f"no BibTeX file has the key '{key}'", position_of(key), partial(nearest, key, references)
            )
    for value, markup in shown(found) if found else ():
        check_text(value, markup, problems)
    return found


def updates_advice(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield what was learnt and the files of the authors do not say."""
    updates = catalogue.updates
    if updates is None:
        return
    for paper in catalogue.papers.values():
        if (since := catalogue.published_since(paper)) is not None:
            said = f"the preprint '{paper.cite[0]}' has been published: {since.place}"
            yield _advice(said, position_of(paper.cite[0]), "run `paper-table update --write`, or change its entry")
        if paper.status is None and (status := catalogue.status(paper)) is not None:
            source = f" (see {status.source})" if status.source else ""
            said = f"'{paper.id}' was {status.kind}{source}"
            yield _advice(said, position_of(paper.id), f"write 'status: {status.kind}'")
        code = paper.links.code
        if code is not None and (moved := updates.links.get(code)) is not None:
            said = f"'{code}' has moved to {moved.to}" if moved.to else f"there is nothing at '{code}' any more"
            hint = "run `paper-table update --write`" if moved.to else "look for the code, or take the link out"
            yield _advice(said, position_of(code), hint)


def _advice(message: str, place: Position, hint: str) -> Problem:
    return Problem(place, Code.UPDATE, message, hint, Code.UPDATE.severity)
