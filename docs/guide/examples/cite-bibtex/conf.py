extensions = ["myst_parser", "sphinx.ext.intersphinx", "sphinxcontrib.bibtex"]
bibtex_bibfiles = ["refs.bib"]
intersphinx_mapping = {"surveys": ("https://surveys.example.org/en/latest/", None)}
