"""The editors' chat of a running bot: a card of each draft, and what its buttons do for whom."""

import secrets
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.model import IssueState
from bot.publishing.claims import new_code
from bot.runtime.clock import utc_now
from bot.sandbox import Group, Message
from bot.settings.sections import DeliverySettings, PublishingSettings
from bot.storage.desk_messages import DeskKind
from tests.acceptance.world import ADA, DE, ISSUE, LIN, World, make_world
from tests.waiting import until

GROUP = -4001
TO_COME, DUE = "2999-01-04", "2026-03-02"
APPROVES = PublishingSettings(settle=0, outdated_after=36_500, approve=True)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    groups = (Group(id=GROUP, title="编辑部", owner=DE),)
    async with make_world(tmp_path, groups=groups, publishing=APPROVES) as world:
        yield world


async def claimed(world: World, chat: int = ADA, by: int | None = None) -> None:
    """Let a chat be that of the editors."""
    async with world.storage() as storage:
        code = await new_code(storage.editors_chats, secrets.choice, utc_now())
    before = len(world.telegram.chat(chat).from_bot)
    await world.telegram.say(chat, f"/claim {code}", by=by)
    (answer,) = (await world.telegram.received(chat, before + 1))[before:]
    assert "editors' chat" in answer.text or "编辑聊天" in answer.text


def cards(world: World, words: str, chat: int = ADA) -> list[Message]:
    return [one for one in world.telegram.chat(chat).from_bot if words in one.text and one.buttons]


async def card(world: World, *words: str, chat: int = ADA) -> Message:
    """The card that says all this, once it does."""
    here = world.telegram.chat(chat)

    def found() -> list[Message]:
        return [one for one in here.from_bot if all(word in one.text for word in words)]

    await world.telegram.until(lambda: bool(found()), timeout=20)
    (one,) = found()
    return one


async def pressed(world: World, message: Message, label: str, by: int | None = None) -> str:
    """The notice that follows a tap on the button that is called so."""
    now = world.telegram.chat(message.chat_id).find(message.message_id)
    assert now is not None
    data = next(one.data for one in now.buttons if label in one.text)
    query = await world.telegram.press(message.chat_id, message.message_id, data or "", by=by)
    return (await world.telegram.answer(query)).text or ""


async def buttons(world: World, message: Message, label: str) -> None:
    """Until the message has a button that is called so."""
    here = world.telegram.chat(message.chat_id)

    def there() -> bool:
        now = here.find(message.message_id)
        return now is not None and any(label in one.text for one in now.buttons)

    await world.telegram.until(there)


async def state(world: World, slug: str) -> IssueState | None:
    async with world.storage() as storage:
        record = await storage.issues.get(slug)
    return record.state if record else None


async def test_a_draft_has_one_card_which_is_edited_as_the_file_and_its_state_change(world: World) -> None:
    async with world.bot():
        await claimed(world)
        await world.said(LIN, "/start")
        world.write(TO_COME)
        first = await card(world, TO_COME, "Not approved", "4 items", "1 reader: ")
        assert "Check: " in first.text
        world.write(TO_COME, highlight="剪枝")
        assert (await card(world, "剪枝", "Not approved")).message_id == first.message_id
        assert await pressed(world, first, "Approve") == "Approved"
        approved = await card(world, "Approved, waits until 4 January 2999")
        assert approved.message_id == first.message_id
        world.write(TO_COME)
        await card(world, "Not approved: it changed since it was")
    async with world.bot():
        world.write(TO_COME, highlight="蒸馏")
        assert (await card(world, "蒸馏")).message_id == first.message_id
    assert len(cards(world, TO_COME)) == 1


async def test_what_is_due_waits_for_approval_and_goes_out_once_it_has_it(world: World) -> None:
    async with world.bot():
        await claimed(world)
        await world.said(LIN, "/start")
        world.write(DUE)
        draft = await card(world, "Not approved")
        assert await state(world, DUE) is IssueState.WAITING
        with capture_logs() as logs:
            assert await pressed(world, draft, "Approve") == "Approved"
        (told,) = (one for one in logs if one["event"] == "editor_decided")
        assert (told["what"], told["issue"], told["person"]) == ("approve", DUE, ADA)
        await world.recorded(DUE, LIN)
        out = await card(world, DUE, "📬 Out")
        assert (out.message_id, out.buttons) == (draft.message_id, ())


async def test_a_draft_is_held_resumed_and_published_before_its_day(world: World) -> None:
    async with world.bot():
        await claimed(world)
        await world.said(LIN, "/start")
        world.write(TO_COME)
        draft = await card(world, "Not approved")
        assert await pressed(world, draft, "Hold") == "Held"
        await card(world, "⏸ Held")
        await buttons(world, draft, "Resume")
        assert await pressed(world, draft, "Resume") == "Not held any more"
        await card(world, "Not approved")
        await pressed(world, draft, "Publish now")
        await buttons(world, draft, "Yes, send it to 1 reader now")
        await pressed(world, draft, "back")
        await buttons(world, draft, "Publish now")
        await pressed(world, draft, "Publish now")
        await buttons(world, draft, "Yes")
        assert await pressed(world, draft, "Yes") == "On its way to 1 reader"
        await world.recorded(TO_COME, LIN)
        await card(world, "📬 Out")


async def test_a_preview_is_what_a_reader_gets_silent_and_goes_away_whole(world: World) -> None:
    async with world.bot():
        await claimed(world)
        world.write(TO_COME)
        draft = await card(world, "Not approved")
        before = len(world.telegram.chat(ADA).from_bot)
        await pressed(world, draft, "Preview")
        await buttons(world, draft, "Headlines")
        await pressed(world, draft, "Quantization 2")
        last = await card(world, "That is what a reader gets", "one topic")
        await buttons(world, draft, "Approve")
        came = [
            one for one in world.telegram.chat(ADA).from_bot[before:] if one.message_id != draft.message_id
        ]
        assert came[-1] == last
        assert all(one.silent for one in came)
        shown = "\n".join(one.text for one in came)
        assert "四比特量化的新方法" in shown
        assert "通道剪枝再思考" not in shown
        await pressed(world, last, "Remove")
        await world.telegram.until(lambda: len(world.telegram.chat(ADA).from_bot) == before)
        async with world.storage() as storage:

            async def is_forgotten() -> bool:
                return not await storage.desk_messages.of(ADA, DeskKind.PREVIEW)

            await until(is_forgotten)


async def test_in_a_group_members_are_editors_until_they_are_put_out(world: World) -> None:
    async with world.bot():
        await claimed(world, GROUP, by=DE)
        world.write(TO_COME)
        draft = await card(world, "尚未批准", chat=GROUP)
        assert await pressed(world, draft, "暂停", by=ADA) == "Held"
        await buttons(world, draft, "继续")
        world.telegram.remove(GROUP, LIN)
        assert "只对编辑" in await pressed(world, draft, "继续", by=LIN)
        async with world.storage() as storage:
            assert await storage.holds.get(TO_COME) is not None


async def test_a_card_that_was_deleted_comes_again_and_another_chat_gets_its_own(world: World) -> None:
    async with world.bot():
        await claimed(world)
        world.write(TO_COME)
        first = await card(world, "Not approved")
        world.telegram.chat(ADA).remove(first.message_id)
        world.write(TO_COME, highlight="剪枝")
        again = await card(world, "剪枝")
        assert again.message_id != first.message_id
        await claimed(world, LIN)
        theirs = await card(world, "剪枝", chat=LIN)
        assert "editors' chat" in await pressed(world, again, "Approve")
        assert await pressed(world, theirs, "批准") == "已批准"


async def test_a_chat_that_cannot_be_written_to_keeps_nobody_from_an_issue(world: World) -> None:
    async with world.bot():
        await claimed(world)
        await world.said(LIN, "/start")
        world.telegram.block(ADA)
        with capture_logs() as logs:
            world.write(DUE)
            await world.telegram.until(
                lambda: any(one["event"] == "card_not_shown" for one in logs), timeout=20
            )
        async with world.storage() as storage:
            record = await storage.issues.get(DUE)
            assert record is not None
            await storage.approvals.approve(DUE, record.checksum, utc_now())
        await world.recorded(DUE, LIN)


async def test_an_issue_that_goes_out_has_a_bar_that_stops_it_and_says_how_it_ended(tmp_path: Path) -> None:
    slowly = DeliverySettings(rate=2, per_chat=0, expires_after=3650)
    async with make_world(tmp_path, delivery=slowly) as world, world.bot():
        await claimed(world)
        await world.said(LIN, "/start")
        await world.said(DE, "/start")
        world.write(DUE)
        live = await card(world, "📤", "of 2 readers", "messages a second")
        assert "░" in live.text
        await pressed(world, live, "Hold")
        assert (await card(world, f"⏸ {DUE} is held")).message_id == live.message_id
        async with world.storage() as storage:
            assert [
                one.slug for one in await storage.issues.all() if (await storage.holds.get(one.slug))
            ] == [DUE]
        await buttons(world, live, "Resume")
        await pressed(world, live, "Resume")
        ended = await card(world, f"✅ {DUE} is with its readers: 2 of 2")
        assert (ended.message_id, ended.buttons) == (live.message_id, ())
        async with world.storage() as storage:

            async def is_over() -> bool:
                return not await storage.desk_messages.of(ADA, DeskKind.LIVE)

            await until(is_over)


async def test_of_what_is_in_doubt_nothing_can_be_resumed_but_it_can_be_published(world: World) -> None:
    async with world.bot():
        await claimed(world)
        world.write(DUE, text=ISSUE.replace("{day}", "2026-03-04"))
        draft = await card(world, "⏸ Held: the title says", "Not approved either")
        assert [one.text for one in draft.buttons] == [
            "👁 Preview as a reader",
            "🏷 Topics: 5 questions",
            "✅ Approve",
            "⏸ Hold",
            "🚀 Publish now",
        ]
        assert await pressed(world, draft, "Approve") == "Approved"
        here = world.telegram.chat(ADA)
        await world.telegram.until(
            lambda: "Not approved" not in getattr(here.find(draft.message_id), "text", "")
        )
        assert await state(world, DUE) is IssueState.WAITING


async def test_a_correction_says_what_would_change_and_is_sent_or_left(tmp_path: Path) -> None:
    async with make_world(tmp_path) as world, world.bot():
        await claimed(world)
        await world.said(LIN, "/start")
        await world.said(DE, "/start")
        await world.said(DE, "/topic 量化")
        world.write(DUE)
        for reader in (LIN, DE):
            await world.recorded(DUE, reader)
        world.write(DUE, text=ISSUE.replace("剪枝之后无需微调", "剪枝之后还要微调"))
        waits = await card(world, "2 chats have it; a correction changes 1 message in 1 of them")
        assert await pressed(world, waits, "Only for those who ask") == "Only those who ask get it"
        await card(world, "Only those who ask get the new text")
        world.write(DUE, text=ISSUE.replace("剪枝之后无需微调", "剪枝之后也要微调"))
        here = world.telegram.chat(ADA)
        await world.telegram.until(lambda: len(getattr(here.find(waits.message_id), "buttons", ())) == 3)
        assert await pressed(world, waits, "Correct it in every chat") == "Being corrected in 2 chats"
        await card(world, f"No correction of {DUE} waits for a decision any more")
        readers = world.telegram.chat(LIN)
        await world.telegram.until(lambda: any("剪枝之后也要微调" in one.text for one in readers.from_bot))


async def test_an_issue_whose_day_is_held_back_is_told_of_once_it_was_there_for_some_time(
    world: World,
) -> None:
    """Not beside its card, which says the same."""
    async with world.storage() as storage:
        await storage.editors_chats.offer("digest", utc_now() + timedelta(hours=1))
        await storage.editors_chats.claim("digest", ADA, "en", utc_now())
    async with world.bot():
        await world.said(ADA, "/start")
        world.write(DUE)
        draft = await card(world, "Not approved")
        async with world.storage() as storage:
            await until(lambda: storage.desk_messages.get(ADA, draft.message_id))
            known = await storage.desk_messages.get(ADA, draft.message_id)
            assert known is not None
            await storage.desk_messages.put(replace(known, at=known.at - timedelta(hours=1)))
        assert not [one for one in world.telegram.chat(ADA).from_bot if "⏰" in one.text]
        await pressed(world, draft, "Preview")
        await buttons(world, draft, "Whole issue")
        await pressed(world, draft, "back")
        told = await card(world, f"⏰ {DUE} was to go out on {DUE} and waits: it is not approved")
        assert told.buttons == ()
        async with world.storage() as storage:  # a process that ends before it has noted so tells it again
            await until(lambda: storage.desk_messages.of(ADA, DeskKind.DUE))
    async with world.bot():
        await pressed(world, draft, "Preview")
        await buttons(world, draft, "Whole issue")
        await pressed(world, draft, "back")
        await buttons(world, draft, "Approve")
    assert len([one for one in world.telegram.chat(ADA).from_bot if "⏰" in one.text]) == 1
