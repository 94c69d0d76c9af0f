"""A Content Security Policy for each page: its scripts and styles are files of the site.

The second line of defence: should foreign mark-up ever reach a page, browsers run none of it. Themes write a few
scripts and styles into their pages; the policy has the hashes of exactly those. What stands in the text of a page gets
none: neither a script that came in with a record, nor one in the prose of the page.

Browsers read it in the page itself, whoever hosts the site. For hosts that send headers it is in `_headers` as well,
https://docs.netlify.com/manage/routing/headers/, with what only a header can say.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from base64 import b64encode
from functools import partial
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from sphinx.util import logging

from sphinx_paper_table.compat.sphinx import (
    project_addresses,
    replace_translations_script,
    translations_script,
    wrap_page_templates,
)
from sphinx_paper_table.reading.option_checks import POLICY
from sphinx_paper_table.survey.addresses import WEB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config

logger = logging.getLogger(__name__)

OPTION: Final = "paper_table_content_policy"
FILE: Final = "_headers"
_MARK: Final = "# Written by sphinx-paper-table"
_BASE: Final[dict[str, tuple[str, ...]]] = dict.fromkeys(POLICY, ()) | {
    "default-src": ("'none'",),
    "base-uri": ("'none'",),
    "connect-src": ("'self'",),
    "font-src": ("'self'",),
    "form-action": ("'self'",),
    "img-src": ("'self'", "data:"),
    "manifest-src": ("'self'",),
    "media-src": ("'self'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "worker-src": ("'self'",),
}
"""What pages of ours need; themes have pictures within their style sheets, as ``data:``."""
_MOST: Final = 64
"""Hashes that a header may have: servers and proxies refuse those of more than a few kilobytes."""
_AFTER_PAGES: Final = 970
_META: Final = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_HEAD: Final = re.compile(r"<head\b[^<>]*+>(?:\s*+<meta charset=[^<>]*+>)?", re.IGNORECASE)
_SCRIPT: Final = re.compile(r"<script\b([^<>]*+)>(.*?)(?:</script\s*+>|\Z)", re.IGNORECASE | re.DOTALL)
_STYLE: Final = re.compile(r"<style\b[^<>]*+>(.*?)(?:</style\s*+>|\Z)", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE: Final = re.compile(r"<[a-z][^<>]*?\sstyle=\"([^\"]*)\"", re.IGNORECASE)
_DATA: Final = re.compile(r"\ssrc\s*=|\stype\s*=\s*[\"']?[^\"'\s>]*(?:json|template)", re.IGNORECASE)
"""Attributes of scripts that are files, or do not run."""
_PLURAL: Final = re.compile(r"[n\d\s()?:!=<>|&%+*-]+")
_SIZE: Final = re.compile(r"(?:(?:max-)?(?:width|height):\s*[\d.]+(?:%|[a-z]{2,4})?;?\s*)+")
"""Styles that docutils writes where an author says how large a picture or column is."""


class _Templates:
    """Sphinx's templates, with the policy in each page that they make."""

    def __init__(self, templates: Any, app: Sphinx) -> None:
        self._templates, self._app, self._mark = templates, app, f"<!--{secrets.token_hex(16)}-->"

    def __getattr__(self, name: str) -> Any:
        """Let the templates answer all else."""
        return getattr(self._templates, name)

    def render(self, template: str, context: dict[str, Any]) -> str:
        """Return the page; its text is marked meanwhile, by what nobody can guess."""
        body = context.get("body")
        marked = {**context, "body": f"{self._mark}{body}{self._mark}"} if body else context
        page = str(self._templates.render(template, marked))
        own, text, rest = (*page.split(self._mark, 2), "", "")[:3]
        _check_formulas(self._app, context)
        policy = escape(_written(_policy(self._app, own + rest, text)), quote=False)
        meta = f'\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
        page = page.replace(self._mark, "")
        return _HEAD.sub(lambda head: f"{head[0]}{meta}", page, count=1)


def preview_origins(config: Config) -> list[str]:
    """Return the other origins whose pages previews may ask for: those of inventories, and those of an option."""
    projects = map(urlsplit, project_addresses(config))
    found = {f"{parts.scheme}://{parts.netloc.lower()}" for parts in projects if parts.scheme in WEB and parts.netloc}
    return sorted(found | {f"https://{host}" for host in config.paper_table_preview_hosts})


def _policy(app: Sphinx, own: str, text: str) -> dict[str, list[str]]:
    """Return the sources that a page needs, by directive: *own* is what its theme writes around its *text*."""
    found = {directive: list(sources) for directive, sources in _BASE.items()}
    found["connect-src"] += preview_origins(app.config)
    found["img-src"] += [f"https://{host}" for host in app.config.paper_table_image_hosts]
    if app.config.paper_table_pagefind:
        found["script-src"].append("'wasm-unsafe-eval'")  # WebAssembly, and no JavaScript
    found["script-src"] += _hashes(code for attributes, code in _SCRIPT.findall(own) if not _DATA.search(attributes))
    found["style-src"] += _hashes(_STYLE.findall(own))
    sizes = [style for style in map(unescape, _ATTRIBUTE.findall(text)) if _SIZE.fullmatch(style)]
    if attributes := _hashes([*map(unescape, _ATTRIBUTE.findall(own)), *sizes]):
        found["style-src-attr"] += ["'unsafe-hashes'", *attributes]
    more = app.config[OPTION] if isinstance(app.config[OPTION], dict) else {}
    for directive, sources in more.items():
        found[directive] += [source for source in sources if source not in found[directive]]
    return found


def _hashes(texts: Any) -> list[str]:
    digests = (hashlib.sha256(text.replace("\r\n", "\n").encode()).digest() for text in texts)
    return sorted({f"'sha256-{b64encode(digest).decode()}'" for digest in digests})


def _written(policy: dict[str, list[str]]) -> str:
    return "; ".join(" ".join((directive, *(sources or ["'none'"]))) for directive, sources in policy.items())


def _check_formulas(app: Sphinx, context: dict[str, Any]) -> None:
    if context.get("has_maths_elements") and getattr(app.builder, "math_renderer_name", "") == "mathjax":
        message = "%s forbids the styles that MathJax writes into pages; choose another 'html_math_renderer'"
        logger.warning(message, OPTION, once=True, type="paper_table", subtype="config")


def _has_policy(app: Sphinx) -> bool:
    return app.config[OPTION] is not False and _has_pages(app)


def _has_pages(app: Sphinx) -> bool:
    return app.builder.format == "html" and app.builder.name != "epub"


def wrap_templates(app: Sphinx) -> None:
    """Let every page of this build have its policy (``builder-inited``)."""
    if _has_policy(app):
        wrap_page_templates(app.builder, partial(_Templates, app=app))
        replace_translations_script(app.builder, partial(_write_translations, app.builder))


def _write_translations(builder: Builder) -> None:
    """Write what Sphinx's script says in the language of the site; Sphinx (9.2) makes code of a text there.

    ``doctools.js`` makes a function of the rule for plurals with ``new Function``, which a policy forbids. Here it is a
    function from the start.
    """
    source = translations_script(builder)
    if source is None:
        return
    text = source.read_text("utf-8")
    catalog = json.loads(text[text.index("{") : text.rindex("}") + 1])
    rule = catalog.get("plural_expr", "")
    rule = rule if _PLURAL.fullmatch(rule) else "n === 1 ? 0 : 1"
    texts, locale = (json.dumps(catalog.get(key), ensure_ascii=False) for key in ("messages", "locale"))
    code = f"Object.assign(Documentation.TRANSLATIONS, {texts});\n"
    code += f"Documentation.PLURAL_EXPR = (n) => Number({rule});\nDocumentation.LOCALE = {locale};\n"
    target = Path(builder.outdir) / "_static" / "translations.js"
    if not target.is_file() or target.read_text("utf-8") != code:
        target.write_text(code, "utf-8")


def write_header(app: Sphinx, exception: Exception | None) -> None:
    """Write the policy of all pages for hosts, when the pages are there; a file of the project's own stays."""
    path = Path(app.outdir) / FILE
    if (
        exception is not None
        or not _has_pages(app)
        or (path.exists() and not path.read_text("utf-8").startswith(_MARK))
    ):
        return
    if not _has_policy(app):
        path.unlink(missing_ok=True)
        return
    policies = list(_policies(Path(app.outdir)))
    merged: dict[str, list[str]] = {directive: [] for directive in _BASE}
    for policy in policies:
        for directive, *sources in map(str.split, policy.split(";")):
            merged[directive] = sorted({*merged[directive], *sources} - {"'none'"})
    merged["default-src"] = merged["base-uri"] = ["'none'"]
    hashes = sum("sha256-" in source for sources in merged.values() for source in sources)
    header = f"{_written(merged)}; frame-ancestors 'self'" if hashes <= _MOST else "frame-ancestors 'self'"
    text = f"{_MARK}\n/*\n  Content-Security-Policy: {header}\n"
    if not path.is_file() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")


def _policies(outdir: Path) -> Iterator[str]:
    """Yield the different policies of the pages."""
    seen: set[str] = set()
    for path in outdir.rglob("*.html"):
        with path.open(encoding="utf-8", errors="replace") as file:
            found = _META.search(file.read(1 << 16))
        if found and found[1] not in seen:
            seen.add(found[1])
            yield unescape(found[1])


def setup_content_policy(app: Sphinx) -> None:
    """Connect both."""
    app.connect("builder-inited", wrap_templates, priority=900)
    app.connect("build-finished", write_header, priority=_AFTER_PAGES)
