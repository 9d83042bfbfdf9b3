"""How probable it is that an item is about a topic, given what its words weigh and what stands beside.

A logistic model of few weights: one for what the words of the topic weigh, one for the weightiest other
topic, one for how many others there are. What is more than enough counts no more.
"""

from math import log, tanh
from typing import NamedTuple

from pydantic import Field

from bot.digest.checked import Checked

#: What counts at most: twice what makes a topic, four times that of another one, five others.
_MOST_WEIGHT, _MOST_BESIDE, _MOST_OTHERS = 2.0, 4.0, 5


class Evidence(NamedTuple):
    """What speaks for and against a topic; weights are in units of what makes a topic by itself."""

    weight: float  #: of the words of the topic
    beside: float  #: of the weightiest other topic, 0 if none weighs enough to be one
    others: int  #: so many others weigh enough


def evidence(weight: float, beside: float, others: int) -> Evidence:
    """The evidence; what is more than enough counts as enough."""
    return Evidence(
        weight if weight < _MOST_WEIGHT else _MOST_WEIGHT,
        beside if beside < _MOST_BESIDE else _MOST_BESIDE,
        others if others < _MOST_OTHERS else _MOST_OTHERS,
    )


class Fitted(Checked):
    """What ``jianbao topics fit`` learned of a topic."""

    bias: float = Field(description="What speaks for the topic where nothing else does; mostly below 0.")
    weight: float = Field(
        gt=0, description="For what its words weigh, where 1 makes a topic by itself; at most 2 count."
    )
    beside: float = Field(
        default=0.0,
        description="For what the weightiest other topic weighs, in the same units; at most 4 count.",
    )
    others: float = Field(
        default=0.0, description="For each other topic that weighs enough; at most 5 count."
    )
    threshold: float = Field(
        default=0.5, gt=0, lt=1, description="From which probability on the item has the topic."
    )

    @property
    def least_weight(self) -> float:
        """Below this weight no item has the topic, whatever stands beside."""
        best = max(0.0, self.beside) * _MOST_BESIDE + max(0.0, self.others) * _MOST_OTHERS
        return (log(self.threshold / (1 - self.threshold)) - self.bias - best) / self.weight


#: Of a topic that was not fitted: as probable as not where its words weigh just what makes a topic, four to
#: one with half as much again; other topics are no matter.
UNFITTED = Fitted(bias=-3.0, weight=3.0)


def probability(evidence: Evidence, fitted: Fitted) -> float:
    """The logistic function of the weighted sum of the evidence."""
    weight, beside, others = evidence
    odds = fitted.bias + fitted.weight * weight + fitted.beside * beside + fitted.others * others
    return (1 + tanh(odds / 2)) / 2  # 1 / (1 + exp(-odds)), and no odds are too high for it
