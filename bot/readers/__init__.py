"""What readers can do: find issues, ask for them, choose what they get.

============= ==================================================================
archive       the issues that are out, and the items on something
subscriptions joining, leaving, interests, preferences
requests      an issue, or the rest of one, sent to a reader who asks
topic_query   the topics and keywords in what a person typed
============= ==================================================================
"""
