"""How long is kept what is known of people."""

from pydantic import Field

from bot.settings.sections.section import Section

#: Days for which the ledger is looked through for what somebody missed.
LOOKED_BACK = 90


class PrivacySettings(Section):
    """How long is kept what is known of people; docs/privacy.md says what that is."""

    forget_after_stop: int = Field(
        default=180,
        ge=0,
        le=36_500,
        description="Days after which a chat that stopped, blocked the bot or is gone is forgotten, if it"
        " asked for nothing since; 0 means never.",
    )
    keep_ledger: int = Field(
        default=400,
        ge=0,
        le=36_500,
        description="Days for which it is kept what became of an issue in each chat. After them the issue can"
        " be neither corrected nor taken back there; its counts stay."
        f" {LOOKED_BACK} at least; 0 means for ever.",
    )
