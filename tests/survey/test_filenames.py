"""Names of files from data: an id is its own name; whatever else is called something gets one that is safe anywhere."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

import pytest

from sphinx_paper_table.survey.fields import MAX_ID
from sphinx_paper_table.survey.filenames import MAX_BYTES, file_name

ODD: Final = (
    *(
        "",
        ".",
        "..",
        "../x",
        "../../../escaped",
        "/etc/passwd",
        "a/b",
        "a\\b",
        "C:\\x",
        "c:x",
        "\\\\host\\share",
        "a\0b",
        "~",
    ),
    *(
        "A",
        "a",
        "Ä",
        "ä",
        "a.",
        "a ",
        " a",
        "a\n",
        "a..b",
        "-a",
        ".hidden",
        "中文",
        "中",
        "\ud800",
        "a?b",
        "a*b",
        "a:b",
        "<a>",
    ),
    *(
        "con",
        "nul",
        "aux",
        "prn",
        "com1",
        "lpt9",
        "con.x",
        "aux.a.b",
        "CON",
        "x" * 250,
        "x" * 251,
        "x" * 100_000,
        "é" * 200,
    ),
    *("moco-v1", "a.b", "a-b", "connect", "com10", "nul-1"),
)


@pytest.mark.parametrize("suffix", [".bib", ".csv", ".json", ".html"])
def test_no_two_names_share_a_file_on_any_file_system(suffix: str) -> None:
    names = [file_name(name, suffix) for name in ODD]
    assert len({name.casefold() for name in names}) == len(ODD)


@pytest.mark.parametrize("name", ODD)
def test_every_name_is_a_plain_file_of_its_directory(name: str) -> None:
    found = file_name(name, ".bib")
    assert found.endswith(".bib")
    assert found.isascii()
    assert len(found.encode()) <= MAX_BYTES < 255
    for path in (PurePosixPath(found), PureWindowsPath(found)):
        assert path.parts == (found,)
    assert found.partition(".")[0] not in {
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
    }
    assert not set(found) & set('<>:"/\\|?*\0\n ')


@pytest.mark.parametrize("name", ["moco-v1", "a.b", "x" * MAX_ID, "clip", "connect", "com10", "3d"])
def test_an_id_is_its_own_name(name: str) -> None:
    assert file_name(name, ".bib") == f"{name}.bib"


def test_names_are_the_same_in_every_build() -> None:
    assert file_name("../x", ".bib") == "x_c388c52125c33bd4.bib"
    assert "_" not in file_name("a.b", ".bib"), "no id can take a made name"
