"""Changes of authors' files: what a command does to them is a list of small edits at known places."""
