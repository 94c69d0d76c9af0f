extensions = ["sphinxcontrib.bibtex", "sphinx_paper_table.citations"]
bibtex_bibfiles = ["refs.bib"]
bibtex_cite_id = "cite-{key}"
bibtex_default_style = "author_year"
bibtex_reference_style = "author_year_letters"
