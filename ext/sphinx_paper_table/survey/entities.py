"""The records of a survey, each declared once: the YAML format, the JSON Schema and the guide follow from here.

Records are frozen; bibliographic data (title, authors, year, venue, DOI) is not here but in `Reference`, because
it comes from BibTeX and nothing is written twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, Tag
from pydantic.json_schema import SkipJsonSchema

from sphinx_paper_table.survey.fields import (
    KEYED,
    POSITION,
    Block,
    CiteKey,
    CiteKeys,
    Date,
    Duration,
    Id,
    Inline,
    Language,
    Name,
    Number,
    Plain,
    Url,
    doc,
)
from sphinx_paper_table.survey.located import NOWHERE, Located, Position, position_of
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

_CONFIG: Final = ConfigDict(extra="forbid")


METHOD: Final = "method"
"""What a paper is unless one of its tags says another kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has: the place it was read from."""

    __pydantic_config__ = _CONFIG
    position: Annotated[SkipJsonSchema[Position], Field(alias=POSITION, exclude=True)] = field(
        default=NOWHERE, compare=False, repr=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Video(Record):
    """A lecture or talk; give at least one address."""

    title: Annotated[Name, doc("Title in the language of the video.")]
    lang: Annotated[Language | None, doc("Language spoken.", examples=("zh",))] = None
    speaker: Annotated[Name | None, doc("Who speaks.")] = None
    date: Annotated[Date | None, doc("When it was published.")] = None
    duration: Annotated[Duration | None, doc("Length.", examples=("1:32:01",))] = None
    bilibili: Annotated[Url | None, doc("Address on Bilibili.")] = None
    youtube: Annotated[Url | None, doc("Address on YouTube.")] = None
    zhihu: Annotated[Url | None, doc("Address on Zhihu.")] = None
    url: Annotated[Url | None, doc("Address anywhere else.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Links(Record):
    """Addresses beyond the paper itself, whose own (paper, DOI, arXiv) come from BibTeX."""

    code: Annotated[Url | None, doc("The authors' code.")] = None
    project: Annotated[Url | None, doc("The project's page.")] = None
    demo: Annotated[Url | None, doc("A demonstration.")] = None
    data: Annotated[Url | None, doc("Data released with the paper.")] = None
    slides: Annotated[Url | None, doc("Slides.")] = None
    blog: Annotated[Url | None, doc("The authors' blog post.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Record):
    """A link to another paper; its inverse is derived, never written."""

    to: Annotated[Id, doc("Id of the other paper.", examples=("instdisc",))]
    why: Annotated[Inline | None, doc("The reason, one clause or sentence; inline MyST.")] = None


def _expand_relation(value: object) -> object:
    """Let a bare id stand for a relation without a reason."""
    return {"to": value, POSITION: position_of(value)} if isinstance(value, str) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(Record):
    """A number, where it was measured and where it was read."""

    benchmark: Annotated[Id, doc("Id of a benchmark in the vocabulary.", examples=("imagenet-linear",))]
    value: Annotated[Number, doc("The number, in the benchmark's unit, with the digits of its source.")]
    encoder: Encoder = None
    parameters: Parameters = None
    data: Data = None
    epochs: Epochs = None
    resolution: Resolution = None
    frames: Frames = None
    views: Views = None
    shots: Shots = None
    setting: Annotated[Plain | None, doc("Whatever else a comparison needs and has no key of its own.")] = None
    source: Annotated[Name, doc("Where the number was read: a cite key or a web address.")]
    where: Annotated[Name | None, doc("Table, figure, page or section in the source.", examples=("Table 1",))] = None
    secondary: Annotated[
        bool | None,
        doc("Whether others than the paper's authors report the number; only where `source` does not tell."),
    ] = None
    date: Annotated[
        Date | None, doc("When the number became known, if after the method and `source` does not tell; charts use it.")
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper(Record):
    """One method, data set or report: what the survey says of it."""

    id: Annotated[Id, doc("Permanent name, used in links; after a rename the old one goes to `aliases`.")]
    name: Annotated[Plain, doc("Short name readers know.", examples=("MoCo v1",))]
    cite: Annotated[CiteKeys, doc("One or several BibTeX keys; the first is the paper itself.")] = ()
    aliases: Annotated[tuple[Id, ...], doc("Former ids; links to them keep working.")] = ()
    date: Annotated[Date | None, doc("First public; only needed where BibTeX has no arXiv id.")] = None
    summary: Annotated[Inline | None, doc("Two or three sentences; inline MyST.")] = None
    points: Annotated[tuple[Inline, ...], doc("Longer list of key points, folded on the card; inline MyST.")] = ()
    tags: Annotated[tuple[Id, ...], doc("Tags of the vocabulary.")] = ()
    links: Annotated[Links, doc("Code, project page and the like.")] = Links()
    videos: Annotated[tuple[Video, ...], doc("Lectures about this paper.")] = ()
    relations: Annotated[
        dict[
            Id,
            tuple[Annotated[Relation, BeforeValidator(_expand_relation, json_schema_input_type=Id | Relation)], ...],
        ],
        KEYED,
        doc("Relation type to list of papers, each an id or a mapping with a reason."),
    ] = field(default_factory=dict)
    results: Annotated[tuple[Result, ...], doc("Numbers, each with benchmark and source.")] = ()
    added: Annotated[Date | None, doc("When the entry was written.")] = None
    reviewed: Annotated[Date | None, doc("When the entry was last checked against its sources.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement(Record):
    """A place for a paper whose record, and home, is elsewhere."""

    ref: Annotated[Id, doc("Id of the paper.")]
    note: Annotated[Inline | None, doc("What matters of it here; inline MyST.")] = None


def _item_kind(value: object) -> str:
    is_placement = "ref" in value if isinstance(value, dict) else isinstance(value, Placement)
    return "<placement>" if is_placement else "<paper>"


Item = Annotated[Annotated[Paper, Tag("<paper>")] | Annotated[Placement, Tag("<placement>")], Discriminator(_item_kind)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Record):
    """A part of a survey; groups nest to any depth."""

    id: Annotated[Id, doc("Permanent name within the survey; `SURVEY#GROUP` addresses it.")]
    title: Annotated[Plain, doc("Heading.")]
    period: Annotated[Plain | None, doc("The years it covers, as text.", examples=("2019 – mid 2020",))] = None
    summary: Annotated[Block | None, doc("What holds the group together; MyST blocks.")] = None
    papers: Annotated[tuple[Item, ...], doc("Papers, or `{ref: ID, note: …}` for papers at home elsewhere.")] = ()
    groups: Annotated[tuple[Group, ...], doc("Groups within this one.")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey(Record):
    """A survey, the content of one YAML file (and of the parts that join it)."""

    survey: Annotated[Id, doc("Permanent name of the survey.")]
    title: Annotated[Plain, doc("Title.")]
    aliases: Annotated[tuple[Id, ...], doc("Former ids; links to them keep working.")] = ()
    summary: Annotated[Block | None, doc("What the survey covers; MyST blocks.")] = None
    videos: Annotated[tuple[Video, ...], doc("Lectures about the whole field.")] = ()
    papers: Annotated[tuple[Item, ...], doc("Papers that belong to no group.")] = ()
    groups: Annotated[tuple[Group, ...], doc("The parts of the survey.")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Record):
    """More groups and papers of a survey that has outgrown one file."""

    part: Annotated[Id, doc("Id of the survey that this file continues.")]
    papers: Annotated[tuple[Item, ...], doc("Papers that belong to no group.")] = ()
    groups: Annotated[tuple[Group, ...], doc("Further groups.")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TagTerm(Record):
    """What a tag means."""

    name: Annotated[Plain, doc("What readers see.")]
    description: Annotated[Inline | None, doc("One sentence; inline MyST.")] = None
    kind: Annotated[
        Literal["dataset", "survey"] | None,
        doc("What papers with this tag are, if they are no methods; counts say so."),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationType(Record):
    """A kind of relation and the rules it keeps."""

    name: Annotated[Plain, doc("What readers see before the target.", examples=("extends",))]
    inverse: Annotated[Plain | None, doc("What readers see on the target's card.", examples=("extended by",))] = None
    symmetric: Annotated[bool, doc("Whether both directions read the same.")] = False
    acyclic: Annotated[bool, doc("Whether a circle of these relations is an error.")] = False
    chronological: Annotated[bool, doc("Whether the target must not be later than the paper.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark(Record):
    """Data, measure and protocol; numbers of different benchmarks are never ranked together."""

    name: Annotated[Plain, doc("Short name on cards.")]
    dataset: Annotated[Name, doc("Data set.")]
    split: Annotated[Plain | None, doc("Part of the data set.", examples=("validation",))] = None
    metric: Annotated[Plain, doc("What is measured.", examples=("top-1 accuracy",))]
    unit: Annotated[Name | None, doc("Unit printed after the number.", examples=("%",))] = None
    direction: Annotated[Literal["higher", "lower"], doc("Which numbers are better.")] = "higher"
    since: Annotated[
        Date | None, doc("When the data set was first public, or the protocol if later; no number is older.")
    ] = None
    encoders: Annotated[
        Literal["apart", "together"],
        doc("Whether numbers of different encoders have rankings of their own, or systems are compared whole."),
    ] = "apart"
    protocol: Annotated[Inline | None, doc("How it is measured; inline MyST.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary(Record):
    """Terms that all surveys share."""

    vocabulary: Annotated[Id, doc("Name of this vocabulary file.")]
    tags: Annotated[dict[Id, TagTerm], KEYED, doc("Tag id to its meaning.")] = field(default_factory=dict)
    relations: Annotated[dict[Id, RelationType], KEYED, doc("Relation id to its names and rules.")] = field(
        default_factory=dict
    )
    benchmarks: Annotated[dict[Id, Benchmark], KEYED, doc("Benchmark id to its definition.")] = field(
        default_factory=dict
    )


FILE_KINDS: Final[dict[str, type[Survey | Part | Vocabulary]]] = {
    "survey": Survey,
    "part": Part,
    "vocabulary": Vocabulary,
}
"""The key that a YAML file must have, and the record that it then is."""

__all__ = [
    "FILE_KINDS",
    "METHOD",
    "Benchmark",
    "CiteKey",
    "Group",
    "Item",
    "Links",
    "Located",
    "Paper",
    "Part",
    "Placement",
    "Record",
    "Relation",
    "RelationType",
    "Result",
    "Survey",
    "TagTerm",
    "Video",
    "Vocabulary",
]
