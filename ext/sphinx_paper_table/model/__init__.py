"""What a survey is: typed records, the catalogue that joins them, and the problems found in them.

Layer 0 of the package: knows nothing of files, docutils or Sphinx, and can be tested in milliseconds.
"""
