"""Formats of reference managers: RIS, CSL-JSON, Better BibTeX JSON, Zotero RDF; what they say, and what is hostile."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.importing.support import collection, shape

from sphinx_paper_table.bibliography.settings import DEFAULT
from sphinx_paper_table.editing.documents import EditError
from sphinx_paper_table.importing.entries import decode

if TYPE_CHECKING:
    from sphinx_paper_table.survey.references import Reference

RIS: Final = """\
TY  - JOUR
AU  - Doe, Jane
AU  - {Consortium}
TI  - A 100% & {odd} title_of $5
T2  - Nature
PY  - 2020/05/03
SP  - 1
EP  - 10
DO  - https://doi.org/10.1000/xyz
KW  - one
KW  - two
N1  - a remark
ID  - doe
ER  -

TY  - THES
AU  - Roe, Richard, Jr.
TI  - A thesis
M3  - Master's thesis
PY  - 2019
"""
ZOTERO: Final[dict[str, Any]] = {
    "config": {"label": "BetterBibTeX JSON"},
    "collections": {
        "AAA": {"key": "AAA", "name": "Top", "parent": False, "items": [1], "collections": ["BBB"]},
        "BBB": {"key": "BBB", "name": "Inner", "parent": "AAA", "items": [1, 2], "collections": []},
        "CCC": {"key": "CCC", "name": "Loop", "parent": "CCC", "items": [3], "collections": ["CCC"]},
    },
    "items": [
        {
            "itemID": 1,
            "itemType": "conferencePaper",
            "citationKey": "doe2020",
            "title": "A <i>short</i> title of H<sub>2</sub>O and BERT",
            "creators": [
                {"creatorType": "author", "firstName": "Jane", "lastName": "Doe"},
                {"creatorType": "editor", "name": "The Editors"},
                {"creatorType": "translator", "lastName": "Roe"},
            ],
            "date": "May 2020",
            "proceedingsTitle": "Proceedings",
            "pages": "1-10",
            "extra": "arXiv:2001.00001 [cs]\nZSCC: 5",
            "tags": [{"tag": "one"}, {"tag": "two", "type": 1}],
            "notes": [{"note": "<p>My <b>own</b> words &amp; *more*</p>"}],
            "attachments": [{"title": "Full Text", "path": "/home/me/secret.pdf"}],
        },
        {"itemID": 2, "itemType": "preprint", "title": "B", "archiveID": "arXiv:2002.00002", "itemKey": "KEY2"},
        {"itemID": 3, "itemType": "thesis", "thesisType": "PhD", "title": "C", "university": "MIT", "date": "2018"},
        {"itemID": 4, "itemType": "note", "note": "<p>alone</p>"},
    ],
}
CSL: Final[list[dict[str, Any]]] = [
    {
        "id": "http://zotero.org/users/1/items/AB",
        "citation-key": "doe2020",
        "type": "article-journal",
        "title": "A title",
        "author": [{"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"}, {"literal": "WHO"}],
        "issued": {"date-parts": [["2020", 5, 3]]},
        "container-title": "Nature",
        "page": "1-10",
        "DOI": "10.1000/XYZ",
        "source": "arXiv.org",
    },
    {"id": 7, "type": "thesis", "title": "T", "genre": "Master thesis", "issued": {"raw": "Winter 2019"}},
]
RDF: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">
  <bib:Article rdf:about="https://example.org/a">
    <z:itemType>journalArticle</z:itemType>
    <dcterms:isPartOf rdf:resource="urn:issn:1"/>
    <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Doe</foaf:surname><foaf:givenName>Jane</foaf:givenName>
      </foaf:Person></rdf:li></rdf:Seq></bib:authors>
    <dc:subject>one</dc:subject>
    <dc:subject><z:AutomaticTag><rdf:value>two</rdf:value></z:AutomaticTag></dc:subject>
    <dcterms:isReferencedBy rdf:resource="#item_2"/>
    <dc:title>A title</dc:title><dc:date>2020-05-03</dc:date><bib:pages>1-10</bib:pages>
    <dc:identifier><dcterms:URI><rdf:value>https://example.org/a</rdf:value></dcterms:URI></dc:identifier>
  </bib:Article>
  <bib:Journal rdf:about="urn:issn:1"><dc:title>Nature</dc:title><prism:volume>5</prism:volume>
    <dc:identifier>DOI 10.1000/xyz</dc:identifier></bib:Journal>
  <bib:Memo rdf:about="#item_2"><rdf:value>&lt;p&gt;mine&lt;/p&gt;</rdf:value></bib:Memo>
  <bib:Memo rdf:about="#item_9"><rdf:value>alone</rdf:value></bib:Memo>
  <z:Collection rdf:about="#collection_1"><dc:title>Top</dc:title>
    <dcterms:hasPart rdf:resource="#collection_2"/></z:Collection>
  <z:Collection rdf:about="#collection_2"><dc:title>Inner</dc:title>
    <dcterms:hasPart rdf:resource="https://example.org/a"/></z:Collection>
</rdf:RDF>
"""


def references(name: str, text: str) -> tuple[list[Reference], list[str]]:
    """Return what a collection says of its works, and the types of their entries."""
    found = collection(name, text)
    works = list(dict.fromkeys(found.all_works()))
    decoded = decode(works, DEFAULT)
    return decoded.references, [entry.type for entry in decoded.entries]


def test_ris() -> None:
    found = collection("x.ris", RIS)
    (first, thesis), types = references("x.ris", RIS)
    assert types == ["article", "mastersthesis"]
    assert (first.title, first.venue, first.doi, first.date) == (
        "A 100% & {odd} title_of $5",
        "Nature",
        "10.1000/xyz",
        "2020-05",
    )
    assert [str(author) for author in first.authors] == ["Jane Doe", "{Consortium}"]
    assert [str(author) for author in thesis.authors] == ["Richard Roe Jr."]
    assert [work.tags for work in found.works] == [("one", "two"), ()]
    assert "a remark" in found.leftovers[0].text
    assert [work.position.line for work in found.works] == [1, 16]


def test_better_bibtex_json() -> None:
    text = json.dumps(ZOTERO, indent=1)
    found = collection("x.json", text)
    assert shape(found.groups) == [("Top", ["doe2020"], ("Inner", ["doe2020", "KEY2"]))]
    assert [work.fields["title"] for work in found.works] == ["C"], "a circle of collections has no place"
    (first, second, thesis), types = references("x.json", text)
    assert sorted(types) == ["inproceedings", "misc", "phdthesis"]
    by_title = {one.title: one for one in (first, second, thesis)}
    paper = by_title["A short title of H₂O and BERT"]
    assert (paper.arxiv, paper.year, paper.venue) == ("2001.00001", "2020", "Proceedings")
    assert by_title["B"].arxiv == "2002.00002"
    assert by_title["C"].venue == "MIT"
    work = next(work for work in found.all_works() if work.key == "doe2020")
    assert (work.tags, work.summary) == (("one", "two"), "My  own  words \\& \\*more\\*")
    told = "\n".join(one.text for one in found.leftovers)
    for part in ("ZSCC: 5", "Full Text", "Roe", "alone"):
        assert part in told
    assert "/home/me" not in told


def test_csl_json() -> None:
    text = json.dumps(CSL)
    found = collection("x.json", text)
    (first, thesis), types = references("x.json", text)
    assert [work.key for work in found.works] == ["doe2020", "7"]
    assert types == ["article", "mastersthesis"]
    assert [str(author) for author in first.authors] == ["Ludwig van Beethoven", "WHO"]
    assert (first.date, first.doi, first.venue) == ("2020-05", "10.1000/XYZ", "Nature")
    assert thesis.year == "2019"
    assert "arXiv.org" in found.leftovers[0].text
    assert collection("y.json", json.dumps({"items": CSL})).works[0].key == "doe2020"


def test_zotero_rdf() -> None:
    found = collection("x.rdf", RDF)
    (work,) = dict.fromkeys(found.all_works())
    (reference,), types = references("x.rdf", RDF)
    assert (types, reference.venue, reference.doi, reference.date) == (["article"], "Nature", "10.1000/xyz", "2020-05")
    assert (work.key, work.tags, work.summary) == ("https://example.org/a", ("one", "two"), "mine")
    assert [one.text for one in found.leftovers] == ["alone"]
    assert shape(found.groups) == [("Top", [], ("Inner", ["https://example.org/a"]))]


def test_collections_that_contain_each_other_end_nothing() -> None:
    part = '<dcterms:hasPart rdf:resource="#collection_1"/>'
    found = collection("x.rdf", RDF.replace("<dc:title>Inner</dc:title>", f"<dc:title>Inner</dc:title>{part}"))
    assert (found.groups, len(found.works)) == ((), 1)


BOMB: Final = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n'
OUTSIDE: Final = '<?xml version="1.0"?>\n<!DOCTYPE x SYSTEM "file:///etc/passwd">\n'


@pytest.mark.parametrize("head", [BOMB, OUTSIDE])
def test_xml_with_a_document_type_is_refused(head: str) -> None:
    text = RDF.replace('<?xml version="1.0" encoding="UTF-8"?>\n', head)
    with pytest.raises(EditError, match=r"x\.rdf:2:\d+: the file has a document type"):
        collection("x.rdf", text)


def test_xml_that_is_too_deep_or_none_is_refused() -> None:
    with pytest.raises(EditError, match="too deep"):
        collection("x.rdf", RDF.replace("<dc:subject>one</dc:subject>", "<z:a>" * 10_000 + "</z:a>" * 10_000))
    with pytest.raises(EditError, match=r"x\.rdf:\d+:\d+: this is no XML"):
        collection("x.rdf", RDF[:-20])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", r"x\.json:1:2: this is no JSON"),
        ("[" * 200_000, "beyond any honest size"),
        ("[" + "9" * 10_000 + "]", "beyond any honest size|none of the formats"),
        ("{}", "none of the formats"),
        ("[1, 2]", "none of the formats"),
    ],
)
def test_json_that_is_none_or_something_else_is_refused(text: str, message: str) -> None:
    with pytest.raises(EditError, match=message):
        collection("x.json", text)


WRONG: Final[tuple[Any, ...]] = (None, 0, "x", [], {}, [None], [[]], {"a": []}, True, 1e999, "\0<script>", ["x"] * 3)


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_values_of_another_kind_end_nothing(wrong: Any) -> None:
    """Each value of each format is replaced by what it should not be."""
    for name in ZOTERO["items"][0]:
        if name != "itemType":
            item = {**ZOTERO["items"][0], name: wrong}
            references("x.json", json.dumps({**ZOTERO, "items": [item]}))
    for name in CSL[0]:
        references("x.json", json.dumps([{**CSL[0], name: wrong, **({"type": "book"} if name == "type" else {})}]))
    references("x.json", json.dumps({**ZOTERO, "collections": wrong}))
    references("x.json", json.dumps({**ZOTERO, "collections": {"A": wrong, "B": {"name": wrong, "items": wrong}}}))


@pytest.mark.parametrize(
    "text", ["TY  - JOUR\nTY  - JOUR\n", "TY  - \nER  - \n", "TY  - X\nAU  - ,\nPY  - \n", "TY  -"]
)
def test_ris_of_any_shape_ends_nothing(text: str) -> None:
    references("x.ris", text)


EXPORTS = """\
TY  - JOUR
TI  - Calls of <i>Orcinus</i>
AU  - Doe, J
JO  - Marine Sounds
PU  - A PRESS
PI  - LISBON
C7  - 1147
PG  - 11-23
SP  - 11
EP  - 23
PD  - {}
NS  - {}
N1  - {}
DA  - MAR 15
PY  - 2023
AN  - WOS:0009
UR  - https://example.org/a
UR  - https://example.org/b
FU  - A fund
ER  - {}

TY  - JOUR
TI  - Nothing more
AU  - Roe, R
AN  - arXiv:2001.00001
DB  - arXiv
PD  - {}
N1  - {}
ER  - {}
""".replace("{}", "")


def test_tags_that_programs_add_to_ris() -> None:
    """What they say more has a place or is kept; tags without a value say nothing."""
    found = collection("x.ris", EXPORTS)
    first, _second = found.works
    assert {name: first.fields.get(name) for name in ("publisher", "address", "eid", "pages", "year", "month")} == {
        "publisher": "A PRESS",
        "address": "LISBON",
        "eid": "1147",
        "pages": "11--23",
        "year": "2023",
        "month": "March",
    }
    (kept,) = found.leftovers
    assert json.loads(kept.text) == {
        "accession_number": "WOS:0009",
        "urls": ["https://example.org/b"],
        "unknown_tag": {"FU": ["A fund"]},
    }
