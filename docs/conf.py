"""The site's configuration."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sphinx_paper_table.version import VERSION

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "Living Surveys"
author = "The sphinx-paper-table authors"
project_copyright = f"2026, {author}"
version = release = VERSION

extensions = [
    "sphinx_paper_table",
    "myst_parser",
    "lean_pages",
    "declared_commands",
    "declared_problems",
    "reference_tables",
    "benchmark_results",
    "book",
    "glossary",
    "supported",
    "sphinx_markdown_builder",
    "notfound.extension",
]
root_doc = "index"
exclude_patterns = ["_build", "_ext", "_templates", "guide/examples"]
language = "en"
locale_dirs = ["locale"]
gettext_compact = False

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
bibtex_bibfiles = ["../refs.bib"]
bibtex_reference_style = "author_year_letters"
bibtex_default_style = "author_year"
nitpicky = True

html_theme = "furo"
html_title = project
html_static_path = ["_static"]
templates_path = ["_templates"]
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/search.html",
        "sidebar/languages.html",
        "sidebar/versions.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/ethical-ads.html",
        "sidebar/scroll-end.html",
        "sidebar/variant-selector.html",
    ]
}
# The book. Names and titles are in many scripts; talks about papers are in Chinese on English pages too.
latex_engine = "xelatex"
latex_elements = {
    "papersize": "a4paper",
    "extraclassoptions": "openany,oneside",
    "fncychap": "",
    "preamble": (Path(__file__).parent / "_book.tex").read_text("utf-8"),
}
paper_table_feed = 50
markdown_anchor_sections = True
paper_table_search_last = ["guide"]
html_use_index = False  # nothing of ours has entries in it
# Read the Docs adds a menu of its own to the pages, from its own addresses, and advertisements from these.
_ads = ["https://media.ethicalads.io", "https://server.ethicalads.io"]
paper_table_content_policy = (
    {"script-src": _ads, "connect-src": _ads, "img-src": _ads} if os.environ.get("READTHEDOCS") else True
)

html_favicon = "_static/favicon.svg"
epub_tocscope = "includehidden"  # the menus beside the pages are the contents of a book
epub_css_files = ["book.css"]
# What no page of a book shows.
epub_exclude_files = [
    "_static/site.js",
    *sorted(
        path.relative_to(Path(__file__).parent).as_posix() for path in Path(__file__).parent.glob("_static/**/*.png")
    ),
]
html_js_files = [("site.js", {"defer": "defer"})]
# Hosts say where the site stands and where its sources are; neither is written here. A translation is a build of its
# own, below an address of its own.
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL") or os.environ.get("SITE_URL", "")
paper_table_markdown = bool(html_baseurl)  # hosts build both into one folder
_version_type = os.environ.get("READTHEDOCS_VERSION_TYPE")
_repository = os.environ.get("READTHEDOCS_GIT_CLONE_URL", "").removesuffix(".git")
_is_branch = _version_type == "branch"  # a pull request has no sources to link to
# Hosts show it in place of any page that is missing, so that its own addresses begin at their root.
notfound_urls_prefix = urlsplit(html_baseurl).path.rstrip("/") + "/"
notfound_template = "not-found.html"
paper_table_open_graph = paper_table_sitemap = True
paper_table_pictures = "_static/pictures"
paper_table_json_ld = {"license": "https://creativecommons.org/licenses/by-nc-sa/4.0/"}
# Readers have no use for the source of a page, authors for a link to edit it, where the host says where it is.
html_theme_options: dict[str, object] = {"top_of_page_buttons": []}
if _is_branch and _repository.startswith(("https://github.com/", "https://gitlab.com/")):  # those that Furo knows
    html_theme_options = {
        "top_of_page_buttons": ["edit"],
        "source_repository": _repository,
        "source_branch": os.environ["READTHEDOCS_GIT_IDENTIFIER"],
        "source_directory": "docs/",
    }
    _sources = f"{_repository}/{'-/' if 'gitlab' in _repository else ''}blob/{os.environ['READTHEDOCS_GIT_IDENTIFIER']}"
    paper_table_edit_url = f"{_sources}/docs/{{path}}#L{{line}}"

_languages = {"en": "English", "zh_CN": "简体中文"}


def _base(language: str) -> str:
    """Return where the build in a language stands; empty when this one stands alone.

    `make html` and `make html-zh` build side by side. On Read the Docs a translation is a project of its own, and the
    address differs in the part for the language, see https://docs.readthedocs.com/platform/stable/localization.html.
    """
    if not html_baseurl:
        return "../html/" if language == "en" else f"../html-{language}/"
    parts = "|".join(code.replace("_", "[_-]") for code in _languages)
    own = language.lower().replace("_", "-")
    base, count = re.subn(rf"(?<=[^/])/(?:{parts})/", f"/{own}/", html_baseurl, count=1, flags=re.IGNORECASE)
    return base if count else ""


# The preview of a pull request is that of one language.
if all(map(_base, _languages)) and _version_type != "external":
    paper_table_languages = {code: {"name": name, "url": _base(code)} for code, name in _languages.items()}

_titles = {"zh_CN": "动态综述"}
_contents = {"zh_CN": "目录"}
_authors = {"zh_CN": "sphinx-paper-table 的作者们"}
# Signs that both kinds of type have: apostrophes, dashes between numbers; in English, quotation marks too.
_latin_signs = {"zh_CN": r'"2013,"2018,"2019'}


def _name(_app: Sphinx, config: Config) -> None:
    """Name the site in its language; files, inventory and log keep the project's name."""
    title = _titles.get(config.language, project)
    config.html_title = config.epub_title = title
    contents = _contents.get(config.language, "Contents")  # Sphinx takes the caption of the first list of pages
    config.latex_elements["preamble"] += rf"\AtBeginDocument{{\renewcommand{{\contentsname}}{{{contents}}}}}"
    signs = _latin_signs.get(config.language, r'"00B7,"2013,"2014,"2018,"2019,"201C,"201D,"2026')
    classes = rf"\xeCJKDeclareCharClass{{Default}}{{{signs}}}"
    config.latex_elements["preamble"] += rf"\ifdefined\xeCJKDeclareCharClass{classes}\fi"
    if config.language == "zh_CN":
        config.latex_elements["preamble"] += r"\renewcommand{\sphinxheadercomma}{ · }"
    authors = _authors.get(config.language, author)
    config.latex_documents = [(root_doc, "livingsurveys.tex", title, authors, "manual", True)]  # a chapter each page


def setup(app: Sphinx) -> None:
    """Connect: languages are known when the command line has been read."""
    app.connect("config-inited", _name)
