"""BibTeX and biblatex, with the groups of JabRef."""

from sphinx_paper_table.importing.formats.bibtex.reader import read, recognises

__all__ = ["read", "recognises"]
