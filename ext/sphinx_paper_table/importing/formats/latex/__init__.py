"""A LaTeX document with citations."""

from sphinx_paper_table.importing.formats.latex.reader import read, recognises

__all__ = ["read", "recognises"]
