"""What a ``conf.py`` says, read from its syntax: it is never run.

What is written there as it is, is known: constants and lists, sums of them, texts with names in them that have been
assigned before, paths that begin at ``__file__``. Whatever else gives a name its value makes that name *computed*:
conditions, loops, calls, the environment.
"""

from __future__ import annotations

import ast
import os
from dataclasses import dataclass, field
from functools import singledispatchmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.source_files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOURCES: Final = ("", "docs", "doc", "source", "docs/source", "doc/source")
"""Where a Sphinx project keeps its ``conf.py``, seen from its folder."""
_LARGEST: Final = 100_000
"""Characters or items of one value: sums of sums grow fast."""
_DEEPEST: Final = 50
"""Expressions within one another; a chain of two thousand sums would exhaust the stack."""
_PATHS: Final[dict[str, Callable[..., Any]]] = {
    "Path": Path,
    "pathlib.Path": Path,
    "str": str,
    "list": list,
    "tuple": tuple,
    "dict": dict,
    "sorted": sorted,
    "os.fspath": os.fspath,
    "os.path.abspath": os.path.abspath,
    "os.path.realpath": os.path.realpath,
    "os.path.dirname": os.path.dirname,
    "os.path.basename": os.path.basename,
    "os.path.join": os.path.join,
    "os.path.normpath": os.path.normpath,
}
"""Functions that say the same at every place and time."""
_OF_PATHS: Final = frozenset({"parent", "parents", "name", "stem", "suffix"})
_METHODS: Final = frozenset({"resolve", "absolute", "joinpath", "as_posix", "with_name", "with_suffix"})
_ADDING: Final = frozenset({"append", "extend", "insert"})


class _ComputedError(Exception):
    """A value that only running the file would tell."""


@dataclass(slots=True)
class ConfFile:
    """The names that a ``conf.py`` assigns: *values* that are known, and where each name gets its value."""

    path: Path
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Position] = field(default_factory=dict)
    """Every name that is assigned somewhere at the top, or within a condition or loop there."""
    text: str = ""
    broken: Position | None = None
    """Where Python cannot read the file."""
    reason: str = ""
    """Why it cannot, in Python's words."""

    @property
    def computed(self) -> dict[str, Position]:
        """The names whose value is not known."""
        return {name: place for name, place in self.places.items() if name not in self.values}

    def place(self, name: str) -> Position:
        """Return where *name* gets its value."""
        return self.places.get(name, Position(str(self.path), 1, 1))


def read_conf(path: Path) -> ConfFile:
    """Return what the file at *path* says; nothing when it is not there, or no Python."""
    found = ConfFile(path)
    try:
        data = read_bytes(path)
        tree = ast.parse(data)
    except OSError:
        return found
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        found.broken = Position(str(path), getattr(error, "lineno", 1) or 1, getattr(error, "offset", 1) or 1)
        found.reason = str(getattr(error, "msg", "") or error)
        return found
    found.text = data.decode("utf-8", "replace")
    reader = _Reader(found)
    for statement in tree.body:
        reader.statement(statement)
    return found


class _Reader:
    """Follows the statements of a file in their order."""

    def __init__(self, found: ConfFile) -> None:
        self._found = found
        self._file = str(found.path)

    def statement(self, node: ast.stmt) -> None:
        """Take in one statement of the top."""
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._assign(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, value)
            case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value):
                self._set(name, node, ast.BinOp(ast.Name(name), ast.Add(), value))
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method), args=args)) if (
                method in _ADDING
            ):
                self._add(name, method, args, node)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AsyncFunctionDef(name=name):
                self._found.values.pop(name, None)
                self._found.places[name] = self._place(node)
            case _:
                self._forget(node)

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self._set(target.id, target, value)
        elif (
            isinstance(target, ast.Tuple | ast.List)
            and isinstance(value, ast.Tuple | ast.List)
            and len(target.elts) == len(value.elts)
        ):
            for inner, part in zip(target.elts, value.elts, strict=True):
                self._assign(inner, part)
        else:
            self._forget(target)

    def _set(self, name: str, node: ast.stmt | ast.expr, value: ast.expr) -> None:
        self._found.places[name] = self._place(node)
        try:
            self._found.values[name] = self.value(value)
        except _ComputedError:
            self._found.values.pop(name, None)

    def _add(self, name: str, method: str, args: list[ast.expr], node: ast.stmt) -> None:
        """Follow ``extensions.append("…")`` and the like."""
        try:
            known = self._found.values[name]
            values = [self.value(argument) for argument in args]
            changed = list(known)
            getattr(changed, method)(*values)
            self._found.values[name] = changed
        except (_ComputedError, KeyError, TypeError):
            self._found.values.pop(name, None)
            self._found.places.setdefault(name, self._place(node))

    def _forget(self, node: ast.AST) -> None:
        """Take every name that is changed within *node* for computed."""
        for inner in ast.walk(node):
            target = inner
            if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute):
                target = inner.func.value if inner.func.attr in _ADDING | {"remove", "update", "clear"} else inner
            elif isinstance(inner, ast.Subscript) and isinstance(inner.ctx, ast.Store):
                target = inner.value
            elif isinstance(inner, ast.Name) and not isinstance(inner.ctx, ast.Store | ast.Del):
                continue
            if isinstance(target, ast.Name):
                self._found.values.pop(target.id, None)
                self._found.places[target.id] = self._place(target)

    def _place(self, node: ast.stmt | ast.expr) -> Position:
        return Position(self._file, node.lineno, node.col_offset + 1)

    def value(self, node: ast.expr, depth: int = 0) -> Any:
        """Return the value of an expression; raises `_ComputedError` for one that only running would tell."""
        if depth > _DEEPEST:
            raise _ComputedError
        try:
            found = self._evaluated(node, depth + 1)
        except (TypeError, ValueError, LookupError, AttributeError, OSError, RecursionError) as error:
            raise _ComputedError from error
        if isinstance(found, str | list | tuple | dict | set) and len(found) > _LARGEST:
            raise _ComputedError
        return found

    @singledispatchmethod
    def _evaluated(self, _node: ast.expr, _depth: int) -> Any:
        """Return the value of one kind of expression; each that can be known has a method below."""
        raise _ComputedError

    @_evaluated.register
    def _constant(self, node: ast.Constant, _depth: int) -> Any:
        return node.value

    @_evaluated.register
    def _name(self, node: ast.Name, _depth: int) -> Any:
        return str(self._found.path.resolve()) if node.id == "__file__" else self._found.values[node.id]

    @_evaluated.register(ast.List)
    @_evaluated.register(ast.Tuple)
    @_evaluated.register(ast.Set)
    def _collection(self, node: ast.List | ast.Tuple | ast.Set, depth: int) -> Any:
        kinds: dict[type[ast.expr], type] = {ast.List: list, ast.Tuple: tuple, ast.Set: set}
        return kinds[type(node)](self._items(node.elts, depth))

    @_evaluated.register
    def _mapping(self, node: ast.Dict, depth: int) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                found.update(self.value(value, depth))
            else:
                found[self.value(key, depth)] = self.value(value, depth)
        return found

    @_evaluated.register
    def _sum(self, node: ast.BinOp, depth: int) -> Any:
        left, right = self.value(node.left, depth), self.value(node.right, depth)
        if isinstance(node.op, ast.Add):
            return left + right
        if isinstance(node.op, ast.Div) and isinstance(left, Path):
            return left / right
        raise _ComputedError

    @_evaluated.register
    def _sign(self, node: ast.UnaryOp, depth: int) -> Any:
        value = self.value(node.operand, depth)
        if isinstance(node.op, ast.Not):
            return not value
        if isinstance(node.op, ast.USub):
            return -value
        raise _ComputedError

    @_evaluated.register
    def _text(self, node: ast.JoinedStr, depth: int) -> str:
        return "".join(str(self.value(part, depth)) for part in node.values)

    @_evaluated.register
    def _part(self, node: ast.FormattedValue, depth: int) -> Any:
        if node.conversion != -1 or node.format_spec is not None:
            raise _ComputedError
        return self.value(node.value, depth)

    @_evaluated.register
    def _choice(self, node: ast.IfExp, depth: int) -> Any:
        return self.value(node.body if self.value(node.test, depth) else node.orelse, depth)

    @_evaluated.register
    def _item(self, node: ast.Subscript, depth: int) -> Any:
        return self.value(node.value, depth)[self.value(node.slice, depth)]

    @_evaluated.register
    def _attribute(self, node: ast.Attribute, depth: int) -> Any:
        if node.attr not in _OF_PATHS:
            raise _ComputedError
        return getattr(self._path(node.value, depth), node.attr)

    @_evaluated.register
    def _call(self, node: ast.Call, depth: int) -> Any:
        if node.keywords:
            raise _ComputedError
        name = ast.unparse(node.func)
        arguments = list(self._items(node.args, depth))
        if name in _PATHS and name not in self._found.places:
            return _PATHS[name](*arguments)
        if isinstance(node.func, ast.Attribute) and node.func.attr in _METHODS:
            return getattr(self._path(node.func.value, depth), node.func.attr)(*arguments)
        raise _ComputedError

    def _items(self, nodes: list[ast.expr], depth: int) -> Iterator[Any]:
        for node in nodes:
            if isinstance(node, ast.Starred):
                yield from self.value(node.value, depth)
            else:
                yield self.value(node, depth)

    def _path(self, node: ast.expr, depth: int) -> Path:
        found = self.value(node, depth)
        if not isinstance(found, Path):
            raise _ComputedError
        return found
