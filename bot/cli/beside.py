"""What a command that works beside a running bot reads of the configuration: no more than it needs."""

from bot.errors import BadInput
from bot.settings import Settings, load_settings, process_environment
from bot.settings.folder import configuration_folder

_STILL = (
    "A bot that runs goes on as it was started: /hold, /resume and /status in its admin chat, if it has one,"
    " work still"
)


def settings_beside() -> Settings:
    """The settings; no mistake in the files of the digest takes them away.

    Raises BadInput for one in the settings, which says what works still.
    """
    configuration_folder(process_environment())  # one that is not there is a slip of this command's
    try:
        return load_settings()
    except BadInput as wrong:
        end = "" if wrong.reason.endswith("?") else "."
        raise BadInput(f"{wrong.reason}{end} {_STILL}", where=wrong.where) from None
