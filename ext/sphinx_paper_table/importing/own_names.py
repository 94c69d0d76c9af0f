"""Names in the records of another site of ours: papers, surveys and cite keys may be called otherwise here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.editing.mentions import Slot, in_myst
from sphinx_paper_table.importing.collection import Leftover
from sphinx_paper_table.reading.other_sites import MAPPING
from sphinx_paper_table.survey.elsewhere import is_elsewhere, parted
from sphinx_paper_table.survey.fields import is_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_paper_table.importing.collection import Work
    from sphinx_paper_table.importing.plan import NewPaper


_LOCAL: Final = re.compile(r"(?<!!)\[([^\[\]]{0,300})\]\((?!https?:|mailto:|#)[^()\s]{0,300}\)")
_OF_SURVEYS: Final = frozenset({Slot.RECORD, Slot.GROUP, Slot.SURVEY, Slot.VIEW})


@dataclass(frozen=True, slots=True)
class OwnNames:
    """What the other site's names are here."""

    papers: Mapping[str, str]
    keys: Mapping[str, str]
    surveys: Mapping[str, str]
    known: frozenset[str] = frozenset()
    """Papers of this project."""
    sites: frozenset[str] = frozenset()
    """Other sites that this project knows by name."""
    links: list[str] = field(default_factory=list)
    """Links within the other site that were found: their text stays."""

    def in_value(self, value: Any) -> Any:
        """Return *value* with the names in its texts as they are here."""
        if isinstance(value, dict):
            return {name: self.in_value(inner) for name, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.in_value(inner) for inner in value]
        return self.in_text(value) if isinstance(value, str) else value

    def in_text(self, text: str) -> str:
        """Return a MyST text with the names in its roles as they are here, and without links within the other site."""
        if "](" in text:
            self.links.extend(found[0] for found in _LOCAL.finditer(text))
            text = _LOCAL.sub(r"\1", text)
        if "`" not in text:
            return text
        for mention in reversed(in_myst(text)[0]):
            survey, mark, group = mention.name.partition("#")
            other = {
                Slot.RECORD: self.papers.get(mention.name, ""),
                Slot.METHOD: self.papers.get(mention.name, ""),
                Slot.KEY: self.keys.get(mention.name, ""),
            }.get(mention.slot, "")
            if not other and mention.slot in _OF_SURVEYS and survey in self.surveys:
                other = f"{self.surveys[survey]}{mark}{group}"
            if other and other != mention.name:
                text = text[: mention.start] + other + text[mention.end :]
        return text

    def in_status(self, status: Any) -> Any:
        """Return what became of a paper, with what took its place as it is called here."""
        by = status.get("by") if isinstance(status, dict) else None
        return {**status, "by": self.papers.get(by) or self.keys.get(by, by)} if isinstance(by, str) else status

    def of_target(self, target: str) -> str:
        """Return what the target of a relation is called here; empty where the project knows no such paper or site."""
        site, own = parted(target)
        is_known = site in self.sites and is_id(own) if site else target in self.known
        return self.papers.get(target) or (target if is_known else "")


def rename_in(paper: NewPaper, names: OwnNames, work: Work, leftovers: list[Leftover]) -> None:
    """Write the names that a new paper's record has as they are here; relations to nobody are left over."""
    more = [names.keys.get(str(key), "") for key in work.record.get("cite", ())[1:]]
    paper.cite = tuple(dict.fromkeys((*paper.cite, *filter(None, more))))
    record: dict[str, Any] = {name: names.in_value(value) for name, value in paper.record.items() if name != "id"}
    record["status"] = names.in_status(record.get("status"))
    record["relations"] = _relations(paper.record.get("relations"), names, work, leftovers)
    record["results"] = [
        {**result, "source": names.keys.get(str(result.get("source")), result.get("source"))}
        for result in record.get("results", ())
    ]
    paper.record = {name: value for name, value in record.items() if value}


def _relations(found: Any, names: OwnNames, work: Work, leftovers: list[Leftover]) -> dict[str, list[Any]]:
    kept: dict[str, list[Any]] = {}
    for kind, relations in found.items() if isinstance(found, dict) else ():
        for relation in relations:
            target = names.of_target(relation["to"])
            if not target:
                said = "; ".join(filter(None, (relation["to"], relation.get("why"), relation.get("url"))))
                leftovers.append(Leftover(work.position, f"{kind}: {said}", _reason(relation["to"])))
                continue
            why = names.in_text(relation.get("why", ""))
            kept.setdefault(kind, []).append({"to": target, "why": why} if why else target)
    return kept


def _reason(target: str) -> str:
    if is_elsewhere(target):
        return f"{MAPPING} in conf.py has no site '{parted(target)[0]}', as far as that can be read"
    return "a paper that is not here"
