"""The references in other forms, each read back by a program that is not ours."""

from __future__ import annotations

import json
import re
import warnings
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import jsonschema
import pytest
import rispy
from bibtexparser.entrypoint import parse_string as parse_with_bibtexparser
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_string
from pybtex.database.input.bibtex import month_names
from tests.support.texts import load_files, load_good

from sphinx_paper_table.bibliography import csl, ris
from sphinx_paper_table.bibliography.csl import csl_items, csl_json
from sphinx_paper_table.bibliography.entry_types import STAND_INS as TYPES
from sphinx_paper_table.bibliography.ris import ris_text
from sphinx_paper_table.exports.bib_files import bib_file, keys_of

if TYPE_CHECKING:
    from sphinx_paper_table.reading.loader import LoadResult

ROOT = Path(__file__).resolve().parents[2]
CSL_SCHEMA = json.loads(Path(__file__).with_name("data").joinpath("csl-data.json").read_text("utf-8"))
"""The official one, of https://github.com/citation-style-language/schema (MIT licence)."""
HARD = r"""
@string{things = "Journal of " # {Things}}
@string(press = {Ä Press})
@article{zhang2020quick,
  author = {Zhang, Ann and {\'E}mile, J{\"o}rg and van der Berg, Jr., Dirk and {The GPT Team} and others},
  title = "The {BERT} of $x^2$, \emph{or} 5\% -- a {\"U}bung",
  journal = things, volume = 12, number = {3}, pages = {10--19}, month = nov, year = 2020,
  doi = {https://doi.org/10.1000/a_b}, keywords = {vision, language}, issn = {1234-5678},
}
@InProceedings{Abbot1999,
  AUTHOR = {Abbot, Al}, title = {Short}, crossref = {conf1999}, pages = {7},
}
@proceedings{conf1999, title = {Proceedings of Things}, editor = {Boss, Bea}, publisher = press,
  year = 1999, month = "may"}
@misc{team2023report,
  author = {{The GPT Team}}, title = {A Report}, year = {2023}, eprint = {2303.08774}, archiveprefix = {arXiv},
  note = {see https://x.example/?a=b#c},
}
@misc{page, author = {O'Neil, Zoë}, title = {A page = b}, howpublished = {Blog}, year = {c. 2001},
  url = {https://blog.example/a}}
@phdthesis{thesis2001, author = {Solo, Han}, title = {薄片}, school = {Uni}, year = {2001}}
@techreport{report2002, author = {Solo, Han}, title = {R}, institution = {Lab}, number = {TR-7}, month = jun,
  year = {2002}}
@book{book2003, editor = {Solo, Han and Organa, Leia}, title = {B}, publisher = {P}, address = {Bonn}, series = {LNCS},
  number = {99}, edition = {Second}, isbn = {978-3-16-148410-0}, year = {2003}}
"""


@cache
def hard() -> LoadResult:
    """Return entries with everything that BibTeX allows: strings, inheritance, LaTeX, names of all kinds."""
    loaded = load_files({}, {"refs.bib": HARD}, public=("abstract", "keywords"))
    assert loaded.problems == ()
    return loaded


@cache
def real() -> LoadResult:
    """Return what the site has."""
    surveys: dict[str, str | bytes] = {
        str(path.relative_to(ROOT)): path.read_bytes() for path in (ROOT / "docs" / "surveys").rglob("*.yaml")
    }
    return load_files(surveys, {"refs.bib": (ROOT / "refs.bib").read_bytes()})


def bib(loaded: LoadResult, *keys: str) -> str:
    references = loaded.catalogue.references
    return bib_file(keys or references, references, loaded.entries)


def items(loaded: LoadResult) -> dict[str, dict[str, Any]]:
    found = csl_items(loaded.catalogue.references, loaded.entries)
    return {item["id"]: item for item in found}


LOADED = pytest.mark.parametrize("loaded", [hard, real], ids=["hard", "real"])


INHERITED: Final = {"booktitle", "publisher", "year", "month", "editor"}


def own(entry: Any) -> tuple[dict[str, str], dict[str, Any]]:
    """Return the fields and people that an entry has itself; readers of BibTeX find the others in its parent."""
    others = INHERITED if "crossref" in entry.fields else set()
    fields = {name: value for name, value in entry.fields.items() if name not in others}
    return fields, {role: people for role, people in entry.persons.items() if role not in others}


@LOADED
def test_pybtex_reads_back_every_entry_of_the_bibtex_file(loaded: Any) -> None:
    read, entries = parse_string(bib(loaded()), "bibtex").entries, loaded().entries
    assert sorted(read.keys()) == sorted(entries.keys())
    for key, entry in entries.items():
        fields, people = own(entry)
        assert (read[key].type, {name.lower(): value for name, value in read[key].fields.items()}) == (
            entry.type,
            fields,
        )
        assert {role.lower(): found for role, found in read[key].persons.items()} == people, key


@LOADED
def test_bibtexparser_reads_back_every_entry_of_the_bibtex_file(loaded: Any) -> None:
    library, entries = parse_with_bibtexparser(bib(loaded())), loaded().entries
    assert library.failed_blocks == []
    read = {entry.key: entry for entry in library.entries}
    assert sorted(read) == sorted(entries.keys())
    for key, entry in entries.items():
        fields = {field.key.lower(): " ".join(str(field.value).split()) for field in read[key].fields}
        if key in {"report2002", "zhang2020quick"}:
            # the name of BibTeX's own string, which bibtexparser leaves as it is
            fields["month"] = month_names[fields["month"]]
        assert read[key].entry_type.lower() == entry.type
        given, people = own(entry)
        assert {name: fields[name.lower()] for name in given} == given, key
        assert set(fields) == {name.lower() for name in (*given, *people)}


def test_the_entries_are_those_of_their_authors_sorted_and_parents_last() -> None:
    text = bib(hard())
    assert re.findall(r"^@\w+\{([^,]+),", text, re.MULTILINE) == [
        *("Abbot1999", "book2003", "page", "report2002", "team2023report", "thesis2001", "zhang2020quick", "conf1999")
    ]
    for key in ("book2003", "page", "report2002", "team2023report", "thesis2001"):
        assert hard().catalogue.references[key].source in text
    assert "journal = {Journal of Things}" in text, "an @string of the file is written out"
    assert "@string" not in text


@pytest.mark.parametrize(
    "value", ["{Cutting 50% at {95%} scale}", '"Cutting 50% at {95%} scale"', r"{Cutting 50\%} # { at {95%} scale}"]
)
def test_percent_signs_are_escaped_in_what_others_make_latex_of(value: str) -> None:
    """LaTeX would leave out the rest of the line; in an address there is nothing to escape."""
    url = "https://x.example/a%20b"
    text = f"@preamble{{{{50%}}}}\n@misc{{k, title = {value}, author = {{A, B}}, year = 2000, url = {{{url}}}}}\n"
    made = bib(load_files({}, {"refs.bib": text}))
    fields = parse_string(made, "bibtex").entries["k"].fields
    assert (fields["title"], fields["url"]) == (r"Cutting 50\% at {95\%} scale", url)
    other = parse_with_bibtexparser(made).entries_dict["k"].fields_dict
    assert other["title"].value.count(r"\%") == 2
    assert other["url"].value == url


def test_a_part_of_the_bibliography_has_the_entries_it_inherits_from() -> None:
    assert re.findall(r"^@\w+\{([^,]+),", bib(hard(), "Abbot1999", "unknown"), re.MULTILINE) == [
        "Abbot1999",
        "conf1999",
    ]
    assert bib(hard(), "unknown") == ""


def test_a_survey_cites_with_papers_numbers_texts_and_what_it_refers_to() -> None:
    survey = """
survey: a
title: T {cite}`in-a-plain-text`
summary: See {cite:p}`block, two`.
papers:
  - {id: one, name: One, cite: [first, second], summary: "As {cite:t}`inline` says."}
  - {ref: two, note: "And {cite}`note`."}
groups:
  - id: g
    title: G
    groups:
      - id: h
        title: H
        summary: Of {cite:t}`group`.
        papers: [{id: three, name: Three, results: [{benchmark: b, value: 1, source: number}]}]
"""
    other = "survey: b\ntitle: B\npapers: [{id: two, name: Two, cite: other}, {id: four, name: Four, cite: not-in-a}]\n"
    catalogue = load_files({"a.yaml": survey, "b.yaml": other}).catalogue
    assert keys_of(catalogue.surveys["a"], catalogue) == {
        *("block", "two", "first", "second", "inline", "note", "group", "number", "other")
    }
    assert keys_of(catalogue.surveys["b"], catalogue) == {"other", "not-in-a"}


def test_a_survey_that_cites_by_a_former_key_cites_the_entry() -> None:
    survey = (
        "survey: a\ntitle: T\nsummary: See {cite:p}`{see}old{p. 3}`.\npapers: [{id: one, name: One, cite: older}]\n"
    )
    entry = "@misc{new, title = {T}, author = {A, B}, year = 2000, ids = {old, older}}\n"
    catalogue = load_files({"a.yaml": survey}, {"refs.bib": entry}).catalogue
    assert keys_of(catalogue.surveys["a"], catalogue) == {"new"}


def test_every_type_of_entry_has_a_type_in_csl_and_in_ris() -> None:
    known = set(CSL_SCHEMA["items"]["properties"]["type"]["enum"])
    assert set(csl.TYPES) == TYPES.keys() - {"xdata"}
    assert {*csl.TYPES.values(), csl.PREPRINT} <= known
    assert set(ris.TYPES) == {*csl.TYPES.values(), csl.PREPRINT}
    assert set(ris.TYPES.values()) <= set(rispy.config.TYPE_OF_REFERENCE_MAPPING)
    assert set(ris.TAGS.values()) <= set(rispy.config.TAG_KEY_MAPPING.values())
    assert set(csl.VARIABLES) <= set(CSL_SCHEMA["items"]["properties"])


@LOADED
def test_csl_json_is_valid_under_the_official_schema(loaded: Any) -> None:
    data = json.loads(csl_json(list(items(loaded()).values())))
    jsonschema.Draft7Validator(CSL_SCHEMA).validate(data)
    assert [item["id"] for item in data] == sorted(loaded().catalogue.references, key=str.casefold)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(CSL_SCHEMA).validate([{**data[0], "colour": "red"}])


def test_csl_items_say_what_the_entries_say() -> None:
    found = items(hard())
    assert found["zhang2020quick"] == {
        "id": "zhang2020quick",
        "citation-key": "zhang2020quick",
        "type": "article-journal",
        "author": [
            {"family": "Zhang", "given": "Ann"},
            {"family": "Émile", "given": "Jörg"},
            {"non-dropping-particle": "van der", "family": "Berg", "given": "Dirk", "suffix": "Jr."},
            {"literal": "The GPT Team"},
            {"literal": "others"},
        ],
        "issued": {"date-parts": [[2020, 11]]},
        "title": "The BERT of x², or 5% – a Übung",
        "container-title": "Journal of Things",
        "volume": "12",
        "issue": "3",
        "page": "10-19",
        "keyword": "vision, language",
        "ISSN": "1234-5678",
        "DOI": "10.1000/a_b",
        "URL": "https://doi.org/10.1000/a_b",
    }
    assert found["Abbot1999"] == {
        "id": "Abbot1999",
        "citation-key": "Abbot1999",
        "type": "paper-conference",
        "author": [{"family": "Abbot", "given": "Al"}],
        "editor": [{"family": "Boss", "given": "Bea"}],
        "issued": {"date-parts": [[1999, 5]]},
        "title": "Short",
        "container-title": "Proceedings of Things",
        "publisher": "Ä Press",
        "page": "7",
    }
    preprint = found["team2023report"]
    assert (preprint["type"], preprint["number"], preprint["publisher"]) == ("article", "arXiv:2303.08774", "arXiv")
    assert preprint["author"] == [{"literal": "The GPT Team"}]
    assert found["page"]["issued"] == {"literal": "c. 2001"}
    assert found["page"]["publisher"] == "Blog"
    assert found["thesis2001"]["genre"] == "PhD thesis"
    assert found["report2002"]["number"] == "TR-7"
    assert (found["book2003"]["collection-title"], found["book2003"]["collection-number"]) == ("LNCS", "99")
    assert [name["family"] for name in found["book2003"]["editor"]] == ["Solo", "Organa"]


@pytest.mark.parametrize(
    ("entry", "genre"),
    [
        ("@phdthesis{key, school = {U},", "PhD thesis"),
        ("@mastersthesis{key, school = {U},", "Master’s thesis"),
        ("@mastersthesis{key, school = {U}, type = {Diploma thesis},", "Diploma thesis"),
        ("@techreport{key, institution = {U}, type = {White paper},", "White paper"),
        ("@misc{key,", None),
    ],
)
def test_the_genre_is_what_the_entry_says_else_the_kind_of_thesis(entry: str, genre: str | None) -> None:
    loaded = load_files({}, {"refs.bib": f"{entry} author = {{Solo, Han}}, title = {{T}}, year = {{2001}}}}\n"})
    (item,) = csl_items(loaded.catalogue.references, loaded.entries)
    assert item.get("genre") == genre


def cited(loaded: LoadResult, key: str) -> str:
    """Return a reference as citeproc-py formats it in the Harvard style, from our file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # citeproc-py 0.11 does not know citation-key, which CSL 1.0.2 has
        source = CiteProcJSON(json.loads(csl_json(list(items(loaded).values()))))
        assert set(source) == {name.lower() for name in loaded.catalogue.references}
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        bibliography.register(Citation([CitationItem(key.lower())]))
        (text,) = bibliography.bibliography()
    return str(text)


def test_citeproc_formats_what_it_reads() -> None:
    text = cited(real(), "he2020momentum")
    assert text.startswith("He, K. et al. (2020) ")
    assert "Momentum Contrast for Unsupervised Visual Representation Learning" in text
    assert "9726–9735" in text
    assert "10.1109/CVPR42600.2020.00975" in text
    assert "The GPT Team" in cited(hard(), "team2023report")


@LOADED
def test_rispy_reads_back_every_reference(loaded: Any) -> None:
    expected = items(loaded())
    read = {record["id"]: record for record in rispy.loads(ris_text(list(expected.values())))}
    assert list(read) == list(expected)
    for key, record in read.items():
        item = expected[key]
        assert record["title"] == item["title"]
        assert record["type_of_reference"] == ris.TYPES[item["type"]]
        assert len(record.get("authors", ())) == len(item.get("author", ()))
        assert record.get("secondary_title") == item.get("container-title")
        assert record.get("doi") == item.get("DOI")
        assert "unknown_tag" not in record


@LOADED
def test_ris_has_nothing_but_tagged_lines(loaded: Any) -> None:
    """As the format is specified: every reference begins with TY and ends with ER, every line has a tag."""
    text = ris_text(list(items(loaded()).values()))
    records = text.split("\n\n")
    assert len(records) == len(loaded().catalogue.references)
    for record in records:
        assert re.fullmatch(r"TY  - [A-Z]+\n(?:[A-Z][A-Z0-9]  - \S.*\n)+ER  - \n?", record), record


def test_ris_says_what_the_entry_says() -> None:
    records = ris_text(list(items(hard()).values())).split("\n\n")
    (record,) = (record for record in records if "ID  - zhang2020quick" in record)
    assert set(record.splitlines()) >= {
        "TY  - JOUR",
        "AU  - Émile, Jörg",
        "AU  - van der Berg, Dirk, Jr.",
        "AU  - The GPT Team",
        "PY  - 2020",
        "DA  - 2020/11",
        "T2  - Journal of Things",
        "VL  - 12",
        "IS  - 3",
        "SP  - 10",
        "EP  - 19",
        "KW  - vision",
        "KW  - language",
        "DO  - 10.1000/a_b",
    }


def test_no_references_are_empty_files() -> None:
    nothing = load_good(bib="").catalogue.references
    assert (bib_file([], nothing, {}), csl_json(csl_items(nothing, {})), ris_text([])) == ("", "[]\n", "")
