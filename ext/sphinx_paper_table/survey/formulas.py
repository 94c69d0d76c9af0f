r"""Formulas of records: which TeX may stand in them, whatever typesets it (MathML, MathJax or LaTeX).

TeX is a programming language: ``\input`` reads files of the machine that builds, ``\href`` and ``\unicode`` run in the
reader's browser. What is allowed is listed in ``formulas.txt``; whatever is not listed is refused.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_paper_table.survey.problems import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_TOKEN: Final = re.compile(r"\\([A-Za-z]+|.?)|(\^\^|[{}%#$])", re.DOTALL)
_ENVIRONMENT: Final = re.compile(r"\*?\s{0,9}\{([^{}\\]{0,40})\}")
_DEEPEST: Final = 40
"""Braces in braces: converters read them by recursion."""
_SIGNS: Final = r"write '\{', '\}' and '\$' for the signs themselves"
_INSTEAD: Final = {"%": r"\%", "#": r"\#", "^^": "^{}"}
EXTENDED_BY: Final = "paper_table_math_commands"


class Fault(NamedTuple):
    """Something that is not allowed in a formula: a message, a remedy, and the *source* that it is about."""

    message: str
    hint: str
    source: str


@cache
def commands() -> frozenset[str]:
    """Return the names of the commands that formulas may have, and of their environments in braces."""
    text = files("sphinx_paper_table.survey").joinpath("formulas.txt").read_text("utf-8")
    listed = (line for line in text.splitlines() if not line.startswith("# "))
    return frozenset({" ", "\n", "\\", *(name for line in listed for name in line.split())})


def fault_of(formula: str, more: Collection[str] = ()) -> Fault | None:
    """Return the first thing in *formula* that must not be there, or None; *more* are commands of the project."""
    return next(_faults(formula, more), None)


def _faults(formula: str, more: Collection[str]) -> Iterator[Fault]:
    open_braces, dollars, environments = 0, 0, list[str]()
    for token in _TOKEN.finditer(formula):
        name, sign = token.groups()
        if name in {"begin", "end"}:
            yield from _environment(formula, token, environments, more)
        elif name is not None and name not in commands() and name not in more:
            hint = f"{nearest(name, filter(str.isalpha, commands()))} ('{EXTENDED_BY}' in conf.py allows others)"
            yield Fault(f"the command '\\{name}' has no place in a formula", hint, token[0])
        elif sign in _INSTEAD:
            yield Fault(f"'{sign}' has no place in a formula", f"write '{_INSTEAD[sign]}'", sign)
        open_braces += (sign == "{") - (sign == "}")
        dollars += sign == "$"
        if not 0 <= open_braces <= _DEEPEST:
            yield Fault("the braces of a formula do not match, or are too deep", _SIGNS, sign)
    if environments:
        name = environments[-1]
        yield Fault(f"'\\begin{{{name}}}' has no end", f"write '\\end{{{name}}}'", name)
    elif open_braces or dollars % 2:
        yield Fault("the braces or dollar signs of a formula do not match", _SIGNS, "$")


def _environment(formula: str, token: re.Match[str], open_ones: list[str], more: Collection[str]) -> Iterator[Fault]:
    """Note an environment that begins or ends, and what is wrong with it."""
    named = _ENVIRONMENT.match(formula, token.end())
    name = named[1] if named else ""
    if f"{{{name}}}" not in commands() and name not in more:
        known = {known.strip("{}") for known in commands() if len(known) > 1 and known[0] == "{"}
        yield Fault(f"the environment '{name}' has no place in a formula", nearest(name, known), token[0])
    if token[1] == "begin":
        open_ones.append(name)
    elif not open_ones or open_ones.pop() != name:
        yield Fault(f"'\\end{{{name}}}' ends nothing", f"write '\\begin{{{name}}}' before it", token[0])
