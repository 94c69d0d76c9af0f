"""The records of ``papers.json`` and of the files with results, each declared once.

The files, their JSON Schemas and the guide follow from here.

A format for programs of others. Within a version, keys are added and never removed or given another meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import Field

from sphinx_paper_table.survey.entities import Benchmark, RelationType, TagTerm, Video
from sphinx_paper_table.survey.fields import DATE_PATTERN, ID_PATTERN, doc
from sphinx_paper_table.survey.settings import (
    Data,
    Encoder,
    Epochs,
    Frames,
    Parameters,
    Resolution,
    Shots,
    Views,
)

VERSION: Final = 1
"""The version of the format; another one is another format."""
Id = Annotated[str, Field(pattern=ID_PATTERN)]
Date = Annotated[str, Field(pattern=DATE_PATTERN)]
Url = Annotated[str, Field(pattern="^https?://")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where readers find something."""

    page: Annotated[str, doc("Address of the page, relative to this file.", examples=("surveys/video.html",))]
    anchor: Annotated[str, doc("Permanent anchor on the page.", examples=("paper-moco-v1",))]
    url: Annotated[Url | None, doc("Whole address; only if the site knows its own (`html_baseurl`).")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A survey; its groups and papers name it."""

    title: Annotated[str, doc("Title.")]
    aliases: Annotated[tuple[Id, ...], doc("Former ids.")]
    summary: Annotated[str | None, doc("What the survey covers; MyST blocks.")] = None
    videos: Annotated[tuple[Video, ...], doc("Lectures about the whole field.")]
    papers: Annotated[tuple[Shown, ...], doc("Papers that belong to no group of it.")]
    groups: Annotated[tuple[str, ...], doc("Addresses of the outermost groups.")]
    bibtex: Annotated[str, doc("Address of the BibTeX file of what it cites, relative to this file.")]
    location: Annotated[Location | None, doc("Where it is shown.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A part of a survey."""

    survey: Annotated[Id, doc("Id of the survey.")]
    id: Annotated[Id, doc("Name within the survey.")]
    parent: Annotated[str | None, doc("Address of the group around it.")] = None
    title: Annotated[str, doc("Heading.")]
    period: Annotated[str | None, doc("The years it covers, as text.")] = None
    summary: Annotated[str | None, doc("What holds the group together; MyST blocks.")] = None
    papers: Annotated[tuple[Shown, ...], doc("Papers that stand directly in it.")]
    groups: Annotated[tuple[str, ...], doc("Addresses of the groups directly in it.")]
    location: Annotated[Location | None, doc("Where it is shown.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A paper at a place of a survey."""

    paper: Annotated[Id, doc("Id of the paper.")]
    home: Annotated[bool, doc("Whether the paper's record stands here; else the survey refers to it.")]
    note: Annotated[str | None, doc("What matters of it here; inline MyST.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A relation, on the cards of both its papers."""

    type: Annotated[Id, doc("Id of the relation type.")]
    direction: Annotated[Literal["to", "from"], doc("`to`: this paper states it; `from`: the other paper does.")]
    label: Annotated[str, doc("What readers see before the other paper.", examples=("extended by",))]
    paper: Annotated[Id, doc("Id of the other paper.")]
    why: Annotated[str | None, doc("The reason; inline MyST.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A number, where it was measured and where it was read."""

    benchmark: Annotated[Id, doc("Id of the benchmark.")]
    value: Annotated[float, doc("The number, in the benchmark's unit.")]
    printed: Annotated[str, doc("The number with the digits of its source.", examples=("41.0",))]
    setting: Annotated[str | None, doc("Whatever else a comparison needs.")] = None
    source: Annotated[str, doc("Where the number was read: a cite key or a web address.")]
    where: Annotated[str | None, doc("Table, figure, page or section in the source.")] = None
    secondary: Annotated[bool, doc("Whether others than the paper's authors report the number.")]
    date: Annotated[Date | None, doc("When the number became known, if after the method.")] = None
    encoder: Encoder = None
    parameters: Parameters = None
    data: Data = None
    epochs: Epochs = None
    resolution: Resolution = None
    frames: Frames = None
    views: Views = None
    shots: Shots = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A method, data set or report: what the survey says of it. Title and authors are those of its reference."""

    name: Annotated[str, doc("Short name readers know.")]
    aliases: Annotated[tuple[Id, ...], doc("Former ids.")]
    survey: Annotated[Id, doc("Id of the survey that the paper is at home in.")]
    group: Annotated[str | None, doc("Address of the group that it is at home in, `SURVEY#GROUP`.")] = None
    date: Annotated[Date | None, doc("First public, as exactly as it is known.")] = None
    cite: Annotated[tuple[str, ...], doc("Keys of its references; the first is the paper itself.")]
    summary: Annotated[str | None, doc("Two or three sentences; inline MyST.")] = None
    points: Annotated[tuple[str, ...], doc("Key points; inline MyST.")]
    tags: Annotated[tuple[Id, ...], doc("Ids of its tags.")]
    links: Annotated[
        dict[str, str], doc("Kind to address: `paper`, `arxiv`, `doi`, and those of the survey, such as `code`.")
    ]
    videos: Annotated[tuple[Video, ...], doc("Lectures about this paper.")]
    relations: Annotated[tuple[Relation, ...], doc("Relations in both directions.")]
    results: Annotated[tuple[Result, ...], doc("Numbers, each with benchmark and source.")]
    added: Annotated[Date | None, doc("When the entry was written.")] = None
    reviewed: Annotated[Date | None, doc("When the entry was last checked against its sources.")] = None
    location: Annotated[Location | None, doc("Where its card is.")] = None


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
    venue: Annotated[str | None, doc("Short name of the conference or journal.", examples=("CVPR",))] = None
    doi: Annotated[str | None, doc("DOI.")] = None
    arxiv: Annotated[str | None, doc("arXiv identifier.")] = None
    url: Annotated[str | None, doc("Address of the publication.")] = None
    location: Annotated[Location | None, doc("Where it is listed.")] = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A number on a benchmark, and whose it is: an entry of the JSON file, a row of the CSV file."""

    paper: Annotated[Id, doc("Id of the paper.")]
    name: Annotated[str, doc("Short name of the method.")]
    date: Annotated[Date | None, doc("When the method was first public, or the number known if that was after it.")] = (
        None
    )
    value: Annotated[float, doc("The number, in the benchmark's unit.")]
    printed: Annotated[str, doc("The number with the digits of its source.", examples=("41.0",))]
    setting: Annotated[str | None, doc("Whatever else a comparison needs.")] = None
    source: Annotated[str, doc("Where the number was read: a cite key or a web address.")]
    where: Annotated[str | None, doc("Table, figure, page or section in the source.")] = None
    secondary: Annotated[bool, doc("Whether others than the paper's authors report the number.")]
    encoder: Encoder = None
    parameters: Parameters = None
    data: Data = None
    epochs: Epochs = None
    resolution: Resolution = None
    frames: Frames = None
    views: Views = None
    shots: Shots = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsFile:
    """All numbers on one benchmark, the best first."""

    version: Annotated[Literal[1], doc("Version of the format.")]
    id: Annotated[Id, doc("Id of the benchmark.")]
    benchmark: Annotated[Benchmark, doc("Its definition.")]
    results: Annotated[tuple[Standing, ...], doc("The numbers.")]
