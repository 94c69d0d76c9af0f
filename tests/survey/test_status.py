"""What became of a paper: how it is written, what is refused, and what readers and programs get of it."""

from __future__ import annotations

import json

import pytest
from tests.support.texts import SURVEY, edited, lines, load_good

from sphinx_paper_table.editing.record_mentions import mentions
from sphinx_paper_table.editing.yaml_nodes import parse_nodes
from sphinx_paper_table.exports.files import export_files
from sphinx_paper_table.exports.site import Site
from sphinx_paper_table.survey.status_lines import status_line


def with_status(text: str, to: str = "New") -> str:
    return edited(SURVEY, f"        name: {to}\n", f"        name: {to}\n        status: {text}\n")


@pytest.mark.parametrize(
    ("written", "said", "target"),
    [
        ("retracted", "Retracted", ("", "")),
        ("withdrawn", "Withdrawn", ("", "")),
        ("superseded by old", "Superseded by {Old}", ("method", "old")),
        ("superseded by former-old", "Superseded by {Old}", ("method", "old")),
        ("superseded by old2018", "Superseded by {Old and Older, 2018}", ("cite", "old2018")),
        ("superseded by the second edition", "Superseded by {the second edition}", ("", "the second edition")),
        ("superseded by https://a.example/b", "Superseded by {https://a.example/b}", ("url", "https://a.example/b")),
        ("{kind: retracted, by: third}", "Retracted, see {third}", ("method", "third")),
    ],
)
def test_short_and_long_forms(written: str, said: str, target: tuple[str, str]) -> None:
    survey = edited(with_status(written), "        name: Old\n", "        name: Old\n        aliases: [former-old]\n")
    loaded = load_good(survey)
    assert lines(loaded.problems) == []
    line = status_line(loaded.catalogue.papers["new"].status, loaded.catalogue)
    assert line is not None
    assert line.message.replace("{other}", f"{{{line.other}}}") == said
    assert (line.target, line.name) == target


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("superseded by odl", "20:31: there is no paper or reference 'odl'; did you mean 'old'?"),
        ("{kind: superseded, by: old2081}", "20:40: there is no paper or reference 'old2081'; did you mean 'old2018'?"),
        ("withdrwan", "20:17: only 'withdrawn', 'retracted' or 'superseded' may stand here; write withdrawn"),
        ("superseded", "20:17: the status does not say what took the paper's place; write 'superseded by ID'"),
        ("superseded by new", "20:31: 'new' cannot be what took its own place; name the paper"),
        ("{kind: retracted, date: 2024-13}", "20:41: '2024-13' is no date"),
        ("{kind: retracted, source: 'javascript:alert(1)'}", "20:44: 'javascript:alert(1)' is not a web address"),
        ("{kind: retracted, whi: data}", "20:35: 'whi' is not a key here; did you mean 'why'?"),
        ("{by: old}", "20:9: the key 'kind' is missing"),
        ("[retracted]", "20:9: a mapping is expected here"),
    ],
)
def test_what_is_refused_costs_the_status_only(written: str, problem: str) -> None:
    loaded = load_good(with_status(written))
    (said,) = lines(loaded.problems)
    assert said.startswith(f"s.yaml:{problem}")
    assert "new" in loaded.catalogue.papers


def test_papers_do_not_take_each_others_place() -> None:
    survey = edited(
        with_status("superseded by old"),
        "        name: Old\n",
        "        name: Old\n        status: superseded by new\n",
    )
    assert [line.split(":")[1] for line in lines(load_good(survey).problems)] == ["11", "21"]


def test_who_renames_a_paper_or_a_reference_finds_it_here() -> None:
    for written in ("superseded by old2018", "{kind: superseded, by: 'old2018'}"):
        root = parse_nodes(with_status(written), "s.yaml")
        found = [one for one in mentions(root) if one.name == "old2018"]
        assert [str(one.slot) for one in found] == ["key", "method", "key"], "that of the reference itself comes first"
        for one in found:
            start, end = (one.mention.start, one.mention.end) if one.mention else (0, None)
            assert one.node.value[start:end] == "old2018"


def test_programs_get_it() -> None:
    written = "{kind: retracted, date: 2024-05, why: wrong data, source: https://a.example/notice}"
    loaded = load_good(with_status(written))
    files = export_files(loaded.catalogue, loaded.entries, Site())
    papers = json.loads(files["papers.json"])["papers"]
    assert papers["new"]["status"] == {
        "kind": "retracted",
        "date": "2024-05",
        "why": "wrong data",
        "source": "https://a.example/notice",
    }
    assert "status" not in papers["old"]
    items = {item["id"]: item for item in json.loads(files["references.json"])}
    assert (items["new2020"]["status"], "status" in items["old2018"]) == ("retracted", False)
    assert "N1  - Retracted\n" in files["references.ris"]
    for name in ("refs.bib", "surveys/s.bib"):
        assert "@misc{new2020,\n  note = {Retracted},\n  author = {New" in files[name]
        assert files[name].count("note =") == 1


def test_bibtex_keeps_the_notes_of_authors() -> None:
    bib = load_good(with_status("superseded by old"))
    entry = bib.entries["new2020"]
    from sphinx_paper_table.exports.bib_files import with_note  # noqa: PLC0415 (next to what it is asked)

    line = status_line(bib.catalogue.papers["new"].status, bib.catalogue)
    source = "@misc{new2020,\n  note = {Mine},\n}"
    entry.fields["note"] = "Mine"
    assert with_note(source, entry, line) == "@misc{new2020,\n  pubstate = {Superseded by Old},\n  note = {Mine},\n}"
    entry.fields["pubstate"] = "inpress"
    assert with_note(source, entry, line) == source
