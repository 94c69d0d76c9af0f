"""What a reference says of itself: labels, dates of preprints, addresses."""

from __future__ import annotations

import pytest

from sphinx_paper_table.survey.references import ENGLISH, OTHERS, Author, LabelWords, Reference

CHINESE = LabelWords(two="%s 和 %s", many="%s 等", comma="，")


def by(*families: str, year: str = "2020") -> Reference:
    """Return a reference by these authors."""
    return Reference("key2020", "misc", authors=tuple(Author("Given", family) for family in families), year=year)


@pytest.mark.parametrize(
    ("reference", "label"),
    [
        (by("He", "Fan", "Wu"), "He et al., 2020"),
        (by("Chen", "He"), "Chen and He, 2020"),
        (by("Krizhevsky"), "Krizhevsky, 2020"),
        (by("He", OTHERS), "He et al., 2020"),
        (by(), "2020"),
        (Reference("k", "misc", title="A Book", year="1999"), "A Book, 1999"),
        (by("He", year=""), "He"),
        (by("100%s", "5%"), "100%s and 5%, 2020"),
        (by(year=""), "key2020"),
        (Reference("k", "misc", authors=(Author("Plato", ""),), year="-380"), "Plato, -380"),
    ],
)
def test_the_label_names_one_or_two_authors_and_the_year(reference: Reference, label: str) -> None:
    assert reference.label == label


@pytest.mark.parametrize(
    ("reference", "label"),
    [
        (by("He", "Fan", "Wu"), "He 等，2020"),
        (by("Chen", "He"), "Chen 和 He，2020"),
        (by("Krizhevsky"), "Krizhevsky，2020"),
        (by("He", OTHERS), "He 等，2020"),
    ],
)
def test_the_label_has_the_words_of_the_language(reference: Reference, label: str) -> None:
    assert reference.label_in(CHINESE) == label
    assert f"{reference.short_authors_in(CHINESE)}，2020" == label


def test_authors_who_are_not_named_are_mentioned_in_the_language() -> None:
    reference = Reference("k", "misc", authors=(Author("Given", "He"), Author("", OTHERS)))
    assert reference.authors_in(ENGLISH) == ("Given He", "et al.")
    assert reference.authors_in(CHINESE) == ("Given He", "等")


@pytest.mark.parametrize(
    ("arxiv", "date"),
    [
        ("1911.05722", "2019-11"),
        ("1911.05722v3", "2019-11"),
        ("0704.0001", "2007-04"),
        ("2104.10157", "2021-04"),
        ("cs/9308101", "1993-08"),
        ("hep-th/9108001", "1991-08"),
        ("math.GT/0309136", "2003-09"),
        ("cs/0012345v2", "2000-12"),
        ("1913.05722", "2020"),
        ("nonsense", "2020"),
        ("", "2020"),
    ],
)
def test_first_public_is_the_month_in_the_arxiv_id_else_the_year(arxiv: str, date: str) -> None:
    assert Reference("k", "misc", year="2020", arxiv=arxiv).first_public == date


def test_published_is_venue_and_year_as_far_as_known() -> None:
    assert Reference("k", "misc", venue="CVPR", year="2020").published == "CVPR 2020"
    assert Reference("k", "misc", year="2020").published == "2020"
    assert Reference("k", "misc").published == ""


def test_links_are_those_that_are_known() -> None:
    reference = Reference("k", "misc", doi="10.1/x(y)", arxiv="1911.05722", url="https://example.org/p.pdf")
    assert reference.links == {
        "paper": "https://example.org/p.pdf",
        "arxiv": "https://arxiv.org/abs/1911.05722",
        "doi": "https://doi.org/10.1/x(y)",
    }
    assert Reference("k", "misc").links == {}


def test_an_author_prints_in_reading_order() -> None:
    assert str(Author("Aaron", "van den Oord")) == "Aaron van den Oord"
    assert str(Author("", "Open Team")) == "Open Team"
