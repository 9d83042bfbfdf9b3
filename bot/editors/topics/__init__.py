"""How good topics are, and how to make them better.

============ ================================================================
readings     what careful readers found in an issue
evaluation   how well the classifier agrees with them
phrases      what stands often in texts, and as one
fitting      what is learned from them: how probable a topic is
suggestions  frequent terms that no topic has
questions    which topics are uncertain, and what an answer is worth
answers      what was answered, as lines that topics are learned from
trial        what answers are worth, where readings give them
sidecar_text an answer written into the file of topics beside an issue
============ ================================================================
"""
