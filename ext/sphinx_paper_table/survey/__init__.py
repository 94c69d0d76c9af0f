"""What a survey is: typed records, the catalogue that joins them, and the problems found in them.

Knows nothing of docutils or Sphinx, and can be tested in milliseconds.
"""
