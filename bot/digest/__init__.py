"""The digest: from an issue's Markdown to a value that says what stands in it.

============= ===============================================================
profile       the habits of one digest, as its configuration describes them
checked       what every configuration file is checked by
habits        its parts: items, sections, labels, messages
patterns      the patterns in it
heading_names what a heading is called, however it is adorned
division      a file of several issues as the text of each
parsing       an issue read by a profile
topics        what an item is about
reader        both in one
free_text     Markdown that is no issue
fingerprint   what reading depends on, in a few characters
said_dates    what may date an issue, and whether it agrees
said_release  whether it is a draft, and when it goes out; said_moments, such a moment, with said_zones,
              said_spans and said_clocks; said_marks, notes not to send it; said_conflicts, what git left
unfenced      the lines of a text that are no code
account       how much of what was written is told
names         what readers call topics and sections
breaking      the line at which a text breaks a reader
codes         everything that the reader may find wrong
============= ===============================================================
"""
