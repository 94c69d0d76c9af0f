"""The records of a survey, each declared once: the YAML format, the JSON Schema and the guide follow from here.

Records are frozen; bibliographic data (title, authors, year, venue, DOI) is not here but in `Reference`, because
it comes from BibTeX and nothing is written twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Final, Literal

from sphinx_paper_table.survey.fields import (
    KEYED,
    POSITION,
    Block,
    CiteKey,
    CiteKeys,
    Count,
    Date,
    Duration,
    FormerGroup,
    Id,
    Inline,
    Language,
    Name,
    Number,
    Plain,
    Size,
    Target,
    Url,
    doc,
)
from sphinx_paper_table.survey.located import Located, position_of
from sphinx_paper_table.survey.marks import Before, OneOf
from sphinx_paper_table.survey.record import Record
from sphinx_paper_table.survey.shown import Phrase, Published, Shown, _
from sphinx_paper_table.survey.status import BriefStatus, Status

METHOD: Final = "method"
"""What a paper is unless one of its tags says another kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Video(Record):
    """A lecture or talk; give at least one address."""

    title: Annotated[Name, doc("Title in the language of the video.")]
    lang: Annotated[Language | None, doc("Language spoken.", examples=("zh",))] = None
    speaker: Annotated[Name | None, doc("Who speaks.")] = None
    date: Annotated[Date | None, doc("When it was published.")] = None
    duration: Annotated[Duration | None, doc("Length.", examples=("1:32:01",))] = None
    bilibili: Annotated[Url | None, doc("Address on Bilibili."), Shown(label=_("Bilibili"))] = None
    youtube: Annotated[Url | None, doc("Address on YouTube."), Shown(label="YouTube")] = None
    zhihu: Annotated[Url | None, doc("Address on Zhihu."), Shown(label=_("Zhihu"))] = None
    url: Annotated[Url | None, doc("Address anywhere else."), Shown(label=_("Video"))] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Links(Record):
    """Addresses beyond the paper itself, whose own (paper, DOI, arXiv) come from BibTeX."""

    code: Annotated[Url | None, doc("The authors' code."), Shown(label=_("Code"), has="a link to code")] = None
    project: Annotated[Url | None, doc("The project's page."), Shown(label=_("Project"), has="a project page")] = None
    demo: Annotated[Url | None, doc("A demonstration."), Shown(label=_("Demo"), has="a demonstration")] = None
    data: Annotated[Url | None, doc("Data released with the paper."), Shown(label=_("Data"), has="released data")] = (
        None
    )
    slides: Annotated[Url | None, doc("Slides."), Shown(label=_("Slides"), has="slides")] = None
    blog: Annotated[Url | None, doc("The authors' blog post."), Shown(label=_("Blog"), has="a blog post")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Record):
    """A link to another paper; its inverse is derived, never written."""

    to: Annotated[
        Target,
        doc("Id of the other paper; on another site `SITE:ID`.", examples=("instdisc", "images:moco-v1")),
    ]
    why: Annotated[
        Inline | None,
        doc("The reason, one clause or sentence; inline MyST."),
        Published("The reason; inline MyST."),
    ] = None


def _expand_relation(value: object) -> object:
    """Let a bare id stand for a relation without a reason."""
    return {"to": value, POSITION: position_of(value)} if isinstance(value, str) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(Record):
    """A number, where it was measured and where it was read."""

    benchmark: Annotated[
        Id,
        doc("Id of a benchmark in the vocabulary.", examples=("imagenet-linear",)),
        Published("Id of the benchmark."),
    ]
    value: Annotated[Number, doc("The number, in the benchmark's unit, with the digits of its source.")]
    encoder: Annotated[
        Name | None,
        doc("Network that encodes the input, named as its authors do.", examples=("ResNet-50",)),
        Phrase(),
    ] = None
    parameters: Annotated[
        Name | None, doc("Size of the model in parameters.", examples=("29.6M",)), Phrase(_("%s parameters"))
    ] = None
    data: Annotated[
        Plain | None,
        doc("What the model was trained on before, with the amount.", examples=("LAION-2B (2B pairs)",)),
        Phrase(_("trained on %s")),
    ] = None
    epochs: Annotated[
        Count | None, doc("Passes over the training data.", examples=("200",)), Phrase(_("%s epochs"))
    ] = None
    resolution: Annotated[
        Size | None,
        doc("Size of the input in pixels: a side, or width × height.", examples=("224",)),
        Phrase(_("%s px")),
    ] = None
    frames: Annotated[
        Size | None,
        doc("Frames of a clip, or frames × distance between them.", examples=("8×8",)),
        Phrase(_("%s frames")),
    ] = None
    views: Annotated[
        Size | None, doc("Views that are averaged, or clips × crops.", examples=("10×3",)), Phrase(_("%s views"))
    ] = None
    shots: Annotated[Count | None, doc("Labelled examples of each class.", examples=("16",)), Phrase(_("%s shots"))] = (
        None
    )
    setting: Annotated[
        Plain | None,
        doc("Whatever else a comparison needs and has no key of its own."),
        Published("Whatever else a comparison needs."),
    ] = None
    source: Annotated[Name, doc("Where the number was read: a cite key or a web address.")]
    where: Annotated[
        Name | None,
        doc("Table, figure, page or section in the source.", examples=("Table 1",)),
        Published("Table, figure, page or section in the source."),
    ] = None
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
    name: Annotated[
        Plain,
        doc("Short name readers know.", examples=("MoCo v1",)),
        Published("Short name readers know."),
    ]
    cite: Annotated[
        CiteKeys,
        doc("One or several BibTeX keys; the first is the paper itself."),
        Published("Keys of its references; the first is the paper itself."),
        Shown(card=True, row=True, special="summary"),
    ] = ()
    aliases: Annotated[tuple[Id, ...], doc("Former ids; links to them keep working."), Published("Former ids.")] = ()
    date: Annotated[Date | None, doc("First public; only needed where BibTeX has no arXiv id.")] = None
    status: Annotated[
        BriefStatus | None,
        doc("What became of it: `withdrawn`, `retracted` or `superseded by ID`, or a mapping with more."),
        Shown(label=_("Status"), card=True, row=True, comparison=True, filter=True, special="status", has="a status"),
    ] = None
    summary: Annotated[
        Inline | None,
        doc("Two or three sentences; inline MyST."),
        Shown(card=True, row=True, special="summary"),
    ] = None
    points: Annotated[
        tuple[Inline, ...],
        doc("Longer list of key points, folded on the card; inline MyST."),
        Published("Key points; inline MyST."),
        Shown(label=_("Key points"), card=True, special="points"),
    ] = ()
    tags: Annotated[
        tuple[Id, ...],
        doc("Tags of the vocabulary."),
        Published("Ids of its tags."),
        Shown(label=_("Tags"), card=True, row=True, comparison=True, filter=True, special="tags_list"),
    ] = ()
    links: Annotated[
        Links,
        doc("Code, project page and the like."),
        Shown(label=_("Links"), card=True, row=True, comparison=True, special="links_list"),
    ] = Links()
    videos: Annotated[
        tuple[Video, ...],
        doc("Lectures about this paper."),
        Shown(label=_("Video"), card=True, special="videos_list", has="a lecture or talk", name="video"),
    ] = ()
    relations: Annotated[
        dict[
            Id,
            tuple[Annotated[Relation, Before(_expand_relation, written=Target | Relation)], ...],
        ],
        KEYED,
        doc("Relation type to list of papers, each an id or a mapping with a reason."),
        Shown(
            label=_("Relations"),
            card=True,
            row=True,
            comparison=True,
            filter=True,
            special="relations",
            has="relations to other papers",
        ),
    ] = field(default_factory=dict)
    results: Annotated[
        tuple[Result, ...],
        doc("Numbers, each with benchmark and source."),
        Shown(label=_("Results"), card=True, special="results", has="results on a benchmark"),
    ] = ()
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


MAX_LEVELS: Final = 32
"""Groups in each other; far more than readers follow, and few enough for all that goes through them by recursion."""
Item = Annotated[Paper | Placement, OneOf(_item_kind, {"<paper>": Paper, "<placement>": Placement})]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Record):
    """A part of a survey; groups nest, down to `MAX_LEVELS`."""

    id: Annotated[
        Id, doc("Permanent name within the survey; `SURVEY#GROUP` addresses it."), Published("Name within the survey.")
    ]
    title: Annotated[Plain, doc("Heading.")]
    period: Annotated[
        Plain | None,
        doc("The years it covers, as text.", examples=("2019 – mid 2020",)),
        Published("The years it covers, as text."),
    ] = None
    summary: Annotated[Block | None, doc("What holds the group together; MyST blocks.")] = None
    papers: Annotated[tuple[Item, ...], doc("Papers, or `{ref: ID, note: …}` for papers at home elsewhere.")] = ()
    groups: Annotated[tuple[Group, ...], doc("Groups within this one.")] = ()
    aliases: Annotated[
        tuple[FormerGroup, ...],
        doc("Former ids, or former addresses in another survey (`SURVEY#GROUP`); links to them keep working."),
        Published("Former ids, or former addresses in another survey."),
    ] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey(Record):
    """A survey, the content of one YAML file (and of the parts that join it)."""

    survey: Annotated[Id, doc("Permanent name of the survey.")]
    title: Annotated[Plain, doc("Title.")]
    aliases: Annotated[tuple[Id, ...], doc("Former ids; links to them keep working."), Published("Former ids.")] = ()
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
    aliases: Annotated[
        tuple[Id, ...], doc("Former ids; records and links with them keep working."), Published("Former ids.")
    ] = ()
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
    aliases: Annotated[
        tuple[Id, ...], doc("Former ids; records and links with them keep working."), Published("Former ids.")
    ] = ()
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
class Venue(Record):
    """A conference or journal, and what the bibliography may call it beside its title with time and place."""

    name: Annotated[Name, doc("Whole name.", examples=("Conference on Neural Information Processing Systems",))]
    short: Annotated[
        Name | None, doc("What readers see on cards, in filters and lists, if not the name.", examples=("NeurIPS",))
    ] = None
    aliases: Annotated[
        tuple[Name, ...], doc("Former names, and other names that entries use; addresses with them keep working.")
    ] = ()


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
    venues: Annotated[dict[Id, Venue], KEYED, doc("Venue id to its names.")] = field(default_factory=dict)


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
    "Status",
    "Survey",
    "TagTerm",
    "Venue",
    "Video",
    "Vocabulary",
]
