"""Whether what took the place of a withdrawn, retracted or superseded paper exists, and is another paper."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from sphinx_paper_table.survey.addresses import is_web_address
from sphinx_paper_table.survey.problems import Code, Problems, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Paper
    from sphinx_paper_table.survey.located import Located


def check_status(paper: Paper, local: Mapping[Located, Paper], catalogue: Catalogue, problems: Problems) -> None:
    """Note what is wrong with the status of *paper*, which stands among *local* ones and need not be in *catalogue*."""
    status = paper.status
    if status is None:
        return
    if status.by is None:
        if status.kind == "superseded":
            hint = "write 'superseded by ID', with a cite key or words where there is no such paper"
            problems.add(Code.MISSING_KEY, "the status does not say what took the paper's place", status.position, hint)
        return
    if " " in status.by or is_web_address(status.by):
        return
    target = local.get(status.by) or catalogue.paper(status.by)
    if target is None:
        if status.by not in catalogue.references and status.by not in catalogue.former_keys:
            known = chain(catalogue.papers, catalogue.aliases, local, catalogue.references)
            message = f"there is no paper or reference '{status.by}'"
            problems.add(Code.DANGLING, message, status.by.position, partial(_nearest, status.by, known))
        return
    if any(later.id == paper.id for later in _successors(target, catalogue)):
        message = f"'{paper.id}' cannot be what took its own place"
        problems.add(Code.CYCLE, message, status.by.position, "name the paper that is to be read today")


def _nearest(name: str, known: Iterator[str]) -> str:
    return f"{nearest(name, known)} (words need a space among them)"


def _successors(paper: Paper | None, catalogue: Catalogue) -> Iterator[Paper]:
    """Yield *paper*, what took its place, and so on; each once."""
    seen: set[str] = set()
    while paper is not None and paper.id not in seen:
        seen.add(paper.id)
        yield paper
        paper = catalogue.paper(paper.status.by) if paper.status and paper.status.by else None
