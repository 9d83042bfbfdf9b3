"""How much one answer shows."""

from pydantic import Field

from bot.settings.sections.section import Section


class ReadingSettings(Section):
    """How much one answer shows."""

    back_issues_per_page: int = Field(
        default=8,
        ge=1,
        le=25,  # one message holds no more
        description="Issues on one page of /issues.",
    )
    newest_items: int = Field(default=5, ge=1, le=20, description="Items in the answer to /topic.")
    issues_an_hour: int = Field(
        default=20,
        ge=1,
        le=1000,
        description="Issues that a chat may ask for within an hour; then one line says when again.",
    )
    buttons: bool = Field(
        default=True,
        description="Whether a row of buttons stands under the messages of an issue in private chats, to keep"
        " an item, open it, or pass it on.",
    )
    feedback: bool = Field(
        default=True,
        description="Whether readers may say what they think: 👍 and 👎 stand under the messages of an issue,"
        " and, where there is an editors' chat, “Report a mistake” under an opened item; docs/editors.md.",
    )
    show_waiting: bool = Field(
        default=False, description="Whether /next tells title and day of issues that wait for their day."
    )
