"""What readers can do: find issues, ask for them, choose what they get.

============= ==================================================================
archive       the issues that readers may see, and the items on a topic
subscriptions joining, leaving, interests, preferences
requests      an issue, or the rest of one, for a reader who asks
search        what somebody means who looks for items, and what is found
topic_query   the topics and keywords in what a person typed
============= ==================================================================
"""
