"""Topics: which there are, and which an item is about.

============ ================================================================
vocabulary   the topics of a digest: their names and words
kinds        what kinds of words there are
attributes   compound words that other words stand between
lexicon      where the words of all topics stand in a text
probability  how probable a topic is, given its words and the others
pieces       an item as a text, by the places that words stand in
mentions     words that an item only mentions
weighing     what the words of each topic weigh in an item
said         the topics that an editor says an item has
editors_word what that means for the topics of the words
sidecar      those that he gives in a file beside the issue
kept         those that he gave where the bot alone could keep them
classifier   which topics an item has, and why
============ ================================================================
"""
