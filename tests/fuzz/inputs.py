"""What `make fuzz` gives to the front end: good files of every kind, made worse; the tests of attacks lend their words.

A case is drawn by Hypothesis: which file, and up to eight edits of it. Drawing edits of a text is quick; the texts
themselves are made once from what the records declare.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any, Final

import yaml
from hypothesis import strategies as st
from tests.security.hostile import Payload, Writer, payloads

from sphinx_paper_table.survey.entities import (
    Benchmark,
    Group,
    Paper,
    Part,
    RelationType,
    Survey,
    TagTerm,
    Venue,
    Video,
)

GOOD: Final = Payload("good", "Good *words* with $x^2$, {cite}`cite-good` and {paper}`good`.")


def _survey() -> str:
    writer = Writer(GOOD)
    inner = writer.record(Group, id="inner", papers=[{"ref": "good", "note": "Again."}])
    paper = writer.record(Paper, relations={"extends": [{"to": "other", "why": "It grew."}, "other"]})
    group = writer.record(Group, id="outer", papers=[paper, {"id": "other", "name": "Other"}], groups=[inner])
    return _dump(writer.record(Survey, survey="s", groups=[group], videos=[writer.record(Video)]))


def _dump(data: object) -> str:
    return yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)


SMALL: Final = "survey: s\ntitle: S\npapers:\n- {id: good, name: Good, cite: cite-good, tags: [tag-good]}\n"
FILES: Final[dict[str, tuple[str, ...]]] = {
    "s.yaml": (
        SMALL,
        _survey(),
        (
            "survey: s\ntitle: 'S'\nsummary: |\n  Words.\n\n  ```{note}\n  Inner.\n  ```\npapers:\n- id: good\n"
            '  name: "Good\\u00e9"\n  points:\n  - >-\n    one\n    two\n  links: {code: https://example.org/}\n'
        ),
        "survey: s\ntitle: S\ngroups:\n- &a\n  id: x\n  title: X\n  papers: [{id: good, name: &n Good}]\n- *a\n",
    ),
    "part.yaml": (_dump({"part": "s", **Writer(GOOD).record(Part, part="s", papers=[{"id": "p", "name": "P"}])}),),
    "vocabulary.yaml": (
        _dump(
            {
                "vocabulary": "v",
                "tags": {"tag-good": Writer(GOOD).record(TagTerm)},
                "benchmarks": {"bench-good": Writer(GOOD).record(Benchmark)},
                "relations": {"kind-good": Writer(GOOD).record(RelationType)},
                "venues": {"venue-good": Writer(GOOD).record(Venue)},
            }
        ),
    ),
    "refs.bib": (
        (
            '@inproceedings{cite-good,\n  author = {Good, Ann and M{\\"u}ller, Bob and others},\n'
            "  title = {The {GOOD} of $x^2$},\n  booktitle = {Conference},\n  venue = {CVPR},\n  year = {2018},\n"
            "  url = {https://example.org/a_b%20c},\n}\n"
        ),
        (
            '@string{a = "A"}\n@article{cite-good, author = a # " and B, C", title = "T", journal = a, month = jan,'
            " year = 2019}\n@comment{x}\n@misc(other, title = {O}, eprint = {1911.05722}, archiveprefix = {arXiv})\n"
        ),
    ),
}
"""Good files, by the name that says how they are read."""
WORDS: Final = (
    *"{}[]\"'`,:#&*!|>%@-?\\<$\t\n\r\0\x07 ~^_=()/.",
    *("- ", ": ", "@misc{", "@string{", "\n\n", "é", "\u2028", "\ufeff", "<<: *a", "*a", "&a ", "---\n", "...\n", "? "),
    *(
        "null",
        "~",
        "true",
        "1e999",
        "-0",
        "9" * 30,
        "!!python/name:x ",
        "\U0001f468",
        "\ud7ff",
        "\x85",
        "\\u0000",
        " # ",
    ),
    *("survey:", "part:", "papers:", "groups:", "id:", "ref:", "relations:", "{{", "}}", "\\", "```{", "$$", "#" * 20),
    *(payload.text for payload in payloads()),
)
"""What is put into them."""


@dataclass(frozen=True)
class Case:
    """A set of files, one of which is not what it should be."""

    name: str
    files: dict[str, str]


_EDIT: Final = st.tuples(
    st.integers(0, 4), st.integers(0, 4095), st.integers(0, len(WORDS) - 1), st.sampled_from((0, 1, 1, 2, 8, 60))
)


def _edited(text: str, edits: list[tuple[int, int, int, int]]) -> str:
    for kind, place, word, length in edits:
        at = place * (len(text) + 1) // 4096
        end = at + length
        new = ("", WORDS[word], text[at:end] * 2, text[at:end][::-1], WORDS[word] * length)[kind]
        text = text[:at] + new + text[end:]
    return text


def _case(choice: tuple[str, int], edits: list[tuple[int, int, int, int]]) -> Case:
    name, number = choice
    files = {"s.yaml": SMALL} | ({name: FILES[name][number]} if name in FILES else {})
    return Case(name, {**files, name: _edited(files[name], edits)})


cases: Final = st.builds(
    _case,
    st.sampled_from([(name, number) for name, texts in FILES.items() for number in range(len(texts))]),
    st.lists(_EDIT, min_size=1, max_size=8),
)
"""Files for the front end."""

_INVENTORY: Final = (
    "far std:label -1 page.html#$ -\nfar paper:method 1 p.html#paper-$ Far\n"
    "key cite:citation 1 r.html#cite-$ Far, 2020a\n"
)
_PO: Final = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n#: s.yaml:2\nmsgid "S"\nmsgstr "题目"\n'


def _inventory(edits: list[tuple[int, int, int, int]], *, packed: bool) -> bytes:
    head = "# Sphinx inventory version 2\n# Project: far\n# Version: 1\n# The remainder is compressed using zlib.\n"
    body = _edited(_INVENTORY, edits).encode("utf-8", "surrogatepass")
    return head.encode() + (zlib.compress(body) if packed else body)


inventories: Final = st.builds(
    _inventory, st.lists(_EDIT, max_size=6), packed=st.sampled_from((True, True, True, False))
)
catalogues: Final = st.builds(lambda edits: _edited(_PO, edits), st.lists(_EDIT, min_size=1, max_size=4))
values: Final[st.SearchStrategy[Any]] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
"""What somebody may write into conf.py."""
