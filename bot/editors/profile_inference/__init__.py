"""A profile for a folder of issues that nobody described yet, and how well one fits.

=========== ===============================================================
sample      a file laid out: front matter, rows, headings
fitness     what reading issues by a profile comes to, in numbers
naming      which files are issues, and how dates are written
file_names  what the names of issues have in common
head        what stands above the sections
structure   the heading that names an issue, headings that come again
weighing    how well a profile divides issues, as a number
search      what headings are and what items begin with, by trying
exceptions  headings among those of items that are none
lists       lists that may hold items in issues that were not seen
item_ends   where titles end, and what belongs to a bullet
labels      the words that begin lines of items
boilerplate lines that every issue says in the same words
infer       all of it: a profile learned from issues
proposal    that one, or a shipped one that fits as well
explanation how a proposal came about
report      a proposal and how profiles fit, for people and programs
=========== ===============================================================
"""

from bot.editors.profile_inference.fitness import Fitness, measure
from bot.editors.profile_inference.proposal import Proposal, propose
from bot.editors.profile_inference.sample import Sample

__all__ = ["Fitness", "Proposal", "Sample", "measure", "propose"]
