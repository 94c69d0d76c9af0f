"""What is published of an entry: what describes the work, complete in itself, and nothing else."""

from __future__ import annotations

import pytest
from tests.support.texts import load_files

from sphinx_paper_table.bibliography.csl import csl_items, csl_json
from sphinx_paper_table.bibliography.ris import ris_text
from sphinx_paper_table.exports.bib_files import bib_file
from sphinx_paper_table.survey.problems import Code, Severity

PRIVATE = """@article{mole2019, author = {Mole, Ann}, title = {On Tunnels}, journal = {Soil}, year = 2019,
  file = {PDF:/home/ann/papers/secret.pdf:application/pdf}, annote = {secret}, owner = {secret}, ABSTRACT = {secret},
  keywords = {secret}, mendeley-groups = {secret}, my.mark = {secret}, pdf = {C:\\Users\\ann\\secret.pdf}}
"""


def exported(text: str, public: tuple[str, ...] = ()) -> str:
    loaded = load_files({}, {"refs.bib": text}, public)
    references, entries = loaded.catalogue.references, loaded.entries
    items = csl_items(references, entries)
    return "\n".join(
        [bib_file(references, references, entries), csl_json(items), ris_text(items)]
        + [reference.source for reference in references.values()]
    )


def copied(text: str, key: str) -> str:
    return load_files({}, {"refs.bib": text}).catalogue.references[key].source


def test_nothing_private_is_published() -> None:
    found = exported(PRIVATE)
    assert "On Tunnels" in found
    assert "secret" not in found


FIELDS_OF_MANAGERS = (
    *("file", "annote", "annotation", "owner", "timestamp", "abstract", "keywords", "mendeley-groups", "groups"),
    *("mendeley-tags", "bdsk-file-1", "bdsk-url-1", "local-url", "__markedentry", "comment", "date-added", "review"),
    *("date-modified", "note+duplicate-1", "creationdate", "modificationdate", "priority", "ranking", "readstatus"),
    *("relevance", "printed", "qualityassured", "username", "userabstract", "tags", "fulltext", "localfile", "rating"),
    *("sentelink", "library", "citation-key", "collection", "attachments", "internal-note", "usera", "verba", "lista"),
)
"""Fields of Zotero and Better BibTeX, JabRef, Mendeley, BibDesk and others that say nothing of the work."""


def test_no_field_of_a_reference_manager_is_published() -> None:
    fields = "".join(f", {name} = {{secret}}" for name in FIELDS_OF_MANAGERS)
    text = f"@misc{{k, title = {{Known}}, author = {{Moss, Ann}}, year = 2001{fields}}}\n"
    child = "@inproceedings{c, title = {Part}, author = {Moss, Ann}, crossref = {k}}\n"
    found = exported(text + child)
    assert "Known" in found
    assert "secret" not in found


@pytest.mark.parametrize(
    "around",
    [
        "secret between the entries\n%s",
        "%% secret\n%s",
        "@comment{secret}\n%s",
        "@comment{jabref-meta: saveOrder:secret;}\n%s",
        '@preamble{"secret"}\n%s',
        '@string{secret = "secret"}\n%s',
        "%s\nsecret",
        "@xdata{x, file = {secret}, publisher = {P}}\n%s",
    ],
)
def test_what_stands_around_an_entry_is_not_published(around: str) -> None:
    found = exported(around % "@misc{k, title = {Known}, author = {Moss, Ann}, year = 2001}\n")
    assert "Known" in found
    assert "secret" not in found


@pytest.mark.parametrize(
    "entry",
    [
        "@misc{k, %% secret\n  title = {Known}, author = {Moss, Ann}, year = 2001}",
        "@misc{k,\n  title = {Known}, %% secret\n  author = {Moss, Ann}, year = 2001}",
        "@misc{k, title = {Known}, author = {Moss, Ann}, year = 2001 %% secret\n}",
        "@misc{k, title = {Known}, author = {Moss, Ann}, %% note = {secret},\n year = 2001}",
        "@misc{k, title = {Known}, title = {secret}, author = {Moss, Ann}, year = 2001}",
    ],
)
def test_comments_and_second_values_within_an_entry_are_not_published(entry: str) -> None:
    found = exported(entry.replace("%%", "%"))
    assert "Known" in found
    assert "secret" not in found


@pytest.mark.parametrize(
    ("field", "is_shown"),
    [
        ("pdf = {https://a.example/seen.pdf}", True),
        ("pdf = {seen.pdf}", False),
        ("link = {/home/ann/seen}", False),
        ("howpublished = {C:\\Users\\ann\\seen}", False),
        ("eprint = {/Users/ann/seen}", False),
        ("note = {see ~/papers/seen}", False),
        ("note = {seen by all}", True),
        ("url = {/home/ann/seen}", False),
        ("title = {What /home/ means: seen}", True),
    ],
)
def test_files_of_somebodys_computer_are_neither_printed_nor_published(field: str, is_shown: bool) -> None:  # noqa: FBT001
    text = f"@misc{{k, author = {{Moss, Ann}}, year = 2001, {field}}}"
    assert ("seen" in exported(text)) is is_shown
    entry = load_files({}, {"refs.bib": text}).entries["k"]
    assert ("seen" in str(dict(entry.fields.items()))) is (is_shown or field == "pdf = {seen.pdf}")


def test_a_project_publishes_further_fields() -> None:
    found = exported(PRIVATE.replace("ABSTRACT = {secret}", "ABSTRACT = {Deep down.}"), ("abstract",))
    assert found.count("Deep down.") == 4
    assert "secret" not in found


def test_what_is_not_published_is_told_as_advice() -> None:
    problems = load_files({}, {"refs.bib": PRIVATE}).problems
    (found,) = (problem for problem in problems if problem.code is Code.BIBTEX_PRIVATE)
    assert (found.severity, found.position.line) == (Severity.ADVICE, 2)
    assert "'file', 'annote', 'owner', 'abstract', 'keywords', 'mendeley-groups', 'my.mark' and 'pdf'" in found.message


def test_an_entry_without_anything_private_is_as_its_author_wrote_it() -> None:
    text = '@book{fox2001, title = "A = B", author={Fox, Una}, year=2001, month = oct}'
    assert copied(text, "fox2001") == text


@pytest.mark.parametrize(
    ("month", "written"),
    [
        ("jul", "month = jul"),
        ('10 # "~" # oct', "month = {10~} # oct"),
        ('jan # "/" # feb', "month = jan # {/} # feb"),
    ],
)
def test_strings_are_written_out_and_months_are_macros(month: str, written: str) -> None:
    text = f'@string{{jot = "Journal of Things"}}\n@article{{k, title={{T}}, journal=jot # ", B", month={month}}}'
    found = copied(text, "k")
    assert "journal = {Journal of Things, B}" in found
    assert written in found


@pytest.mark.parametrize("link", ["crossref", "xdata"])
def test_what_an_entry_inherits_is_written_out(link: str) -> None:
    kind = "xdata" if link == "xdata" else "proceedings"
    text = f"@inproceedings{{k, title={{T}}, {link}={{p}}}}\n@{kind}{{p, publisher={{House}}, year=1999}}"
    found = copied(text, "k")
    assert "publisher = {House}" in found
    assert link not in found
