"""A language model that reads the items about whose topics the words leave doubt, and proposes an answer.

======= =====================================================================
wording what it is asked, and what of its answer counts
client  how it is asked: the chat API of OpenAI, over HTTP
reader  questions in, proposals out
======= =====================================================================

What it says is a proposal. It gets the text of items and what topics are called, and nothing else.
"""
