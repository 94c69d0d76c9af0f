"""The files and folders that a command line names: each is looked at before a command begins.

An argument that is a path takes one of these functions as its type, see `Parser.look_at_paths`. What is not there, or
is something else than is expected, ends the command with a message that says so, and what may have been meant.
"""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MOST_NAMED: Final = 5
"""Files of a folder that a hint names; with more of them nobody would read it."""
_MOST_READ: Final = 2**20
_ENTRY: Final = re.compile(r"@\s{0,20}\w{1,60}\s{0,20}[({]\s{0,20}[^\s,(){}=]{1,200}\s{0,20}[,=]")
_OTHERS: Final = {
    ".yaml": "`paper-table check --fix` corrects surveys",
    ".yml": "`paper-table check --fix` corrects surveys",
    ".ris": "`paper-table import` reads other formats",
    ".json": "`paper-table import` reads other formats",
}
"""What suits the files that are taken for BibTeX."""


class PathError(OSError):
    """A path on the command line that is none of those that are expected there."""


def folder(text: str) -> Path:
    """Return a folder that is there and may be read."""
    path = Path(text)
    if not _is_there(path):
        _refuse(text, "there is no such folder", _likely(path, Path.is_dir))
    if not path.is_dir():
        above = path.parent
        _refuse(text, "this is a file, and a folder is expected", f"did you mean '{above}'?" if path.is_file() else "")
    _look(text, lambda: os.scandir(path).close())
    return path


def file(text: str) -> Path:
    """Return a file that is there, may be read, and is a text."""
    path = Path(text)
    _require_file(text, path, "")
    _text_of(text, path)
    return path


def bibtex_file(text: str) -> Path:
    """Return a file of BibTeX: one that is called so, or has an entry."""
    path = Path(text)
    _require_file(text, path, ".bib")
    content = _text_of(text, path)
    if path.suffix.lower() != ".bib" and not _ENTRY.search(content):
        _refuse(text, "this is no BibTeX file: it has no entry", _OTHERS.get(path.suffix.lower(), ""))
    return path


def file_or_folder(text: str) -> Path:
    """Return a file or folder that is there and may be read."""
    path = Path(text)
    if not _is_there(path):
        _refuse(text, "there is no such file or folder", _likely(path, Path.exists))
    if path.is_dir():
        return folder(text)
    _require_file(text, path, "")
    return path


def new_folder(text: str) -> Path:
    """Return a folder to write into, which need not be there."""
    path = Path(text)
    if _is_there(path) and not path.is_dir():
        _refuse(text, "this is a file, and a folder is expected", "name another one; it may be new")
    _require_place(text, path)
    return path


def new_file(text: str) -> Path:
    """Return a file to be written, which need not be there."""
    path = Path(text)
    if path.is_dir():
        _refuse(text, "this is a folder, and a file is to be written", f"did you mean '{path / 'FILE'}'?")
    _require_place(text, path)
    return path


PATHS: Final = (folder, file, bibtex_file, file_or_folder, new_folder, new_file)


def _require_place(text: str, path: Path) -> None:
    """Refuse a path below a file."""
    for above in path.parents:
        if _is_there(above):
            if not above.is_dir():
                _refuse(text, f"'{above}' is a file, so that nothing can be written below it", "")
            return


def _require_file(text: str, path: Path, suffix: str) -> None:
    if not _is_there(path):
        _refuse(text, "there is no such file", _likely(path, lambda other: other.name.endswith(suffix)))
    if path.is_dir():
        inside = _named(child.name for child in path.iterdir() if child.name.endswith(suffix)) if suffix else ""
        _refuse(text, "this is a folder, and a file is expected", inside and f"in it {inside}")
    if not path.is_file():
        _refuse(text, "this is neither a file nor a folder", "")
    _look(text, lambda: path.open("rb").close())


def _is_there(path: Path) -> bool:
    """Return whether there is something; raises `PathError` where the system cannot say."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        raise PathError(f"{path}: {_reason(error)}") from error
    return True


def _look(text: str, reading: Callable[[], object]) -> None:
    try:
        reading()
    except OSError as error:
        raise PathError(f"{text}: {_reason(error)}") from error


def _text_of(text: str, path: Path) -> str:
    """Return the beginning of a file; raises `PathError` for one that is no text."""
    with path.open("rb") as opened:
        data = opened.read(_MOST_READ)
    is_utf_16 = data[:4].count(0) > 1 or data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in data and not is_utf_16:
        _refuse(text, "this is no text", "name a file that an editor can show")
    return data.decode("utf-16" if is_utf_16 else "utf-8", "replace")


def _reason(error: OSError | ValueError) -> str:
    """Return what the system says, in the words of the other messages."""
    if isinstance(error, PermissionError):
        return "it may not be read"
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return "the link leads back to itself"
    said = (error.strerror if isinstance(error, OSError) else str(error)) or type(error).__name__
    return said[0].lower() + said[1:]


def _likely(path: Path, is_wanted: Callable[[Path], bool]) -> str:
    """Return which neighbour of a *path* that is not there was probably meant, or which there are."""
    from sphinx_paper_table.survey.spelling import meant

    above = path.parent
    if not above.is_dir():
        return f"there is no folder '{above}' either"
    names = sorted(other.name for other in above.iterdir() if not other.name.startswith(".") and is_wanted(other))
    likely = meant(path.name, names)
    return f"did you mean '{above / likely}'?" if likely else _named(names)


def _named(names: Iterable[str]) -> str:
    """Return which files there are, if they are few."""
    found = sorted(names)
    if not 0 < len(found) <= _MOST_NAMED:
        return ""
    return f"there {'is' if len(found) == 1 else 'are'} {', '.join(map(repr, found))}"


def _refuse(text: str, message: str, hint: str) -> NoReturn:
    raise PathError(f"{text}: {message}{hint and f'; {hint}'}")
