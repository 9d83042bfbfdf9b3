"""The digest: from an issue's Markdown to a value that says what stands in it."""
