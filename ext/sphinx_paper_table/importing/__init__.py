"""Foreign collections to a plan, and the plan to changes of the author's files; knows no Sphinx."""
