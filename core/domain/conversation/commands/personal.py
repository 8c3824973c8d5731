"""What is kept of somebody: their videos, a copy of all, why and how long, and its end."""

from dataclasses import replace
from datetime import UTC, datetime

from core.domain.conversation.chat import Chat, Context, Decision, reply
from core.domain.conversation.commands.replies import briefly, phrase
from core.domain.conversation.commands.underway import in_the_making, underway
from core.domain.payloads import Payload
from core.domain.privacy import described
from core.domain.requests.alt import alt
from core.i18n import text
from core.messages import Button, Command, Inbound, Subject, Video


def tell_privacy(context: Context, inbound: Inbound, now: float) -> Decision:
    """What is kept, why and how long."""
    words = described(context.chat.speaks)
    return Decision(context.chat, posts=(reply(context, inbound, words),))


def forget(context: Context, inbound: Inbound, now: float) -> Decision:
    """Ask first; the button carries `yes`. Running requests end, and everything kept of the user is
    erased."""
    language = context.chat.speaks
    if inbound.text.strip() == Payload.SURE:
        chat = Chat(
            user=inbound.user,
            address=inbound.address,
            spoken=language,
            private=inbound.place.private,
        )
        return Decision(
            chat,
            posts=(reply(context, inbound, text("talk.forgotten", language)),),
            cancel=tuple(job.id for job in context.open),
            erase=True,
        )
    row = (Button(text("button.forget", language), Command.FORGET, None, Payload.SURE),)
    return Decision(
        context.chat,
        posts=(reply(context, inbound, text("talk.forget_ask", language), row),),
    )


def list_videos(context: Context, inbound: Inbound, now: float) -> Decision:
    """The last videos, each with a button that posts it again (free, and without an upload where
    possible)."""
    language = context.chat.speaks
    if context.named is not None and context.named.video:
        again = context.named
        words = text("talk.history_again", language, url=again.video)
        message = reply(
            context, inbound, words, discreet=again.private and not inbound.place.private
        )
        video = Video(again.video, f"video-{again.id}.mp4", ref=again.clip, alt=alt(again))
        message = replace(message, media=video, about=Subject(again.id))
        return Decision(context.chat, posts=(message,))
    if inbound.job:
        return Decision(context.chat, posts=(briefly(context, inbound, "talk.history_gone"),))
    made = [job for job in context.past if job.video]
    if (
        not made
        and context.chat.project is None
        and (in_the_making(context) or context.chat.holds(now).files)
    ):
        return Decision(
            context.chat,
            posts=(underway(context, inbound, "talk.history_empty", now),),
        )
    if not made:
        return Decision(context.chat, posts=(phrase(context, inbound, "talk.history_empty"),))
    lines, row = [text("talk.history", language)], []
    for number, job in enumerate(made, 1):
        made_of = " ".join(
            (job.progress.wish.words or text("talk.history_export", language)).split()
        )
        day = datetime.fromtimestamp(job.created, UTC).strftime("%Y-%m-%d")
        lines.append(f"{number}. {day} · {made_of[:80]}")
        row.append(Button(f"▶️ {number}", Command.HISTORY, job.id))
    return Decision(context.chat, posts=(reply(context, inbound, "\n".join(lines), tuple(row)),))


def copy_all(context: Context, inbound: Inbound, now: float) -> Decision:
    """The words here; the store adds what it keeps, as JSON, in the same write."""
    return Decision(context.chat, posts=(phrase(context, inbound, "talk.mydata"),), copy=True)
