"""What the reading of issues depends on."""

from bot.digest.fingerprint import fingerprint_of
from tests.digest.shipped import profile, topics


def test_another_profile_or_other_topics_have_another_fingerprint() -> None:
    here = fingerprint_of(profile(), topics())
    assert here == fingerprint_of(profile(), topics())
    renamed = profile().model_copy(update={"name": "another"})
    fewer = topics().model_copy(update={"topics": dict(list(topics().topics.items())[1:])})
    assert len({here, fingerprint_of(renamed, topics()), fingerprint_of(profile(), fewer)}) == 3
