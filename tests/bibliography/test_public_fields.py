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


def test_a_project_publishes_further_fields() -> None:
    found = exported(PRIVATE.replace("ABSTRACT = {secret}", "ABSTRACT = {Deep down.}"), ("abstract",))
    assert found.count("Deep down.") == 4
    assert "secret" not in found


def test_what_is_not_published_is_told_as_advice() -> None:
    problems = load_files({}, {"refs.bib": PRIVATE}).problems
    (found,) = (problem for problem in problems if problem.code is Code.BIBTEX_PRIVATE)
    assert (found.severity, found.position.line) == (Severity.ADVICE, 1)
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
