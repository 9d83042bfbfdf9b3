"""/mydata: all that is kept about the chat, as a JSON document, some times a day."""

from bot.handlers.context import HandlerContext
from bot.handlers.request import Document, Reply, Request, reply_with


async def mydata(request: Request, context: HandlerContext) -> Reply:
    """Send what is kept; or say that nothing is, or that it was sent often enough today."""
    document = await context.personal_data.document(request.chat_id)
    if document is None:
        return reply_with(context.say("nothing_kept", request))
    if not context.data_sent.allows(request.chat_id):
        return reply_with(context.say("data_tomorrow", request))
    return Reply(
        messages=(context.say("mydata", request),),
        document=Document(name="mydata.json", data=document.encode()),
    )
