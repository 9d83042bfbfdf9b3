"""Topics: which there are, and which an item is about.

=========== ================================================================
vocabulary  the topics of a digest: their names and words
lexicon     where the words of all topics stand in a text
classifier  which topics an item has, and why
=========== ================================================================
"""
