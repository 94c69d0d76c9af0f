"""The catalogue as ``papers.json``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.exports import records
from sphinx_paper_table.exports.addresses import bib_address
from sphinx_paper_table.exports.site import DISTRIBUTION
from sphinx_paper_table.exports.taken_over import taken_over
from sphinx_paper_table.survey.catalogue import walk_groups
from sphinx_paper_table.survey.elsewhere import is_elsewhere, parted
from sphinx_paper_table.survey.entities import Group, Paper
from sphinx_paper_table.survey.paper_fields import links_of
from sphinx_paper_table.survey.provenance import is_secondary, known_since
from sphinx_paper_table.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sphinx_paper_table.exports.site import Site
    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Item, Result, Survey
    from sphinx_paper_table.survey.references import Reference


_GROWING: Final = ("surveys", "groups", "papers", "tags", "relation_types", "benchmarks", "references")
"""The parts of the file that have entries."""
_AT_ONCE: Final = 500
"""References of which records are made at one time."""


def papers_json(catalogue: Catalogue, site: Site) -> Iterator[str]:
    """Yield the text of the file; the same catalogue and site give the same text.

    It is made survey by survey: records and text of ten thousand papers take more memory than the rest of a build.
    """
    text = records.json_text(papers_file(replace(catalogue, surveys={}, references={}), site))
    keys = list(catalogue.references)
    several = (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))
    parts = [(part, _of_each(part, catalogue, site)) for part in _of_surveys((), catalogue, site)]
    for name, texts in (*parts, ("references", (_of_references(some, catalogue, site) for some in several))):
        before, start, text = text.partition(f'\n "{name}": {{')
        yield before + start
        end = ""
        for inside in filter(None, texts):
            yield f",{inside}" if end else inside
            end = "\n "
        yield end
    yield text


def papers_file(catalogue: Catalogue, site: Site) -> records.PapersFile:
    """Return the file as a record."""
    terms = catalogue.vocabulary
    return records.PapersFile(
        version=records.VERSION,
        generator=f"{DISTRIBUTION} {VERSION}",
        language=site.language or None,
        url=site.url or None,
        **{part: make() for part, make in _of_surveys(catalogue.surveys, catalogue, site).items()},
        tags={str(name): term for name, term in terms.tags.items()},
        relation_types={str(name): term for name, term in terms.relations.items()},
        benchmarks={str(name): term for name, term in terms.benchmarks.items()},
        references={key: _reference(reference, catalogue, site) for key, reference in catalogue.references.items()},
    )


def survey_texts(name: str, catalogue: Catalogue, site: Site) -> list[str]:
    """Return what the text of the file says of one survey, of its groups and of the papers at home in it."""
    return [_text(part, make()) for part, make in _of_surveys([name], catalogue, site).items()]


def _of_each(part: str, catalogue: Catalogue, site: Site) -> Iterator[str]:
    """Yield what the text of the file says of each survey in *part*."""
    return (_text(part, _of_surveys([name], catalogue, site)[part]()) for name in catalogue.surveys)


def reference_text(key: str, catalogue: Catalogue, site: Site) -> str:
    """Return what the text of the file says of one reference."""
    return _of_references([key], catalogue, site)


def _of_references(keys: Iterable[str], catalogue: Catalogue, site: Site) -> str:
    return _text("references", {key: _reference(catalogue.references[key], catalogue, site) for key in keys})


def _text(part: str, entries: Mapping[str, Any]) -> str:
    """Return what the text of a file with these *entries* in *part* says there."""
    empty: dict[str, Any] = {name: {} for name in _GROWING}
    text = records.json_text(records.PapersFile(version=records.VERSION, generator="", **empty | {part: entries}))
    _, _, rest = text.partition(f'\n "{part}": {{')
    return rest.partition("\n }")[0] if entries else ""


def _of_surveys(names: Iterable[str], catalogue: Catalogue, site: Site) -> dict[str, Callable[[], dict[str, Any]]]:
    """Return what makes the parts of the file that grow with the surveys, in the order in which they stand there."""
    surveys = {name: catalogue.surveys[name] for name in names}
    papers = (paper for name in surveys for paper in catalogue.residents.get(name, ()))
    return {
        "surveys": lambda: {name: _survey(survey, catalogue, site) for name, survey in surveys.items()},
        "groups": lambda: _groups(surveys.values(), catalogue, site),
        "papers": lambda: {paper: _paper(catalogue.papers[paper], catalogue, site) for paper in papers},
    }


def _survey(survey: Survey, catalogue: Catalogue, site: Site) -> records.Survey:
    return records.Survey(
        **taken_over(survey, records.Survey),
        papers=_shown(survey.papers, catalogue),
        groups=_addresses(survey.survey, survey.groups),
        bibtex=bib_address(survey.survey),
        location=site.location("survey", survey.survey),
    )


def _groups(surveys: Iterable[Survey], catalogue: Catalogue, site: Site) -> dict[str, records.Group]:
    groups = {}
    for survey in surveys:
        for path, group in walk_groups(survey.groups):
            address = f"{survey.survey}#{group.id}"
            groups[address] = records.Group(
                **taken_over(group, records.Group),
                survey=survey.survey,
                parent=f"{survey.survey}#{path[-2]}" if path[:-1] else None,
                papers=_shown(group.papers, catalogue),
                groups=_addresses(survey.survey, group.groups),
                location=site.location("group", address),
            )
    return groups


def _addresses(survey: str, groups: Iterable[Group]) -> tuple[str, ...]:
    return tuple(f"{survey}#{group.id}" for group in groups)


def _shown(items: Iterable[Item], catalogue: Catalogue) -> tuple[records.Shown, ...]:
    """Return the papers at a place, without references to papers that do not exist."""
    shown = []
    for item in items:
        if isinstance(item, Paper):
            shown.append(records.Shown(paper=item.id, home=True))
        elif paper := catalogue.paper(item.ref):
            shown.append(records.Shown(paper=paper.id, home=False, note=item.note))
    return tuple(shown)


def _paper(paper: Paper, catalogue: Catalogue, site: Site) -> records.Paper:
    home = catalogue.homes[paper.id]
    return records.Paper(
        **taken_over(paper, records.Paper),
        survey=home.survey,
        group=f"{home.survey}#{home.groups[-1]}" if home.groups else None,
        date=catalogue.date(paper) or None,
        status=catalogue.status(paper),
        published_since=catalogue.published_since(paper),
        links=links_of(paper, catalogue),
        relations=_relations(paper, catalogue),
        relations_elsewhere=_relations_elsewhere(paper, catalogue, site) or None,
        results=tuple(_result(paper, result, catalogue) for result in paper.results),
        location=site.location("paper", paper.id),
    )


def _relations(paper: Paper, catalogue: Catalogue) -> tuple[records.Relation, ...]:
    return tuple(
        records.Relation(
            **taken_over(relation.edge, records.Relation),
            type=relation.edge.type,
            direction="to" if relation.edge.source == paper.id else "from",
            label=relation.label,
            paper=relation.paper,
        )
        for relation in catalogue.relations_of(paper.id)
        if not is_elsewhere(relation.paper)
    )


def _relations_elsewhere(paper: Paper, catalogue: Catalogue, site: Site) -> tuple[records.RelationElsewhere, ...]:
    return tuple(
        records.RelationElsewhere(
            **taken_over(edge, records.RelationElsewhere),
            type=edge.type,
            label=str(catalogue.relation_type(edge.type).name),
            site=parted(edge.target)[0],
            paper=parted(edge.target)[1],
            name=site.elsewhere.get(edge.target, (None, None))[0],
            url=site.elsewhere.get(edge.target, (None, None))[1],
        )
        for edge in catalogue.elsewhere.get(paper.id, ())
    )


def _result(paper: Paper, result: Result, catalogue: Catalogue) -> records.Result:
    known = known_since(paper, result, catalogue)
    return records.Result(
        **taken_over(result, records.Result),
        value=float(result.value),
        printed=str(result.value),
        secondary=is_secondary(paper, result, catalogue),
        date=result.date or (known if known != catalogue.date(paper) else None),
    )


def _reference(reference: Reference, catalogue: Catalogue, site: Site) -> records.Reference:
    return records.Reference(
        type=reference.type,
        label=reference.label,
        title=reference.marked_title or None,
        authors=tuple(records.Author(given=author.given or None, family=author.family) for author in reference.authors),
        year=reference.year or None,
        date=reference.date or None,
        venue=catalogue.venue(reference) or None,
        doi=reference.doi or None,
        arxiv=reference.arxiv or None,
        url=reference.url or None,
        identifiers=dict(reference.identifiers) or None,
        location=site.location("reference", reference.key),
    )
