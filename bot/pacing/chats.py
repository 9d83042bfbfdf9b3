"""What a single chat allows: one message in flight, a gap, and in a group twenty a minute.

Telegram accepts about one message a second in a chat and allows short bursts, and 20 a
minute in a group or channel (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this).
Bursts are for replies. A broadcast part waits for the full gap and for the time that a burst
borrowed, and so leaves room for a reply.

Telegram counts when a message arrives, so gaps are counted from when it is assumed to have
arrived, not from when it was sent.
"""

from collections import deque
from math import inf

from bot.pacing.priority import Priority

BURST_GAPS = 2  # that a reply may borrow: three may be sent at once
GROUP_MESSAGES = 20
GROUP_SPAN = 60.0  # seconds
CHATS_REMEMBERED = 4096


class _Gate:
    """One chat. All fields but ``in_flight`` are times."""

    __slots__ = ("held_until", "in_flight", "next_at", "recent")

    def __init__(self, *, group: bool) -> None:
        self.in_flight = False
        self.next_at = self.held_until = -inf
        self.recent: deque[float] | None = deque(maxlen=GROUP_MESSAGES) if group else None

    def free_at(self, borrowed: float) -> float:
        return inf if self.in_flight else self.rests_until(borrowed)

    def rests_until(self, borrowed: float) -> float:
        """As far as known while a message is in flight: that one counts as one of the twenty."""
        free = max(self.next_at - borrowed, self.held_until)
        if self.recent is None:
            return free
        too_many = len(self.recent) + self.in_flight - GROUP_MESSAGES
        return max(free, self.recent[too_many] + GROUP_SPAN) if too_many >= 0 else free

    def says_nothing(self, now: float) -> bool:
        if self.in_flight or self.next_at > now or self.held_until > now:
            return False
        return not self.recent or self.recent[-1] + GROUP_SPAN <= now


class Chats:
    """The gates of all chats, ``per_chat`` seconds apart. Times are seconds of one monotonic clock.

    A chat with a negative id is a group or channel. Gates that no longer hold anything back are
    forgotten once there are more than ``CHATS_REMEMBERED``.
    """

    def __init__(self, *, per_chat: float) -> None:
        self._per_chat = per_chat
        self._gates: dict[int, _Gate] = {}
        self._sweep_at = CHATS_REMEMBERED

    def __len__(self) -> int:
        return len(self._gates)

    def free_at(self, chat_id: int, *, priority: Priority) -> float:
        """When the next message may be sent to the chat; infinity while one is in flight."""
        gate = self._gates.get(chat_id)
        return gate.free_at(self._borrowed(priority)) if gate else -inf

    def rests_until(self, chat_id: int, *, priority: Priority) -> float:
        """Until when no message may be sent to the chat, even if the one in flight arrives at once."""
        gate = self._gates.get(chat_id)
        return gate.rests_until(self._borrowed(priority)) if gate else -inf

    def served_until(self, chat_id: int) -> float:
        """A time that is the later, the more was sent to the chat of late; minus infinity for none."""
        gate = self._gates.get(chat_id)
        return gate.next_at if gate else -inf

    def take(self, chat_id: int, now: float) -> None:
        """Note that a message is sent to the chat."""
        gate = self._gates.get(chat_id)
        if gate is None:
            self._forget(now)
            gate = self._gates[chat_id] = _Gate(group=chat_id < 0)
        gate.in_flight = True

    def give_back(self, chat_id: int) -> None:
        """Note that the message was not sent after all: it costs nothing."""
        self._gates[chat_id].in_flight = False

    def arrived(self, chat_id: int, at: float) -> None:
        """Note that the message in flight has ended and is assumed to have arrived at ``at``."""
        gate = self._gates[chat_id]
        gate.in_flight = False
        gate.next_at = max(gate.next_at, at) + self._per_chat
        if gate.recent is not None:
            gate.recent.append(at)

    def hold(self, chat_id: int, until: float) -> None:
        """Send nothing more to the chat before ``until``: Telegram refused a message with a 429."""
        gate = self._gates[chat_id]
        gate.held_until = max(gate.held_until, until)

    def _borrowed(self, priority: Priority) -> float:
        return BURST_GAPS * self._per_chat if priority is Priority.REPLY else 0.0

    def _forget(self, now: float) -> None:
        """Forget gates that hold nothing back; the more gates there are, the less often."""
        if len(self._gates) < self._sweep_at:
            return
        self._gates = {chat: gate for chat, gate in self._gates.items() if not gate.says_nothing(now)}
        self._sweep_at = max(CHATS_REMEMBERED, 2 * len(self._gates))
