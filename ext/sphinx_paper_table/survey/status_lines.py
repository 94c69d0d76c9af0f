"""What readers see of a paper that was withdrawn, retracted or superseded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_paper_table.survey.addresses import is_web_address
from sphinx_paper_table.survey.status import STATUS_WORDS, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_paper_table.survey.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class StatusLine:
    """What readers see of a status, in English: *message* has a place for *other*, and is translated when printed.

    *target* is what *other* leads to: ``method``, ``cite``, ``url``, or nothing, with its *name*.
    """

    kind: str
    message: str
    other: str = ""
    target: str = ""
    name: str = ""
    date: str = ""
    why: str = ""
    source: str = ""


def status_line(status: Status | None, catalogue: Catalogue) -> StatusLine | None:
    """Return what readers see of *status*; None where there is none."""
    if status is None:
        return None
    bare, with_other = STATUS_WORDS[status.kind]
    target, name, other = _other(str(status.by or ""), catalogue)
    return StatusLine(
        kind=status.kind,
        message=with_other if other else bare,
        other=other,
        target=target,
        name=name,
        date=str(status.date or ""),
        why=str(status.why or ""),
        source=str(status.source or ""),
    )


def status_text(line: StatusLine | None, words: Iterable[tuple[str, tuple[str, str]]]) -> str:
    """Return *line* in *words*, those of `STATUS_WORDS` in a language; empty where there is none."""
    if line is None:
        return ""
    bare, with_other = dict(words)[line.kind]
    return with_other.replace("{other}", line.other) if line.other else bare


def statuses_of_references(catalogue: Catalogue) -> dict[str, StatusLine]:
    """Return what became of publications, by cite key: the status of the paper whose first key it is."""
    found: dict[str, StatusLine] = {}
    for name in catalogue.papers if catalogue.updates else catalogue.with_status:
        paper = catalogue.papers[name]
        line = status_line(catalogue.status(paper), catalogue)
        if line and paper.cite:
            found.setdefault(str(paper.cite[0]), line)
    return found


def _other(by: str, catalogue: Catalogue) -> tuple[str, str, str]:
    """Return the kind and name of what *by* leads to, and what is shown of it."""
    if paper := catalogue.paper(by):
        return "method", str(paper.id), str(paper.name)
    key = catalogue.former_keys.get(by, by)
    if reference := catalogue.references.get(key):
        return "cite", key, reference.label
    return ("url" if is_web_address(by) else ""), by, by
