"""Pagefind instead of Sphinx's own search: readers load the parts of the index that they ask for, not the whole.

The index is made from the pages when all of them are written, and kept while none of them changes. Pagefind is a
program in a package of its own, which only sites that want it install.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.util import logging

from sphinx_paper_table.compat.sphinx import let_search
from sphinx_paper_table.features.search import result_records as search_records
from sphinx_paper_table.sphinx_host.config import assignment
from sphinx_paper_table.sphinx_host.diagnostics import WARNING_TYPE
from sphinx_paper_table.sphinx_host.domain import paper_domain
from sphinx_paper_table.sphinx_host.export_cache import ExportRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

logger = logging.getLogger(__name__)

BUNDLE: Final = "_pagefind"
"""The directory of the site with the index and with Pagefind's own script."""
OPTION: Final = "paper_table_pagefind"
_BUILDERS: Final = ("html", "dirhtml")
"""Those with a page for searching."""
_AFTER_FRESH: Final = 960
_ENTRY: Final = "pagefind-entry.json"
_UNUSED: Final = ("pagefind-*ui.*", "pagefind-highlight.js", "pagefind-worker.js")
"""Pagefind's own interfaces, and what the script of our search page does without."""
_REMEDY: Final = "pip install 'sphinx-paper-table[pagefind]'"
_EMPTY_INDEX: Final = (
    'Search.setIndex({"alltitles":{},"docnames":[],"envversion":{},"filenames":[],"indexentries":{},"objects":{},'
    '"objnames":{},"objtypes":{},"terms":{},"titles":[],"titleterms":{}})'
)
"""Some themes load Sphinx's index on every page; they find one with nothing in it."""


def check_package(app: Sphinx, config: Config) -> None:
    """Warn when Pagefind is wanted and not installed; the site then has Sphinx's own search (``config-inited``)."""
    if config[OPTION] and not is_installed():
        _warn(app, "the package pagefind is not installed; the site gets Sphinx's own search. Remedy: %s", _REMEDY)
        config[OPTION] = False


def is_installed() -> bool:
    """Return whether the package is there, and the program, which is a package of its own."""
    programs = ("pagefind_bin", "pagefind_bin_extended")
    has_program = "PAGEFIND_BINARY_PATH" in os.environ or any(find_spec(name) for name in programs)
    return find_spec("pagefind") is not None and (has_program or shutil.which("pagefind") is not None)


def replaces_search(app: Sphinx) -> bool:
    """Return whether this build's pages are searched with Pagefind."""
    return bool(app.config[OPTION]) and app.builder.name in _BUILDERS


def hold_search(app: Sphinx) -> None:
    """Let Sphinx index nothing: it decides by this attribute when it begins to write (``builder-inited``)."""
    if replaces_search(app):
        let_search(app.builder, search=False)


def allow_search(app: Sphinx) -> tuple[()]:
    """Let Sphinx write the search page, and what tells browsers of it (``html-collect-pages``)."""
    if replaces_search(app):
        let_search(app.builder, search=True)
    return ()


def mark_page(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Mark the text of a page, and let templates know that there is a search page."""
    if not replaces_search(app):
        return
    has_page: Callable[[str], bool] = context["hasdoc"]
    context["hasdoc"] = lambda name: name == "search" or has_page(name)
    if doctree is not None:
        context["body"] = f"{search_records.BEGIN}{context.get('body', '')}{search_records.END}"


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Bring the index up to date with the pages, or remove it where there is to be none (``build-finished``)."""
    if exception is not None or app.builder.name not in _BUILDERS:
        return
    bundle = Path(app.outdir) / BUNDLE
    if replaces_search(app):
        _update_index(app, bundle)
    elif (bundle / _ENTRY).is_file():
        shutil.rmtree(bundle)


def _update_index(app: Sphinx, bundle: Path) -> None:
    record = ExportRecord(Path(app.doctreedir) / f"pagefind-{app.builder.name}.json", Path(app.outdir))
    pages = list(_pages(app))
    inputs = _digest(app, [path for _docname, path in pages])
    if record.current(inputs) is not None:
        return
    made = _make_bundle(app, pages, Path(app.doctreedir) / f"pagefind-{app.builder.name}")
    shutil.rmtree(bundle, ignore_errors=True)
    if made is None:
        return
    shutil.move(made, bundle)
    index = Path(app.outdir) / "searchindex.js"
    index.write_text(_EMPTY_INDEX, "utf-8")
    files = [path.relative_to(app.outdir).as_posix() for path in (*bundle.rglob("*"), index) if path.is_file()]
    record.save({inputs: files})
    shutil.rmtree(made.parent)


def _pages(app: Sphinx) -> Iterator[tuple[str, Path]]:
    """Yield every document that its author lets be searched, with its file."""
    for docname in sorted(app.env.all_docs):
        path = Path(app.builder.get_output_path(docname))  # type: ignore[attr-defined]  # builders of HTML have it
        if path.is_file() and not {"nosearch", "no-search"} & app.env.metadata[docname].keys():
            yield docname, path


def _digest(app: Sphinx, paths: list[Path]) -> str:
    """Return a digest of everything that the index is made from."""
    code = [Path(__file__).read_bytes(), Path(search_records.__file__).read_bytes()]
    digest = hashlib.blake2b(f"{_version()} {app.config.language}".encode())
    for path in paths:
        digest.update(f"\0{path.relative_to(app.outdir)}\0".encode())
        digest.update(path.read_bytes())
    for part in code:
        digest.update(part)
    return digest.hexdigest()


def _version() -> str:
    try:
        return version("pagefind")
    except PackageNotFoundError:  # a copy without its metadata
        return ""


def _make_bundle(app: Sphinx, pages: list[tuple[str, Path]], place: Path) -> Path | None:
    """Return the directory with a new bundle, within *place*; None when Pagefind fails."""
    shutil.rmtree(place, ignore_errors=True)
    site, bundle = place / "pages", place / "bundle"
    site.mkdir(parents=True)
    for docname, path in pages:
        _write_records(app, docname, path.read_text("utf-8"), site)
    problem = _run_pagefind(site, bundle, stems_of(app.config.language))
    if problem:
        _warn(app, "pagefind has failed, and the site has no search: %s", problem)
        return None
    for pattern in _UNUSED:
        for path in bundle.glob(pattern):
            path.unlink()
    return bundle


def _write_records(app: Sphinx, docname: str, html: str, site: Path) -> None:
    title = app.env.titles[docname].astext() if docname in app.env.titles else docname
    language = str(app.config.language or "en").replace("_", "-")  # as HTML calls it
    address = app.builder.get_target_uri(docname)
    page = search_records.Page(docname, address, title, language, _card_anchors(app, docname))
    for record in search_records.records(page, html):
        path = site / record.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(record.html, "utf-8")


def _card_anchors(app: Sphinx, docname: str) -> frozenset[str]:
    """Return the anchors of the methods that are at home on a page."""
    page = paper_domain(app.env).pages.get(docname)
    return frozenset(target.anchor for target in page.targets if target.kind == "method") if page else frozenset()


def stems_of(language: str) -> str:
    """Return the language that the words of the index are in: those between Chinese ones are most often English."""
    return "en" if language.startswith("zh") else language.replace("_", "-").lower()


def _run_pagefind(site: Path, bundle: Path, language: str) -> str:
    """Run Pagefind, away from configuration that is not ours; return what is wrong, else the empty string."""
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-path", str(bundle)]
    command += ["--force-language", language, "--exclude-selectors", ", ".join(search_records.UNSEARCHED)]
    own = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    own |= {name: os.environ[name] for name in ("PAGEFIND_BINARY_PATH",) if name in os.environ}
    try:
        process = subprocess.run(command, cwd=site.parent, env=own, capture_output=True, text=True, check=False)  # noqa: S603 (nothing of it comes from pages)
    except OSError as error:
        return str(error)
    is_made = process.returncode == 0 and (bundle / _ENTRY).is_file()
    return "" if is_made else (process.stderr or process.stdout).strip()[-500:] or f"exit code {process.returncode}"


def _warn(app: Sphinx, message: str, *values: str) -> None:
    place = assignment(app, OPTION)
    logger.warning(f"{OPTION}: {message}", *values, location=place, type=WARNING_TYPE, subtype="pagefind")  # noqa: G004 (a constant)


def setup_pagefind(app: Sphinx) -> None:
    """Connect everything."""
    app.connect("config-inited", check_package, priority=450)
    app.connect("builder-inited", hold_search)
    app.connect("html-collect-pages", allow_search, priority=990)
    app.connect("html-page-context", mark_page, priority=900)
    app.connect("build-finished", finish, priority=_AFTER_FRESH)
