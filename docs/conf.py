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

extensions = ["sphinx_paper_table", "myst_parser", "mathml"]
root_doc = "index"
exclude_patterns = ["_build", "_ext"]
language = "en"
locale_dirs = ["locale"]
gettext_compact = False

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
bibtex_bibfiles = ["../refs.bib"]
bibtex_reference_style = "author_year"
bibtex_default_style = "plain"
nitpicky = True

html_theme = "furo"
html_math_renderer = "mathml"
html_title = project
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")
html_static_path = ["_static"]
html_css_files = ["site.css"]
