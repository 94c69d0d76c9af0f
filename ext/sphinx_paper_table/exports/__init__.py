"""From the catalogue to text for others, at permanent addresses. Writes nothing itself, and knows nothing of Sphinx."""
