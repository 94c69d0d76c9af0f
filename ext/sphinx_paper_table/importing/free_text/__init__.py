"""What a text for readers says of papers: an item of a list, a row of a table, a sentence with links."""
