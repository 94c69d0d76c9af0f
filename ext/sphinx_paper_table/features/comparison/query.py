"""Methods side by side: one column a paper, with what can be compared without reading both cards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.features.comparison.suggestions import example
from sphinx_paper_table.reading.directive_rules import MAX_COLUMNS, MIN_COLUMNS
from sphinx_paper_table.survey.paper_fields import links_of, plain_fields, tags_of
from sphinx_paper_table.survey.query import Query
from sphinx_paper_table.survey.readable import readable
from sphinx_paper_table.survey.references import ENGLISH as ENGLISH_LABELS
from sphinx_paper_table.survey.references import LabelWords
from sphinx_paper_table.survey.result_lines import ResultLine, measured, result_line
from sphinx_paper_table.survey.settings import ENGLISH, SettingWords
from sphinx_paper_table.survey.status_lines import status_line, status_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Paper, Result


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a page: how numbers were reached and what became of papers, and those of labels in texts."""

    settings: SettingWords = ENGLISH
    labels: LabelWords = ENGLISH_LABELS


WORDS: Final = Words()
"""Those of English."""


@dataclass(frozen=True, slots=True)
class Column:
    """What is compared of a paper.

    *relations* are (label, id of the other paper), *reasons* (label, id of the other paper, why) of those that the
    paper states, *tags* (id, name). Numbers on a benchmark stand together, the best first.
    """

    paper: str
    name: str
    texts: tuple[tuple[str, str], ...]
    """What it says in plain text, as (row, text)."""
    places: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    results: tuple[ResultLine, ...]
    relations: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    status: str = ""
    reasons: tuple[tuple[str, str, str], ...] = ()

    def text(self, row: str) -> str:
        """Return what stands in a row of plain text; empty where there is nothing."""
        return dict(self.texts).get(row, "")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Columns, and the benchmarks, as (id, name), that at least two of them have numbers of.

    An example stands where readers choose, as long as they have chosen nothing.
    """

    columns: tuple[Column, ...]
    benchmarks: tuple[tuple[str, str], ...]
    is_example: bool = False

    def relations(self, column: Column) -> tuple[tuple[str, str], ...]:
        """Return the relations of a column to the others."""
        others = {other.paper for other in self.columns} - {column.paper}
        return tuple(relation for relation in column.relations if relation[1] in others)

    def reasons(self, column: Column) -> tuple[tuple[str, str, str], ...]:
        """Return what a column says of its difference from the others."""
        others = {other.paper for other in self.columns} - {column.paper}
        return tuple(reason for reason in column.reasons if reason[1] in others)

    def says(self, row: str) -> bool:
        """Return whether any column has something in a row, which is named like its field."""
        if row == "relations":
            return any(map(self.relations, self.columns))
        if row == "reasons":
            return any(map(self.reasons, self.columns))
        return any(getattr(column, row, None) or column.text(row) for column in self.columns)

    def name(self, paper: str) -> str:
        """Return the name of one of the papers."""
        return next(column.name for column in self.columns if column.paper == paper)


@dataclass(frozen=True, slots=True)
class ComparisonQuery(Query[Comparison]):
    """Some papers side by side, in this order; without any, readers choose them. *words* are those of the page.

    *example* has the papers of the example that readers see first; without any, it is chosen.
    """

    papers: tuple[str, ...] = ()
    words: Words = WORDS
    example: tuple[str, ...] = ()

    def answer(self, catalogue: Catalogue) -> Comparison:
        """Return those that there are."""
        if self.papers:
            return compare(self.papers, catalogue, self.words)
        return replace(compare(self.example or example(catalogue), catalogue, self.words), is_example=True)


def compare(names: Iterable[str], catalogue: Catalogue, words: Words = WORDS) -> Comparison:
    """Return the papers *names* that there are side by side, each once, in this order, at most `MAX_COLUMNS`."""
    papers = {paper.id: paper for name in names if (paper := catalogue.paper(name))}
    columns = tuple(column_of(paper, catalogue, words) for paper in list(papers.values())[:MAX_COLUMNS])
    having = [dict.fromkeys(line.benchmark for line in column.results) for column in columns]
    shared = dict.fromkeys(
        name for names in having for name in names if sum(name in other for other in having) >= MIN_COLUMNS
    )
    return Comparison(columns, tuple((name, benchmark_name(name, catalogue)) for name in shared))


def column_of(paper: Paper, catalogue: Catalogue, words: Words = WORDS) -> Column:
    """Return what is compared of *paper* in the language of *words*."""
    return Column(
        str(paper.id),
        str(paper.name),
        tuple(_texts(paper, catalogue, words)),
        _places(paper, catalogue),
        tuple(tags_of(paper, catalogue).items()),
        tuple(result_line(paper, result, catalogue, words.settings) for result in _sorted(paper, catalogue)),
        tuple((str(relation.label), str(relation.paper)) for relation in catalogue.relations_of(paper.id)),
        tuple(links_of(paper, catalogue).items()),
        status_text(status_line(catalogue.status(paper), catalogue), words.settings.states),
        tuple(_reasons(paper, catalogue, words)),
    )


def _reasons(paper: Paper, catalogue: Catalogue, words: Words) -> Iterator[tuple[str, str, str]]:
    for edge in catalogue.outgoing.get(paper.id, ()):
        if edge.why:
            label = str(catalogue.relation_type(edge.type).name)
            yield label, str(edge.target), readable(edge.why, catalogue, words.labels)


def _sorted(paper: Paper, catalogue: Catalogue) -> list[Result]:
    """Return the results of *paper*: benchmarks in the order of its record, the best number on each first."""
    place = {name: number for number, name in enumerate(dict.fromkeys(result.benchmark for result in paper.results))}

    def rank(result: Result) -> tuple[int, Decimal]:
        benchmark = catalogue.vocabulary.benchmarks.get(result.benchmark)
        is_lower = benchmark is not None and benchmark.direction == "lower"
        return place[result.benchmark], result.value if is_lower else -result.value

    return sorted(paper.results, key=rank)


def _texts(paper: Paper, catalogue: Catalogue, words: Words) -> Iterator[tuple[str, str]]:
    reference = catalogue.reference(paper)
    yield "title", reference.title if reference else ""
    yield "authors", words.settings.comma.join(reference.authors_in(words.labels)) if reference else ""
    yield "said", readable(paper.summary, catalogue, words.labels) if paper.summary else ""
    yield "published", catalogue.published(reference)
    yield "date", catalogue.date(paper)
    for declared in plain_fields():
        if declared.shown.comparison:
            yield declared.name, words.settings.comma.join(declared.values(paper))


def _places(paper: Paper, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the titles of the survey and the groups that the paper is at home in, from the outermost inwards."""
    home = catalogue.homes[paper.id]
    groups = (catalogue.groups[f"{home.survey}#{group}"].title for group in home.groups)
    return (str(catalogue.surveys[home.survey].title), *map(str, groups))


def benchmark_name(name: str, catalogue: Catalogue) -> str:
    """Return what readers see of a benchmark: its name, and what tells it from others."""
    benchmark = catalogue.vocabulary.benchmarks.get(name)  # type: ignore[call-overload]  # an id is text
    if benchmark is None:
        return name
    return f"{benchmark.name} ({measured(benchmark)})"
