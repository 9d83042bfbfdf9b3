"""A profile for a folder of issues that nobody described yet, and how well one fits.

=========== ===============================================================
sample      a file laid out: front matter, rows, headings
fitness     what reading issues by a profile comes to, in numbers
naming      names of files, and how dates are written
head        what stands above the sections
structure   levels of headings, and those that come again
boilerplate what every issue says in the same words
item_starts what an item begins with
labels      the words that begin lines of items
infer       a profile changed to what issues show
proposal    the shipped profile that is nearest, or one of the digest's own
report      a proposal and how profiles fit, for people and programs
=========== ===============================================================
"""

from bot.editors.profile_inference.fitness import Fitness, measure
from bot.editors.profile_inference.proposal import Proposal, propose
from bot.editors.profile_inference.sample import Sample

__all__ = ["Fitness", "Proposal", "Sample", "measure", "propose"]
