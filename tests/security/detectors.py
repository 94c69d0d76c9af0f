"""What tells that an attack has come through; each returns the traces it finds, and nothing where there are none."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from sphinx.util.inventory import InventoryFile
from tests.security.hostile import SECRET

from sphinx_paper_table.citations.latex_lists import BARE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SECRETS: Final = (SECRET.encode(), b"root:x:0:0")
_XML: Final = (".xhtml", ".opf", ".ncx", ".svg", ".xml", ".atom")
_LIVE_TEX: Final = re.compile(
    r"\\(?:input|include|immediate|write|openin|openout|read|csname|catcode|directlua|special|ShellEscape|verbatiminput"
    r"|lstinputlisting|usepackage|RequirePackage|newcommand|def|let|loop|endlinechar)(?![A-Za-z])"
    r"|\^\^5c|\\(?:href|url)\{\s*(?!https?:|mailto:)[a-z]+:",
    re.IGNORECASE,
)
_FORMULA: Final = re.compile(r"[=+@\t\r\n\uff1d\uff0b\uff20]|-(?!\d+(?:\.\d+)?$)")
_PROBLEM: Final = re.compile(r"\b(?:WARNING|ERROR|CRITICAL): ")


def contents(directory: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an output directory, and those within its archives."""
    for path in sorted(directory.rglob("*")):
        if path.is_file():
            data, name = path.read_bytes(), path.relative_to(directory).as_posix()
            yield name, data
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    yield from ((f"{name}!{inner}", archive.read(inner)) for inner in archive.namelist())


def secrets_in(directory: Path) -> list[str]:
    """Return the output files with text of a file outside the source directory, and links that lead outside."""
    found = [name for name, data in contents(directory) if any(secret in data for secret in _SECRETS)]
    links = [path for path in directory.rglob("*") if path.is_symlink()]
    return found + [f"link: {path.name}" for path in links if not path.resolve().is_relative_to(directory.resolve())]


def files_below(place: Path, *outputs: Path) -> dict[str, str]:
    """Return every file below *place* with a digest, except those in the directories that builds may write to."""
    found = {}
    for path in sorted(place.rglob("*")):
        if path.is_dir() or any(path.is_relative_to(output) for output in outputs):
            continue
        found[path.relative_to(place).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def ill_formed(directory: Path) -> list[str]:
    """Return the files that must be XML and are not."""
    found = []
    for name, data in contents(directory):
        if name.endswith(_XML):
            try:
                ET.fromstring(data)  # noqa: S314 (the text is that of our own build)
            except ET.ParseError as error:
                found.append(f"{name}: {error}")
    return found


def scripts_in_books(directory: Path) -> list[str]:
    """Return what could run, or ask another host, in the pages of an EPUB."""
    found = []
    for name, data in contents(directory):
        if "!" not in name or not name.endswith(".xhtml"):
            continue
        try:
            tree = ET.fromstring(data)  # noqa: S314
        except ET.ParseError:
            continue  # `ill_formed` tells
        for element in tree.iter():
            tag = element.tag.rpartition("}")[2].lower()
            values = {key.rpartition("}")[2].lower(): value for key, value in element.attrib.items()}
            found += [f"{name}: {key}={value[:80]}" for key, value in values.items() if key.startswith("on")]
            found += [f"{name}: {value[:80]}" for key, value in values.items() if _is_unsafe(key, value)]
            if tag in {"script", "iframe", "object", "embed", "base", "form"}:
                found.append(f"{name}: <{tag}>")
            if tag in {"img", "image", "source", "video", "audio", "link"} and _is_elsewhere(values):
                found.append(f"{name}: <{tag} {values}>"[:200])
    return found


def _is_unsafe(key: str, value: str) -> bool:
    scheme = re.match(r"[\s\x00-\x1f]*([A-Za-z][A-Za-z0-9+.\s-]*):", value) if key in {"href", "src", "data"} else None
    return scheme is not None and scheme[1].lower() not in {"http", "https", "mailto"}


def _is_elsewhere(values: dict[str, str]) -> bool:
    return any("//" in values.get(key, "") for key in ("src", "href", "srcset"))


def live_tex(directory: Path) -> list[str]:
    """Return the lines of the LaTeX sources with a command that only a payload can have brought there."""
    found = []
    for path in sorted(directory.glob("*.tex")):
        _, _, body = path.read_text("utf-8").partition("\\begin{document}")
        lines = body.split("\n")
        found += [f"{path.name}: {line[:160]}" for line in lines if _LIVE_TEX.search(_without_own(line.strip()))]
        ends = body.count("\\end{document}")
        found += [f"{path.name}: ends {ends} times"] * (ends != 1)
    return found


def _without_own(line: str) -> str:
    """Return a line without escaped backslashes, after which letters are text, and without what Sphinx and we write."""
    is_own = line == BARE or line.startswith((r"\ifnum\catcode`", r"\def\sphinxLiteralBlockLabel{\label{"))
    return "" if is_own else line.replace("\\\\", "")


def formulas(directory: Path) -> list[str]:
    """Return the cells of CSV files that a spreadsheet would compute."""
    found = []
    for name, data in contents(directory):
        if name.endswith(".csv"):
            rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
            found += [f"{name}: {cell[:80]!r}" for row in rows for cell in row if _FORMULA.match(cell)]
    return found


def forged(directory: Path) -> list[str]:
    """Return the entries of the site's inventory that lead elsewhere than to its pages."""
    path = directory / "objects.inv"
    with path.open("rb") as stream:
        inventory = InventoryFile.load(stream, "", lambda _base, uri: uri)
    return [
        f"{kind} {name} {item.uri}"
        for kind, items in inventory.items()
        for name, item in items.items()
        if "modindex" not in name and not (directory / re.sub(r"[?#].*", "", item.uri)).is_file()
    ]


def unlocated(log: str, source: Path) -> list[str]:
    """Return the warnings of a build that do not say where; tracebacks too."""
    found = []
    for written in log.splitlines():
        line = written.removeprefix("writing... ")
        place = line.partition(": ")[0] if _PROBLEM.search(line) else None
        if "Traceback" in line or (place is not None and not _is_place(place, source)):
            found.append(line[:300])
    return found


def _is_place(place: str, source: Path) -> bool:
    path = re.sub(r"(?::\d+){0,2}$", "", place)
    return (
        bool(path) and not path.startswith(("WARNING", "ERROR")) and (source / path.removeprefix("<")).parent.exists()
    )
