"""The records of ``papers.json`` and of the files with results: what they say differently from those of the surveys.

The files, their JSON Schemas and the guide follow from here.

A format for programs of others. Within a version, keys are added and never removed or given another meaning.
"""

from __future__ import annotations

import types
from dataclasses import dataclass, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Union, get_args, get_origin

from sphinx_paper_table.exports.taken_over import Date, Id, Url, takes_over
from sphinx_paper_table.survey import entities
from sphinx_paper_table.survey.entities import Benchmark, RelationType, TagTerm
from sphinx_paper_table.survey.fields import doc
from sphinx_paper_table.survey.introspection import hints
from sphinx_paper_table.survey.updates import Published

if TYPE_CHECKING:
    from pydantic_core import CoreSchema, SchemaSerializer

VERSION: Final = 1
"""The version of the format; another one is another format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where readers find something."""

    page: Annotated[str, doc("Address of the page, relative to this file.", examples=("surveys/video.html",))]
    anchor: Annotated[str, doc("Permanent anchor on the page.", examples=("paper-moco-v1",))]
    url: Annotated[Url | None, doc("Whole address; only if the site knows its own (`html_baseurl`).")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A paper at a place of a survey."""

    paper: Annotated[Id, doc("Id of the paper.")]
    home: Annotated[bool, doc("Whether the paper's record stands here; else the survey refers to it.")]
    note: Annotated[str | None, doc("What matters of it here; inline MyST.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person, or an organisation, which has a family name only."""

    given: Annotated[str | None, doc("Given names.")] = None
    family: Annotated[str, doc("Family name.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What the bibliography says of a publication, as Unicode text; `references.json` has all of it."""

    type: Annotated[str, doc("Entry type of BibTeX.", examples=("inproceedings",))]
    label: Annotated[str, doc("What stands in a text.", examples=("He et al., 2020",))]
    title: Annotated[str | None, doc("Title; formulas stay as `$…$`.")] = None
    authors: Annotated[tuple[Author, ...], doc("Authors, else editors, in their order; the last may be `et al.`.")]
    year: Annotated[str | None, doc("Year of publication.")] = None
    date: Annotated[Date | None, doc("Date of publication, as exactly as it is known; of a range the beginning.")] = (
        None
    )
    venue: Annotated[str | None, doc("Short name of the conference or journal.", examples=("CVPR",))] = None
    doi: Annotated[str | None, doc("DOI.")] = None
    arxiv: Annotated[str | None, doc("arXiv identifier.")] = None
    identifiers: Annotated[
        dict[str, str] | None,
        doc("Names in other archives: `acl`, `openreview`, `pubmed`, `pmcid`, `isbn`, `inspire`."),
    ] = None
    url: Annotated[str | None, doc("Address of the publication.")] = None
    location: Annotated[Location | None, doc("Where it is listed.")] = None


@takes_over(entities.Survey, without=("survey",))
class Survey:
    """A survey; its groups and papers name it."""

    papers: Annotated[tuple[Shown, ...], doc("Papers that belong to no group of it.")]
    groups: Annotated[tuple[str, ...], doc("Addresses of the outermost groups.")]
    bibtex: Annotated[str, doc("Address of the BibTeX file of what it cites, relative to this file.")]
    location: Annotated[Location | None, doc("Where it is shown.")] = None


@takes_over(entities.Group, first=("survey", "id", "parent"))
class Group:
    """A part of a survey."""

    survey: Annotated[Id, doc("Id of the survey.")]
    parent: Annotated[str | None, doc("Address of the group around it.")] = None
    papers: Annotated[tuple[Shown, ...], doc("Papers that stand directly in it.")]
    groups: Annotated[tuple[str, ...], doc("Addresses of the groups directly in it.")]
    location: Annotated[Location | None, doc("Where it is shown.")] = None


@takes_over(entities.Relation, without=("to",), first=("type", "direction", "label", "paper"))
class Relation:
    """A relation, on the cards of both its papers."""

    type: Annotated[Id, doc("Id of the relation type.")]
    direction: Annotated[Literal["to", "from"], doc("`to`: this paper states it; `from`: the other paper does.")]
    label: Annotated[str, doc("What readers see before the other paper.", examples=("extended by",))]
    paper: Annotated[Id, doc("Id of the other paper.")]


@takes_over(entities.Relation, without=("to",), first=("type", "label", "site", "paper", "name", "url"))
class RelationElsewhere:
    """A relation to a paper on another site, on the card of the paper that states it."""

    type: Annotated[Id, doc("Id of the relation type.")]
    label: Annotated[str, doc("What readers see before the other paper.", examples=("extends",))]
    site: Annotated[str, doc("What `intersphinx_mapping` calls the other site.", examples=("images",))]
    paper: Annotated[Id, doc("Id of the paper there.")]
    name: Annotated[str | None, doc("Its name, where the inventory of that site has it.")] = None
    url: Annotated[Url | None, doc("The address of its card, where the inventory of that site has it.")] = None


@takes_over(
    entities.Result,
    first=("benchmark", "value", "printed", "setting", "source", "where", "secondary", "date"),
)
class Result:
    """A number, where it was measured and where it was read."""

    value: Annotated[float, doc("The number, in the benchmark's unit.")]
    printed: Annotated[str, doc("The number with the digits of its source.", examples=("41.0",))]
    secondary: Annotated[bool, doc("Whether others than the paper's authors report the number.")]
    date: Annotated[Date | None, doc("When the number became known, if after the method.")] = None


@takes_over(entities.Paper, without=("id",), first=("name", "aliases", "survey", "group", "date"))
class Paper:
    """A method, data set or report: what the survey says of it. Title and authors are those of its reference."""

    survey: Annotated[Id, doc("Id of the survey that the paper is at home in.")]
    group: Annotated[str | None, doc("Address of the group that it is at home in, `SURVEY#GROUP`.")] = None
    date: Annotated[Date | None, doc("First public, as exactly as it is known.")] = None
    status: Annotated[
        entities.Status | None,
        doc("What became of it, where it was withdrawn, retracted or superseded, as its author says or was learnt."),
    ] = None
    published_since: Annotated[
        Published | None, doc("Where a preprint was published, as was learnt elsewhere; not yet in its reference.")
    ] = None
    links: Annotated[
        dict[str, str], doc("Kind to address: `paper`, `arxiv`, `doi`, and those of the survey, such as `code`.")
    ]
    relations: Annotated[tuple[Relation, ...], doc("Relations in both directions.")]
    relations_elsewhere: Annotated[
        tuple[RelationElsewhere, ...] | None,
        doc("Relations to papers on other sites; what these say of this paper stands there."),
    ] = None
    results: Annotated[tuple[Result, ...], doc("Numbers, each with benchmark and source.")]
    location: Annotated[Location | None, doc("Where its card is.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersFile:
    """The whole file. What is not known is left out; lists and mappings stand in the order of the survey files."""

    version: Annotated[Literal[1], doc("Version of the format.")]
    generator: Annotated[str, doc("Program and version that wrote the file.")]
    language: Annotated[str | None, doc("Language of the texts, as Sphinx names it.", examples=("zh_CN",))] = None
    url: Annotated[Url | None, doc("Address of the site (`html_baseurl`).")] = None
    surveys: Annotated[dict[str, Survey], doc("Survey id to survey.")]
    groups: Annotated[dict[str, Group], doc("Address of a group, `SURVEY#GROUP`, to group.")]
    papers: Annotated[dict[str, Paper], doc("Paper id to paper.")]
    tags: Annotated[dict[str, TagTerm], doc("Tag id to its meaning.")]
    relation_types: Annotated[dict[str, RelationType], doc("Relation id to its names and rules.")]
    benchmarks: Annotated[dict[str, Benchmark], doc("Benchmark id to its definition.")]
    references: Annotated[dict[str, Reference], doc("Cite key to reference.")]


@takes_over(Result, without=("benchmark",), first=("paper", "name", "date"))
class Standing:
    """A number on a benchmark, and whose it is: an entry of the JSON file, a row of the CSV file."""

    paper: Annotated[Id, doc("Id of the paper.")]
    name: Annotated[str, doc("Short name of the method.")]
    date: Annotated[Date | None, doc("When the method was first public, or the number known if that was after it.")] = (
        None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsFile:
    """All numbers on one benchmark, the best first."""

    version: Annotated[Literal[1], doc("Version of the format.")]
    id: Annotated[Id, doc("Id of the benchmark.")]
    benchmark: Annotated[Benchmark, doc("Its definition.")]
    results: Annotated[tuple[Standing, ...], doc("The numbers.")]


def json_text(file: PapersFile | ResultsFile) -> str:
    """Return the text of a file, without what is not known."""
    kind: Any = type(file)
    text: bytes = _serializer(kind).to_json(file, indent=1, exclude_none=True)
    return f"{text.decode()}\n"


@cache
def _serializer(record: Any) -> SchemaSerializer:
    """Return what writes a record as pydantic does; it needs no checks, whose making takes a tenth of a second."""
    from pydantic_core import SchemaSerializer  # noqa: PLC0415 (a build that changes nothing writes no files)

    return SchemaSerializer(_schema(record))


def _schema(hint: Any) -> CoreSchema:
    """Return what a value of the type *hint* is made of; what is neither a record nor holds any is written as it is."""
    from pydantic_core import core_schema  # noqa: PLC0415 (as above)

    inner, origin = get_args(hint), get_origin(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        kinds = hints(hint)  # type: ignore[arg-type]  # as in introspection
        declared = [core_schema.dataclass_field(name, _schema(kind)) for name, kind in kinds.items()]
        arguments = core_schema.dataclass_args_schema(hint.__name__, declared)
        return core_schema.dataclass_schema(hint, arguments, list(kinds), slots=True)
    if origin is Annotated:
        return _schema(inner[0])
    if origin in {Union, types.UnionType}:
        known = [kind for kind in inner if kind is not type(None)]
        return core_schema.nullable_schema(_schema(known[0]) if len(known) == 1 else core_schema.any_schema())
    if origin is tuple:
        return core_schema.tuple_schema([_schema(inner[0])], variadic_item_index=0)
    if origin is dict:
        return core_schema.dict_schema(core_schema.any_schema(), _schema(inner[1]))
    return core_schema.any_schema()
