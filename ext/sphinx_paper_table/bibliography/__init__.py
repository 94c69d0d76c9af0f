"""What the publishers say: BibTeX in, and BibTeX, CSL-JSON and RIS out. Knows nothing of Sphinx."""
