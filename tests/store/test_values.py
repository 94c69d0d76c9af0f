"""Many values in one file, of which few are read: they come back, and nothing else ever does."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

import pytest

from sphinx_paper_table.store import Values

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def said() -> list[str]:
    """What the values have announced."""
    return []


_open: list[Values] = []


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """Close the files that a test has opened."""
    yield
    while _open:
        _open.pop().close()


def kept(path: Path, said: list[str], key: str = "key") -> Values:
    _open.append(Values(path / "values", key, said.append))
    return _open[-1]


def saved(path: Path, said: list[str]) -> Values:
    values = kept(path, said)
    for name in ("one", "two", "three"):
        values.put(name, name.encode() * 20)
    values.save(["three", "one", "none"])
    return values


def test_values_come_back_before_and_after_they_are_saved(tmp_path: Path, said: list[str]) -> None:
    values = kept(tmp_path, said)
    values.put("one", b"1")
    values.put("two", b"")
    values.put("one", b"first")
    assert [values.get(name) for name in ("one", "two", "three")] == [b"first", b"", None]
    assert values.names() == ["one", "two"]
    assert [values.has(name) for name in ("one", "two", "three")] == [True, True, False]
    assert [path.name for path in tmp_path.iterdir()] == []
    values.save(["two", "one"])
    for found in (values, kept(tmp_path, said)):
        assert found.names() == ["two", "one"]
        assert [found.has(name) for name in ("one", "two", "three")] == [True, True, False]
        assert [found.get(name) for name in ("one", "two", "three")] == [b"first", b"", None]
    assert said == []


def test_those_that_are_saved_replace_all(tmp_path: Path, said: list[str]) -> None:
    assert saved(tmp_path, said).names() == ["three", "one"]
    values = kept(tmp_path, said)
    values.put("four", b"4")
    values.put("one", b"1")
    values.save(["four", "one"])
    assert values.names() == ["four", "one"]
    assert [values.get(name) for name in ("one", "four", "three")] == [b"1", b"4", None]
    assert said == []


def test_another_key_is_no_damage(tmp_path: Path, said: list[str]) -> None:
    saved(tmp_path, said)
    assert kept(tmp_path, said, "other").get("one") is None
    assert kept(tmp_path / "none", said).get("one") is None
    assert said == []


def test_every_flipped_bit_is_found(tmp_path: Path, said: list[str]) -> None:
    path = saved(tmp_path, said).path
    sound = path.read_bytes()
    for at in range(len(sound)):
        data = bytearray(sound)
        data[at] ^= 1 << at % 8
        path.write_bytes(data)
        values = kept(tmp_path, said)
        found = values.get("one"), values.get("three")
        assert None in found
        assert found[0] in {None, b"one" * 20}
        assert found[1] in {None, b"three" * 20}
    assert len(said) >= len(sound)
    assert all("made anew" in one for one in said)


@pytest.mark.parametrize("length", [0, 1, 7, 8, 9, 40, -1])
def test_a_file_that_is_cut_off_is_made_anew(tmp_path: Path, said: list[str], length: int) -> None:
    path = saved(tmp_path, said).path
    path.write_bytes(path.read_bytes()[:length])
    assert kept(tmp_path, said).names() == []
    assert "made anew" in said[0]


def test_what_cannot_be_written_is_announced_and_no_more(tmp_path: Path, said: list[str]) -> None:
    (tmp_path / "file").write_bytes(b"")
    values = kept(tmp_path / "file", said)
    values.put("one", b"1")
    values.save(["one"])
    assert values.get("one") == b"1"
    assert "cannot be written" in said[-1]


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="there is no fork here")
def test_a_process_that_was_forked_reads_all_and_changes_nothing(tmp_path: Path, said: list[str]) -> None:
    values = saved(tmp_path, said)
    values.put("new", b"new")
    fork = multiprocessing.get_context("fork")

    def work(answers: multiprocessing.Queue[list[bytes | None]]) -> None:
        values.put("own", b"own")
        answers.put([values.get(name) for name in ("one", "new", "own")] * 50)

    answers = fork.Queue()
    children = [fork.Process(target=work, args=(answers,)) for _ in range(2)]
    for child in children:
        child.start()
    for _child in children:
        assert answers.get(timeout=60) == [b"one" * 20, b"new", b"own"] * 50
    for child in children:
        child.join()
    values.put("later", b"later")
    assert [values.get(name) for name in ("one", "new", "own", "later")] == [b"one" * 20, b"new", None, b"later"]
