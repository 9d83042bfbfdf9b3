"""The digest: from an issue's Markdown to a value that says what stands in it.

======== ====================================================================
profile  the habits of one digest, as its configuration describes them
parsing  an issue read by a profile
topics   what an item is about
reader   both in one
names    what readers call topics and sections
export   an issue as JSON
codes    everything that may be wrong with an issue
linter   what an editor should look at before an issue goes out
proposal a profile for issues that nobody described yet
======== ====================================================================
"""
