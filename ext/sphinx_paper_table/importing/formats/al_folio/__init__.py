"""al-folio and jekyll-scholar: a site's folder, or its bibliography."""

from sphinx_paper_table.importing.formats.al_folio.reader import read, recognises

__all__ = ["read", "recognises"]
