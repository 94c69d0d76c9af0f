"""From files to records: YAML and BibTeX are read, checked and linked; every problem is collected, none raised.

Layer 1 of the package: knows `model`, PyYAML and pybtex, but neither docutils nor Sphinx.
"""
