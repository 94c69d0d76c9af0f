"""Functions whose results are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.store import Cache, Memo

if TYPE_CHECKING:
    from pathlib import Path


def memo(path: Path, key: str = "key") -> Memo[str]:
    return Memo(Cache(path, key, lambda _text: None), str.upper)


def test_what_was_asked_before_is_not_computed_again(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    first = memo(path)
    assert [first("a"), first("b"), first("a")] == ["A", "B", "A"]
    assert first.count == 2
    first.save()
    second = memo(path)
    assert [second("b"), second("c")] == ["B", "C"]
    assert second.count == 1


def test_what_nobody_asks_for_any_more_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    first = memo(path)
    assert first("a") + first("b") == "AB"
    first.save()
    second = memo(path)
    assert second("a") == "A"
    second.save()
    assert Cache(path, "key", print).load(0) == {"a": "A"}


def test_up_to_a_number_results_stay_that_nobody_asks_for(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    first = memo(path)
    assert first("a") == "A"
    first.save()
    second = memo(path)
    assert second("b") == "B"
    second.save(2)
    assert Cache(path, "key", print).load(0) == {"a": "A", "b": "B"}
    third = memo(path)
    assert third("c") == "C"
    third.save(2)
    assert Cache(path, "key", print).load(0) == {"c": "C"}


def test_a_file_that_says_it_already_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    first = memo(path)
    assert first("a") == "A"
    first.save()
    before = path.stat()
    second = memo(path)
    assert second("a") == "A"
    second.save()
    assert path.stat().st_ino == before.st_ino


def test_what_another_program_has_kept_is_computed_anew(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    first = memo(path)
    assert first("a") == "A"
    first.save()
    other = memo(path, "another key")
    assert other("a") == "A"
    assert other.count == 1
