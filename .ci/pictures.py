"""Draw the pictures that links to the site show elsewhere: one for each survey, and one for all other pages.

``make pictures`` builds both languages and calls this for each: ``.ci/pictures.py BUILD FOLDER``. The browser is that
of the tests. See `paper_table_pictures`. A picture says in itself what it was drawn from, so that a test notices when a
title has changed.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import struct
import sys
import zlib
from collections import Counter
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import sync_playwright

SIZE: Final = {"width": 1200, "height": 630}
COLOURS: Final = {
    "site": "#1f4e79",
    "clip": "#8a3b12",
    "contrastive-learning": "#1d5c3f",
    "diffusion-models": "#5b2a86",
    "multimodal": "#8c1d40",
    "video-understanding": "#0f5a66",
    "background": "#4a4a4a",
}
_NAME: Final = re.compile(r'<meta property="og:site_name" content="([^"]*)"')
KEY: Final = b"Source"
_HEAD: Final = 33
"""Bytes of a PNG up to the end of its first chunk."""
_PAGE: Final = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><style>
body {{ margin: 0; width: 1200px; height: 630px; box-sizing: border-box; padding: 72px 80px 0; color: #fff;
       background: {colour}; font-family: "Noto Sans", "DejaVu Sans", "Noto Sans CJK SC", sans-serif; }}
p {{ margin: 0; font-size: 34px; opacity: 0.85; }}
h1 {{ margin: 28px 0 0; font-size: 76px; line-height: 1.15; font-weight: 700; text-wrap: balance; }}
svg {{ position: absolute; inset: auto 80px 0 80px; }}
</style><p>{site}</p><h1>{title}</h1>
<svg width="1040" height="200" viewBox="0 0 1040 200" fill="#fff" fill-opacity="0.35">{bars}</svg></html>"""


def source_of(language: str, site: str, title: str) -> str:
    """Return the digest of what a picture says."""
    return hashlib.sha256(json.dumps([language, site, title]).encode()).hexdigest()


def written_source(picture: bytes) -> str:
    """Return the digest that a picture has in itself; empty where it has none."""
    before, _, rest = picture.partition(b"tEXt" + KEY + b"\0")
    return rest[:64].decode("latin-1") if rest and len(before) == _HEAD + 4 else ""


def with_source(picture: bytes, source: str) -> bytes:
    """Return a PNG with a text chunk behind its first one, see https://www.w3.org/TR/png-3/#11tEXt."""
    chunk = b"tEXt" + KEY + b"\0" + source.encode("latin-1")
    text = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return picture[:_HEAD] + text + picture[_HEAD:]


def site_name(page: str) -> str:
    """Return the name that a page of the site gives to others."""
    found = _NAME.search(page)
    return html.unescape(found[1]) if found else ""


def bars(dates: list[str], first: int, last: int) -> str:
    """Return the papers of each year as bars."""
    counts = Counter(int(date[:4]) for date in dates if date[:4].isdigit())
    most, width = max(counts.values(), default=1), 1040 / (last - first + 1)
    bar = '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="200" rx="4"/>'
    return "".join(
        bar.format((year - first) * width, 200 - 190 * count / most, width - 6)
        for year, count in counts.items()
        if first <= year <= last
    )


def pages(data: dict[str, Any], site: str) -> dict[str, str]:
    """Return the picture of each survey, and of the site, as a page."""
    homes = {name: [item["paper"] for item in _shown(name, data)] for name in data["surveys"]}
    dates = {name: [data["papers"][paper].get("date") or "" for paper in papers] for name, papers in homes.items()}
    titles = {name: survey["title"] for name, survey in data["surveys"].items()} | {"site": site}
    dates["site"] = [date for name in data["surveys"] for date in dates[name]]
    return {
        name: _PAGE.format(
            lang=html.escape(data["language"].replace("_", "-")),
            colour=COLOURS.get(name, COLOURS["site"]),
            site="" if name == "site" else html.escape(site),
            title=html.escape(title),
            bars=bars(dates[name], 2012, 2026),
        )
        for name, title in titles.items()
    }


def _shown(name: str, data: dict[str, Any]) -> list[dict[str, Any]]:
    groups = [group for group in data["groups"].values() if group["survey"] == name]
    return [item for place in (data["surveys"][name], *groups) for item in place["papers"]]


def main(build: Path, folder: Path) -> None:
    """Draw all pictures of a language."""
    data = json.loads((build / "papers.json").read_text("utf-8"))
    site = site_name((build / "index.html").read_text("utf-8"))
    titles = {name: survey["title"] for name, survey in data["surveys"].items()} | {"site": site}
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"])
        page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]  # a dictionary of its own kind
        for name, text in pages(data, site).items():
            page.set_content(text)
            source = source_of(data["language"], site, titles[name])
            (folder / f"{name}.png").write_bytes(with_source(page.screenshot(type="png"), source))
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
