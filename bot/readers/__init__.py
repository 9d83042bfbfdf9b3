"""What readers can do: find issues, ask for them, choose what they get.

============= ==================================================================
archive       the issues that readers may see, and which of them somebody means
parsed_issues issues as they are read, when somebody needs one
items         one item by itself, and what stands around it in a list
topic_items   the items on topics and with keywords
saved         the items that readers keep
subscriptions joining, leaving, interests, preferences; newest: what who joins gets
reading_hours when what comes out goes to them; place_names, zones and city_names find a time zone,
              by known_places, and world_names of the whole world
requests      an issue, or the rest of one, for a reader who asks
allowance     how often a chat may ask for an issue, or for something else
forgetting    what is kept about a chat, and how it is forgotten
next_issue    when the next issue may be expected; rhythm says how often they come
missed        what came out while somebody was away
search        what somebody means who looks for items, and what is found
near_words    words that occur, for one that does not
similar       items that are like another
entry_search  what search, similar and topic_items ask of the index
topic_query   the topics and keywords in what a person said, and what is wanted with them; topic_words
              takes the sentence apart
============= ==================================================================
"""
