"""What must hold between pages and the catalogue, whoever has read the pages: a build, or a check of their sources."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_paper_table.survey.entities import Paper
from sphinx_paper_table.survey.problems import Code, Problems, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Group
    from sphinx_paper_table.survey.located import Position

KINDS: Final = ("method", "group", "survey")
"""What a page can have, in the order in which ``{paper}`` looks for a name."""


class Owned(NamedTuple):
    """A method whose anchor a page claims, and where."""

    name: str
    docname: str
    position: Position


def note_unknown(kind: str, name: str, place: Position, known: Collection[tuple[str, str]], problems: Problems) -> None:
    """Note a role that names what no page has; *known* are the kinds and names that pages have."""
    kinds = KINDS if kind == "any" else (kind,)
    names = [other for wanted in kinds for of_kind, other in known if of_kind == wanted]
    what = "paper, group or survey" if kind == "any" else kind
    problems.add(Code.REFERENCE, f"there is no {what} '{name}'", place, nearest(name, names))


def check_owners(owned: Iterable[Owned], catalogue: Catalogue, problems: Problems) -> None:
    """Note methods that two pages claim, and those that none does; pages in the order of their names."""
    owners: dict[str, list[Owned]] = defaultdict(list)
    for claim in owned:
        owners[claim.name].append(claim)
    for first, *others in owners.values():
        for other in others:
            hint = "give one of the tables the option 'no-index'"
            message = f"'{other.name}' has its anchor on the page '{first.docname}' already"
            problems.add(Code.OWNER, message, other.position, hint)
    for survey in catalogue.surveys:
        _check_shown(survey, owners, catalogue, problems)


def _check_shown(survey: str, owners: Collection[str], catalogue: Catalogue, problems: Problems) -> None:
    """Note the papers of a survey that no page owns: one problem when it is all of them, or all of a group."""
    papers = catalogue.residents.get(survey, ())
    lost = tuple(name for name in papers if name not in owners)
    hint = f"put the directive 'paper-table' with the argument '{survey}' and no filter on a page"
    if lost and lost == papers:
        problems.add(Code.OWNER, f"no page shows the survey '{survey}'", catalogue.surveys[survey].position, hint)
        return
    told: set[str] = set()
    for group, inside in _lost_groups(catalogue.surveys[survey].groups, frozenset(lost)) if lost else ():
        message = f"no page shows the group '{group.id}', with {len(inside)} papers"
        of_group = f"put the directive 'paper-table' with the argument '{survey}#{group.id}' and no filter on a page"
        problems.add(Code.OWNER, message, group.position, of_group)
        told |= inside
    for name in lost:
        if name not in told:
            problems.add(Code.OWNER, f"no page shows '{name}'", catalogue.papers[name].position, hint)


def _lost_groups(groups: Iterable[Group], lost: frozenset[str]) -> Iterator[tuple[Group, frozenset[str]]]:
    """Yield the outermost groups of which no page owns anything, with their papers; one paper is told of by itself."""
    for group in groups:
        inside = frozenset(_papers_in(group))
        if len(inside) > 1 and inside <= lost:
            yield group, inside
        elif inside & lost:
            yield from _lost_groups(group.groups, lost)


def _papers_in(group: Group) -> Iterator[str]:
    yield from (str(item.id) for item in group.papers if isinstance(item, Paper))
    for inner in group.groups:
        yield from _papers_in(inner)
