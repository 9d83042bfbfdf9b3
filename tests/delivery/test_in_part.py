"""Of what stands in part, each part is corrected, and nothing that was left out is sent."""

from dataclasses import replace

from bot.delivery.reconcile import Edit, Remove, next_step
from bot.model import CORRECTED_PART, PARTLY, Aim, Cut, Delivery, DeliveryState, Part, Purpose
from tests.delivery.world import SLUG, edition

STANDS = Delivery(
    issue_slug=SLUG,
    chat_id=1,
    purpose=Purpose.PUSH,
    cut=Cut(),
    aim=Aim.CORRECT,
    parts=(Part(name="1", message_id=11, content_hash="old"), Part(name="9", message_id=19)),
    edition=PARTLY,
)


def test_what_stands_is_edited_or_removed_and_what_is_missing_is_not_sent() -> None:
    new = edition("1", "2")
    first = next_step(STANDS, new)
    assert isinstance(first, Edit)
    edited = STANDS.with_part(replace(first.part, content_hash=first.message.content_hash))
    assert isinstance(next_step(edited, new), Remove)
    assert next_step(edited.without_part("9"), new) is None


def test_it_ends_as_left_out_and_not_as_sent() -> None:
    done = STANDS.finished("c2")
    assert (done.state, done.reason, done.edition) == (DeliveryState.SKIPPED, CORRECTED_PART, PARTLY)
