"""The command ``python -m benchmarks.pages``: what the largest pages cost in a browser.

A page with many cards, and lists of all methods of a large site, in the theme Furo. Bytes as they are and gzipped, time
until the page is loaded, time from a key in the field of the filter until the next frame, and memory of the renderer.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from playwright.sync_api import sync_playwright

from benchmarks.content import library
from benchmarks.measure import timed
from benchmarks.variants import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from benchmarks.content import Library

LISTS: Final = {"by-name": "name", "by-year": "year", "by-tag": "tag"}
TYPED: Final = "masked decoder"
"""What is typed into the field, letter by letter, and taken away again."""
KEYS: Final = """async (texts) => {
  const field = document.querySelector(".pt-filter input[type=search]");
  if (!field) return [];
  field.focus();
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  await frame();
  const found = [];
  for (const text of texts) {
    await new Promise((done) => setTimeout(done, 60));
    const start = performance.now();
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await frame(); // the filter works in the next frame; a task after it runs when that is drawn
    found.push(performance.now() - start);
  }
  return found;
}"""


class Measured(NamedTuple):
    """What a page costs; times in milliseconds, sizes in bytes, memory in MB."""

    name: str
    size: int
    zipped: int
    loaded: float
    ready: float
    key: float
    worst: float
    memory: float


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name in the standard library)
        """Say nothing."""


def main(argv: list[str]) -> None:
    """Build both sites and print what their pages cost."""
    options = _arguments(argv)
    with tempfile.TemporaryDirectory(prefix="paper-table-pages-") as directory:
        root = options.keep or Path(directory)
        sites = [write_cards(root / "cards", options), write_lists(root / "lists", options)]
        found = [measured for site, pages in sites for measured in _measured(_build(site), pages)]
    print(_table(found))


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.pages", description="Measure large pages in a browser.")
    parser.add_argument("--cards", type=int, default=1000, metavar="N", help="cards on one page")
    parser.add_argument("--methods", type=int, default=10_000, metavar="N", help="methods in the lists")
    parser.add_argument("--full", type=int, metavar="N", help="paper_table_full_index of the lists")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes other papers")
    parser.add_argument("--keep", type=Path, metavar="DIRECTORY", help="write the sites there, and leave them there")
    return parser.parse_args(argv)


def write_cards(root: Path, options: argparse.Namespace) -> tuple[Path, list[str]]:
    """Write a site with all cards on one page; return it with the pages to measure."""
    papers = library(options.cards, options.seed, per_page=options.cards)
    (page,) = [f"surveys/{survey.id}" for survey in papers.surveys]
    _write(root, papers, "")
    table = f"# Cards\n\n```{{paper-table}} {Path(page).name}\n:layout: cards\n```\n"
    (root / f"{page}.md").write_text(table, "utf-8")
    return root, [page]


def write_lists(root: Path, options: argparse.Namespace) -> tuple[Path, list[str]]:
    """Write a large site with lists of all its methods."""
    _write(root, library(options.methods, options.seed), f"\npaper_table_full_index = {options.full or 1000}\n")
    for name, by in LISTS.items():
        (root / f"{name}.md").write_text(f"# All methods\n\n```{{paper-index}}\n:by: {by}\n```\n", "utf-8")
    index = (root / "index.md").read_text("utf-8").replace("references\n", "\n".join((*LISTS, "references\n")))
    (root / "index.md").write_text(index.replace("{toctree}\n", "{toctree}\n:hidden:\n\n"), "utf-8")
    return root, list(LISTS)


def _write(root: Path, papers: Library, conf: str) -> None:
    """Write a site in Furo, without a sidebar: that of hundreds of pages would hide the difference."""
    shutil.rmtree(root, ignore_errors=True)
    Tables(papers).write(root)
    text = (root / "conf.py").read_text("utf-8").replace('"alabaster"', '"furo"')
    (root / "conf.py").write_text(text + conf, "utf-8")


def _build(site: Path) -> Path:
    output = site / "_build" / "html"
    timed(
        [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-j", "auto", str(site), str(output)], site / "build.log"
    )
    return output


def _measured(output: Path, pages: list[str]) -> Iterator[Measured]:
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(output))) as server,
        sync_playwright() as playwright,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for name in pages:
            path = os.environ.get("CHROMIUM") or None
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])  # memory is of one page
            yield _page(browser, output / f"{name}.html", f"http://127.0.0.1:{server.server_address[1]}/{name}.html")
            browser.close()
        server.shutdown()


def _page(browser: Browser, path: Path, address: str) -> Measured:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address, wait_until="load")
    loaded = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    texts = [TYPED[:count] for count in (*range(1, len(TYPED) + 1), *range(len(TYPED) - 1, -1, -1))]
    ready = page.evaluate(
        "new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"
    )
    memory = _memory(browser)
    keys = page.evaluate(KEYS, texts) or [0.0]
    content = path.read_bytes()
    zipped = len(gzip.compress(content, 6))
    return Measured(path.stem, len(content), zipped, loaded, ready, median(keys), max(keys), memory)


def _memory(browser: Browser) -> float:
    """Return the resident memory of the largest renderer, in MB; 0 where the system does not say."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    sizes = [_resident(process["id"]) for process in processes if process["type"] == "renderer"]
    return max(sizes, default=0) / 2**20


def _resident(process: int) -> int:
    path = Path(f"/proc/{process}/statm")
    return int(path.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") if path.exists() else 0


def _table(rows: list[Measured]) -> str:
    head = "| page | HTML, kB | gzip, kB | loaded, ms | first frame, ms | a key, ms | slowest key, ms | memory, MB |"
    lines = [
        f"| {row.name} | {row.size / 1000:.0f} | {row.zipped / 1000:.0f} | {row.loaded:.0f} | {row.ready:.0f} "
        f"| {row.key:.0f} | {row.worst:.0f} | {row.memory:.0f} |"
        for row in rows
    ]
    return "\n".join((head, f"|{' --- |' * head.count(' |')}", *lines))


if __name__ == "__main__":
    main(sys.argv[1:])
