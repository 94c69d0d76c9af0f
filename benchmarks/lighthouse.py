"""The command ``python -m benchmarks.lighthouse``: what Lighthouse says of the main pages of a built site.

Lighthouse is a package of npm, which npx fetches where it is not installed; Node.js and Chromium are taken from the
machine. The pages come from a server that compresses, as hosts do, with the simulated phone and line of Lighthouse's
standard. Each page is loaded several times; the scores are medians, and so is what they are made of.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.report import table

VERSION: Final = "12.8.2"
PAGES: Final = ("index", "surveys/diffusion-models", "methods/index", "results/index", "references")
SCORES: Final = ("performance", "accessibility", "best-practices", "seo")
AUDITS: Final = {
    "FCP, ms": "first-contentful-paint",
    "LCP, ms": "largest-contentful-paint",
    "TBT, ms": "total-blocking-time",
    "CLS": "cumulative-layout-shift",
    "kB": "total-byte-weight",
}
"""What the score of performance is made of, by the heading of its column."""
_BYTES: Final = "kB"
_LEAST: Final = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
_PLAIN: Final = frozenset({".woff", ".woff2", ".png", ".jpg", ".gz"})


@cache
def _zipped(path: str) -> bytes:
    return gzip.compress(Path(path).read_bytes(), 6)


class Zipping(SimpleHTTPRequestHandler):
    """Serves files compressed, and lets browsers keep them."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name in the standard library)
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer with a compressed file where there is one and the browser takes it."""
        path = Path(self.translate_path(self.path))
        accepted = "gzip" in self.headers.get("Accept-Encoding", "")
        if not (accepted and path.is_file()) or path.suffix in _PLAIN:
            super().do_GET()
            return
        body = _zipped(str(path))
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=86400")
        self.end_headers()
        self.wfile.write(body)


def main(argv: list[str]) -> None:
    """Load the pages, print a table, and fail where a score is lower than it has to be."""
    options = _arguments(argv)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Zipping, directory=str(options.site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_address[1]}"
    found = {
        name: [_report(f"{base}/{name}.html", options.desktop) for _round in range(options.rounds)]
        for name in options.pages or PAGES
    }
    server.shutdown()
    print(_table(found))
    if options.keep:
        options.keep.write_text(json.dumps({name: reports[-1] for name, reports in found.items()}), "utf-8")
    low = {
        f"{name}: {kind}": score
        for name, reports in found.items()
        for kind, least in _LEAST.items()
        if (score := _score(reports, kind)) < least
    }
    if low:
        sys.exit(f"lower than they have to be: {low}")


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.lighthouse", description="Ask Lighthouse about pages.")
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="pages without .html; the main ones if none is named")
    parser.add_argument("--site", type=Path, default=Path("docs/_build/html"), metavar="DIRECTORY", help="a built site")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often each page is loaded")
    parser.add_argument("--desktop", action="store_true", help="a desktop in the place of a phone")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="write the last report of each page there, as JSON")
    return parser.parse_args(argv)


def _report(address: str, desktop: bool) -> dict[str, Any]:  # noqa: FBT001 (an option of the command)
    """Return what Lighthouse says of a page."""
    with tempfile.TemporaryDirectory(prefix="paper-table-lighthouse-") as directory:
        output = Path(directory, "report.json")
        command = [
            *_command(),
            address,
            "--quiet",
            "--output=json",
            f"--output-path={output}",
            f"--only-categories={','.join(SCORES)}",
            "--chrome-flags=--headless --no-sandbox",
            *(["--preset=desktop"] if desktop else []),
        ]
        chromium = os.environ.get("CHROMIUM")
        environment = os.environ | ({"CHROME_PATH": chromium} if chromium else {})
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if not output.exists():
            sys.exit(f"Lighthouse has failed: {done.stderr.strip()}")
        report: dict[str, Any] = json.loads(output.read_text("utf-8"))
        return report


def _command() -> list[str]:
    if own := shutil.which("lighthouse"):
        return [own]
    if npx := shutil.which("npx"):
        return [npx, "--yes", f"lighthouse@{VERSION}"]
    sys.exit("Lighthouse needs Node.js (https://nodejs.org), and there is no npx on the path.")


def _score(reports: list[dict[str, Any]], kind: str) -> float:
    return median(round(100 * (report["categories"][kind]["score"] or 0)) for report in reports)


def _measure(reports: list[dict[str, Any]], audit: str) -> float:
    return median(float(report["audits"][audit]["numericValue"]) for report in reports)


def _table(found: dict[str, list[dict[str, Any]]]) -> str:
    rows = [["page", *SCORES, *AUDITS]]
    for name, reports in found.items():
        measures = {head: _measure(reports, audit) for head, audit in AUDITS.items()}
        measures[_BYTES] /= 1000
        cells = [f"{value:.3f}" if head == "CLS" else f"{value:.0f}" for head, value in measures.items()]
        rows.append([name, *(f"{_score(reports, kind):.0f}" for kind in SCORES), *cells])
    return table(rows)


if __name__ == "__main__":
    main(sys.argv[1:])
