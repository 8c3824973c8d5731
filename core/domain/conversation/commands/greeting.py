"""What the bot says of itself: the greeting and the help."""

from dataclasses import replace
from functools import partial
from math import ceil

from core.domain.conversation.chat import Context, Decision, reply, suggestion_buttons
from core.domain.privacy import first_words
from core.i18n import placed, text
from core.messages import Inbound
from core.skills import Skill


def greet(context: Context, inbound: Inbound, now: float) -> Decision:
    """The greeting. A deep link (`?start=slug`) brings its reader to the profile that it names."""
    language = context.chat.speaks
    if inbound.text.strip() in context.skills:
        context = replace(context, chat=replace(context.chat, skill=inbound.text.strip()))
    how = placed("how", language, inbound.address.platform, private=inbound.place.private)
    whose = first_words(language, sandbox=context.settings.sandbox)
    words = "\n\n".join((context.skill.greeting[language], how, whose))
    chat = replace(context.chat, introduced=True)
    return Decision(
        chat, posts=(reply(context, inbound, words, *suggestion_buttons(context.skill, language)),)
    )


def explain(context: Context, inbound: Inbound, now: float) -> Decision:
    """What the bot can do, and how it is told, in the profile's own words."""
    language = context.chat.speaks
    tips = "\n".join(f"• {tip}" for tip in context.skill.tips[language])
    place = partial(
        placed, language=language, platform=inbound.address.platform, private=inbound.place.private
    )
    words = text(
        "talk.help",
        language,
        send=place("send"),
        change=place("change"),
        tips=tips,
        formats=", ".join(context.skill.formats).upper(),
        limit=context.skill.max_mb,
        time=_promised(context.skill, language),
        example=context.skill.example[language],
    )
    return Decision(context.chat, posts=(reply(context, inbound, words),))


def _promised(skill: Skill, language: str) -> str:
    """How long the service says that a video takes; what we see ourselves is told with each request
    (D39)."""
    shortest, longest = skill.expected_seconds
    if shortest < MINUTE:
        return text("talk.help_seconds", language, shortest=shortest, longest=longest)
    return text(
        "talk.help_minutes", language, shortest=shortest // MINUTE, longest=ceil(longest / MINUTE)
    )


MINUTE = 60
