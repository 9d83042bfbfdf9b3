"""What helps editors before readers see an issue.

================= ================================================================
linter            what is wrong in an issue, and what mends it
profile_inference a profile for issues that nobody described yet
new_issue         the file of an issue that is to be written
topics            how well topics agree with readers, which terms are missing
second_reader     what a language model proposes about topics
export            an issue as plain values
================= ================================================================
"""
