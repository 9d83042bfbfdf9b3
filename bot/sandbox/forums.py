"""Topics of a forum: made, closed, opened and deleted by those who administer it."""

from bot.errors import BadInput
from bot.sandbox import people
from bot.sandbox.chat import Chat, Group
from bot.sandbox.errors import bad_request
from bot.sandbox.state import Json, Message
from bot.sandbox.world import World

#: A forum to try the bot in, whose topics can each be subscribed by itself.
FORUM = Group(id=-1002003, title="论坛 · Forum", type="supergroup", owner=1001, is_forum=True)
_FIRST = 1  # in a forum the first message is "General"
GENERAL = 0  # the topic that every forum has, which the Bot API names by no id


class Forum:
    """One forum. Every method raises BadInput if the chat is none, or has no such topic."""

    def __init__(self, world: World, chat_id: int) -> None:
        self._world = world
        self._chat = people.find(world, chat_id)
        if not self._chat.is_forum:
            raise BadInput("this is no forum", where=f"chat {chat_id}")

    def create(self, name: str) -> int:
        """Make a topic; returns its id, which is that of the message that tells it."""
        if not name.strip():
            raise BadInput("a topic has a name", where="name")
        thread = self._world.next_message_id()
        if thread == _FIRST:
            thread = self._world.next_message_id()
        self._chat.topics[thread] = name
        self._tell(thread, {"forum_topic_created": {"name": name, "icon_color": 7322096}}, number=thread)
        return thread

    def close(self, thread: int) -> None:
        """Let only administrators write in a topic, of whom the bot is none."""
        self._known(thread)
        self._chat.closed_topics.add(thread)
        self._tell(thread, {"forum_topic_closed": {}})

    def reopen(self, thread: int) -> None:
        """Let everybody write there again."""
        self._known(thread)
        self._chat.closed_topics.discard(thread)
        self._tell(thread, {"forum_topic_reopened": {}})

    def delete(self, thread: int) -> None:
        """Take a topic away with all that stands in it. No update tells it."""
        self._known(thread)
        if thread == GENERAL:
            raise BadInput("this topic cannot be deleted", where=f"topic {thread}")
        del self._chat.topics[thread]
        self._chat.closed_topics.discard(thread)
        for message in self._chat.messages:
            if message.thread == thread:
                self._world.remove(self._chat, message.message_id)
        self._world.announce_chat(self._chat)

    def _known(self, thread: int) -> None:
        if thread != GENERAL and thread not in self._chat.topics:
            raise BadInput("no such topic", where=f"topic {thread}")

    def _tell(self, thread: int, what: Json, *, number: int | None = None) -> None:
        world, owner = self._world, self._world.administrators(self._chat)[0]
        notice = Message(
            message_id=number or world.next_message_id(),
            chat_id=self._chat.id,
            from_bot=False,
            date=world.clock(),
            text="",
            html="",
            attached=what,
            sender=owner,
            thread=thread,
        )
        world.show(notice)
        world.announce_chat(self._chat)
        if not self._chat.blocked:
            world.updates.push("message", world.message_json(notice), now=notice.date)


def thread_for(world: World, chat: Chat, thread: int, by: int) -> int:
    """The topic that a person writes in, which must be there, and open if they do not administer the chat."""
    if not thread and not chat.is_forum:
        return GENERAL
    if thread and (not chat.is_forum or thread not in chat.topics):
        raise BadInput("no such topic", where=f"topic {thread}")
    if thread in chat.closed_topics and by not in world.administrators(chat):
        raise BadInput("this topic is closed", where=f"topic {thread}")
    return thread


def say_in(  # noqa: PLR0913  # all but three are passed by name
    world: World,
    chat_id: int,
    text: str,
    *,
    by: int | None = None,
    in_name_of: int | None = None,
    reply_to: int | None = None,
    thread: int = 0,
) -> Message:
    """:func:`people.say`, in a topic of a forum; 0 is "General", and all there is of other chats."""
    chat = people.find(world, chat_id)
    who = people.author(world, chat, by)
    place = thread_for(world, chat, thread, who.id)
    return people.say(world, chat_id, text, by=by, in_name_of=in_name_of, reply_to=reply_to, thread=place)


def place(chat: Chat, thread: int | None) -> int:
    """The topic that the bot writes in, as ``message_thread_id`` names it; Telegram's 400 if it may not.

    Of a group that is no forum here nothing is known of threads, so any is taken.
    """
    if not isinstance(chat.party, Group) and thread:
        raise bad_request("message thread not found")
    if not chat.is_forum:
        return thread or GENERAL
    if thread is not None and thread not in chat.topics:
        raise bad_request("message thread not found")
    if (thread or GENERAL) in chat.closed_topics:
        raise bad_request("TOPIC_CLOSED")
    return thread or GENERAL
