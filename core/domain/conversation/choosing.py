"""What a press on a choice does: the message shows it, or what was chosen begins."""

from dataclasses import replace

from core.domain.conversation import choices
from core.domain.conversation.chat import (
    Context,
    Decision,
    asks,
    reply,
    suggestion_row,
    toast,
    what_now,
)
from core.domain.conversation.choices import Choice
from core.domain.payloads import carried
from core.domain.replies.buttons import Rows
from core.domain.requests import USUAL_CREDITS, Plan, slot
from core.i18n import text
from core.messages import Command, Inbound, Outbound, Status


def choose(context: Context, inbound: Inbound, now: float) -> Decision:
    """Another choice under photos, or under a video: the same message with other marks."""
    found = carried(inbound.text)
    choice = choices.read(found.which) if found else None
    files = context.chat.holds(now).files
    edits = inbound.command is Command.EDIT
    if choice is None or inbound.job is None or not (files or edits):
        words = text("ask.stale", context.chat.speaks)
        return Decision(context.chat, posts=(toast(context, inbound, words),))
    if edits:
        return Decision(context.chat, posts=(about_video(context, inbound, choice),))
    language = context.chat.speaks
    words = what_now(files, language, inbound.address, private=inbound.place.private)
    rows = under_photos(context, choice, inbound.job)
    return Decision(context.chat, posts=(_shown(context, inbound, choice, words, rows),))


def ask_for_change(context: Context, inbound: Inbound, now: float) -> Decision:
    """The *Edit* button: what is to be changed, in words or by choosing."""
    if inbound.job is None or context.chat.project is None:
        key = "talk.edit" if context.chat.project else "talk.nothing_to_edit"
        return Decision(context.chat, posts=(asks(context, inbound, key),))
    post = about_video(context, inbound, Choice(key=f"{int(now)}"))
    return Decision(context.chat, posts=(post,))


def under_photos(context: Context, choice: Choice, job: int) -> Rows:
    """The profile's own suggestions, then the choices."""
    language = context.chat.speaks
    return (
        *suggestion_row(context.skill, language, job),
        *choices.for_photos(choice, language, job),
    )


def about_video(context: Context, inbound: Inbound, choice: Choice) -> Outbound:
    """The question what to change, with what is chosen so far; another shape names its price."""
    language = context.chat.speaks
    words = [asks(context, inbound, "talk.edit").text]
    if choice.shape:
        words.append(text("talk.anew", language, needed=USUAL_CREDITS[Plan.MAKE]))
    rows = choices.for_video(choice, language, inbound.job)
    return _shown(context, inbound, choice, "\n\n".join(words), rows)


def _shown(context: Context, inbound: Inbound, choice: Choice, words: str, rows: Rows) -> Outbound:
    """The message in whose place it stands: that of the request about the photos, or one of its
    own."""
    status = slot(inbound.job or 0) + (f"-{choice.key}" if choice.key else "")
    return replace(reply(context, inbound, words, *rows), manner=Status(status, prompt=True))
