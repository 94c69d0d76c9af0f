"""What readers see of a paper: the fields that `Paper` declares as `Shown`, and what follows from the catalogue."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, get_args

from sphinx_paper_table.survey.entities import Links, Paper, Video
from sphinx_paper_table.survey.fields import Markup, Url
from sphinx_paper_table.survey.introspection import field_names, hints, parts
from sphinx_paper_table.survey.located import Located
from sphinx_paper_table.survey.shown import Shown, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Record

_SIMPLE: Final = (Located, int, Decimal, type(None))
"""What a field holds, alone or in a list, that is printed without code of its own."""
_ADDRESS: Final = get_args(Url)[1]
DERIVED: Final = {
    "title": Shown(label=_("Paper"), comparison=True),
    "authors": Shown(label=_("Authors"), comparison=True),
    "said": Shown(label=_("Summary"), comparison=True),
    "reasons": Shown(label=_("Key difference"), comparison=True),
    "published": Shown(label=_("Published"), comparison=True),
    "date": Shown(label=_("First public"), comparison=True),
    "places": Shown(label=_("Survey"), comparison=True, special="places"),
}
"""What a comparison says of a paper that is no field of its record, in this order."""
FILTERED: Final = ("q", "sort", "from", "to", "tag", "venue", "relation", "has")
"""What addresses of filtered pages call the fields that every filter has."""
PUBLICATION: Final = {
    "paper": Shown(label=_("Paper")),
    "arxiv": Shown(label="arXiv"),
    "doi": Shown(label="DOI"),
    "acl": Shown(label="ACL Anthology"),
    "openreview": Shown(label="OpenReview"),
    "pubmed": Shown(label="PubMed"),
    "inspire": Shown(label="INSPIRE"),
}
"""The links that come from the bibliography."""


class PlainField(NamedTuple):
    """A field of papers that is printed after its label: a text, a number or an address, or a list of them."""

    name: str
    shown: Shown
    has_markup: bool
    is_address: bool

    @property
    def role(self) -> str:
        """What the texts of the field are called among those of a card; no other text is called so."""
        return f"field {self.name}"

    def values(self, paper: Paper) -> tuple[str, ...]:
        """Return what *paper* says there."""
        value = getattr(paper, self.name)
        items = value if isinstance(value, tuple) else () if value is None else (value,)
        return tuple(f"{item:f}" if isinstance(item, Decimal) else str(item) for item in items)

    def texts(self, paper: Paper) -> tuple[Located, ...]:
        """Return the texts with mark-up that *paper* has there."""
        value = getattr(paper, self.name)
        return value if isinstance(value, tuple) else () if value is None else (value,)


def shown_fields(record: type[Record]) -> Mapping[str, Shown]:
    """Return the fields of *record* that readers see, in the order of the record."""
    return {
        name: mark
        for name, hint in hints(record).items()
        for mark in getattr(hint, "__metadata__", ())
        if isinstance(mark, Shown)
    }


@cache
def plain_fields() -> tuple[PlainField, ...]:
    """Return the fields of papers that no code knows by name."""
    return tuple(
        plain_field(name, shown, hints(Paper)[name]) for name, shown in shown_fields(Paper).items() if not shown.special
    )


def plain_field(name: str, shown: Shown, hint: Any) -> PlainField:
    """Return the field of that type; raises `TypeError` when it cannot be printed after its label."""
    inner = list(parts(hint))
    has_markup = Markup.INLINE in inner
    fault = ""
    if Markup.BLOCK in inner or any(isinstance(part, type) and part not in _SIMPLE for part in inner):
        fault = "is neither a line of text nor a number; name its macro in Shown(special=…)"
    elif has_markup and (shown.comparison or shown.filter or shown.search):
        fault = "has mark-up, which stands on cards and in rows only, where the search finds it"
    elif not shown.label:
        fault = "has no label"
    elif name in (DERIVED if shown.comparison else ()) or name in (FILTERED if shown.filter else ()):
        fault = "has the name of something else there"
    if fault:
        message = f"the field '{name}' {fault}"
        raise TypeError(message)
    return PlainField(name, shown, has_markup, is_address=any(part is _ADDRESS for part in inner))


def field_labels() -> dict[str, str]:
    """Return the English label of each field that has one."""
    fields = {**DERIVED, **shown_fields(Paper)}
    return {name: shown.label for name, shown in fields.items() if shown.label}


def compared_fields() -> dict[str, Shown]:
    """Return what a comparison says of papers, in its order; links stand last."""
    fields = {**DERIVED, **{name: shown for name, shown in shown_fields(Paper).items() if shown.comparison}}
    return {name: fields[name] for name in sorted(fields, key=lambda name: name == "links")}


def link_labels() -> dict[str, str]:
    """Return the English label of each kind of link: of the publication, of the paper's record and of a video."""
    fields = {**PUBLICATION, **shown_fields(Links), **shown_fields(Video)}
    return {name: shown.label for name, shown in fields.items()}


def links_of(paper: Paper, catalogue: Catalogue) -> dict[str, str]:
    """Return kind to address: the links of the publication, then those of the survey, which win."""
    reference = catalogue.reference(paper)
    own = {kind: str(url) for kind in field_names(Links) if (url := getattr(paper.links, kind))}
    return {**(reference.links if reference else {}), **own}


def tags_of(paper: Paper, catalogue: Catalogue) -> dict[str, str]:
    """Return the ids of the tags of *paper* with their names; a tag that the vocabulary lacks reads as its id."""
    terms = catalogue.vocabulary.tags
    return {str(tag): str(terms[tag].name if tag in terms else tag) for tag in paper.tags}
