"""What the words of a text are, for topics, keywords and search alike.

============= ==================================================================
folding       text made comparable: case, width, how words are joined
finding       where a word stands in a text
keywords      a word that a reader wrote, and whether a text mentions it
natural_order names ordered by the numbers in them
english       months and plurals
============= ==================================================================
"""
