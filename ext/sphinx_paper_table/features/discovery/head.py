"""What the head of a page says to others: its description, how links to it look elsewhere, structured data.

Open Graph (https://ogp.me) is what messengers and social networks read. sphinxext-opengraph has no picture for each
survey and language, and its own setting for the address that Sphinx has as ``html_baseurl``.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import starmap
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any, Final

import imagesize
from docutils import nodes
from markupsafe import Markup
from sphinx.util import logging

from sphinx_paper_table.features.discovery.structured_data import Described, dataset, script_text, survey_data
from sphinx_paper_table.reading.options import JSON_LD, OPEN_GRAPH, PICTURES
from sphinx_paper_table.sphinx_host.domain import locations, paper_domain
from sphinx_paper_table.sphinx_host.session import session_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

logger = logging.getLogger(__name__)

BUILDERS: Final = ("html", "dirhtml")
"""Those whose pages others link to."""
_LONGEST: Final = 200
_NAMED: Final = Markup('\n<meta name="{}" content="{}" />')
_PROPERTY: Final = Markup('\n<meta property="{}" content="{}" />')
_SCRIPT: Final = '\n<script type="application/ld+json">{}</script>'
_AFTER_OTHERS: Final = 600


def description_of(doctree: nodes.document) -> str:
    """Return what search engines show of a page: the beginning of its first paragraph of prose."""
    paragraphs = (" ".join(node.astext().split()) for node in doctree.findall(nodes.paragraph))
    text = next(filter(None, paragraphs), "")
    return shorten(text, _LONGEST, placeholder=" …") if " " in text[:_LONGEST] else text[:_LONGEST]


def base_address(config: Config) -> str:
    """Return the address of the site with a slash at its end; empty where it has none."""
    return f"{config.html_baseurl.rstrip('/')}/" if config.html_baseurl else ""


def described(app: Sphinx, pagename: str, doctree: nodes.document) -> Described:
    """Return a page, or for the first one the site, as it describes itself."""
    config, is_first = app.config, pagename == app.config.root_doc
    title = str(config.html_title) if is_first else app.env.titles[pagename].astext()
    base = base_address(config)
    url = base and base + app.builder.get_target_uri(pagename)
    author = config.author if config.author != "Author name not set" else ""
    more = config[JSON_LD] if isinstance(config[JSON_LD], dict) else {}
    known = title, description_of(doctree), url, str(config.language), author
    return Described(*known, str(config.release) if is_first else "", more.get("license", ""))


def picture_of(app: Sphinx, survey: str) -> tuple[str, Path] | None:
    """Return the picture for a survey, or for the site, as address and file: that in the language first, or None.

    The address is relative to the site's base: the folder is one that Sphinx copies to ``_static``.
    """
    folder = Path(app.config[PICTURES])
    parents = (Path(entry) for entry in app.config.html_static_path)
    below = next((folder.relative_to(parent) for parent in parents if folder.is_relative_to(parent)), None)
    if not app.config[PICTURES] or below is None:
        return None
    for name in (f"{app.config.language}/{survey}.png", f"{survey}.png"):
        if (path := Path(app.confdir, folder, name)).is_file():
            return (Path("_static") / below / name).as_posix(), path
    return None


def _open_graph(app: Sphinx, page: Described, survey: str, *, is_first: bool) -> Iterator[tuple[str, str]]:
    """Yield the properties of a page; what must be an absolute address is left out where the site has none."""
    yield "og:title", page.title
    yield "og:type", "website" if is_first else "article"
    yield "og:site_name", str(app.config.html_title)
    yield "og:description", page.description
    yield "og:url", page.url
    yield "og:locale", page.language if "_" in page.language else ""
    picture = (picture_of(app, survey) if survey else None) or picture_of(app, "site")
    base = base_address(app.config)
    if picture and base:
        address, path = picture
        width, height = imagesize.get(str(path))
        yield "og:image", base + address
        yield "og:image:width", str(width)
        yield "og:image:height", str(height)
        yield "og:image:alt", page.title


def survey_of(app: Sphinx, pagename: str) -> str:
    """Return the survey whose page this is; empty where it is that of none."""
    page = paper_domain(app.env).pages.get(pagename)
    targets = page.targets if page else ()
    return next((target.name for target in targets if target.kind == "survey" and not target.is_alias), "")


def _structured(app: Sphinx, pagename: str, page: Described, survey: str) -> Iterator[dict[str, Any]]:
    """Yield what a page has as structured data: a survey its papers, the first page the data of the site."""
    catalogue = session_of(app.env).catalogue
    if survey:
        places = locations(app.env)
        found = (places.get(("method", target.name)) for target in paper_domain(app.env).pages[pagename].targets)
        papers = {
            target.anchor: paper
            for target in found
            if target and target.docname == pagename and (paper := catalogue.paper(target.name))
        }
        yield survey_data(page, papers, catalogue)
    if pagename == app.config.root_doc and catalogue.papers:
        yield dataset(replace(page, url=base_address(app.config)))


def add_to_head(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add to the head of a page what the project asks for (``html-page-context``)."""
    config = app.config
    if doctree is None or app.builder.name not in BUILDERS or not (config[OPEN_GRAPH] or config[JSON_LD]):
        return
    page, survey = described(app, pagename, doctree), survey_of(app, pagename)
    tags: list[str] = [context.get("metatags", "")]
    if config[OPEN_GRAPH]:
        is_first = pagename == config.root_doc
        properties = {name: text for name, text in _open_graph(app, page, survey, is_first=is_first) if text}
        if page.description and 'name="description"' not in tags[0]:
            tags.append(_NAMED.format("description", page.description))
        tags += starmap(_PROPERTY.format, properties.items())
        tags.append(_NAMED.format("twitter:card", "summary_large_image" if "og:image" in properties else "summary"))
    if config[JSON_LD]:
        tags += (_SCRIPT.format(script_text(data)) for data in _structured(app, pagename, page, survey))
    context["metatags"] = "".join(tags)


def check_settings(app: Sphinx) -> None:
    """Say what is left out (``builder-inited``)."""
    config = app.config
    if app.builder.name not in BUILDERS:
        return
    if not config.html_baseurl and (config[OPEN_GRAPH] or config[JSON_LD]):
        logger.info("paper_table: without html_baseurl, pages tell others neither their address nor their picture")


def setup_head(app: Sphinx) -> None:
    """Connect, behind what else describes pages."""
    app.connect("builder-inited", check_settings)
    app.connect("html-page-context", add_to_head, priority=_AFTER_OTHERS)
