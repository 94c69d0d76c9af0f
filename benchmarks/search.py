"""The command ``python -m benchmarks.search``: what the first result of a search costs, with Sphinx and with Pagefind.

Sites of several sizes, in English and in Chinese, each with either search; a browser with an empty cache on a slow line
opens the search page with a query in its address. Bytes are those that went over the line, compressed as hosts do.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import sys
import tempfile
import threading
import time
from contextlib import suppress
from functools import cache, partial
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote

from playwright.sync_api import sync_playwright

from benchmarks.content import _WORDS, library
from benchmarks.measure import timed
from benchmarks.pages import _Quiet, _write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

LANGUAGES: Final = ("en", "zh_CN")
SEARCHES: Final = {"Sphinx": "ul.search > li a", "Pagefind": ".pt-hit a"}
"""Each search with what shows that there is a result."""
DELAY: Final = 0.15
RATE: Final = 1.6e6 / 8
"""Seconds before each answer, and bytes a second of all answers together: what Lighthouse calls slow 4G. The server
keeps to them; a browser's own tools would leave out what workers ask for."""
_PIECE: Final = 4096
_SIGNS: Final = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平"
    "形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党"
)


_ANY: Final = "|".join(_WORDS)
_WORD: Final = re.compile(rf"\b(?:{_ANY})\b", re.IGNORECASE)
_RUN: Final = re.compile(rf"(?:\b(?:{_ANY})+\b ?)+", re.IGNORECASE)
_SENTENCE: Final = re.compile("(?:summary|title|why):")
_COMPOUNDS: Final = 0.5


class Cost(NamedTuple):
    """What a reader waits for; bytes until the first result, and until nothing more is asked for."""

    seconds: float
    first: int
    all: int


class _Line:
    """The line to the browser: what went over it, one piece at a time."""

    def __init__(self) -> None:
        self._free = threading.Lock()
        self.sent = 0

    def send(self, write: Callable[[bytes], object], content: bytes) -> None:
        """Send *content* as slowly as the line is."""
        for start in range(0, len(content), _PIECE):
            piece = content[start : start + _PIECE]
            with self._free:
                time.sleep(len(piece) / RATE)
                self.sent += len(piece)
            write(piece)


class _Slow(_Quiet):
    def __init__(self, line: _Line, *args: Any, **options: Any) -> None:
        self._line = line
        super().__init__(*args, **options)

    def send_head(self) -> Any:
        """Answer with the compressed file, as hosts do with text; Pagefind's own files are compressed as they are."""
        time.sleep(DELAY)
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            return super().send_head()
        is_text = path.suffix in {".html", ".js", ".css", ".json", ".svg"}
        content = _compressed(path) if is_text else path.read_bytes()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if is_text:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with suppress(ConnectionError):  # the browser has closed the page
            self._line.send(self.wfile.write, content)
        return None


@cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


def main(argv: list[str]) -> None:
    """Build the sites and print what searching them costs."""
    options = _arguments(argv)
    print("| papers | language | search | index, kB gz | build, s | first result, s | kB until then | kB in all |")
    print(f"|{' --- |' * 8}", flush=True)
    with tempfile.TemporaryDirectory(prefix="paper-table-search-") as directory:
        for count in options.papers:
            for language in options.languages:
                for name in SEARCHES:
                    site = write(Path(directory) / f"{count}-{language}-{name}", count, language, name)
                    print(_row(count, language, name, *_measured(site, name, language, options.rounds)), flush=True)


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.search", description="Measure the search in a browser.")
    parser.add_argument(
        "--papers", type=int, nargs="+", default=[100, 1000, 3000], metavar="N", help="sizes of the site"
    )
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES, help="languages of the site")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often each page is opened")
    return parser.parse_args(argv)


def write(root: Path, count: int, language: str, search: str) -> Path:
    """Write a site with *count* papers, whose texts are in this language, with this search."""
    conf = f'\nlanguage = "{language}"\npaper_table_pagefind = {search == "Pagefind"}\n'
    _write(root, library(count), conf)
    random = Random(count)  # noqa: S311 (nothing secret)
    for path in root.glob("surveys/survey-*.yaml"):
        text = "".join(_richer(line, random) for line in path.read_text("utf-8").splitlines(keepends=True))
        path.write_text(chinese(text) if language == "zh_CN" else text, "utf-8")
    return root


def _richer(line: str, random: Random) -> str:
    """Return a line with more words: the generator has a hundred, and an index grows with their number too.

    Half of them become compounds, of which there are ten thousand, a few often and most of them seldom.
    """

    def compound(found: re.Match[str]) -> str:
        return found[0] + (_WORDS[int(len(_WORDS) * random.random() ** 3)] if random.random() < _COMPOUNDS else "")

    return _WORD.sub(compound, line) if _SENTENCE.search(line) else line


def chinese(text: str) -> str:
    """Return a survey with two characters in the place of each word that the generator makes sentences from."""
    lines = text.splitlines(keepends=True)
    return "".join(_RUN.sub(_translated, line) if _SENTENCE.search(line) else line for line in lines)


def _translated(run: re.Match[str]) -> str:
    return "".join(_pair(word) for word in re.findall(_ANY, run[0].lower()))


def _pair(word: str) -> str:
    place = _WORDS.index(word)
    return _SIGNS[place] + _SIGNS[-1 - place * 7 % len(_SIGNS)]


def _measured(site: Path, name: str, language: str, rounds: int) -> tuple[float, int, Cost]:
    output = site / "_build"
    start = time.perf_counter()
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-j", "auto", str(site), str(output)]
    timed(command, site / "build.log")
    seconds = time.perf_counter() - start
    query = "momentum encoder" if language == "en" else _pair("momentum")
    costs = list(_costs(output, SEARCHES[name], query, rounds))
    cost = Cost(*(median(values) for values in zip(*costs, strict=True)))
    return seconds, _index_size(output, name), cost


def _index_size(output: Path, name: str) -> int:
    if name == "Sphinx":
        return len(_compressed(output / "searchindex.js"))
    return sum(path.stat().st_size for path in (output / "_pagefind").rglob("*.pf_*"))


def _costs(output: Path, result: str, query: str, rounds: int) -> Iterator[Cost]:
    line = _Line()
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), partial(_Slow, line, directory=str(output))) as server,
        sync_playwright() as playwright,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/search.html?q={quote(query)}"
        path = os.environ.get("CHROMIUM") or None
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for _ in range(rounds):
            yield _visit(browser, address, result, line)
        browser.close()
        server.shutdown()


def _visit(browser: Browser, address: str, result: str, line: _Line) -> Cost:
    """Open the page with an empty cache."""
    context = browser.new_context()
    page = context.new_page()
    before, start = line.sent, time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(result).first.wait_for(timeout=180_000)
    seconds, first = time.perf_counter() - start, line.sent - before
    page.wait_for_load_state("networkidle", timeout=600_000)
    context.close()
    return Cost(seconds, first, line.sent - before)


def _row(count: int, language: str, name: str, built: float, index: int, cost: Cost) -> str:
    sizes = f"{cost.first / 1000:.0f} | {cost.all / 1000:.0f}"
    return f"| {count} | {language} | {name} | {index / 1000:.0f} | {built:.0f} | {cost.seconds:.1f} | {sizes} |"


if __name__ == "__main__":
    main(sys.argv[1:])
