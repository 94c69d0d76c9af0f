"""Many files, one catalogue: parts are joined, vocabularies merged, and of two equal ids the first is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.texts import BIB, SURVEY, VOCABULARY, lines, load_files, load_good

if TYPE_CHECKING:
    from pathlib import Path

from sphinx_paper_table.reading.loader import built_in_vocabulary, load
from sphinx_paper_table.survey.problems import Problems
from sphinx_paper_table.survey.source_files import MAX_BYTES, decode, read_text


def paper(name: str, extra: str = "") -> str:
    """Return one line of a list of papers."""
    return f"  - {{id: {name}, name: {name.upper()}{extra}}}\n"


def survey(name: str, *papers: str) -> str:
    """Return a survey with these papers, the first at line 4."""
    return f"survey: {name}\ntitle: {name}\npapers:\n{''.join(map(paper, papers))}"


def test_good_files_have_no_problems() -> None:
    loaded = load_good()
    assert loaded.problems == ()
    assert list(loaded.catalogue.references) == ["old2018", "new2020", "third2019"]


def test_nothing_at_all_is_an_empty_catalogue() -> None:
    loaded = load({}, {})
    assert (loaded.problems, dict(loaded.catalogue.surveys), dict(loaded.catalogue.references)) == ((), {}, {})
    assert set(loaded.catalogue.vocabulary.relations) == {"extends", "builds-on", "uses", "compares-with"}


@pytest.mark.parametrize("names", [("a.yaml", "b.yaml"), ("b.yaml", "a.yaml")])
def test_parts_are_joined_to_their_survey_whichever_is_read_first(names: tuple[str, str]) -> None:
    part = "part: s\npapers:\n" + paper("c") + "groups: [{id: g, title: G, papers: [{id: d, name: D}]}]\n"
    loaded = load_files(dict(zip(names, (survey("s", "a", "b"), part), strict=True)))
    assert loaded.problems == ()
    assert list(loaded.catalogue.papers) == ["a", "b", "c", "d"]
    assert {home.survey for home in loaded.catalogue.homes.values()} == {"s"}


def test_a_part_of_no_survey_is_reported() -> None:
    loaded = load_files({"a.yaml": survey("surveys", "a"), "b.yaml": "part: survey\npapers:\n" + paper("b")})
    assert lines(loaded.problems) == ["b.yaml:1:7: there is no survey 'survey'; did you mean 'surveys'? [dangling]"]
    assert list(loaded.catalogue.papers) == ["a"]


@pytest.mark.parametrize(
    ("files", "kept", "problems"),
    [
        (
            {"a.yaml": survey("a", "x", "y", "x")},
            {"x": "a", "y": "a"},
            ["a.yaml:6:10: the paper id 'x' is taken; it is that of a.yaml:4, which is used; choose another"],
        ),
        (
            {"a.yaml": survey("a", "x"), "b.yaml": survey("b", "y", "x")},
            {"x": "a", "y": "b"},
            ["b.yaml:5:10: the paper id 'x' is taken; it is that of a.yaml:4, which is used; choose another"],
        ),
        (
            {"a.yaml": survey("a", "x"), "b.yaml": survey("a", "y")},
            {"x": "a"},
            ["b.yaml:1:9: the survey id 'a' is taken; it is that of a.yaml:1, which is used; choose another"],
        ),
        (
            {"a.yaml": survey("a", "x") + paper("y", ", aliases: [x, z]"), "b.yaml": survey("b", "z")},
            {"x": "a", "y": "a"},
            [
                "a.yaml:5:32: the paper id 'x' is taken; it is that of a.yaml:4, which is used; choose another",
                "b.yaml:1:1: the survey 'b' has no papers; add papers, or remove the file",
                "b.yaml:4:10: the paper id 'z' is taken; it is that of a.yaml:5, which is used; choose another",
            ],
        ),
    ],
)
def test_of_two_equal_ids_the_first_is_used(
    files: dict[str, str | bytes], kept: dict[str, str], problems: list[str]
) -> None:
    loaded = load_files(files)
    assert [str(problem) for problem in loaded.problems] == problems
    assert {name: home.survey for name, home in loaded.catalogue.homes.items()} == kept


def test_a_group_whose_id_is_taken_gets_another_and_keeps_its_papers() -> None:
    group = "  - {{id: g, title: {0}, papers: [{{id: {0}, name: N}}]}}\n"
    text = "survey: s\ntitle: T\ngroups:\n" + "".join(map(group.format, "abc"))
    loaded = load_files({"s.yaml": text})
    assert list(loaded.catalogue.groups) == ["s#g", "s#g-2", "s#g-3"]
    assert list(loaded.catalogue.papers) == ["a", "b", "c"]
    assert [str(problem.position) for problem in loaded.problems] == ["s.yaml:5:10", "s.yaml:6:10"]


def test_groups_of_different_surveys_may_have_equal_ids() -> None:
    text = "survey: {0}\ntitle: T\ngroups: [{{id: g, title: G, papers: [{{id: {0}, name: N}}]}}]\n"
    loaded = load_files({"a.yaml": text.format("a"), "b.yaml": text.format("b")})
    assert loaded.problems == ()
    assert list(loaded.catalogue.groups) == ["a#g", "b#g"]


def test_vocabularies_are_merged_and_add_to_the_built_in_one() -> None:
    first = "vocabulary: one\ntags: {a: {name: A}}\nrelations: {extends: {name: goes beyond}}\n"
    second = "vocabulary: two\ntags: {b: {name: B}, a: {name: Again}}\n"
    loaded = load_files({"one.yaml": first, "two.yaml": second})
    vocabulary = loaded.catalogue.vocabulary
    assert {str(name): str(term.name) for name, term in vocabulary.tags.items()} == {"a": "A", "b": "B"}
    assert vocabulary.relations["extends"].name == "goes beyond"  # type: ignore[index]  # located text is text
    assert set(built_in_vocabulary().relations) <= set(vocabulary.relations)
    assert lines(loaded.problems) == [
        "two.yaml:2:22: the tag id 'a' is taken; it is that of one.yaml:2, which is used; choose another [duplicate-id]"
    ]


def test_the_built_in_vocabulary_has_no_problems() -> None:
    found = built_in_vocabulary().relations
    assert {str(name): (kind.acyclic, kind.chronological, kind.symmetric) for name, kind in found.items()} == {
        "extends": (True, True, False),
        "builds-on": (True, True, False),
        "uses": (False, False, False),
        "compares-with": (False, False, True),
    }


def test_problems_of_all_files_come_in_one_pass() -> None:
    broken = {
        "a.yaml": "survey: a\ntitle: T\npapers:\n  - {id: x, name: X: y}\n  - {id: z, name: Z, sumary: s}\n",
        "b.yaml": "survey: b\ntitle: T\npapers:\n" + paper("y", ", tags: [red]"),
        "v.yaml": VOCABULARY.replace("red:", "rd:"),
    }
    loaded = load_files({**broken, "s.yaml": SURVEY}, {"refs.bib": BIB + "@misc{open, title = {T\n"})
    assert {problem.position.path for problem in loaded.problems} == {"a.yaml", "b.yaml", "refs.bib", "s.yaml"}
    assert list(loaded.problems) == sorted(loaded.problems)
    assert {"z", "y", "old", "new", "third"} <= set(loaded.catalogue.papers)


def test_files_that_cannot_be_read_are_reported(tmp_path: Path) -> None:
    (tmp_path / "directory.yaml").mkdir()
    (tmp_path / "dangling.yaml").symlink_to("nowhere")
    good = tmp_path / "good.yaml"
    good.write_text(survey("s", "a"), "utf-8")
    names = ("missing.yaml", "directory.yaml", "dangling.yaml", "good.yaml")
    loaded = load({name: tmp_path / name for name in names}, {"refs.bib": tmp_path / "refs.bib"})
    hint = "check that the file exists and may be read [unreadable]"
    folder = "name the files in it, as in 'surveys/**/*.yaml' [unreadable]"
    assert lines(loaded.problems) == [
        f"dangling.yaml:1:1: the file cannot be read: No such file or directory; {hint}",
        f"directory.yaml:1:1: the file cannot be read: this is a folder; {folder}",
        f"missing.yaml:1:1: the file cannot be read: No such file or directory; {hint}",
        f"refs.bib:1:1: the file cannot be read: No such file or directory; {hint}",
    ]
    assert list(loaded.catalogue.papers) == ["a"]


def test_a_file_beyond_any_honest_size_is_not_read(tmp_path: Path) -> None:
    problems = Problems()
    large = tmp_path / "large.yaml"
    with large.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert read_text(large, "large.yaml", problems) is None
    assert lines(problems.sorted()) == [
        "large.yaml:1:1: the file is too large to be read; split it; the limit is 64 MB [too-large]"
    ]


@pytest.mark.parametrize(
    ("data", "text", "problem"),
    [
        (b"a\nb\n", "a\nb\n", ""),
        ("ä\n".encode(), "ä\n", ""),
        (b"\xef\xbb\xbfa\n", "a\n", "1:1: the file begins with a byte-order mark"),
        (b"a\nb\xe4c\n", "a\nb\N{REPLACEMENT CHARACTER}c\n", "2:2: byte 0xe4 is not UTF-8"),
        ("ä€\n".encode() + b"\xff", "ä€\n\N{REPLACEMENT CHARACTER}", "2:1: byte 0xff is not UTF-8"),
        (b"a\r\nb\r\n", "a\nb\n", "1:1: lines end with CR LF"),
        (b"a\nb\r\n", "a\nb\n", "2:1: lines end with CR LF"),
        (b"a\rb\r", "a\nb\n", "1:1: lines end with CR LF"),
        (b"", "", ""),
    ],
)
def test_bytes_become_text_with_line_feeds(data: bytes, text: str, problem: str) -> None:
    problems = Problems()
    assert decode(data, "x", problems) == text
    found = [str(found).partition("; ")[0] for found in problems.sorted()]
    assert found == ([f"x:{problem}"] if problem else [])


def test_former_ids_of_surveys_belong_to_one_survey() -> None:
    """A present id is stronger, whatever the order; the survey itself stays."""
    loaded = load_files(
        {
            "a.yaml": "survey: a\ntitle: A\naliases: [b, old]\npapers: [{id: p, name: P}]\n",
            "b.yaml": "survey: b\ntitle: B\naliases: [old, older]\npapers: [{id: q, name: Q}]\n",
        }
    )
    choose = "which is used; choose another [duplicate-id]"
    assert lines(loaded.problems) == [
        f"a.yaml:3:11: the survey id 'b' is taken; it is that of b.yaml:1, {choose}",
        f"b.yaml:3:11: the survey id 'old' is taken; it is that of a.yaml:1, {choose}",
    ]
    assert loaded.catalogue.survey_aliases == {"old": "a", "older": "b"}


FORMER_BIB = "@misc{new2020, ids = {old2019, older2018}, title = {T}, author = {A, B.}, year = 2020}\n"


def test_a_former_key_works_wherever_a_record_has_a_key(tmp_path: Path) -> None:
    """In ``cite``, ``source`` and roles; everything derived has the present one."""
    text = survey("s") + paper(
        "a",
        ", cite: older2018, summary: 'See {cite:t}`old2019`.', results: [{benchmark: b, value: 1, source: old2019}]",
    )
    words = "vocabulary: v\nbenchmarks: {b: {name: B, dataset: D, metric: m}}\n"
    for name, content in (("s.yaml", text), ("v.yaml", words), ("refs.bib", FORMER_BIB)):
        (tmp_path / name).write_text(content, "utf-8")
    loaded = load({name: tmp_path / name for name in ("s.yaml", "v.yaml")}, {"refs.bib": tmp_path / "refs.bib"})
    assert loaded.problems == ()
    found = loaded.catalogue.papers["a"]
    assert (found.cite, found.results[0].source) == (("new2020",), "new2020")
    assert found.cite[0].position.line == 4
    assert loaded.catalogue.date(found) == "2020"


def test_two_records_of_one_publication_are_advice(tmp_path: Path) -> None:
    """A paper may bring two methods, so nothing fails; a former key is the same publication."""
    text = survey("s") + paper("a", ", cite: new2020") + paper("b", ", cite: old2019")
    for name, content in (("s.yaml", text), ("refs.bib", FORMER_BIB)):
        (tmp_path / name).write_text(content, "utf-8")
    (problem,) = load({"s.yaml": tmp_path / "s.yaml"}, {"refs.bib": tmp_path / "refs.bib"}).problems
    assert (problem.code, problem.severity) == ("shared-key", "advice")
    assert str(problem).startswith(
        "s.yaml:5:28: 'b' and 'a' have one publication, 'new2020'; the other is at s.yaml:4;"
    )
