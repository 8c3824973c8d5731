"""A look that somebody has chosen: made of the photos that wait, else kept as their wish."""

from dataclasses import replace

from core.domain.conversation.chat import Chat, Context, Decision, reply, toast
from core.domain.conversation.new_requests import agreed_to
from core.domain.conversation.scene import gathering
from core.domain.replies import with_hint
from core.i18n import text
from core.messages import Inbound
from core.skills import Preset

SOON = 10.0
"""Seconds in which a second tap is meant for the same video."""


def take(context: Context, inbound: Inbound, preset: Preset, now: float) -> Decision:
    """With photos that wait one video is begun, in the words of the look; without, they are asked
    for, and nothing is paid."""
    language = context.chat.speaks
    words = preset.words[language]
    unsaid = any(job.bundle.items and not job.bundle.words for job in gathering(context))
    if context.chat.holds(now).files or unsaid or inbound.attachments:
        return agreed_to(context, inbound.saying(words), now)
    if any(words in job.bundle.words and now - job.created < SOON for job in context.open):
        return Decision(
            context.chat, posts=(toast(context, inbound, text("talk.pressed", language)),)
        )
    chat = _without_looks(context).wishing(words, context.wanted, now)
    said = text("preset.chosen", language, name=preset.name[language])
    said = with_hint(said, language, inbound.address, private=inbound.place.private)
    return Decision(chat, posts=(reply(context, inbound, said),))


def _without_looks(context: Context) -> Chat:
    """The chat without a look that was chosen before: the new one is meant in its place."""
    looks = {words for preset in context.presets for words in preset.words.root.values()}
    kept = [line for line in context.chat.wish.splitlines() if line not in looks]
    return replace(context.chat, wish="\n".join(kept))
