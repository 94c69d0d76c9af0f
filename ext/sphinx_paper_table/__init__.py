"""Living literature surveys for Sphinx: YAML and BibTeX in, citable tabs, cards and tables out."""
