"""What a publication is known by, wherever an export hides it."""

from __future__ import annotations

import pytest
from tests.support.texts import bibliography_of

from sphinx_paper_table.bibliography.identifiers import identifiers


@pytest.mark.parametrize(
    "fields",
    [
        {"eprint": "2401.01234", "archiveprefix": "arXiv"},
        {"eprint": "2401.01234v2", "eprinttype": "arxiv"},
        {"eprint": "arXiv:2401.01234"},
        {"arxivid": "2401.01234"},
        {"journal": "arXiv preprint arXiv:2401.01234"},
        {"journaltitle": "ArXiv e-prints", "eid": "arXiv:2401.01234"},
        {"journal": "CoRR", "volume": "abs/2401.01234"},
        {"journal": "arXiv", "volume": "doi.org/10.48550/arXiv.2401.01234"},
        {"journal": "ArXiv", "volume": "abs/2401.01234"},
        {"doi": "10.48550/arXiv.2401.01234"},
        {"url": "https://doi.org/10.48550/ARXIV.2401.01234"},
        {"url": r"\url{http://arxiv.org/pdf/2401.01234v3.pdf}"},
        {"url": "https://www.alphaxiv.org/abs/2401.01234"},
        {"howpublished": "arXiv:2401.01234 [cs.CV]"},
        {"howpublished": r"\url{https://arxiv.org/abs/2401.01234}"},
        {"note": "arXiv: 2401.01234 [hep-ph]"},
        {"note": "Preprint arXiv:2401.01234"},
        {"note": r"\href{https://arxiv.org/abs/2401.01234}{arXiv}"},
        {"eprint": "https://arxiv.org/abs/2401.01234"},
        {"eprint": "arXiv:2401.01234v1 [cs.CV]"},
        {"eprint": "oai:arXiv.org:2401.01234"},
        {"eprint": "arXiv.2401.01234"},
        {"journal": "CoRR abs/2401.01234"},
        {"journal": "arXiv", "volume": "abs/2401.01234"},
        {"journaltitle": "Computing Research Repository", "volume": "abs/2401.01234"},
        {"publisher": "arXiv", "number": "2401.01234"},
        {"howpublished": "arXiv preprint 2401.01234"},
        {"url": "https://huggingface.co/papers/2401.01234"},
    ],
)
def test_an_arxiv_id_in_all_its_places(fields: dict[str, str]) -> None:
    assert identifiers(fields)["arxiv"] == "2401.01234"


@pytest.mark.parametrize(
    ("fields", "arxiv"),
    [
        ({"eprint": "hep-th/9901001v2", "archiveprefix": "arXiv"}, "hep-th/9901001"),
        ({"eprint": "math.GT/0309136"}, "math.GT/0309136"),
        ({"journal": "CoRR", "volume": "cs.CL/0001001"}, "cs.CL/0001001"),
        ({"eprint": "9901001", "primaryclass": "hep-th", "archiveprefix": "arXiv"}, "hep-th/9901001"),
        ({"eprint": "9901001", "archiveprefix": "hep-th"}, "hep-th/9901001"),
        ({"journal": "J. Physics", "volume": "2401.01234"}, ""),
        ({"journal": "Decorrelation", "number": "2401.01234"}, ""),
        ({"eprint": "12345678", "eprinttype": "pubmed"}, ""),
        ({"eprint": "2401.01234", "eprinttype": "jstor"}, ""),
        ({"note": "An extension of arXiv:2401.01234"}, ""),
        ({"number": "2413.99999", "doi": "10.1000/2401.01234"}, ""),
    ],
)
def test_what_is_one_and_what_is_none(fields: dict[str, str], arxiv: str) -> None:
    assert identifiers(fields).get("arxiv", "") == arxiv


@pytest.mark.parametrize(
    ("fields", "archive", "name"),
    [
        ({"doi": r"https://dx.doi.org/10.1000/a\_b"}, "doi", "10.1000/a_b"),
        ({"doi": "doi: 10.1000/ab"}, "doi", "10.1000/ab"),
        ({"url": "https://doi.org/10.1000/a%2Fb"}, "doi", "10.1000/a/b"),
        ({"doi": "10.1000/ab; 10.1000/cd"}, "doi", "10.1000/ab"),
        ({"doi": "DOI 10.1000/\n ab"}, "doi", "10.1000/ab"),
        ({"doi": "null", "url": "https://dl.acm.org/doi/abs/10.1145/12.34?a=b"}, "doi", "10.1145/12.34"),
        ({"url": "http://doi.acm.org/10.1145/12.34"}, "doi", "10.1145/12.34"),
        ({"ee": "http://doi.ieeecomputersociety.org/10.1109/AB.2009.7"}, "doi", "10.1109/AB.2009.7"),
        ({"url": "https://link.springer.com/book/10.1007/978-1-4757-0000-0"}, "doi", "10.1007/978-1-4757-0000-0"),
        ({"url": "http://link.springer.com/10.1007/s0-009-9"}, "doi", "10.1007/s0-009-9"),
        ({"doi": "10.1000/(SICI)12<34::AB>5.0.CO;2-6"}, "doi", "10.1000/(SICI)12<34::AB>5.0.CO;2-6"),
        ({"doi": "10.1000/a%00b%0A"}, "doi", "10.1000/ab"),
        ({"doi": r"\href{https://doi.org/10.1000/ab}{10.1000/ab}"}, "doi", "10.1000/ab"),
        ({"doi": "DOI: 10.1000/ab."}, "doi", "10.1000/ab"),
        ({"eprint": "10.1000/ab", "eprinttype": "doi"}, "doi", "10.1000/ab"),
        ({"note": "doi: 10.1000/ab, in press"}, "doi", "10.1000/ab"),
        ({"note": r"\href{https://doi.org/10.1000/ab}{doi}"}, "doi", "10.1000/ab"),
        ({"url": "https://doi.org/10.1000/ab?utm_source=x#y"}, "doi", "10.1000/ab"),
        ({"url": "https://doi.org/doi:10.1000/ab"}, "doi", "10.1000/ab"),
        ({"url": "https://doi-org.proxy.example/10.1000/ab"}, "doi", "10.1000/ab"),
        ({"url": "https://link.springer.com/article/10.1007/ab"}, "doi", "10.1007/ab"),
        ({"url": "https://journals.aps.org/prd/pdf/10.1103/ab"}, "doi", "10.1103/ab"),
        ({"url": "https://iopscience.iop.org/article/10.1088/ab/pdf"}, "doi", "10.1088/ab"),
        ({"url": "https://aclanthology.org/2021.acl-long.7/"}, "acl", "2021.acl-long.7"),
        ({"url": "http://www.aclweb.org/anthology/P/P19/P19-1001.pdf"}, "acl", "P19-1001"),
        ({"doi": "10.18653/v1/N19-1423"}, "acl", "N19-1423"),
        ({"url": "https://openreview.net/pdf?id=aB3_d-9"}, "openreview", "aB3_d-9"),
        ({"url": "https://openreview.net/forum?noteId=x&id=Qq"}, "openreview", "Qq"),
        ({"pmid": "7654321"}, "pubmed", "7654321"),
        ({"note": "PMID: 7654321"}, "pubmed", "7654321"),
        ({"eprint": "7654321", "eprinttype": "pubmed"}, "pubmed", "7654321"),
        ({"url": "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1234567/"}, "pmcid", "PMC1234567"),
        ({"isbn": "978-3-16-148410-0 (paper)"}, "isbn", "9783161484100"),
        ({"url": "https://inspirehep.net/literature/42"}, "inspire", "42"),
    ],
)
def test_other_archives(fields: dict[str, str], archive: str, name: str) -> None:
    assert identifiers(fields)[archive] == name


@pytest.mark.parametrize("text", ["null", "n/a", "-", "urn:x", "10.1000", "http://example.org/x"])
def test_a_word_in_the_field_for_it_is_no_doi(text: str) -> None:
    """Five works whose library says "null" were reported as one."""
    assert identifiers({"doi": text}) == {}


def test_they_give_links_and_the_date() -> None:
    text = (
        "@inproceedings{a, author = {A, B}, title = {T}, booktitle = {C}, year = 2024, pmid = {77},\n"
        "  url = {https://openreview.net/forum?id=abc}, note = {arXiv:2311.00001}}"
    )
    reference = bibliography_of(text)[0].references["a"]
    assert reference.links == {
        "paper": "https://openreview.net/forum?id=abc",
        "arxiv": "https://arxiv.org/abs/2311.00001",
        "pubmed": "https://pubmed.ncbi.nlm.nih.gov/77/",
    }
    assert reference.first_public == "2023-11"
