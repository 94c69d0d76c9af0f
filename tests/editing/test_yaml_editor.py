"""A YAML file is changed where it is meant to, and nowhere else: comments, order, layout, quotes and line ends stay."""

from __future__ import annotations

import random
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from sphinx_paper_table.editing.documents import Document, EditError, open_document
from sphinx_paper_table.editing.scalars import offsets_of, written
from sphinx_paper_table.editing.yaml_editor import YamlEditor
from sphinx_paper_table.editing.yaml_nodes import Node, parse_nodes
from sphinx_paper_table.survey.edits import apply_edits

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


def editor_of(text: str) -> YamlEditor:
    return YamlEditor(Document("a.yaml", Path("a.yaml"), text.encode(), text))


def done(text: str, change: Callable[[YamlEditor, Node], None]) -> str:
    editor = editor_of(textwrap.dedent(text))
    change(editor, editor.root)
    return apply_edits(editor.text, editor.finished())


def node(root: Node, *path: str | int) -> Node:
    for step in path:
        found = root.items[step] if isinstance(step, int) else root.get(step)
        assert found is not None
        root = found
    return root


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: old # why\nb: x\n", "a: new # why\nb: x\n"),
        ("a:   'old'   # why", "a:   'new'   # why"),
        ('a: "old"\n', 'a: "new"\n'),
        ("{a: old, b: [c]}\n", "{a: new, b: [c]}\n"),
        ("- 1\n", None),
        ("a: &x old\nb: *x\n", None),
        ("a: |\n  old\n", None),
        ("a: [old]\n", None),
    ],
)
def test_a_value_is_set(before: str, after: str | None) -> None:
    def change(editor: YamlEditor, root: Node) -> None:
        editor.set_scalar(node(root, "a") if root.pairs else root, "new")

    if after is None:
        with pytest.raises(EditError, match=r"a\.yaml:1:"):
            done(before, change)
    else:
        assert done(before, change) == after


VALUES = [
    *(
        "a",
        "a b",
        "a: b",
        "a #b",
        "a#b",
        "#a",
        "- a",
        "-a",
        "-",
        "no",
        "NULL",
        "~",
        "1",
        "1e3",
        "2104.10",
        "0x1F",
        "12:30",
        "2019-11-02",
    ),
    *(
        "",
        " a",
        "a ",
        "it's",
        '"x"',
        "a\nb",
        "a\tb",
        "é\U0001f600",
        "[a",
        "a, b",
        "{a}",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a",
        "?",
        "? a",
        ":",
        "a:",
    ),
    *("=", "<<", "|", ">", "\\p", "a\\nb", "null x", "\u2028", "...", "---", "--- a"),
]


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("template", ["a: %s # c\nb: x\n", "a: [x, %s, y]\n", "- %s\n- x\n", "{a: %s}\n"])
def test_a_value_reads_back_as_text(value: str, template: str) -> None:
    """PyYAML, which guesses types, takes it for text too."""
    text = template % written(value, in_brackets="[" in template or "{" in template)
    found = parse_nodes(text, "a.yaml")
    assert value.replace("\u2028", " ") in [one.value for one in found.within()]
    assert value in list(scalars(yaml.safe_load(text)))


def scalars(value: object) -> list[object]:
    if isinstance(value, dict):
        return scalars(list(value.values()))
    return [inner for item in value for inner in scalars(item)] if isinstance(value, list) else [value]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: [x] # c\n", "a: [x, w] # c\n"),
        ("a: []\n", "a: [w]\n"),
        ("a: [x, ]\n", "a: [x, w, ]\n"),
        ("a: [\n  x, # c\n  z,\n]\n", "a: [\n  x, # c\n  z,\n  w,\n]\n"),
        ("a:\n- x # c\nb: z", "a:\n- x # c\n- w\nb: z"),
        ("a:\n    -  x", "a:\n    -  x\n    -  w"),
        ("a:\n  - |\n    x\n\nb: z\n", "a:\n  - |\n    x\n  - w\n\nb: z\n"),
    ],
)
def test_an_item_is_added_and_taken_away(before: str, after: str) -> None:
    assert done(before, lambda editor, root: editor.add_item(node(root, "a"), "w")) == after
    if node(parse_nodes(before, ""), "a").items:

        def back(editor: YamlEditor, root: Node) -> None:
            editor.remove_item(node(root, "a"), node(root, "a", -1))

        assert done(after, back) == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# top\na: x # c\nb: y\n", "# top\na: x # c\nk: [z]\nb: y\n"),
        ("- a: x\n  b: y", "- a: x\n  k: [z]\n  b: y"),
        ("- a: x", "- a: x\n  k: [z]"),
        ("{a: x, b: y}", "{a: x, k: [z], b: y}"),
        ("a: >\n  x\n\n  y\n\n\nb: y\n", "a: >\n  x\n\n  y\nk: [z]\n\n\nb: y\n"),
        ("a:\nb: y\n", "a:\nk: [z]\nb: y\n"),
    ],
)
def test_a_key_is_added_and_taken_away(before: str, after: str) -> None:
    def root_of(root: Node) -> Node:
        return root.items[0] if root.items else root

    assert done(before, lambda editor, root: editor.add_key(root_of(root), "k", "[z]", "a", ["z"])) == after
    assert done(after, lambda editor, root: editor.remove_key(root_of(root), "k")) == before


def test_the_first_key_of_an_item_can_go() -> None:
    assert done("- a: x # c\n  b: y\n", lambda editor, root: editor.remove_key(root.items[0], "a")) == "- b: y\n"


def test_an_edit_that_changes_something_else_is_refused() -> None:
    """What is meant is compared with what is read: a value that a list in brackets would take for two, for example."""

    def change(editor: YamlEditor, root: Node) -> None:
        editor.edit(node(root, "a", 0).start, node(root, "a", 0).end, "x, y")
        editor.note_replaced(node(root, "a", 0), "x, y")

    with pytest.raises(EditError, match="without changing its meaning"):
        done("a: [x]\n", change)


STYLES = {
    "plain": "x: Some {cite}`a,b` text\n  that it's on\n\n  lines {paper}`moco` end\n",
    "single": "x: 'Some {cite}`a,b` text\n  that it''s on\n\n  lines {paper}`moco` end'\n",
    "double": 'x: "Some {cite}`a,b` \\u00e9 \\"q\\" \\x41\\\n   text\n  that on\n\n  lines {paper}`moco` end\\n"\n',
    "literal": "x: |\n  Some {cite}`a,b` text\n    that it's on\n\n  lines {paper}`moco` end\n",
    "folded": "x: >- # {paper}`moco`\n  A {cite}`a,b`\n  it's on\n\n    more\n  lines {paper}`moco` end\n\nb: c\n",
}


@pytest.mark.parametrize("style", STYLES)
def test_parts_of_a_text_are_replaced_where_they_stand(style: str) -> None:
    text = STYLES[style]

    def change(editor: YamlEditor, root: Node) -> None:
        one = node(root, "x")
        start = one.value.index("moco")
        editor.replace_in_scalar(
            one, [(start, start + 4, "moco-v1"), (one.value.index("a,b"), one.value.index(",b"), "ab")]
        )

    after = text.replace("cite}`a,", "cite}`ab,").replace("lines {paper}`moco`", "lines {paper}`moco-v1`")
    assert done(text, change) == after


def test_every_character_of_the_surveys_is_found() -> None:
    for path in sorted((ROOT / "docs" / "surveys").rglob("*.yaml")):
        text = path.read_text("utf-8")
        for one in parse_nodes(text, str(path)).within():
            if one.kind == "scalar":
                places = offsets_of(text, one)
                assert [text[place] for place, sign in zip(places, one.value, strict=False) if not sign.isspace()] == [
                    sign for sign in one.value if not sign.isspace()
                ]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_bytes_that_are_not_edited_stay(tmp_path: Path, end: str, mark: str) -> None:
    path = tmp_path / "a.yaml"
    lines = ["# \u00e9", "a: [x]  ", "b:", "  - y", "\tc", ""]
    path.write_bytes((mark + end.join(lines[:4]) + "\n" + "c: \x85z" + end).encode())
    before = path.read_bytes()
    document = open_document(path, "a.yaml")
    editor = YamlEditor(document)
    editor.add_item(node(editor.root, "b"), "new")
    editor.set_scalar(node(editor.root, "a", 0), "w", in_brackets=True)
    after = document.edited(editor.finished())
    assert after == before.replace(b"[x]", b"[w]").replace(b"- y\n", b"- y" + end.encode() + b"  - new\n")


def test_a_file_of_another_encoding_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: \xe9\n")
    with pytest.raises(EditError, match="not UTF-8"):
        open_document(path, "a.yaml")
    assert open_document(path, "a.bib", legacy=True).text == "a: \xe9\n"
    with pytest.raises(EditError, match="cannot be read"):
        open_document(tmp_path, "a.yaml")


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_a_file_without_content_is_not_edited(text: str) -> None:
    with pytest.raises(EditError, match=r"a\.yaml:1:1: the file is empty"):
        parse_nodes(text, "a.yaml")


def test_random_changes_and_back() -> None:
    """Ids of lists and mappings in all layouts are changed and changed back: every byte is as before."""
    chance = random.Random(5)  # noqa: S311 (no secret)
    for _ in range(200):
        text = (
            "".join(
                chance.choice(
                    [
                        "# c\n",
                        "\n",
                        f"k{number}: v # c\n",
                        f"k{number}: 'v'\n",
                        f"k{number}: [v, w]\n",
                        f"k{number}:\n- v\n- w\n",
                    ]
                )
                for number in range(8)
            )
            + "last: v"
        )
        root = parse_nodes(text, "")
        places = [place for place, one in enumerate(root.within()) if one.value == "v"]
        place = chance.choice(places)

        def change(value: str, place: int = place) -> Callable[[YamlEditor, Node], None]:
            return lambda editor, whole: editor.set_scalar(list(whole.within())[place], value)

        after = done(text, change("moco-v1"))
        assert after != text
        assert done(after, change("v")) == text
