"""The files by which search engines find the pages of a site: which sites have them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.util import logging

from sphinx_paper_table.features.discovery.head import BUILDERS, base_address
from sphinx_paper_table.features.discovery.sitemap import ROBOTS, SITEMAP, is_ours, robots_txt, sitemap_xml
from sphinx_paper_table.reading.options import SITEMAP as OPTION
from sphinx_paper_table.sphinx_host.languages import absolute_bases
from sphinx_paper_table.sphinx_host.outputs import FileSource, register_files

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_paper_table.exports.site import Site

logger = logging.getLogger(__name__)


def has_sitemap(app: Sphinx) -> bool:
    """Return whether the site has one: it needs the site's address."""
    return bool(app.builder.name in BUILDERS and app.config.html_baseurl and app.config[OPTION])


def sitemap_state(app: Sphinx) -> object:
    """Return what the files depend on."""
    return (_pages(app), absolute_bases(app.config), _is_free(app)) if has_sitemap(app) else None


def _pages(app: Sphinx) -> list[str]:
    """Return the addresses of all pages but those that ask not to be searched."""
    shown = (name for name in sorted(app.env.found_docs) if "nosearch" not in app.env.metadata[name])
    return [app.builder.get_target_uri(name) for name in shown]


def _is_free(app: Sphinx) -> bool:
    """Return whether no file of the project's own, from ``html_extra_path``, has the name of ours."""
    path = Path(app.outdir, ROBOTS)
    return not path.is_file() or is_ours(path.read_text("utf-8", "replace"))


def sitemap_files(app: Sphinx, _site: Site) -> dict[str, str]:
    """Return the files, if the site has them."""
    if not has_sitemap(app):
        return {}
    base, others = base_address(app.config), absolute_bases(app.config)
    files = {SITEMAP: sitemap_xml(_pages(app), base, others)}
    return files | ({ROBOTS: robots_txt(base)} if _is_free(app) else {})


def former_files(text: str) -> set[str]:
    """Return the address of a file that was made here."""
    return {SITEMAP} if is_ours(text) else set()


def former_robots(text: str) -> set[str]:
    """Return the address of a file that was made here."""
    return {ROBOTS} if is_ours(text) else set()


def check_address(app: Sphinx) -> None:
    """Say what is left out (``builder-inited``)."""
    if app.builder.name in BUILDERS and app.config[OPTION] and not app.config.html_baseurl:
        logger.info("%s: without html_baseurl, there is neither %s nor %s", OPTION, SITEMAP, ROBOTS)


FILES: Final = FileSource(SITEMAP, sitemap_state, sitemap_files, former_files)
FORMER_ROBOTS: Final = FileSource(ROBOTS, lambda _app: None, lambda _app, _site: {}, former_robots)


def setup_site_files(app: Sphinx) -> None:
    """Connect."""
    app.connect("builder-inited", check_address)
    register_files(FILES)
    register_files(FORMER_ROBOTS)
