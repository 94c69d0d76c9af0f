"""BibTeX and biblatex, with the groups of JabRef."""

from sphinx_paper_table.importing.formats.bibtex.reader import by_keyword, read, recognises

__all__ = ["by_keyword", "read", "recognises"]
