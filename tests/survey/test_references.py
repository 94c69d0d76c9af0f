"""What a reference says of itself: labels, dates of preprints, addresses."""

from __future__ import annotations

import pytest
from tests.support.texts import bibliography_of

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
        (by("He", year=""), "He, n.d."),
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


PARENT = "@misc{parent, title = {Data}, publisher = {Data}, year = {2020}}\n"


@pytest.mark.parametrize("field", ["xdata", "crossref"])
def test_what_identifies_an_entry_changes_with_the_one_that_it_inherits_from(field: str) -> None:
    child = f"@misc{{child, title = {{T}}, year = {{2020}}, {field} = {{parent}}}}\n"
    before, after = (
        bibliography_of(parent + child)[0].contents for parent in (PARENT, PARENT.replace("{Data}", "{Other}"))
    )
    assert before["child"] != after["child"]
    assert bibliography_of(PARENT + child)[0].contents == before


@pytest.mark.parametrize(
    ("fields", "arxiv"),
    [
        ("eprint = {2003.04297}, archiveprefix = {arXiv}", "2003.04297"),
        ("eprint = {2003.04297}, eprinttype = {arxiv}", "2003.04297"),
        ("eprint = {2003.04297}, eprinttype = {ArXiv}", "2003.04297"),
        ("eprint = {12345678}, eprinttype = {pubmed}", ""),
        ("eprint = {2003.04297}", "2003.04297"),
        ("eprint = {2003.04297}, eprinttype = {jstor}", ""),
    ],
)
def test_an_eprint_is_that_of_arxiv_unless_the_entry_says_otherwise(fields: str, arxiv: str) -> None:
    found, _problems = bibliography_of(f"@misc{{a2020, title = {{T}}, year = {{2020}}, {fields}}}\n")
    assert found.references["a2020"].arxiv == arxiv


def test_addresses_are_quoted() -> None:
    """What stands in a field may have spaces, quotes and signs of its own; DOIs have slashes and brackets."""
    links = Reference("k", "misc", arxiv='cs/9308101"?x=1#y', doi='10.1000/(a):b;c "d"<e>?f#g').links
    assert links == {
        "arxiv": "https://arxiv.org/abs/cs/9308101%22%3Fx%3D1%23y",
        "doi": "https://doi.org/10.1000/(a):b;c%20%22d%22%3Ce%3E%3Ff%23g",
    }


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
