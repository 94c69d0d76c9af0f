"""What others may rely on in a built site: anchors, names in the inventory, and the data that it publishes.

To freeze another project, with the program of then::

    python -m tests.frozen.facts PROJECT tests/frozen/NAME.tar.xz

PROJECT is a folder with ``conf.py``. It is built; the archive has its sources and, as ``facts.json``, what was found.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bs4 import BeautifulSoup
from bs4.filter import SoupStrainer
from pybtex.database import parse_string
from sphinx.util.inventory import InventoryFile

if TYPE_CHECKING:
    from collections.abc import Iterator

FACTS: Final = "facts.json"
ANCHORS: Final = ("paper-", "group-", "survey-", "cite-", "letter-", "year-", "venue-", "tag-", "results-", "lineage-")
"""Those that the public contract names."""
_IDENTIFIED: Final = SoupStrainer(id=True)


def facts(output: Path) -> dict[str, Any]:
    """Return the facts of the site in *output*, as JSON has them."""
    pages = sorted(path for path in output.rglob("*.html") if not path.name.startswith("_"))
    inventory = InventoryFile.loads((output / "objects.inv").read_bytes(), uri="").data
    exports = sorted(path for path in output.rglob("*") if path.suffix in {".json", ".bib", ".csv", ".ris", ".atom"})
    return {
        "anchors": {_name(path, output): dict.fromkeys(_anchors(path), True) for path in pages},
        "inventory": {
            kind: {name: [item.uri, item.display_name] for name, item in sorted(items.items())}
            for kind, items in inventory.items()
        },
        "exports": {_name(path, output): _data(path) for path in exports},
    }


def _name(path: Path, output: Path) -> str:
    return path.relative_to(output).as_posix()


def _anchors(page: Path) -> list[str]:
    elements = BeautifulSoup(page.read_text("utf-8"), "html.parser", parse_only=_IDENTIFIED).select("[id]")
    return [str(element["id"]) for element in elements if str(element["id"]).startswith(ANCHORS)]


def _data(path: Path) -> Any:
    """Return what a file of data says to programs; of schemas and feeds, that they are there."""
    text = path.read_text("utf-8")
    if path.suffix == ".bib":
        return dict.fromkeys(sorted(map(str, parse_string(text, "bibtex").entries)), True)
    if path.suffix == ".csv":
        return dict.fromkeys(text.partition("\n")[0].split(","), True)
    if path.suffix != ".json" or path.parent.name == "schema":
        return {}
    data = json.loads(text)
    return {item["id"]: item for item in data} if path.name == "references.json" else data


def lost(before: Any, now: Any, place: str = "") -> Iterator[str]:
    """Yield every value of *before* that is no more, or another, in *now*; what is more there is no loss."""
    if isinstance(before, dict) and isinstance(now, dict):
        for key, value in before.items():
            here = f"{place}/{key}"
            yield from lost(value, now[key], here) if key in now else [f"{here} has gone"]
    elif isinstance(before, list) and isinstance(now, list) and len(now) >= len(before):
        for number, value in enumerate(before):
            yield from lost(value, now[number], f"{place}/{number}")
    elif before != now:
        yield f"{place} was {before!r} and is {now!r}"


def unpack(archive: Path, place: Path) -> Any:
    """Write the sources of a frozen project into *place*, and return its facts."""
    with tarfile.open(archive) as tar:
        tar.extractall(place, filter="data")
    return json.loads((place / FACTS).read_text("utf-8"))


def _freeze(project: Path, archive: Path) -> None:
    with tempfile.TemporaryDirectory() as directory:
        output = Path(directory, "html")
        places = ["-d", f"{directory}/doctrees", str(project), str(output)]
        subprocess.run([sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", *places], check=True)
        text = json.dumps(facts(output), ensure_ascii=False).encode()
    with tarfile.open(archive, "w:xz", preset=9) as tar:
        for path in sorted(path for path in project.rglob("*") if path.is_file() and path.suffix != ".mo"):
            _add(tar, path.relative_to(project).as_posix(), path.read_bytes())
        _add(tar, FACTS, text)


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    """Add a file without owner and time: the same project is the same archive."""
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    tar.addfile(entry, io.BytesIO(content))


if __name__ == "__main__":
    _freeze(Path(sys.argv[1]), Path(sys.argv[2]))
