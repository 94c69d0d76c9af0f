"""What other packages do not promise and this one relies on, a module for each of them.

Only these modules name what another package marks as private, does not document, or has no interface for, so that a
release of it that changes something is answered in one file. Each name says where it stands there, why it is needed,
and when it can go; ``tests/compat/`` checks that it is still there and behaves as it is used. Lowest of the rooms: it
imports other people's packages alone.

The places named are those of Sphinx 9.2.0, docutils 0.23, myst-parser 5.2.0, pybtex 0.26.1, sphinxcontrib-bibtex 2.7.0
and sphinx-design 0.8.0.
"""
