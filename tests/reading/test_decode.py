"""Wrong values are put into an author's words and cost only themselves; a record lives while its keys are there."""

from __future__ import annotations

import pytest
from tests.support.texts import lines, load_files

HEAD = "survey: s\ntitle: T\npapers:\n"
ID_HINT = "is not an id; write lower-case letters and digits joined by single hyphens"
URL_HINT = "is not a web address; write one that begins with https://"
MAPPING = "a mapping is expected here; write 'key: value'"
LIST = "a list is expected here; begin each item with '- '"
DATE_HINT = "is not a date; write 2019, 2019-11 or 2019-11-13; 'added': When the entry was written"


def with_line(line: str) -> str:
    """Return a survey whose first paper has *line* as its third, the sixth of the file."""
    return f"{HEAD}  - id: one\n    name: One\n    {line}\n  - id: two\n    name: Two\n"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("added: 2019-13", f"12: '2019-13' {DATE_HINT} [bad-value]"),
        ("added: 2019-02-32", f"12: '2019-02-32' {DATE_HINT} [bad-value]"),
        ("added: yesterday", f"12: 'yesterday' {DATE_HINT} [bad-value]"),
        ("added: [2019]", "5: text is expected here, not a list; 'added': When the entry was written [wrong-type]"),
        ("summary: {a: b}", "5: text is expected here, not a mapping; 'summary': Two or three sentences; inline MyST"),
        ("summary: ''", "15: the text is empty; 'summary': Two or three sentences; inline MyST [bad-value]"),
        ("summary: '  '", "15: the text is empty; 'summary': Two or three sentences; inline MyST [bad-value]"),
        ("points: one", f"13: {LIST}; 'points': Longer list of key points, folded on the card; inline MyST"),
        ("points: {a: b}", f"5: {LIST}; 'points': Longer list of key points"),
        ("tags: blue, red", f"11: {LIST}; 'tags': Tags of the vocabulary [wrong-type]"),
        ("tags: [Blue]", f"12: 'Blue' {ID_HINT}; 'tags': Tags of the vocabulary [bad-value]"),
        ("tags: [[a]]", "12: text is expected here, not a list; 'tags': Tags of the vocabulary [wrong-type]"),
        ("cite: he 2020", "11: 'he 2020' is not a BibTeX key such as 'he2020momentum'; 'cite': One or several"),
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
        ("videos: [{title: a, lang: Chinese}]", "31: 'Chinese' is not a language code such as 'en' or 'zh'; 'lang'"),
        ("videos: [{title: a, duration: 90 min}]", "35: '90 min' is not a duration; write 51:15 or 1:32:01;"),
        ("relations: [two]", f"5: {MAPPING}; 'relations': Relation type to list of papers"),
        ("relations: {extends: two}", f"26: {LIST}; 'relations': Relation type to list of papers"),
        ("relations: {extends: [{why: x}]}", "27: the key 'to' is missing; add 'to: …' [missing-key]"),
        ("relations: {Extends: [two]}", f"17: 'Extends' {ID_HINT}; 'relations': Relation type to list"),
        ("relations: {extends: [Two]}", f"27: 'Two' {ID_HINT}; 'relations': Relation type to list"),
        ("results: [{benchmark: b, value: high, source: x}]", "37: a number is expected here; 'value': The number, in"),
        ("results: [{benchmark: b, value: nan, source: x}]", "37: a finite number is expected here; 'value': The"),
        ("results: [{benchmark: b, value: .inf, source: x}]", "37: a number is expected here; 'value': The number"),
        ("results: [{benchmark: b, value: 1e999999999, source: x}]", "37: the number is too large or too small to be"),
        ("results: [{benchmark: b, value: [1], source: x}]", "30: a number is expected here; 'value': The number"),
        ("sumary: text", "5: 'sumary' is not a key here; did you mean 'summary'? [unknown-key]"),
        ("Summary: text", "5: 'Summary' is not a key here; did you mean 'summary'? [unknown-key]"),
        (
            "position: 3",
            "5: 'position' is not a key here; known are 'added', 'aliases', 'cite', 'date', 'id', 'links', 'name',",
        ),
        ("aliases: old", f"14: {LIST}; 'aliases': Former ids; links to them keep working [wrong-type]"),
        ("name: Again", "5: the key 'name' stands twice; it was given at line 5, which is used; remove one of them"),
    ],
)
def test_a_wrong_value_is_reported_and_the_paper_kept_without_it(line: str, problem: str) -> None:
    loaded = load_files({"x.yaml": with_line(line)})
    assert len(loaded.problems) == 1
    assert lines(loaded.problems)[0].startswith(f"x.yaml:6:{problem}")
    paper = loaded.catalogue.papers["one"]
    assert (paper.name, paper.summary, paper.tags, paper.links.code) == ("One", None, (), None)
    assert (paper.added, paper.cite, paper.points, paper.results) == (None, (), (), ())
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
        ("tags: {'D d': {name: d}}", 9, f"'D d' {ID_HINT}; 'tags': Tag id to its meaning"),
        ("tags: {d: {}}", 8, "the key 'name' is missing; add 'name: …'"),
        ("tags: {d: D}", 11, f"{MAPPING}; 'tags': Tag id to its meaning"),
    ],
)
def test_wrong_vocabulary_is_reported_where_it_stands(line: str, column: int, choices: str) -> None:
    found = lines(load_files({"v.yaml": f"vocabulary: v\n{line}\n"}).problems)
    assert len(found) == 1
    assert found[0].startswith(f"v.yaml:2:{column}: {choices}")


def test_good_items_beside_wrong_ones_are_kept() -> None:
    loaded = load_files({"x.yaml": with_line("tags: [a, b, Blue, 'x y', c]")})
    assert loaded.catalogue.papers["one"].tags == ("a", "b", "c")
    assert [str(problem.position) for problem in loaded.problems] == ["x.yaml:6:18", "x.yaml:6:25"]


def test_items_of_a_list_that_aliases_share_are_removed_once() -> None:
    text = with_line("tags: &t [Blue, green, Red]").replace("name: Two\n", "name: Two\n    tags: *t\n")
    loaded = load_files({"x.yaml": text})
    assert [paper.tags for paper in loaded.catalogue.papers.values()] == [("green",), ("green",)]
    assert [str(problem.position) for problem in loaded.problems] == ["x.yaml:6:15", "x.yaml:6:28"]


@pytest.mark.parametrize(
    ("paper", "problem"),
    [
        ("name: One", "4:5: the key 'id' is missing; add 'id: …' [missing-key]"),
        ("id: one", "4:5: the key 'name' is missing; add 'name: …' [missing-key]"),
        ("id: One\n    name: One", f"4:9: 'One' {ID_HINT}; 'id': Permanent name, used in links;"),
        ("id: one\n    name: [a]", "5:5: text is expected here, not a list; 'name': Short name readers know"),
        ("one", f"4:5: {MAPPING}; 'papers': Papers that belong to no group [wrong-type]"),
        ("[a]", f"4:5: {MAPPING}; 'papers': Papers that belong to no group [wrong-type]"),
        ("", f"3:1: {MAPPING}; 'papers': Papers that belong to no group [wrong-type]"),
        ("ref: Two", f"4:10: 'Two' {ID_HINT}; 'ref': Id of the paper [bad-value]"),
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
    [("id: g", "g", "s#g"), ("title: G", "G", "s#line-4"), ("id: G!\n    title: G", "G", "s#line-4")],
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
        ("surveys: s\ntitle: T\n", f"the file does not say what it is; {KINDS} [missing-key]"),
    ],
)
def test_a_file_that_is_none_of_the_known_kinds_says_which_there_are(text: str, problem: str) -> None:
    loaded = load_files({"x.yaml": text})
    assert lines(loaded.problems) == [f"x.yaml:1:1: {problem}"]
    assert not loaded.catalogue.surveys


def test_groups_nested_without_end_are_refused_in_words() -> None:
    deep = "".join(f"[{{id: g{n}, title: T, groups: " for n in range(400)) + "[]" + "}]" * 400
    found = lines(
        load_files({"x.yaml": f"survey: s\ntitle: T\npapers: [{{id: a, name: A}}]\ngroups: {deep}\n"}).problems
    )
    assert found[0].startswith("x.yaml:4:")
    assert "groups are nested too deeply here; no reader can follow so many levels [wrong-type]" in found[0]
