"""The site's configuration."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "Living Surveys"
author = "The sphinx-paper-table authors"
project_copyright = f"2026, {author}"
version = release = "0.1.0"

extensions = ["sphinx_paper_table", "myst_parser", "mathml", "reference_tables"]
root_doc = "index"
exclude_patterns = ["_build", "_ext", "guide/examples"]
language = "en"
locale_dirs = ["locale"]
gettext_compact = False

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
bibtex_bibfiles = ["../refs.bib"]
bibtex_reference_style = "author_year_letters"
bibtex_default_style = "author_year"
nitpicky = True

html_theme = "furo"
html_math_renderer = "mathml"
html_title = project
html_static_path = ["_static"]
html_css_files = ["site.css"]
# Hosts say where the site stands and where its sources are; neither is written here. A translation is a build of its
# own, below an address of its own.
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")
_repository = os.environ.get("READTHEDOCS_GIT_CLONE_URL", "").removesuffix(".git")
_is_branch = os.environ.get("READTHEDOCS_VERSION_TYPE") == "branch"  # a pull request has no sources to link to
html_theme_options = {}
if _is_branch and _repository.startswith(("https://github.com/", "https://gitlab.com/")):  # those that Furo knows
    html_theme_options = {
        "source_repository": _repository,
        "source_branch": os.environ["READTHEDOCS_GIT_IDENTIFIER"],
        "source_directory": "docs/",
    }
