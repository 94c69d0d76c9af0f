"""Citations for the rest of the package: note one, ask for its label, its place, whether it exists.

The interface is ours, the implementation stands on sphinxcontrib-bibtex's domain; what is behind `Citations` can be
replaced without touching a component. Usable without paper tables.
"""

from __future__ import annotations

from sphinx_paper_table.citations.facts import setup_facts
from sphinx_paper_table.citations.formatting import setup_formatting
from sphinx_paper_table.citations.interface import Citations, Place
from sphinx_paper_table.citations.labels import setup_labels
from sphinx_paper_table.citations.stock import adopt_bibliography, citations_of

__all__ = [
    "Citations",
    "Place",
    "adopt_bibliography",
    "citations_of",
    "setup_facts",
    "setup_formatting",
    "setup_labels",
]
