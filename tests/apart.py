"""The shipped digest with a message for each section, for tests whose readers get several."""

from pathlib import Path

from bot.digest.habits import MessageLook
from bot.digest.profile import Profile
from bot.model import Packing


def apart(profile: Profile) -> Profile:
    """The profile, with no two sections in a message."""
    return profile.model_copy(update={"messages": MessageLook(pack=Packing.SECTION)})


def written_apart(folder: Path) -> Path:
    """The same as a configuration folder, for programs of their own."""
    folder.mkdir(exist_ok=True)
    (folder / "digest.yml").write_text("extends: embedded-ai\nmessages: {pack: section}\n", encoding="utf-8")
    return folder
