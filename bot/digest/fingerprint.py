"""What the reading of issues depends on, in a few characters."""

from hashlib import sha256

from bot import __version__
from bot.digest.profile import Profile
from bot.digest.topics.vocabulary import Topics

_LENGTH = 16  # characters


def fingerprint_of(profile: Profile, topics: Topics) -> str:
    """Another for another profile, other topics or another version: then issues may be read otherwise."""
    shaped_by = (__version__, profile.model_dump_json(), topics.model_dump_json())
    return sha256("\0".join(shaped_by).encode()).hexdigest()[:_LENGTH]
