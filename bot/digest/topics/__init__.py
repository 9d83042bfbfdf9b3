"""Topics: which there are, and which an item is about.

=========== ================================================================
vocabulary  the topics of a digest: their names and words
lexicon     where the words of all topics stand in a text
classifier  which topics an item has, and why
readings    what careful readers found in an issue
evaluation  how well the classifier agrees with them
phrases     what stands often in texts, and as one
suggestions frequent terms that no topic has
=========== ================================================================
"""
