extensions = ["myst_parser", "sphinx.ext.intersphinx", "sphinxcontrib.bibtex", "sphinx_paper_table.citations"]
bibtex_bibfiles = ["refs.bib"]
bibtex_default_style = "author_year"
bibtex_reference_style = "author_year_letters"
intersphinx_mapping = {"surveys": ("https://surveys.example.org/en/latest/", None)}
