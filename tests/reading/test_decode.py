"""Wrong values are put into an author's words and cost only themselves; a record lives while its keys are there."""

from __future__ import annotations

import pytest
from tests.support.texts import lines, load_files

from sphinx_paper_table.survey.edits import apply_edits
from sphinx_paper_table.survey.problems import Code

HEAD = "survey: s\ntitle: T\npapers:\n"
ID_HINT = "is not an id: lower-case letters and digits, joined by single hyphens"
URL_HINT = "is not a web address; write one that begins with https://"
MAPPING = "a mapping is expected here; write 'key: value'"
LIST = "a list is expected here, each item after '- ' or all in brackets"
DATE_HINT = "is not a date such as 2019, 2019-11 or 2019-11-13"


def with_line(line: str) -> str:
    """Return a survey whose first paper has *line* as its third, the sixth of the file."""
    return f"{HEAD}  - id: one\n    name: One\n    {line}\n  - id: two\n    name: Two\n"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("added: 2019-13", "12: '2019-13' is no date: there is no month 13 [bad-value]"),
        ("added: 2019-02-32", "12: '2019-02-32' is no date: 2019-02 has 28 days; write 2019-02 [bad-value]"),
        ("added: yesterday", f"12: 'yesterday' {DATE_HINT} [bad-value]"),
        ("added: [2019]", "5: text is expected here, not a list; 'added': When the entry was written [wrong-type]"),
        ("summary: {a: b}", "5: text is expected here, not a mapping; 'summary': Two or three sentences; inline MyST"),
        ("summary: ''", "15: the text is empty; take the key away, or write its text [bad-value]"),
        ("summary: '  '", "15: the text is empty; take the key away, or write its text [bad-value]"),
        ("points: one", f"13: {LIST}; write [one] [wrong-type]"),
        ("points: {a: b}", f"5: {LIST}; 'points': Longer list of key points"),
        ("tags: blue, red", f"11: {LIST}; write [blue, red] [wrong-type]"),
        ("tags: [Blue]", f"12: 'Blue' {ID_HINT}; write blue [bad-value]"),
        ("tags: [[a]]", "12: text is expected here, not a list; 'tags': Tags of the vocabulary [wrong-type]"),
        ("cite: he 2020", "11: 'he 2020' is not a BibTeX key such as 'he2020momentum'"),
        ("cite: {a: b}", f"5: {LIST}; 'cite': One or several BibTeX keys; the first is the paper itself [wrong-type]"),
        ("links: https://x.org", f"12: {MAPPING}; 'links': Code, project page and the like [wrong-type]"),
        ("links: [a]", f"5: {MAPPING}; 'links': Code, project page and the like [wrong-type]"),
        ("links: {code: javascript:alert(1)}", f"19: 'javascript:alert(1)' {URL_HINT} [unsafe]"),
        ("links: {code: 'JavaScript:alert(1)'}", f"20: 'JavaScript:alert(1)' {URL_HINT} [unsafe]"),
        ("links: {code: 'data:text/html,x'}", f"20: 'data:text/html,x' {URL_HINT} [unsafe]"),
        ("links: {code: 'ftp://x.org'}", f"20: 'ftp://x.org' {URL_HINT} [unsafe]"),
        ("links: {code: 'https://'}", f"20: 'https://' {URL_HINT} [unsafe]"),
        ("links: {code: 'https://[x'}", f"20: 'https://[x' {URL_HINT} [unsafe]"),
        ("links: {code: 'https://x.org/ y'}", f"20: 'https://x.org/ y' {URL_HINT} [unsafe]"),
        ("links: {cod: 'https://x.org'}", "13: 'cod' is not a key here; did you mean 'code'? [unknown-key]"),
        ("videos: [a]", f"14: {MAPPING}; 'videos': Lectures about this paper [wrong-type]"),
        ("videos: [{lang: zh}]", "14: the key 'title' is missing; add 'title: …' [missing-key]"),
        ("videos: [{title: a, lang: Chinese}]", "31: 'Chinese' is not a language code such as 'en' or 'zh'"),
        (
            "videos: [{title: a, duration: 90 min}]",
            "35: '90 min' is not a duration such as 51:15 or 1:32:01; write 1:30:00",
        ),
        ("relations: [two]", f"5: {MAPPING}; 'relations': Relation type to list of papers"),
        ("relations: {extends: two}", f"26: {LIST}; write [two]"),
        ("relations: {extends: [{why: x}]}", "27: the key 'to' is missing; add 'to: …' [missing-key]"),
        ("relations: {Extends: [two]}", f"17: 'Extends' {ID_HINT}; write extends"),
        ("relations: {extends: [Two]}", f"27: 'Two' {ID_HINT}; write two"),
        (
            "results: [{benchmark: b, value: high, source: x}]",
            "37: a number is expected here, not 'high'; 'value': The number, in",
        ),
        ("results: [{benchmark: b, value: nan, source: x}]", "37: a number is expected here, not 'nan'; 'value': The"),
        (
            "results: [{benchmark: b, value: .inf, source: x}]",
            "37: a number is expected here, not '.inf'; 'value': The number",
        ),
        (
            "results: [{benchmark: b, value: 1e999999999, source: x}]",
            "37: a number is expected here, not '1e999999999'",
        ),
        ("results: [{benchmark: b, value: [1], source: x}]", "30: a number is expected here; 'value': The number"),
        ("sumary:", "5: 'sumary' is not a key here; did you mean 'summary'? [unknown-key]"),
        ("links: {cod: ~}", "13: 'cod' is not a key here; did you mean 'code'? [unknown-key]"),
        ("sumary: text", "5: 'sumary' is not a key here; did you mean 'summary'? [unknown-key]"),
        ("Summary: text", "5: 'Summary' is not a key here; did you mean 'summary'? [unknown-key]"),
        (
            "position: 3",
            "5: 'position' is not a key here; known are 'added', 'aliases', 'cite', 'date', 'id', 'links', 'name',",
        ),
        ("aliases: old", f"14: {LIST}; write [old] [wrong-type]"),
        ("name: Again", "5: the key 'name' stands twice; it was given at line 5, which is used; remove one of them"),
    ],
)
def test_a_wrong_value_is_reported_and_the_paper_kept_without_it(line: str, problem: str) -> None:
    loaded = load_files({"x.yaml": with_line(line)})
    assert len(loaded.problems) == 1
    assert lines(loaded.problems)[0].startswith(f"x.yaml:6:{problem}")
    paper = loaded.catalogue.papers["one"]
    assert (paper.name, paper.summary, paper.links.code) == ("One", None, None)
    if "; write " not in str(loaded.problems[0]) or "; write one that" in str(loaded.problems[0]):
        assert (paper.added, paper.tags, paper.cite, paper.points, paper.results) == (None, (), (), (), ())
        assert not any(paper.relations.values())
    assert loaded.catalogue.papers["two"].name == "Two"


@pytest.mark.parametrize(
    ("line", "column", "choices"),
    [
        ("relations: {r: {name: r, acyclic: maybe}}", 35, "true or false is expected here; 'acyclic'"),
        (
            "benchmarks: {b: {name: B, dataset: d, metric: m, direction: up}}",
            61,
            "only 'higher' or 'lower' may stand here; 'direction': Which numbers are better",
        ),
        ("tags: {'D d': {name: d}}", 9, f"'D d' {ID_HINT}; write d-d"),
        ("tags: {d: {}}", 8, "the key 'name' is missing; add 'name: …'"),
        ("tags: {d: D}", 11, f"{MAPPING}; write {{name: 'D'}}"),
    ],
)
def test_wrong_vocabulary_is_reported_where_it_stands(line: str, column: int, choices: str) -> None:
    found = lines(load_files({"v.yaml": f"vocabulary: v\n{line}\n"}).problems)
    assert len(found) == 1
    assert found[0].startswith(f"v.yaml:2:{column}: {choices}")


@pytest.mark.parametrize(
    ("line", "written", "field", "value"),
    [
        ("date: June 2020", "2020-06", "date", "2020-06"),
        ("date: 2026-02-30", "2026-02", "date", "2026-02"),
        ("date: 2026-1-5", "2026-01-05", "date", "2026-01-05"),
        ("date: 5.6.2020", "2020-06-05", "date", "2020-06-05"),
        ("date: '2020/06'", "2020-06", "date", "2020-06"),
        ("tags: blue, red", "[blue, red]", "tags", ("blue", "red")),
        ("tags: [self_rag]", "self-rag", "tags", ("self-rag",)),
        ("aliases: [Self RAG 1.5]", "self-rag-1.5", "aliases", ("self-rag-1.5",)),
        ("points: A model. It looks.", "['A model. It looks.']", "points", ("A model. It looks.",)),
        ("cite: he2020, li2021", "[he2020, li2021]", "cite", ("he2020", "li2021")),
        ("cite: \\\\cite{he2020}", "he2020", "cite", ("he2020",)),
        ("cite: '[@he2020; @li2021]'", "[he2020, li2021]", "cite", ("he2020", "li2021")),
        ("cite: ['@he2020']", "he2020", "cite", ("he2020",)),
        ("cite: he2020;", "he2020", "cite", ("he2020",)),
    ],
)
def test_what_was_meant_is_told_read_on_with_and_offered_as_a_fix(
    line: str, written: str, field: str, value: object
) -> None:
    text = with_line(line.replace("\\\\", "\\"))
    loaded = load_files({"x.yaml": text})
    (found,) = [problem for problem in loaded.problems if problem.code is not Code.UNKNOWN_CITATION]
    assert found.hint == f"write {written}"
    assert getattr(loaded.catalogue.papers["one"], field) == value
    after = load_files({"x.yaml": apply_edits(text, found.fix)})
    assert [problem for problem in after.problems if problem.code is not Code.UNKNOWN_CITATION] == []
    assert getattr(after.catalogue.papers["one"], field) == value


@pytest.mark.parametrize(
    ("value", "written", "is_safe"),
    [
        ("44.5%", "44.5", True),
        ("44.5 %", "44.5", True),
        ("76.2 ± 0.3", "76.2", False),
        ("76.2±0.3", "76.2", False),
        ("'44,5'", "44.5", False),
        ("'1,234'", "1234", False),
        ("~76", "76", False),
        ("76.2*", "76.2", False),
        ("76.2†", "76.2", False),
        ("'>76'", "76", False),
        ("76.2 (top-1)", "76.2", False),
        ("−3.2", "-3.2", False),
        ("4_000", "", False),
        ("±0.3", "", False),
        ("29.6M", "", False),
        ("n/a", "", False),
    ],
)
def test_a_number_has_nothing_beside_it(value: str, written: str, is_safe: bool) -> None:  # noqa: FBT001
    text = with_line(f"results: [{{benchmark: b, value: {value}, source: x}}]")
    (found,) = [problem for problem in load_files({"x.yaml": text}).problems if problem.code is Code.WRONG_TYPE]
    assert found.message == f"a number is expected here, not '{value.strip(chr(39))}'"
    assert found.hint == (f"write {written}" if written else found.hint)
    assert found.hint.startswith("'value': ") != bool(written)
    assert bool(found.fix) == is_safe


def test_a_link_without_its_scheme_is_one_to_the_web() -> None:
    text = with_line("links: {code: github.com/x/y}")
    loaded = load_files({"x.yaml": text})
    (found,) = loaded.problems
    assert found.text == "'github.com/x/y' is not a web address; write https://github.com/x/y"
    assert loaded.catalogue.papers["one"].links.code == "https://github.com/x/y"
    assert load_files({"x.yaml": apply_edits(text, found.fix)}).problems == ()


def test_a_text_that_a_colon_has_made_a_mapping_of_is_shown_in_quotes() -> None:
    loaded = load_files({"x.yaml": with_line("points:\n      - A model: it looks things up")})
    assert lines(loaded.problems) == [
        "x.yaml:7:9: text is expected here, not a mapping; write 'A model: it looks things up' [wrong-type]"
    ]
    assert loaded.catalogue.papers["one"].points == ("A model: it looks things up",)


def test_good_items_beside_wrong_ones_are_kept() -> None:
    loaded = load_files({"x.yaml": with_line("tags: [a, b, Blue, '!', c]")})
    assert loaded.catalogue.papers["one"].tags == ("a", "b", "blue", "c")
    assert [str(problem.position) for problem in loaded.problems] == ["x.yaml:6:18", "x.yaml:6:25"]


def test_items_of_a_list_that_aliases_share_are_removed_once() -> None:
    text = with_line("tags: &t ['!', green, '?']").replace("name: Two\n", "name: Two\n    tags: *t\n")
    loaded = load_files({"x.yaml": text})
    assert [paper.tags for paper in loaded.catalogue.papers.values()] == [("green",), ("green",)]
    assert [str(problem.position) for problem in loaded.problems] == ["x.yaml:6:16", "x.yaml:6:28"]


@pytest.mark.parametrize(
    ("paper", "problem"),
    [
        ("name: One", "4:5: the key 'id' is missing; add 'id: …' [missing-key]"),
        ("id: one", "4:5: the key 'name' is missing; add 'name: …' [missing-key]"),
        ("id: 检索\n    name: One", f"4:9: '检索' {ID_HINT} [bad-value]"),
        ("id: one\n    name: [a]", "5:5: text is expected here, not a list; 'name': Short name readers know"),
        ("one", f"4:5: {MAPPING}; 'papers': Papers that belong to no group [wrong-type]"),
        ("[a]", f"4:5: {MAPPING}; 'papers': Papers that belong to no group [wrong-type]"),
        ("", "3:1: nothing stands here; take the item away, or write what it is to be [wrong-type]"),
        ("ref: '!'", f"4:11: '!' {ID_HINT} [bad-value]"),
    ],
)
def test_a_paper_without_a_required_key_is_lost_and_only_it(paper: str, problem: str) -> None:
    loaded = load_files({"x.yaml": f"{HEAD}  - {paper}\n  - id: two\n    name: Two\n"})
    assert list(loaded.catalogue.papers) == ["two"]
    assert len(loaded.problems) == 1
    assert lines(loaded.problems)[0].startswith(f"x.yaml:{problem}")


def test_a_reference_to_a_paper_has_keys_of_its_own() -> None:
    loaded = load_files({"x.yaml": f"{HEAD}  - ref: two\n    nota: x\n  - id: two\n    name: Two\n"})
    assert lines(loaded.problems) == ["x.yaml:5:5: 'nota' is not a key here; did you mean 'note'? [unknown-key]"]


@pytest.mark.parametrize(
    ("group", "title", "address"),
    [
        ("id: g", "g", "s#g"),
        ("title: G", "G", "s#line-4"),
        ("id: G!\n    title: G", "G", "s#g"),
        ("id: '!'\n    title: G", "G", "s#line-4"),
    ],
)
def test_a_group_without_title_or_id_keeps_its_papers(group: str, title: str, address: str) -> None:
    text = f"survey: s\ntitle: T\ngroups:\n  - {group}\n    papers: [{{id: two, name: Two}}]\n"
    loaded = load_files({"x.yaml": text})
    assert list(loaded.catalogue.papers) == ["two"]
    assert {name: str(found.title) for name, found in loaded.catalogue.groups.items()} == {address: title}
    assert len(loaded.problems) == 1


def test_a_survey_without_title_keeps_its_papers() -> None:
    loaded = load_files({"x.yaml": "survey: s\npapers: [{id: two, name: Two}]\n"})
    assert (loaded.catalogue.surveys["s"].title, list(loaded.catalogue.papers)) == ("s", ["two"])
    assert lines(loaded.problems) == ["x.yaml:1:1: the key 'title' is missing; add 'title: …' [missing-key]"]


KINDS = "begin it with one of 'survey: ID', 'part: ID', 'vocabulary: ID'"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", f"the file is empty; {KINDS} [empty]"),
        ("# nothing\n", f"the file is empty; {KINDS} [empty]"),
        ("- a\n", f"the file holds no mapping; {KINDS} [empty]"),
        ("hello\n", f"the file holds no mapping; {KINDS} [empty]"),
        ("vocab: s\n", f"the file does not say what it is; {KINDS} [missing-key]"),
        ("title: T\npapers: []\n", "the file does not say what it is; begin it with 'survey: x' [missing-key]"),
        ("surveys: s\ntitle: T\n", "the file does not say what it is; begin it with 'survey: x' [missing-key]"),
    ],
)
def test_a_file_that_is_none_of_the_known_kinds_says_which_there_are(text: str, problem: str) -> None:
    loaded = load_files({"x.yaml": text})
    assert lines(loaded.problems) == [f"x.yaml:1:1: {problem}"]
    assert not loaded.catalogue.surveys


def nested_groups(levels: int) -> str:
    deep = "".join(f"[{{id: g{n}, title: T, groups: " for n in range(levels)) + "[]" + "}]" * levels
    return f"survey: s\ntitle: T\npapers: [{{id: a, name: A}}]\ngroups: {deep}\n"


@pytest.mark.parametrize("levels", [33, 240, 400])
def test_groups_nested_without_end_are_refused_in_words_and_those_above_are_read(levels: int) -> None:
    read = load_files({"x.yaml": nested_groups(levels)})
    (found,) = lines(read.problems)
    assert found.startswith("x.yaml:4:919: groups are nested too deeply here; no reader can follow so many levels")
    groups = read.catalogue.surveys["s"].groups
    for level in range(32):
        assert groups[0].id == f"g{level}"
        groups = groups[0].groups
    assert groups == ()


def test_as_many_levels_as_are_read_are_no_problem() -> None:
    assert lines(load_files({"x.yaml": nested_groups(32)}).problems) == []
