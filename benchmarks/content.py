"""A seeded generator of papers: equal arguments give equal papers, whatever the machine."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

PER_GROUP: Final = 5
PER_PAGE: Final = 25
TAGS_PER_PAPER: Final = 3
ANYWHERE: Final = 0.4
"""Share of relations that may lead to any page; the others stay on their own."""
MONTHS: Final = 180
FIRST_YEAR: Final = 2010


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_WORDS: Final = _words(
    "adaptive aligned attention augmented balanced batch bottleneck boundary calibrated centred channel clustered "
    "coarse compact conditional consistent contrastive convolution decoder deep dense depth discrete distance "
    "distilled domain embedding encoder end energy episodic feature field filter fine frame frozen gated global "
    "gradient graph grouped hidden hierarchical image implicit invariant kernel label language latent layer "
    "linear local loss margin masked memory mixture momentum motion multiscale negative network neighbour noise "
    "normalised object patch path pixel positive prior progressive prototype proxy query queue random recurrent "
    "region residual robust sample scale segment semantic sequence shallow shared sparse spatial stochastic "
    "structured supervised target temperature temporal token trained transfer transformer uniform view visual "
    "weighted window"
)
_VERBS: Final = (
    "aligns",
    "predicts",
    "replaces",
    "samples",
    "shares",
    "compares",
    "reuses",
    "removes",
    "learns",
    "ranks",
)
_FAMILIES: Final = _words(
    "Abara Becker Castel Dumont Eriksen Fujita Garcia Haddad Ivanov Jansen Kowalski Larsen Moreau Nakata Okafor "
    "Petrov Quispe Rossi Santos Tanaka Uribe Vogel Wagner Xavier Yilmaz Zeman"
)
_GIVEN: Final = _words("Ada Bo Chen Dina Emil Fatou Goro Hana Igor Jin Karla Lian Mina Nils Olga Pedro")
_VENUES: Final = {
    "CVPR": "Conference on Computer Vision and Pattern Recognition",
    "ICCV": "International Conference on Computer Vision",
    "ECCV": "European Conference on Computer Vision",
    "NeurIPS": "Advances in Neural Information Processing Systems",
    "ICLR": "International Conference on Learning Representations",
}
TAGS: Final = {f"{first}-{second}": f"{first} {second}" for first in _WORDS[::12] for second in _WORDS[5::28]}
"""Tag id to what readers see."""
INVERSE: Final = {"extends": "extended by", "uses": "used by"}
"""The relation types that are used, with the labels of their other direction."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation to the paper number *to*; *why* is empty for some."""

    type: str
    to: int
    why: str


@dataclass(frozen=True, slots=True)
class Publication:
    """What the BibTeX entry says."""

    key: str
    title: str
    authors: tuple[tuple[str, str], ...]
    venue: str
    year: int
    arxiv: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What the survey says; the summary holds inline mark-up that MyST pages and YAML files write alike."""

    number: int
    id: str
    name: str
    summary: str
    tags: tuple[str, ...]
    relations: tuple[Relation, ...]
    code: str
    publication: Publication


@dataclass(frozen=True, slots=True)
class Group:
    """Five papers: a tab."""

    id: str
    title: str
    period: str
    summary: str
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """Five groups: a page."""

    id: str
    title: str
    summary: str
    groups: tuple[Group, ...]

    @property
    def papers(self) -> Iterator[Paper]:
        """The papers of all groups."""
        return (paper for group in self.groups for paper in group.papers)


@dataclass(frozen=True, slots=True)
class Library:
    """All surveys of one site."""

    surveys: tuple[Survey, ...]

    @property
    def papers(self) -> list[Paper]:
        """The papers of all surveys; each stands at the index of its number."""
        return [paper for survey in self.surveys for paper in survey.papers]


def library(count: int, seed: int = 1, per_page: int = PER_PAGE) -> Library:
    """Return *count* papers in groups and surveys, *per_page* in each survey."""
    random = Random(seed)  # noqa: S311 (nothing secret)
    papers = [_paper(number, count, random) for number in range(count)]
    pages = [papers[start : start + per_page] for start in range(0, count, per_page)]
    return Library(tuple(_survey(number, page, random) for number, page in enumerate(pages, 1)))


def _survey(number: int, papers: list[Paper], random: Random) -> Survey:
    parts = [papers[start : start + PER_GROUP] for start in range(0, len(papers), PER_GROUP)]
    groups = (_group(f"group-{place}", part, random) for place, part in enumerate(parts, 1))
    return Survey(f"survey-{number:04}", f"Survey {number}: {_phrase(random, 3)}", _sentence(random, 24), tuple(groups))


def _group(name: str, papers: list[Paper], random: Random) -> Group:
    period = f"{papers[0].publication.year} – {papers[-1].publication.year}"
    return Group(name, _phrase(random, 3).capitalize(), period, _sentence(random, 16), tuple(papers))


def _paper(number: int, count: int, random: Random) -> Paper:
    word = _pseudo_word(number)
    return Paper(
        number=number,
        id=word,
        name=f"{word.capitalize()}Net",
        summary=_summary(random),
        tags=tuple(random.sample(list(TAGS), TAGS_PER_PAPER)),
        relations=_relations(number, count, random),
        code=f"https://code.example.org/{word}",
        publication=_publication(number, count, word, random),
    )


def _publication(number: int, count: int, word: str, random: Random) -> Publication:
    """Return a publication; later numbers are never earlier, so that every paper may extend those before it."""
    years, month = divmod(number * MONTHS // count, 12)
    authors = tuple((random.choice(_FAMILIES), random.choice(_GIVEN)) for _ in range(random.randint(2, 6)))
    return Publication(
        key=f"{authors[0][0].lower()}{FIRST_YEAR + years}{word}",
        title=f"{word.capitalize()}: {_phrase(random, 6).title()}",
        authors=authors,
        venue=random.choice(list(_VENUES)),
        year=FIRST_YEAR + years,
        arxiv=f"{FIRST_YEAR + years - 2000:02}{month + 1:02}.{number:05}",
    )


def venue_name(venue: str) -> str:
    """Return the full name of a venue."""
    return _VENUES[venue]


def _relations(number: int, count: int, random: Random) -> tuple[Relation, ...]:
    """Return two relations, the first with its reason; fewer where there are too few papers."""
    first = _target(number, range(number), {number}, random)
    second = _target(number, range(count), {number, first}, random)
    found = []
    if first is not None:
        found.append(Relation("extends", first, f"it {random.choice(_VERBS)} *{_phrase(random, 4)}*"))
    if second is not None:
        found.append(Relation("uses", second, ""))
    return tuple(found)


def _target(number: int, anywhere: range, taken: set[int | None], random: Random) -> int | None:
    """Return a paper that is not *taken*: one of the same page, or one anywhere; None when there is no such paper."""
    page = number - number % PER_PAGE
    near = range(max(anywhere.start, page), min(anywhere.stop, page + PER_PAGE))
    if all(other in taken for other in anywhere):
        return None
    choices = anywhere if random.random() < ANYWHERE or all(other in taken for other in near) else near
    return next(found for found in iter(lambda: random.choice(choices), None) if found not in taken)


def _summary(random: Random) -> str:
    """Return three sentences with the usual inline mark-up."""
    spans = f"a *{_phrase(random, 2)}* and a `{_phrase(random, 1)}` for **{_phrase(random, 2)}**"
    return f"{_sentence(random, 14)} It {random.choice(_VERBS)} {spans}. {_sentence(random, 12)}"


def _sentence(random: Random, length: int) -> str:
    half = length // 2
    return f"The {_phrase(random, half)} {random.choice(_VERBS)} the {_phrase(random, length - half)}."


def _phrase(random: Random, length: int) -> str:
    return " ".join(random.choice(_WORDS) for _ in range(length))


def _pseudo_word(number: int) -> str:
    """Return a word that no other number has."""
    syllables = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
    word = ""
    for _ in range(3):
        number, place = divmod(number * 37 + 11 if not word else number, len(syllables))
        word += syllables[place]
    return f"{word}{number}" if number else word
