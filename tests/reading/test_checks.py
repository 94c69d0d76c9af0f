"""Rules between records: nothing dangles, nothing runs in a circle, nothing extends what came later."""

from __future__ import annotations

import pytest
from tests.support.texts import SURVEY, edited, lines, load_files, load_good

from sphinx_paper_table.survey.problems import Code

HEAD = "survey: s\ntitle: T\npapers:\n"


def arrows(**relations: str) -> str:
    """Return a survey of papers that extend others: ``a="b c"``; one a line, from the fourth on."""
    papers = "".join(
        f"  - {{id: {name}, name: {name}, relations: {{extends: [{', '.join(targets.split())}]}}}}\n"
        for name, targets in relations.items()
    )
    return HEAD + papers


def problems_of(text: str, code: Code) -> list[str]:
    """Return the problems of one code."""
    found = load_files({"x.yaml": text}).problems
    return [str(problem) for problem in found if problem.code is code]


@pytest.mark.parametrize(
    ("relations", "circles"),
    [
        ({"a": "b", "b": "a"}, [("4", {"a", "b"})]),
        ({"a": "b", "b": "c", "c": "a"}, [("4", {"a", "b", "c"})]),
        ({"a": "b", "b": "a", "c": "d", "d": "c"}, [("4", {"a", "b"}), ("6", {"c", "d"})]),
        ({"a": "b c", "b": "a", "c": "a"}, [("4", {"a", "b"}), ("4", {"a", "c"})]),
        ({"a": "", "b": "a", "c": "a b", "d": "b c"}, []),
    ],
)
def test_every_circle_is_reported_once(relations: dict[str, str], circles: list[tuple[str, set[str]]]) -> None:
    found = problems_of(arrows(**relations), Code.CYCLE)
    lines_and_members = []
    for line in found:
        path, _, hint = line.partition("circle: ")[2].partition("; ")
        names = path.split(" → ")
        assert names[0] == names[-1]
        assert hint == "remove or turn round one of them"
        lines_and_members.append((line.split(":")[1], set(names)))
    assert sorted(lines_and_members, key=str) == sorted(circles, key=str)


@pytest.mark.parametrize(
    ("field", "column", "said"),
    [
        ("tags: [b, a, b]", 35, "the tag 'b' stands twice"),
        ("cite: [k, k]", 32, "the cite key 'k' stands twice"),
        ("aliases: [old, old]", 37, "the former id 'old' stands twice"),
        ("points: [Same., Other., Same.]", 46, "the point 'Same.' stands twice"),
        ("relations: {uses: [b, b]}", 44, "the relation 'uses' to 'b' stands twice"),
        ("relations: {uses: [{to: b, why: one}, {to: b, why: two}]}", 65, "the relation 'uses' to 'b' stands twice"),
    ],
)
def test_what_stands_twice_in_a_list_is_reported(field: str, column: int, said: str) -> None:
    other = "  - {id: b, name: B}\n"
    (found,) = problems_of(f"{HEAD}  - {{id: a, name: A, {field}}}\n{other}", Code.BAD_VALUE)
    assert found == f"x.yaml:4:{column}: {said}; remove one of them"
    both = field.replace("Same.]", "More.]").replace("b]", "c]").replace("k]", "l]").replace("old]", "older]")
    assert (
        problems_of(
            f"{HEAD}  - {{id: a, name: A, {both.replace('to: b, why: two', 'to: c')}}}\n{other}", Code.BAD_VALUE
        )
        == []
    )


def test_a_method_has_no_relation_to_itself() -> None:
    (found,) = problems_of(arrows(a="a"), Code.CYCLE)
    assert "'a' has a relation to itself; name another method, or remove it" in found


def test_a_circle_of_two_acyclic_types_is_a_circle() -> None:
    text = HEAD + "  - {id: a, name: A, relations: {extends: [b]}}\n  - {id: b, name: B, relations: {builds-on: [a]}}\n"
    assert len(problems_of(text, Code.CYCLE)) == 1


def test_relations_that_may_run_in_a_circle_do() -> None:
    text = HEAD + "  - {id: a, name: A, relations: {uses: [b]}}\n  - {id: b, name: B, relations: {uses: [a]}}\n"
    assert load_files({"x.yaml": text}).problems == ()


def test_a_circle_by_a_former_id_is_found() -> None:
    text = HEAD + "  - {id: a, name: A, aliases: [old], relations: {extends: [b]}}\n"
    text += "  - {id: b, name: B, relations: {extends: [old]}}\n"
    assert len(problems_of(text, Code.CYCLE)) == 1


@pytest.mark.parametrize(
    ("own", "other", "is_wrong"),
    [
        ("2019", "2020", True),
        ("2020", "2019", False),
        ("2020", "2020", False),
        ("2020-01", "2020-02", True),
        ("2020-02", "2020-01", False),
        ("2020", "2020-12", False),
        ("2020-01", "2020", False),
        ("2019-12", "2020", True),
        ("2020-01-01", "2020-01-02", True),
        ("2020-01", "2020-01-31", False),
        ("", "2020", False),
        ("2020", "", False),
    ],
)
def test_dates_are_compared_as_far_as_both_are_known(own: str, other: str, is_wrong: bool) -> None:  # noqa: FBT001
    own_date, other_date = (f", date: {date}" if date else "" for date in (own, other))
    text = HEAD + f"  - {{id: a, name: A{own_date}, relations: {{extends: [b]}}}}\n  - {{id: b, name: B{other_date}}}\n"
    assert problems_of(text, Code.CHRONOLOGY) == [
        (
            f"x.yaml:4:{text.splitlines()[3].index('[b]') + 2}: 'a' ({own}) extends the later 'b' ({other}); turn the "
            "relation round, use another type, or give the 'date' of the first preprint"
        )
    ] * int(is_wrong)


def test_a_relation_without_an_order_in_time_may_point_to_a_later_paper() -> None:
    text = HEAD + "  - {id: a, name: A, date: 2019, relations: {uses: [b]}}\n  - {id: b, name: B, date: 2020}\n"
    assert load_files({"x.yaml": text}).problems == ()


@pytest.mark.parametrize(
    ("old", "new", "name", "problem"),
    [
        ("to: old", "to: odl", "odl", "there is no paper 'odl'; did you mean 'old'? [dangling]"),
        ("[third]", "[thrid]", "thrid", "there is no paper 'thrid'; did you mean 'third'? [dangling]"),
        ("ref: old", "ref: olf", "olf", "there is no paper 'olf'; did you mean 'old'? [dangling]"),
        ("[blue, red]", "[blue, rde]", "rde", "the tag 'rde' is not defined; did you mean 'red'? (or define it in"),
        (
            "benchmark: bench",
            "benchmark: bnech",
            "bnech",
            "the benchmark 'bnech' is not defined; did you mean 'bench'?",
        ),
        ("extends:", "extneds:", "extneds", "the relation type 'extneds' is not defined; did you mean 'extends'?"),
        ("cite: old2018", "cite: old2019", "old2019", "no BibTeX file has the key 'old2019'; did you mean 'old2018'?"),
        (
            "source: new2020",
            "source: new2021",
            "new2021",
            "no BibTeX file has the key 'new2021'; did you mean 'new2020'",
        ),
        (
            "source: new2020",
            "source: New et al.",
            "New et al.",
            "'New et al.' is neither a cite key nor a web address; write one: a key of the bibliography, or an address",
        ),
        (
            "source: new2020",
            "source: arxiv.org/abs/2005.11401",
            "arxiv.org",
            "'arxiv.org/abs/2005.11401' is neither a cite key nor a web address; write https://arxiv.org/abs/2005.",
        ),
        ("source: new2020", "source: '[@new2020]'", "[@n", "'[@new2020]' is neither a cite key nor a web address; wr"),
        ("{paper}`old`", "{paper}`odl`", "odl", "there is no paper, group or survey 'odl'; did you mean 'old'? ["),
        (
            "{paper}`old`",
            "{paper}`s#fist`",
            "s#fist",
            "there is no paper, group or survey 's#fist'; did you mean 's#fi",
        ),
        ("{paper}`old`", "{cite:t}`od2018`", "od2018", "no BibTeX file has the key 'od2018'; did you mean 'old2018'?"),
        ("The *old* one.", "'{paper}`odl`'", "odl", "there is no paper, group or survey 'odl'; did you mean 'old'?"),
        (
            "About the first.",
            "See {paper}`odl`.",
            "odl",
            "there is no paper, group or survey 'odl'; did you mean 'old'",
        ),
        ("About the first.", "|\n      A\n      {paper}`odl`", "odl", "there is no paper, group or survey 'odl'; did"),
        (
            "why: it grew",
            "why: 'as {paper}`odl`'",
            "odl",
            "there is no paper, group or survey 'odl'; did you mean 'old'",
        ),
        ("note: Here again.", "note: '{paper}`odl`'", "odl", "there is no paper, group or survey 'odl'; did you mean"),
    ],
)
def test_what_dangles_is_reported_where_it_stands(old: str, new: str, name: str, problem: str) -> None:
    text = edited(SURVEY, old, new)
    before = text[: text.index(name)]
    place = f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    found = lines(load_good(text).problems)
    assert len(found) == 1
    assert found[0].startswith(f"s.yaml:{place}: {problem}")


@pytest.mark.parametrize(
    "text", ["{paper}`former`", "{paper}`s`", "{paper}`s#inner`", "{paper}`it <third>`", "`{paper}`"]
)
def test_what_exists_does_not_dangle(text: str) -> None:
    found = load_good(edited(SURVEY, "See {paper}`old`.", f"'{text}'")).problems
    assert [problem for problem in found if problem.code is not Code.UNSAFE] == []


def test_without_tags_in_the_vocabulary_any_tag_may_be_used() -> None:
    text = HEAD + "  - {id: a, name: A, tags: [whatever]}\n"
    assert load_files({"x.yaml": text}).problems == ()


def test_html_in_the_vocabulary_is_reported_too() -> None:
    found = load_files({"v.yaml": "vocabulary: v\ntags: {a: {name: <b>A</b>}}\n"}).problems
    assert [str(problem.position) for problem in found] == ["v.yaml:2:18"]


def test_an_empty_survey_is_reported() -> None:
    text = "survey: s\ntitle: T\ngroups: [{id: g, title: G}]\n"
    assert problems_of(text, Code.EMPTY) == ["x.yaml:1:1: the survey 's' has no papers; add papers, or remove the file"]
