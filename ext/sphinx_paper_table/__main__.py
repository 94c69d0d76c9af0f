"""``python -m sphinx_paper_table``: the command line where the program ``paper-table`` is not on the path."""

from __future__ import annotations

import sys

from sphinx_paper_table.cli import main

if __name__ == "__main__":
    sys.exit(main(program="python -m sphinx_paper_table"))
