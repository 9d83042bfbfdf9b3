"""A profile for a folder of issues that nobody described yet, and how well one fits.

=========== ==========================================================
sample      a file laid out: front matter, rows, headings
fitness     what reading issues by a profile comes to, in numbers
naming      names of files, and how dates are written
beginning   what stands above the sections
structure   levels of headings, and those that come again
boilerplate what every issue says in the same words
entries     what an item begins with
labelled    the words that begin lines of items
learning    a profile changed to what issues show
proposing   the shipped profile that is nearest, or one of the digest's own
page        a proposal and how profiles fit, for people and programs
=========== ==========================================================
"""

from bot.digest.proposal.fitness import Fitness, measure
from bot.digest.proposal.proposing import Proposal, propose
from bot.digest.proposal.sample import Sample

__all__ = ["Fitness", "Proposal", "Sample", "measure", "propose"]
