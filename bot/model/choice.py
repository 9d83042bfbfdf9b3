"""What a reader decides about their interests."""

from dataclasses import dataclass

from bot.model.cut import Cut
from bot.model.interests import NOTHING, Interests

#: Keywords that one reader may follow and leave out together.
MOST_KEYWORDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What to follow and no longer, what to leave out and to take in again.

    Says what is wanted in the end, so that to decide a thing twice is to decide it once.
    """

    follow: Interests = NOTHING
    unfollow: Interests = NOTHING
    omit: Interests = NOTHING
    admit: Interests = NOTHING

    def applied(self, cut: Cut) -> Cut:
        """The cut after the decision. New keywords beyond the twentieth are not taken."""
        followed = (cut.followed - self.unfollow - self.omit) | self.follow
        excluded = (cut.excluded - self.admit - self.follow) | self.omit
        known = (cut.followed | cut.excluded) & (followed | excluded)
        new = ((self.follow | self.omit) - known).keywords
        surplus = Interests(keywords=new[max(0, MOST_KEYWORDS - len(known.keywords)) :])
        return cut.about(followed - surplus, excluded=excluded - surplus)

    def surplus(self, cut: Cut) -> Interests:
        """What was not taken: of all that was chosen, what the cut after the decision does not hold."""
        return (self.follow | self.omit) - (cut.followed | cut.excluded)
