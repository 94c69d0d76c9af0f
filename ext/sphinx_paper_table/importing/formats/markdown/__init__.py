"""A list of papers in Markdown."""

from sphinx_paper_table.importing.formats.markdown.reader import read, recognises

__all__ = ["read", "recognises"]
