"""Stable digests of plain values.

A digest depends on nothing but the value: not on the hash seed, the order of a set or the address of an object. It is
meant for comparison with an earlier build, never for security.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any


def digest(*parts: str) -> str:
    """Digest of *parts* in order; moving a character from one part to its neighbour changes it."""
    text = "\x1f".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def digest_file(path: Path | str) -> str:
    """Digest of the content of *path*; the empty string when there is no such readable file."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # one a page, at every build
            return hashlib.blake2b(file.read(), digest_size=12).hexdigest()
    except OSError:
        return ""


def canonical(value: object) -> str:
    """Text of *value* that is the same in every process.

    Objects that are not plain data (instances with an address in their ``repr``) are represented by their type: a
    change inside them is not seen, and no change is invented either.
    """
    if value is None or isinstance(value, str | bytes | int | float | Path):
        return repr(value)
    if isinstance(value, Mapping):
        return _joined("{", sorted(f"{canonical(key)}:{canonical(item)}" for key, item in value.items()))
    if isinstance(value, AbstractSet):
        return _joined("<", sorted(map(canonical, value)))
    if isinstance(value, Iterable) and isinstance(value, list | tuple):
        return _joined("[", map(canonical, value))
    return _name_of(value)


def _joined(mark: str, parts: Iterable[str]) -> str:
    return mark + ",".join(parts) + mark


def _name_of(value: Any) -> str:
    named = value if isinstance(value, type | FunctionType | MethodType) else type(value)
    return f"{named.__module__}.{named.__qualname__}"
