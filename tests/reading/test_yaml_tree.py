"""YAML is read as text with positions; what YAML allows but a survey must not hold is reported, not believed."""

from __future__ import annotations

import difflib
from typing import Any

import pytest
from tests.support.texts import lines, tree_of

from sphinx_paper_table.reading.yaml_tree import MAX_ALIASED, MAX_ITEMS, Mapping, Sequence, parse_yaml
from sphinx_paper_table.survey.fields import POSITION
from sphinx_paper_table.survey.located import Folded, Located, Position
from sphinx_paper_table.survey.problems import Problems
from sphinx_paper_table.survey.source_files import MAX_TEXT


def plain(value: Any) -> Any:
    """Return *value* without positions."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items() if key != POSITION}
    return [plain(item) for item in value] if isinstance(value, Sequence) else value


@pytest.mark.parametrize(
    "scalar", ["no", "yes", "true", "1e3", "2104.10", "0x1F", "017", "12:30:00", "2019-11-13", ".inf", "nil", "="]
)
def test_every_scalar_stays_the_text_it_is(scalar: str) -> None:
    tree, problems = tree_of(f"key: {scalar}\nlist: [{scalar}]\n{scalar}: key\n")
    assert problems == []
    assert plain(tree) == {"key": scalar, "list": [scalar], scalar: "key"}
    assert isinstance(tree["key"], Located)


@pytest.mark.parametrize("text", ["key:\nnext: 1\n", "{key: , next: 1}", "key: # comment\nnext: 1"])
def test_a_key_without_value_is_as_good_as_absent(text: str) -> None:
    tree, problems = tree_of(text)
    assert (plain(tree), problems) == ({"next": "1"}, [])
    assert tree.keys_at["key"].line == 1


@pytest.mark.parametrize("null", ["~", "null", "Null", "NULL"])
def test_a_null_is_no_text(null: str) -> None:
    tree, problems = tree_of(f"key: {null}\nlist: [{null}]\nquoted: '{null}'\n{null}: key\n")
    assert (plain(tree), problems) == ({"list": [None], "quoted": null, null: "key"}, [])
    assert tree.keys_at["key"].line == 1


def test_a_quoted_empty_text_is_a_text() -> None:
    assert plain(tree_of("key: ''\n")[0]) == {"key": ""}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "---\n...\n"])
def test_an_empty_file_is_none_without_a_syntax_error(text: str) -> None:
    assert tree_of(text) == (None, [])


def test_positions_are_those_of_the_first_character() -> None:
    tree, _ = tree_of("# head\na: one\nlist:\n  - 'two'\n  - x: {y: three}\n")
    assert tree.position == Position("x.yaml", 2, 1)
    assert tree["a"].position == Position("x.yaml", 2, 4)
    assert tree.keys_at["list"] == Position("x.yaml", 3, 1)
    assert tree["list"].position == Position("x.yaml", 4, 3)
    assert tree["list"][0].position == Position("x.yaml", 4, 6)
    assert tree["list"][1].position == Position("x.yaml", 5, 5)
    assert tree["list"][1]["x"]["y"].position == Position("x.yaml", 5, 12)


def test_positions_of_block_texts_are_those_of_their_first_line() -> None:
    tree, _ = tree_of("a: |\n  one\n  two\nb: >-\n  three\n  four\nc: five\n  six\n")
    assert (tree["a"], tree["a"].position, type(tree["a"])) == ("one\ntwo\n", Position("x.yaml", 2, 3), Located)
    assert (tree["b"], tree["b"].position, type(tree["b"])) == ("three four", Position("x.yaml", 5, 3), Folded)
    assert (tree["c"], tree["c"].position, type(tree["c"])) == ("five six", Position("x.yaml", 7, 4), Folded)


def test_a_text_with_escaped_line_ends_stands_on_one_line() -> None:
    tree, _ = tree_of('a: "one\\ntwo"\n')
    assert (tree["a"], type(tree["a"]), tree["a"].position) == ("one\ntwo", Folded, Position("x.yaml", 1, 5))


def test_positions_within_another_file_start_where_the_text_stands_there() -> None:
    problems = Problems()
    tree = parse_yaml("a: one\nb: two\na: three", "page.rst", problems, Position("page.rst", 10, 4))
    assert tree["a"].position == Position("page.rst", 10, 7)
    assert tree["b"].position == Position("page.rst", 11, 7)
    assert lines(problems.sorted()) == [
        (
            "page.rst:12:4: the key 'a' stands twice; it was given at line 10, which is used; remove one of them "
            "[duplicate-key]"
        )
    ]


def test_the_first_of_equal_keys_is_used_and_the_others_are_reported() -> None:
    tree, problems = tree_of("a: 1\nb: {c: 2, c: [3, {d: 4}], e: 5}\n'a': 6\n")
    assert plain(tree) == {"a": "1", "b": {"c": "2", "e": "5"}}
    assert problems == [
        (
            "x.yaml:2:11: the key 'c' stands twice; it was given at line 2, which is used; remove one of them "
            "[duplicate-key]"
        ),
        (
            "x.yaml:3:2: the key 'a' stands twice; it was given at line 1, which is used; remove one of them "
            "[duplicate-key]"
        ),
    ]


def test_an_empty_value_does_not_hide_a_second_key() -> None:
    _, problems = tree_of("a:\na: 1\n")
    assert len(problems) == 1
    assert problems[0].startswith("x.yaml:2:1: the key 'a' stands twice;")


def test_aliases_stand_for_their_anchor() -> None:
    tree, problems = tree_of("a: &x [1, 2]\nb: *x\nc: &y text\nd: [*y, *x]\n")
    assert problems == []
    assert plain(tree) == {"a": ["1", "2"], "b": ["1", "2"], "c": "text", "d": ["text", ["1", "2"]]}


def test_an_alias_without_anchor_is_reported_and_left_out() -> None:
    tree, problems = tree_of("a: *x\nb: 1\n")
    assert plain(tree) == {"b": "1"}
    assert problems == [
        "x.yaml:1:4: the alias '*x' stands for nothing; define it with '&x' before, or quote the text: a: '*x' [syntax]"
    ]


def test_an_anchor_cannot_contain_itself() -> None:
    tree, problems = tree_of("a: &x [1, *x]\n")
    assert plain(tree) == {"a": ["1", None]}
    assert problems == ["x.yaml:1:11: the alias '*x' stands for nothing; define it with '&x' before [syntax]"]


def test_an_alias_bomb_is_defused_where_it_grows_too_large() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    tree, problems = tree_of("\n".join(rows))
    assert plain(tree["a0"]) == ["x"] * 10
    assert problems[0].startswith(f"x.yaml:4:45: the file's aliases stand for more than {MAX_ALIASED:,} values; write")
    assert len(problems) == 1
    assert sum(1 for _ in _leaves(tree)) < 3 * MAX_ALIASED


def _leaves(value: Any) -> Any:
    if isinstance(value, (Mapping, Sequence)):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _leaves(item)
    else:
        yield value


def test_a_merge_key_is_an_ordinary_key() -> None:
    tree, problems = tree_of("a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n")
    assert problems == []
    assert plain(tree["c"]) == {"<<": {"b": "1"}, "d": "2"}


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!!set", "!mine"])
def test_tags_run_nothing_and_are_refused(tag: str) -> None:
    tree, problems = tree_of(f"a: {tag} [echo]\n")
    assert plain(tree) == {"a": ["echo"]}
    assert len(problems) == 1
    assert problems[0].startswith("x.yaml:1:4: the YAML tag '")
    assert problems[0].endswith("' has no meaning here; remove it [syntax]")


def test_a_text_that_begins_with_an_exclamation_mark_is_shown_in_quotes() -> None:
    tree, problems = tree_of("a: !important text\n")
    assert plain(tree) == {"a": "text"}
    hint = "remove it, or quote the text: a: '!important text'"
    assert problems == [f"x.yaml:1:4: the YAML tag '!important' has no meaning here; {hint} [syntax]"]


def test_a_text_that_begins_with_an_ampersand_is_shown_in_quotes() -> None:
    tree, problems = tree_of("a: &more text\nb: &used text\nc: *used\n")
    assert plain(tree) == {"a": "text", "b": "text", "c": "text"}
    message = "'&more' is read as the name of an anchor, which nothing uses"
    assert problems == [f"x.yaml:1:4: {message}; remove it, or quote the text: a: '&more text' [bad-value]"]


@pytest.mark.parametrize("tag", ["!!python/name:os.system", "!!int", "!!binary"])
def test_tags_of_scalars_are_refused_too(tag: str) -> None:
    tree, problems = tree_of(f"a: {tag} 12\n")
    assert plain(tree) == {"a": "12"}
    assert len(problems) == 1
    assert problems[0].endswith("' has no meaning here; remove it [syntax]")


@pytest.mark.parametrize("key", ["[a, b]", "{a: b}", "? [a]\n"])
def test_a_key_that_is_no_text_is_refused_with_its_value(key: str) -> None:
    tree, problems = tree_of(f"{key}: {{x: 1}}\nnext: 2\n" if "?" not in key else f"{key}: 1\nnext: 2\n")
    assert plain(tree) == {"next": "2"}
    assert problems == [
        f"x.yaml:1:{3 if '?' in key else 1}: a key must be text; remove '? ', brackets or braces [wrong-type]"
    ]


def test_a_second_document_is_not_read() -> None:
    tree, problems = tree_of("a: 1\n---\nb: 2\n")
    assert plain(tree) == {"a": "1"}
    assert problems == ["x.yaml:2:1: a second YAML document is not read; put it into a file of its own [syntax]"]


def test_a_text_beyond_any_honest_size_is_left_out() -> None:
    tree, problems = tree_of(f"a: {'x' * (MAX_TEXT + 1)}\nb: {'y' * MAX_TEXT}\n")
    assert list(plain(tree)) == ["b"]
    assert problems == [
        "x.yaml:1:4: the text is 100,001 characters long; the limit is 100,000; it is left out [too-large]"
    ]


def test_a_list_beyond_any_honest_size_is_not_read_to_its_end() -> None:
    tree, problems = tree_of("a: 1\nb:\n" + "- x\n" * MAX_ITEMS)
    assert len(tree["b"]) == MAX_ITEMS
    assert problems == []
    tree, problems = tree_of("a: 1\nb:\n" + "- x\n" * (MAX_ITEMS + 1) + "c: [*unknown]\n")
    assert tree is None
    assert problems == [
        "x.yaml:3:1: the list that begins here has more than 100,000 items; split it; the file is left out [too-large]"
    ]


ENTRIES = """\
survey: s
papers:
  - id: one
    name: One
  - id: two
    name: {broken}
    summary: more
  - id: three
    name: Three
groups:
  - id: g
    title: G
    papers:
      - id: four
        name: Four
"""
ALL = ["one", "two", "three", "four"]


def names_in(tree: Any) -> list[str]:
    """Return the ids of the papers that are left."""
    return [str(paper["id"]) for paper in (*tree["papers"], *tree["groups"][0]["papers"]) if paper]


@pytest.mark.parametrize(
    ("broken", "line", "column", "said"),
    [
        ("One\n   stray: 1", 7, 4, "this stands between the items of a list, and does not begin with '- '"),
        ("\x07", 6, 1, "there is a control character"),
        ("[a] b\n    - c", 6, 15, "this belongs to nothing: it is neither a key nor a part of the text before"),
    ],
)
def test_what_nobody_understands_costs_only_the_entry_it_stands_in(
    broken: str, line: int, column: int, said: str
) -> None:
    tree, problems = tree_of(ENTRIES.replace("name: {broken}", f"tags: {broken}"))
    assert names_in(tree) == ["one", "three", "four"]
    assert problems[0].startswith(f"x.yaml:{line}:{column}: {said}; check indentation, and quote texts that contain")
    assert problems[0].endswith("; the entry 'id: two' is left out until then [syntax]")
    assert len(problems) == 1


def test_syntax_errors_that_are_understood_cost_nothing_and_are_all_reported() -> None:
    text = ENTRIES.replace("{broken}", "Two: a colon").replace("name: Four", "name: [Four")
    tree, problems = tree_of(text)
    assert names_in(tree) == ALL
    assert [problem.split(":")[1] for problem in problems] == ["6", "15"]
    assert tree["papers"][1]["name"] == "Two: a colon"


def test_places_in_a_corrected_line_are_those_in_the_file() -> None:
    tree, _ = tree_of(
        ENTRIES.replace("{broken}", "Two: a colon").replace("name: Three", "links: {demo: a: b, code: v}")
    )
    assert tree["papers"][1]["name"].position == Position("x.yaml", 6, 11)
    links = tree["papers"][2]["links"]
    assert links["demo"].position == Position("x.yaml", 9, 19)
    assert (links.keys_at["code"], links["code"].position) == (Position("x.yaml", 9, 25), Position("x.yaml", 9, 31))


@pytest.mark.parametrize(
    ("old", "new", "line", "column"),
    [
        ("survey: s", "survey: s\ntitle: a: b", 2, 9),
        ("title: G", "title: a: b", 12, 13),
        ("title: G", "title: 'G", 12, 12),
        ("title: G", "title: [G", 12, 12),
        ("title: G", "title: G\n   stray: 1", 13, 4),
        ("title: G", "title: @G", 12, 12),
    ],
)
def test_a_syntax_error_outside_papers_costs_no_paper(old: str, new: str, line: int, column: int) -> None:
    tree, problems = tree_of(ENTRIES.replace("{broken}", "Two").replace(old, new))
    assert names_in(tree) == ALL
    assert problems[0].startswith(f"x.yaml:{line}:{column}: ")


def test_a_corrected_line_is_compared_once_and_only_where_it_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of its nodes asks for its place: a line of five hundred brackets once took twelve seconds."""
    compared: list[tuple[str, str]] = []

    class Matcher(difflib.SequenceMatcher[str]):
        def __init__(self, _junk: None, before: str, after: str, *, autojunk: bool) -> None:
            compared.append((before, after))
            super().__init__(None, before, after, autojunk=autojunk)

    monkeypatch.setattr(difflib, "SequenceMatcher", Matcher)
    parse_yaml("[" * 150, "u.yaml", Problems())
    assert compared == [("", "]" * 150)]


def test_text_that_is_no_yaml_is_given_up_soon() -> None:
    tree, problems = tree_of("}{\n" * 1000)
    assert tree is None
    assert len(problems) == 11
    assert problems[0].startswith("x.yaml:1:1: a value is expected here; check indentation")


def test_nothing_is_recursive_in_reading_deep_nesting() -> None:
    tree, problems = tree_of("[" * 1000 + "]" * 1000)
    assert problems == []
    depth = 0
    while tree:
        tree, depth = tree[0], depth + 1
    assert depth == 999
    hint = "split it; the file is left out"
    deep = f"x.yaml:1:1001: lists and mappings stand more than 1,000 deep in each other here; {hint} [too-large]"
    assert tree_of("[" * 100_000)[1] == [deep]


@pytest.mark.parametrize("odd", ["\x85", "\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}"])
def test_line_ends_that_no_editor_counts_do_not_shift_places(odd: str) -> None:
    tree, problems = tree_of(f"a: one{odd}two\nb: three\n")
    assert problems == []
    assert (tree["a"], tree["b"].position) == ("one two", Position("x.yaml", 2, 4))


def test_an_empty_block_text_at_the_end_has_a_place_in_the_file() -> None:
    tree, problems = tree_of("a: |")
    assert problems == []
    assert (tree["a"], tree["a"].position) == ("", Position("x.yaml", 1, 4))
