"""What is kept between builds: whole files, caches that heal, keys that follow versions, shapes and sources."""

from __future__ import annotations

import importlib
import os
import pickle
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import pytest
from pybtex.style.formatting.plain import Style
from pybtex.style.formatting.unsrt import Style as BaseStyle

from sphinx_paper_table import store
from sphinx_paper_table.store import (
    Cache,
    cache_key,
    folder_digest,
    shape_of,
    source_digest,
    write_atomically,
    write_if_new,
)
from sphinx_paper_table.survey.references import Reference

if TYPE_CHECKING:
    from collections.abc import Callable


class Leaf(NamedTuple):
    """The innermost record."""

    word: str


@dataclass(frozen=True)
class Branch:
    """A record with another one, whose name only type checkers evaluate."""

    leaves: tuple[Leaf, ...]


class Base:
    """What a field says; its subclasses are what it holds."""


@dataclass(frozen=True)
class Special(Base):
    """A subclass that no annotation names."""

    number: int


@dataclass(frozen=True)
class Tree:
    """The outermost record."""

    branch: Branch | None
    base: Base


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "file"
    write_atomically(path, b"one")
    write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o444 == 0o444
    assert [found.name for found in path.parent.iterdir()] == ["file"]
    path.unlink()
    (path / "inside").mkdir(parents=True)
    write_atomically(path, b"three")
    assert path.read_bytes() == b"three"


@pytest.mark.parametrize("before", [b"", b"one", b"onetw", b"onetwothree", b"other!"])
def test_a_file_written_in_parts_is_replaced_where_it_says_something_else(tmp_path: Path, before: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(before)
    for is_same in (False, True):
        known = path.stat().st_ino
        write_if_new(path, iter([b"one", b"", b"two"]))
        assert (path.stat().st_ino == known) is is_same
        assert path.read_bytes() == b"onetwo"
        assert [found.name for found in tmp_path.iterdir()] == ["file"]


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(TypeError):
        write_atomically(tmp_path / "file", "no bytes")  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_bytes() == b"old"


@pytest.fixture
def said() -> list[str]:
    """What a cache has announced."""
    return []


def kept(path: Path, said: list[str], key: str = "key") -> Cache:
    cache = Cache(path / "cache.pickle", key, said.append, path)
    if not cache.path.exists():
        cache.save(["head"], {"large": list(range(100))})
    return cache


def test_sections_come_back(tmp_path: Path, said: list[str]) -> None:
    cache = kept(tmp_path, said)
    assert cache.load(1) == {"large": list(range(100))}
    assert cache.load(0) == ["head"]
    assert said == []


def test_another_key_is_no_damage(tmp_path: Path, said: list[str]) -> None:
    kept(tmp_path, said)
    assert kept(tmp_path, said, "other").load(0) is None
    assert Cache(tmp_path / "none", "key", said.append).load(0) is None
    assert said == []


def test_every_flipped_bit_is_found(tmp_path: Path, said: list[str]) -> None:
    """No value but the one that was saved is ever returned, and nothing is raised."""
    cache = kept(tmp_path, said)
    sound = cache.path.read_bytes()
    for at in range(len(sound)):
        data = bytearray(sound)
        data[at] ^= 1 << at % 8
        cache.path.write_bytes(data)
        found = cache.load(0), cache.load(1)
        assert found[0] in (None, ["head"])
        assert found[1] in (None, {"large": list(range(100))})
        assert None in found
    assert len(said) >= len(sound)
    assert "is made anew" in said[0]


class Trap:
    """Runs code when it is unpickled."""

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return os.mkdir, ("trapped",)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"\0" * 10_000,
        pickle.dumps(("key", 1)),
        pickle.dumps(Trap()),
        b"0" * 32 + b' {"key": "key", "sections": []}\n',
    ],
)
def test_foreign_files_are_not_unpickled(
    tmp_path: Path, said: list[str], content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cache = kept(tmp_path, said)
    cache.path.write_bytes(content)
    assert cache.load(0) is None
    assert not (tmp_path / "trapped").exists()
    assert len(said) == 1


def test_places_that_cannot_be_read_or_written(tmp_path: Path, said: list[str]) -> None:
    cache = kept(tmp_path, said)
    cache.path.unlink()
    cache.path.mkdir()
    assert cache.load(0) is None
    cache.save("anew")
    assert cache.load(0) == "anew"
    Cache(cache.path / "below", "key", said.append).save("never")
    assert ["made anew" in line for line in said] == [True, False]


def test_no_path_is_kept(tmp_path: Path, said: list[str]) -> None:
    cache = kept(tmp_path, said)
    name = f"{tmp_path}/refs.bib"
    cache.save({name: [name, f"{tmp_path}x", "refs.bib"]})
    assert f"{tmp_path}/".encode() not in cache.path.read_bytes()
    (found,) = cache.load(0).items()
    assert found == (name, [name, f"{tmp_path}x", "refs.bib"])
    assert found[0] is found[1][0]
    for folder in (tmp_path / "moved", tmp_path.with_name("x" * len(tmp_path.name)), Path("/a")):
        moved = Cache(cache.path, "key", said.append, folder)
        assert moved.load(0) == {f"{folder}/refs.bib": [f"{folder}/refs.bib", f"{tmp_path}x", "refs.bib"]}
    assert said == []


@pytest.mark.parametrize("base", ["/a", "/é", "/" + "\x01" * 3])
def test_folders_with_any_name_are_left_out(base: str, tmp_path: Path, said: list[str]) -> None:
    value = ["\x01\x01\x01", "\x02" * 9, f"{base}/b", [7, 2**40, base]]
    Cache(tmp_path / "kept", "key", said.append, Path(base)).save(value)
    assert Cache(tmp_path / "kept", "key", said.append, Path(base)).load(0) == value
    moved = [*value[:2], "/longer/b", value[3]]
    assert Cache(tmp_path / "kept", "key", said.append, Path("/longer")).load(0) == moved
    assert said == []


@pytest.mark.parametrize("folder", ["/site", "/longer"])
def test_an_address_is_no_path_that_moves(folder: str, tmp_path: Path, said: list[str]) -> None:
    value = ["/docs/refs.bib", "https://example.org/docs/page"]
    Cache(tmp_path / "kept", "key", said.append, Path("/docs")).save(value)
    assert Cache(tmp_path / "kept", "key", said.append, Path("/docs")).load(0) == value
    assert Cache(tmp_path / "kept", "key", said.append, Path(folder)).load(0) is None
    assert said == ["kept cannot be used (it is of another folder) and is made anew"]


@pytest.mark.parametrize("record", [Leaf, Branch, Special, Tree])
def test_a_field_more_anywhere_is_another_shape(record: type, monkeypatch: pytest.MonkeyPatch) -> None:
    before = shape_of(Tree), store.version_of(Tree), cache_key(Tree)
    monkeypatch.setitem(record.__annotations__, "more", "str")
    assert not {shape_of(Tree), store.version_of(Tree), cache_key(Tree)} & set(before)


def test_shapes_of_the_project_are_stable() -> None:
    assert shape_of(Reference) == shape_of(Reference)


def test_what_else_is_loaded_is_no_part_of_a_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    """One build has loaded more modules than the next one, and some have classes of the same name."""
    before = shape_of(Reference)
    other = ModuleType("sphinx_paper_table.other")
    other.Author = type("Author", (), {"__annotations__": {"age": "int"}, "__module__": other.__name__})  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, other.__name__, other)
    assert shape_of(Reference) == before
    assert cache_key(Reference, distributions=["pybtex"]) != cache_key(Reference)
    assert cache_key(Reference, distributions=["no-such-package"]) != cache_key(Reference)


def test_where_a_function_is_in_memory_is_no_part_of_a_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    """It differs from process to process: nothing that is kept would ever be found again."""
    shapes = set()
    for check in [lambda value: value for _ in range(2)]:
        monkeypatch.setitem(Leaf.__annotations__, "more", Annotated[str, check])
        shapes.add(shape_of(Leaf))
    assert len(shapes) == 1


def test_the_version_of_the_package_is_part_of_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = cache_key(Leaf)
    monkeypatch.setattr("sphinx_paper_table.store.keys.VERSION", "99.1")
    assert cache_key(Leaf) != before


def test_a_version_is_part_of_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = cache_key(Leaf, distributions=["pybtex"])
    monkeypatch.setattr("importlib.metadata.version", lambda name: "9" if name == "pybtex" else "1")
    assert cache_key(Leaf, distributions=["pybtex"]) != before


def test_a_folder_has_a_digest(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("a", "utf-8")
    before = folder_digest(tmp_path, (".py",))
    (tmp_path / "b.txt").write_text("b", "utf-8")
    (tmp_path / ".hidden.py").write_text("b", "utf-8")
    folder_digest.cache_clear()
    assert folder_digest(tmp_path, (".py",)) == before
    (tmp_path / "a.py").write_text("b", "utf-8")
    folder_digest.cache_clear()
    assert folder_digest(tmp_path, (".py",)) != before
    with pytest.raises(NotADirectoryError):
        folder_digest(tmp_path / "none")


def test_the_source_of_a_class(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own file, its bases', and what its functions name; not files of packages that are known by version."""
    monkeypatch.syspath_prepend(tmp_path)
    names = ("store_test_words", "store_test_style")
    texts = (
        "def word():\n    return 1\n",
        (
            "from pybtex.style.formatting.plain import Style\nfrom store_test_words import word\n\n\n"
            "class Own(Style):\n    def f(self):\n        return [word() for _ in 'ab']\n"
        ),
    )

    def digest() -> str:
        for name in names:
            sys.modules.pop(name, None)
        importlib.invalidate_caches()
        return source_digest(importlib.import_module(names[1]).Own, ["pybtex"])

    for name, text in zip(names, texts, strict=True):
        (tmp_path / f"{name}.py").write_text(text, "utf-8")
    before = digest()
    assert before == digest()
    (tmp_path / f"{names[0]}.py").write_text(f"{texts[0]}# edited\n", "utf-8")
    assert before != digest()
    assert source_digest(Style, ["pybtex"]) == source_digest(BaseStyle, ["pybtex"])
    assert source_digest(Style) != source_digest(BaseStyle)


def test_a_class_of_conf_py_has_a_source(tmp_path: Path) -> None:
    """It has no module: its functions say where they come from."""

    def digest(text: str) -> str:
        path = tmp_path / "conf.py"
        path.write_text(text, "utf-8")
        namespace: dict[str, Any] = {"__file__": str(path)}
        exec(compile(text, str(path), "exec"), namespace)  # noqa: S102 (as Sphinx does)
        return source_digest(namespace["Own"])

    text = "class Own:\n    def f(self):\n        return {}\n"
    ones: Callable[[int], str] = lambda number: digest(text.format(number))  # noqa: E731
    assert ones(1) == ones(1)
    assert ones(1) != ones(2)
