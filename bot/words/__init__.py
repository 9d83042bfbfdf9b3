"""What the words of a text are, for topics, keywords and search alike.

============= ============================================================================
scripts       which scripts have blanks between their words, and which run on
folding       text made comparable: case, width, simplified or traditional, how words are joined
traditional   simplified Chinese in traditional characters
finding       what a word is, and where one stands in a text
tokens        the words of a text for an index that finds what keywords find
keywords      a word that a reader wrote, and whether a text mentions it
natural_order names ordered by the numbers in them
english       months and plurals
durations     how long something takes; moments, when something was
clock_times   a time of day as people type it; utc_offsets, how far its clock is from UTC
wished_hours  when something shall come: a time, a day, quiet hours, sound, as people type them
wish_signs    what of that is said in many ways, by the words it is made of
wish_changes  what of that is taken back: not Friday, Saturday
months        months by their names, English and Chinese; weekdays, the days of the week
addresses     addresses made comparable
asked_dates   dates as people ask for issues by them
undated       texts compared but for their dates
topic_verbs   what words beside the names of topics say of these
issue_numbers the number of an issue, asked for and in a title
slugs         what a slug may be made of
redaction     texts without secrets
short_names   names for texts that are too long to be written where they are meant
release_words what says that something is ready, or not yet; unsent_words, a note that says so
placeholders  dates and numbers in a text, as an editor says where they stand
============= ============================================================================
"""
