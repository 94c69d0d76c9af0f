"""Show a survey in other themes: ``make themes``, or ``.ci/themes.py FOLDER [THEME ...]``.

Each theme is installed with the extension into an environment of its own, as some want versions of packages that others
cannot have; what is installed already is used again. One of our surveys is built in each, and a page shows pictures of
all side by side: wide and narrow, light and dark. The browser is that of the tests; no other host is asked for fonts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT: Final = Path(__file__).resolve().parents[1]
THEMES: Final = {
    "furo": "furo",
    "pydata_sphinx_theme": "pydata-sphinx-theme",
    "sphinx_book_theme": "sphinx-book-theme",
    "sphinx_rtd_theme": "sphinx-rtd-theme",
    "alabaster": "alabaster",
    "shibuya": "shibuya",
    "sphinx_immaterial": "sphinx-immaterial",
}
"""Packages on PyPI by the name of the theme."""
WIDTHS: Final = (1280, 390)
SCHEMES: Final = ("light", "dark")
_CONF: Final = """
project = "Themes"
extensions = ["sphinx_paper_table", "myst_parser"]
myst_enable_extensions = ["dollarmath"]
bibtex_bibfiles = ["refs.bib"]
bibtex_default_style = "author_year"
bibtex_reference_style = "author_year_letters"
suppress_warnings = ["paper_table"]  # the other surveys are not there
html_theme = "{theme}"
html_context = {{"default_mode": "auto"}}
if html_theme == "sphinx_immaterial":
    extensions.append("sphinx_immaterial")
    html_theme_options = {{"font": False}}  # it would be fetched while building
"""
_INDEX: Final = "# Themes\n\n```{survey-cards} clip\n```\n\n```{toctree}\nsurvey\nmethods\nreferences\n```\n"
_SURVEY: Final = (
    "# CLIP\n\n```{survey-header} clip\n```\n\n```{paper-lineage} clip\n```\n\n## Methods\n\n"
    "```{paper-table} clip\n:layout: tabs\n```\n"
)
_OTHERS: Final = {
    "methods": "# Methods\n\n```{paper-index}\n```\n\n```{paper-table} clip\n:layout: table\n:no-index:\n```\n",
    "references": "# References\n\n```{bibliography}\n:all:\n```\n",
}


def main(folder: Path, names: list[str]) -> None:
    """Build in each theme, take the pictures, and write the page that shows them."""
    themes = names or list(THEMES)
    if unknown := sorted(set(themes) - THEMES.keys()):
        sys.exit(f"no theme here is called {', '.join(unknown)}; known are {', '.join(THEMES)}")
    built = {theme: _built(folder / theme, theme) for theme in themes}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM") or None, args=["--no-sandbox"])
        for theme, site in built.items():
            _take(browser, site, folder, theme)
        browser.close()
    page = folder / "index.html"
    page.write_text(_page(themes), "utf-8")
    print(f"Open {page}")


def _built(place: Path, theme: str) -> Path:
    """Return the folder of the site in a theme."""
    python = place / "environment" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", place / "environment"], check=True)
    install: list[str | Path] = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, THEMES[theme], "myst-parser", "--editable", ROOT], check=True)
    source = place / "source"
    shutil.rmtree(source, ignore_errors=True)
    (source / "surveys").mkdir(parents=True)
    for path in ("surveys/clip.yaml", "surveys/background.yaml", "surveys/vocabulary.yaml"):
        shutil.copy(ROOT / "docs" / path, source / path)
    shutil.copy(ROOT / "refs.bib", source)
    pages = {"conf.py": _CONF.format(theme=theme), "index.md": _INDEX, "survey.md": _SURVEY}
    for name, text in (pages | {f"{name}.md": text for name, text in _OTHERS.items()}).items():
        (source / name).write_text(text, "utf-8")
    subprocess.run([python, "-m", "sphinx", "-q", "-E", "-b", "html", source, place / "html"], check=True)
    return place / "html"


def _take(browser: Browser, site: Path, folder: Path, theme: str) -> None:
    for scheme in SCHEMES:
        for width in WIDTHS:
            context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 1600})
            page = context.new_page()
            page.route("http*://**/*", lambda route: route.abort())
            page.goto((site / "survey.html").as_uri(), wait_until="domcontentloaded")
            page.locator(".pt-tabs").evaluate("(one) => one.scrollIntoView({ block: 'center', behavior: 'instant' })")
            page.locator(".pt-card details").first.evaluate("(one) => (one.open = true)")
            page.wait_for_timeout(500)
            page.screenshot(path=folder / f"{theme}-{scheme}-{width}.png")
            context.close()


def _page(themes: list[str]) -> str:
    """Return a table of the pictures: a row for each theme."""
    kinds = [(scheme, width) for scheme in SCHEMES for width in WIDTHS]
    head = "".join(f"<th>{scheme}, {width}</th>" for scheme, width in kinds)
    rows = "\n".join(
        f"<tr><th>{theme}</th>"
        + "".join(f'<td><img src="{theme}-{scheme}-{width}.png" alt="" height="640"></td>' for scheme, width in kinds)
        + "</tr>"
        for theme in themes
    )
    title = "A survey in other themes"
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{title}</title>\n<h1>{title}</h1>\n'
        f"<table><tr><th></th>{head}</tr>\n{rows}\n</table></html>\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2:])
