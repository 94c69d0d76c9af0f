"""Every regular expression of the package takes time that grows like the text, whatever the text is.

The patterns are found by importing all modules; that there are no others is read from the sources. Each is run against
texts made for it: what it repeats is repeated, and what must follow is missing. The limit is one of the processor's own
time, and hundreds of times what a linear pattern needs: only one that grows with the square of the text can reach it.
Shorter texts go first; a longer one follows where the time of the longest, if it grew with the square, would reach it.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import pkgutil
import re
import signal
import time
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]  # the standard library's own tree of a pattern
from typing import TYPE_CHECKING, Any, Final

import sphinx_paper_table
from sphinx_paper_table.survey.lazy_patterns import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = ROOT / "ext" / "sphinx_paper_table"
PAGES: Final = ROOT / "docs" / "_ext"
SIZE: Final = 40_000
LIMIT: Final = 0.3
"""Seconds of the processor; most linear searches of such a text take a thousandth of that, and the dearest a half."""
STEPS: Final = (SIZE // 10, SIZE * 3 // 10, SIZE)
"""How long the texts are that a pattern is run against; with the cube, time grows beyond all of this in the first."""
MAKERS: Final = ("page_files.py", "lazy_patterns.py")
"""They make patterns of what a project's own ``conf.py`` says of paths, as Sphinx itself does, and of our constants."""
OWN: Final = ("[", "](", "<", "{", "`", "``a", "$", " ", "\n", "<a ", ' id="', "*a", "{a}`", "0")
"""What is repeated for every pattern."""


def _modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(sphinx_paper_table.__path__, "sphinx_paper_table."):
        yield importlib.import_module(found.name)
    for path in sorted(PAGES.glob("*.py")):
        yield importlib.import_module(path.stem)


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, (re.Pattern, LazyPattern)):
        yield value if isinstance(value, re.Pattern) else value.compiled
    elif isinstance(value, dict):
        yield from itertools.chain.from_iterable(map(_patterns_in, [*value, *value.values()]))
    elif isinstance(value, (tuple, list, frozenset, set)):
        yield from itertools.chain.from_iterable(map(_patterns_in, value))


def patterns() -> list[re.Pattern[str]]:
    """Return every compiled pattern that is a global of a module, or in one."""
    found = {pattern for module in _modules() for value in vars(module).values() for pattern in _patterns_in(value)}
    return sorted(found, key=lambda pattern: (pattern.pattern, pattern.flags))


def _sample(items: Any) -> str:
    """Return a short text that the parsed pattern *items* matches, as far as that is simple to say."""
    return "".join(_sample_of(kind, value) for kind, value in items)


def _sample_of(kind: Any, value: Any) -> str:  # noqa: PLR0911 (one for each kind)
    name = str(kind)
    if name == "LITERAL":
        return chr(int(value))
    if name in {"ANY", "NOT_LITERAL"}:
        return "b" if value != ord("b") else "c"
    if name == "IN":
        return _of_class(value)
    if name == "BRANCH":
        return _sample(value[1][0])
    if name == "SUBPATTERN":
        return _sample(value[-1])
    if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        return _sample(value[2]) * max(int(value[0]), 1)
    return ""


def _of_class(members: Any) -> str:
    """Return a character that a class has."""
    if str(members[0][0]) == "NEGATE":
        refused = re.compile(f"[{''.join(_written(kind, value) for kind, value in members[1:])}]")
        return next(sign for sign in "a1 -x\n" if refused.match(sign) is None)
    kind, value = members[0]
    if str(kind) == "LITERAL":
        return chr(int(value))
    if str(kind) == "RANGE":
        return chr(int(value[0]))
    return {"CATEGORY_SPACE": " ", "CATEGORY_DIGIT": "0", "CATEGORY_NOT_WORD": "-", "CATEGORY_NOT_SPACE": "a"}.get(
        str(value), "a"
    )


def _written(kind: Any, value: Any) -> str:
    if str(kind) == "LITERAL":
        return re.escape(chr(value))
    if str(kind) == "RANGE":
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return {"CATEGORY_SPACE": r"\s", "CATEGORY_DIGIT": r"\d", "CATEGORY_WORD": r"\w"}.get(str(value), r"\W")


def _repeated(items: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield, for everything that the pattern repeats, what stands before it and what is repeated."""
    for kind, value in items:
        name = str(kind)
        if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            yield before, _sample(value[2])
            yield from _repeated(value[2], before)
        elif name == "SUBPATTERN":
            yield from _repeated(value[-1], before)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from _repeated(branch, before)
        before += _sample_of(kind, value)


def hostile(pattern: re.Pattern[str]) -> list[tuple[str, ...]]:
    """Return texts that a pattern nearly matches, each in all lengths of `STEPS`."""
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    whole = _sample(tree)
    parts = {*OWN, whole, whole[:-1], whole[: len(whole) // 2], f"{whole[:-1]} "}
    repeated = set(_repeated(tree))
    starts = {("", part) for part in parts} | repeated | {("\N{BULLET}", part) for _before, part in repeated}
    starts |= {("", text) for before, part in repeated for text in (before, before + part)}
    shapes = [(before, part, 0) for before, part in sorted(starts)]
    shapes += [(before, part, 2) for before, part in sorted(repeated)]  # the second half is blank
    return [
        tuple(
            f"{before}{part * (size // (blank or 1) // len(part))}{' ' * (blank and size // blank)}\N{BULLET}"
            for size in STEPS
        )
        for before, part, blank in shapes
        if part
    ]


class TooLongError(Exception):
    """A pattern has used the processor for longer than `LIMIT`."""


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """Return how long a pattern takes for a text; raise `TooLongError` at the limit."""
    start = time.thread_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        for _ in pattern.finditer(text):
            pass
        pattern.fullmatch(text)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.thread_time() - start


def too_long(pattern: re.Pattern[str]) -> str:
    """Return the beginning of the text that a pattern cannot be done with, or the empty string."""

    def give_up(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, give_up)
    try:
        for texts in hostile(pattern):
            try:
                for size, text in zip(STEPS, texts, strict=True):
                    if seconds(pattern, text) * (SIZE / size) ** 2 < LIMIT:
                        break
            except TooLongError:
                return texts[-1][:60]
    finally:
        signal.signal(signal.SIGVTALRM, before)
    return ""


def test_the_texts_find_patterns_that_are_not_linear() -> None:
    """Those that the package once had."""
    former = (
        r"(`+)(?:(?!\1).)+?\1|\$[^$\n]+\$",
        r"(?:\]\(\s*<?|<)\s*((?:javascript|data)\s*:)",
        r"(.+?)\s*<[^<>]+>$",
        r"\[([^\]]*)\]\([^)\s]*\)",
        r"(\*\*|\*|`+|\$)(?=\S)(.+?)(?<=\S)\1",
        r"^\s*- +[{]? *(?:id|ref) *:",
        r"^(\s*(?:- +)?[\w-]+: +)(\S.*?)\s*$",
        r"[\t\n\r]|^[\x00-\x20]+|[\x00-\x20]+$",
        r"(<[^>]*>)",
        r"<script\b([^>]*)>(.*?)</script\s*>",
        r'<meta [^>]*name="viewport"[^>]*>\n?',
        r"external(?:\+[^:]+)?:((?:[\w-]+:)?[\w-]+)",
    )
    for source in former:
        pattern = re.compile(source, re.DOTALL)
        assert too_long(pattern), source


def test_every_pattern_is_linear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(PAGES)
    found = {pattern: too_long(pattern) for pattern in patterns()}
    assert {ascii(pattern.pattern): text for pattern, text in found.items() if text} == {}


def test_there_are_no_other_patterns() -> None:
    """A pattern is a constant of its module; whatever else compiles one would not be found above."""
    found = []
    for path in sorted((*PACKAGE.rglob("*.py"), *PAGES.glob("*.py"))):
        tree = ast.parse(path.read_text("utf-8"))
        functions = [part for part in ast.walk(tree) if isinstance(part, (ast.FunctionDef, ast.Lambda))]
        inner = {id(node) for part in functions for node in ast.walk(part)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "re":
                is_constant = node.attr == "compile" and id(node) not in inner
                is_harmless = node.attr in {"escape", "Pattern", "Match", *re.RegexFlag.__members__}
                if not is_constant and not is_harmless and path.name not in MAKERS:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}: re.{node.attr}")
    assert found == []
