"""A running bot asks a language model about a draft: its editor sees what it says, readers never wait."""

from pathlib import Path

from bot.settings.sections import ReaderSettings, TopicsSettings
from tests.acceptance.test_editors_chat import APPROVES, TO_COME, card, claimed, pressed
from tests.acceptance.world import ADA, make_world
from tests.editors.second_reader.server import MODEL, ChatServer, never
from tests.waiting import until


def topics(server: object) -> TopicsSettings:
    return TopicsSettings(reader=ReaderSettings(url=f"{server}/v1", model=MODEL))


async def test_what_it_says_of_a_draft_stands_below_the_question(tmp_path: Path) -> None:
    model = ChatServer()
    async with (
        model.server() as server,
        make_world(tmp_path, publishing=APPROVES, topics=topics(server.make_url(""))) as world,
    ):
        world.write(TO_COME)
        async with world.bot():
            await claimed(world)

            async def asked() -> bool:
                return bool(model.asked)

            await until(asked, within=60)
            shown = await card(world, TO_COME)
            await pressed(world, shown, "Topics")
            await card(world, "1/", "The second reader, a language model, says: yes")


async def test_an_issue_goes_out_while_it_does_not_answer(tmp_path: Path) -> None:
    model = ChatServer(answers=[never] * 9)
    async with (
        model.server() as server,
        make_world(tmp_path, topics=topics(server.make_url(""))) as world,
        world.bot(),
    ):
        await world.telegram.say(ADA, "/start")
        world.write("2026-03-02")
        await card(world, "2026-03-02")
