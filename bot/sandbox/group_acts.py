"""What can be done to groups and to the bot in them, as methods of the stand-in."""

from bot.sandbox import channels, groups
from bot.sandbox.forums import Forum
from bot.sandbox.world import World


class GroupActs:
    """Acts of the people in a world. Each raises BadInput where it cannot be done."""

    _world: World

    def forum(self, chat_id: int) -> Forum:
        """A forum, whose topics are made, closed, opened and deleted."""
        return Forum(self._world, chat_id)

    def forward(self, chat_id: int, person_id: int, text: str = "") -> None:
        """Somebody passes on to the bot the last post of a channel, or one with this text."""
        channels.forward(self._world, chat_id, person_id, text)

    def expel(self, chat_id: int, *, by: int | None = None) -> None:
        """A group puts the bot out: 403 from then on, until it is let in again."""
        groups.expel(self._world, chat_id, by=by)

    def let_in(self, chat_id: int, *, by: int | None = None) -> None:
        """Somebody lets the bot into a group, by default the first of the people."""
        groups.let_in(self._world, chat_id, by=by)

    def mute(self, chat_id: int) -> None:
        """A group takes the right to write from the bot alone, of which it is told."""
        groups.set_muted(self._world, chat_id, muted=True)

    def unmute(self, chat_id: int) -> None:
        """A group gives the bot back the right to write."""
        groups.set_muted(self._world, chat_id, muted=False)

    def let_pin(self, chat_id: int, *, allowed: bool) -> None:
        """A channel gives the bot the right to pin its posts, or takes it, of which it is told."""
        channels.let_pin(self._world, chat_id, allowed=allowed)

    def close(self, chat_id: int) -> None:
        """A group takes the right to write from the bot: 400 "not enough rights …" from then on."""
        groups.set_closed(self._world, chat_id, closed=True)

    def open(self, chat_id: int) -> None:
        """A group gives the bot back the right to write."""
        groups.set_closed(self._world, chat_id, closed=False)

    def promote(self, chat_id: int, person_id: int) -> None:
        """Let somebody administer a group besides its owner."""
        groups.promote(self._world, chat_id, person_id)

    def demote(self, chat_id: int, person_id: int) -> None:
        """Let an administrator be a member like any other."""
        groups.demote(self._world, chat_id, person_id)

    def remove(self, chat_id: int, person_id: int) -> None:
        """Put somebody out of a group."""
        groups.remove(self._world, chat_id, person_id)

    def migrate(self, chat_id: int, new_id: int) -> None:
        """A group becomes a supergroup, an empty chat with another id, which the old one answers with."""
        groups.migrate(self._world, chat_id, new_id)
