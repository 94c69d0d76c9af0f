"""Records that only one page has: the YAML in a directive's body, or a file outside the catalogue.

They may point at the catalogue; nothing may point at them.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.compat.sphinx import application_of
from sphinx_paper_table.reading.checks import check_translation, items_of
from sphinx_paper_table.sphinx_host.session import rules_of, session_of
from sphinx_paper_table.sphinx_host.translation import translator
from sphinx_paper_table.survey.catalogue import Catalogue
from sphinx_paper_table.survey.entities import Paper, Placement, Survey
from sphinx_paper_table.survey.fingerprint import paper_facts
from sphinx_paper_table.survey.located import Located, Position
from sphinx_paper_table.survey.problems import Problem, Problems
from sphinx_paper_table.survey.query import Query
from sphinx_paper_table.survey.texts import texts, translated

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.environment import BuildEnvironment

_STUBS: Final = "stubs"


@dataclass(frozen=True, slots=True)
class MentionsQuery(Query[tuple[object, ...]]):
    """What the catalogue says of the *papers* and the references, by their *keys*, at which private records point."""

    papers: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()

    def answer(self, catalogue: Catalogue) -> tuple[object, ...]:
        """Return the vocabulary and the facts of each, None for what does not exist."""
        papers = [catalogue.paper(name) for name in sorted(self.papers)]
        return (
            catalogue.vocabulary,
            *(paper and paper_facts(paper, catalogue) for paper in papers),
            *(catalogue.references.get(key) for key in sorted(self.keys)),
        )


@dataclass(frozen=True, slots=True)
class InlineRecords:
    """A page's own survey and the little catalogue it is shown in; *fingerprint* is the answer to *query*."""

    survey: Survey | None
    catalogue: Catalogue
    problems: tuple[Problem, ...]
    query: MentionsQuery = MentionsQuery()
    fingerprint: str = ""
    texts: tuple[tuple[str, str, int], ...] = ()


def read_inline_records(env: BuildEnvironment, source: str | Path, place: Position) -> InlineRecords:
    """Return the records in *source*, a YAML text that stands at *place*, or a file."""
    from sphinx_paper_table.reading.private_records import read_private  # noqa: PLC0415 (few pages have any)

    problems, session = Problems(), session_of(env)
    survey = read_private(source, place, session.catalogue, rules_of(env), problems)
    if survey is None:
        return InlineRecords(None, session.catalogue, problems.sorted())
    said = [sentence for sentence, _ in texts(survey) if sentence.position != place]  # not the stand-in for a title
    found = tuple((str(sentence), sentence.position.path, sentence.position.line) for sentence in said)
    original, survey = survey, translated(survey, translator(application_of(env)))
    check_translation(original, survey, problems, rules_of(env))
    query = _mentions(survey)
    mark = query.fingerprint(session.catalogue)
    catalogue = _little_catalogue(survey, query.papers, session.catalogue)
    return InlineRecords(survey, catalogue, problems.sorted(), query, mark, found)


def _mentions(survey: Survey) -> MentionsQuery:
    """Return the papers and cite keys by which the records point at the catalogue."""
    papers: set[str] = set()
    keys: set[str] = set()
    for item in items_of(survey):
        if isinstance(item, Placement):
            papers.add(str(item.ref))
        else:
            papers.update(str(relation.to) for relations in item.relations.values() for relation in relations)
            keys.update(str(key) for key in (*item.cite, *(result.source for result in item.results)))
    return MentionsQuery(frozenset(papers), frozenset(keys))


def _little_catalogue(survey: Survey, mentioned: frozenset[str], catalogue: Catalogue) -> Catalogue:
    """Return a catalogue of the private survey and of stubs of what it points at; its size is that of the table."""
    own = {item.id for item in items_of(survey) if isinstance(item, Paper)}
    papers = {paper.id: paper for name in sorted(mentioned) if (paper := catalogue.paper(name)) and paper.id not in own}
    stubs = Survey(
        survey=Located(_STUBS),
        title=Located(_STUBS),
        papers=tuple(dataclasses.replace(paper, relations={}) for paper in papers.values()),
    )
    return Catalogue(
        {survey.survey: survey, _STUBS: stubs}, catalogue.vocabulary, catalogue.references, catalogue.bib_files
    )
