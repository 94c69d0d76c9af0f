"""`conf.py` is read and never run: what is written is known, what only running would tell is said to be computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sphinx_paper_table.reading.conf_file import read_conf

if TYPE_CHECKING:
    from pathlib import Path


def values(path: Path, text: str) -> dict[str, Any]:
    (path / "conf.py").write_text(text, "utf-8")
    return read_conf(path / "conf.py").values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x = ['a', 'b']", ["a", "b"]),
        ("x: list[str] = ['a']", ["a"]),
        ("x = ['a'] + ['b']", ["a", "b"]),
        ("x = ['a']\nx += ['b']", ["a", "b"]),
        ("x = ['a']\nx.append('b')\nx.extend(['c'])\nx.insert(0, 'd')", ["d", "a", "b", "c"]),
        ("a = ['b']\nx = [*a, 'c']", ["b", "c"]),
        ("a = {'k': 1}\nx = {**a, 'l': -2}", {"k": 1, "l": -2}),
        ("a = 'b'\nx = f'{a}.bib'", "b.bib"),
        ("x = f'b' 'c'", "bc"),
        ("x = y = ('a',)", ("a",)),
        ("x, y = 'a', 'b'", "a"),
        ("a = True\nx = 'b' if not a else 'c'", "c"),
        ("a = ['b', 'c']\nx = a[1]", "c"),
        ("def setup(app):\n    x = 2\nx = 1", 1),
    ],
)
def test_what_is_written_is_known(text: str, value: object, tmp_path: Path) -> None:
    assert values(tmp_path, text)["x"] == value


@pytest.mark.parametrize(
    "text",
    [
        "import os\nx = os.path.join(os.path.dirname(__file__), 'a.bib')",
        "import os\nx = os.path.abspath(os.path.join(os.path.dirname(__file__), 'b', '..', 'a.bib'))",
        "from pathlib import Path\nx = str(Path(__file__).parent / 'a.bib')",
        "from pathlib import Path\nhere = Path(__file__).resolve().parent\nx = f\"{here / 'a.bib'}\"",
        "from pathlib import Path\nx = Path(__file__).with_name('a.bib').as_posix()",
    ],
)
def test_paths_that_begin_at_the_file_are_known(text: str, tmp_path: Path) -> None:
    found = values(tmp_path, text)["x"]
    names: dict[str, Any] = {"__file__": str(tmp_path / "conf.py")}
    exec(text, names)  # noqa: S102 (what Python makes of it is what is right)
    assert found == names["x"] == str(tmp_path / "a.bib")


@pytest.mark.parametrize(
    "text",
    [
        "import os\nx = os.environ['A']",
        "import os\nif os.environ.get('A'):\n    x = 1",
        "x = 1\nfor y in z:\n    x = y",
        "x = ['a']\nfor y in z:\n    x.append(y)",
        "x = {}\nx['a'] = f()",
        "x = [y for y in 'abc']",
        "x = 'a' * 10**9",
        "x = undefined",
        "with open('a') as file:\n    x = file.read()",
        "def Path(y): return 1\nimport pathlib\nx = sorted(key=len)",
        "x = (f(),)",
        "import glob\nx = glob.glob('*.bib')",
    ],
)
def test_what_only_running_would_tell_is_computed(text: str, tmp_path: Path) -> None:
    assert "x" not in values(tmp_path, text)
    assert "x" in read_conf(tmp_path / "conf.py").computed


@pytest.mark.parametrize(
    "text",
    [
        "x = (",
        "x = '\0'",
        "x = " + "(" * 5000,
        "x = 'a'" + " + 'a'" * 3000,
        "a = 'b' * 9\n" + "a = 'aaaaaaaaaa'\n" + "a = a + a\n" * 80,
        "a" + ".b" * 3000 + "()",
        "x = a" + ".b" * 3000 + "()",
    ],
)
def test_whatever_the_file_is_it_is_read_quickly(text: str, tmp_path: Path) -> None:
    found = values(tmp_path, text)
    assert "x" not in found
    assert "a" not in found


def test_nothing_is_run(tmp_path: Path) -> None:
    values(
        tmp_path, f"from pathlib import Path\nx = Path({str(tmp_path / 'made')!r}).touch()\nx = str(Path('a').unlink())"
    )
    assert not (tmp_path / "made").exists()


def test_a_name_has_its_place(tmp_path: Path) -> None:
    values(tmp_path, "a = 1\n\nif a:\n    x = 2\n")
    found = read_conf(tmp_path / "conf.py")
    assert (found.place("x").line, found.place("x").column) == (4, 5)
    assert str(found.place("nothing")) == f"{tmp_path}/conf.py:1:1"
