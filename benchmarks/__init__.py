"""How long the same survey takes to build, hand-written and as `paper-table` pages; see README.md."""
