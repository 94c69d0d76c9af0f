"""Files are replaced together or not at all; links, permissions and what somebody saved meanwhile stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_paper_table.store.replacing import ChangedError, Replacement, replace_files


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_files_are_written_made_and_removed(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "gone").write_bytes(b"2")
    (tmp_path / "a").chmod(0o640)
    replace_files(
        [
            Replacement(tmp_path / "a", b"1", b"3"),
            Replacement(tmp_path / "folder" / "new", None, b"4"),
            Replacement(tmp_path / "gone", b"2", None),
        ]
    )
    assert contents(tmp_path) == {"a": b"3"}
    assert contents(tmp_path / "folder") == {"new": b"4"}
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_a_link_still_leads_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"1")
    (tmp_path / "link").symlink_to("real")
    replace_files([Replacement(tmp_path / "link", b"1", b"2")])
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"2"


@pytest.mark.parametrize("now", [b"saved", None])
def test_what_was_saved_meanwhile_stays(tmp_path: Path, now: bytes | None) -> None:
    (tmp_path / "a").write_bytes(b"1")
    if now is not None:
        (tmp_path / "b").write_bytes(now)
    before = contents(tmp_path)
    with pytest.raises(ChangedError, match="b: the file has changed"):
        replace_files([Replacement(tmp_path / "a", b"1", b"2"), Replacement(tmp_path / "b", b"1", b"2")])
    assert contents(tmp_path) == before


def test_a_new_file_replaces_none(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    with pytest.raises(ChangedError):
        replace_files([Replacement(tmp_path / "a", None, b"2")])
    assert contents(tmp_path) == {"a": b"1"}


def test_a_failure_in_the_middle_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        (tmp_path / name).write_bytes(b"1")
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if target.name == "c":
            raise OSError("the disk is full")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OSError, match="full"):
        replace_files([Replacement(tmp_path / name, b"1", b"2") for name in "abc"])
    assert contents(tmp_path) == {"a": b"1", "b": b"1", "c": b"1"}


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    replace_files([Replacement(tmp_path / "new", None, b"1")])
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode
