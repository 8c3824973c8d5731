"""What somebody chooses for their chat, and an admin for a group."""

from dataclasses import replace

from core import i18n
from core.domain.admission import Space, named
from core.domain.conversation.answering import languages
from core.domain.conversation.chat import Context, Decision, reply, suggestion_buttons
from core.domain.conversation.commands.replies import phrase
from core.domain.numbers import whole
from core.i18n import text
from core.messages import Button, Command, Inbound


def choose_language(context: Context, inbound: Inbound, now: float) -> Decision:
    """The language of the answers: set, or asked for with buttons."""
    wanted = i18n.named(inbound.text)
    if wanted:
        context = replace(context, chat=replace(context.chat, language=wanted))
        return Decision(
            context.chat, posts=(reply(context, inbound, text("talk.language_set", wanted)),)
        )
    rows = languages()
    return Decision(
        context.chat,
        posts=(reply(context, inbound, text("talk.language_ask", context.chat.speaks), *rows),),
    )


def choose_skill(context: Context, inbound: Inbound, now: float) -> Decision:
    """The profile of the chat: set, or asked for with buttons."""
    language = context.chat.speaks
    chosen = context.skills.get(inbound.text.strip())
    if chosen is not None:
        chat = replace(context.chat, skill=chosen.slug)
        words = text(
            "talk.skill_set",
            language,
            title=chosen.title[language],
            greeting=chosen.greeting[language],
        )
        return Decision(
            chat, posts=(reply(context, inbound, words, *suggestion_buttons(chosen, language)),)
        )
    rows = tuple(
        (
            Button(
                f"{'✓ ' if skill.slug == context.skill.slug else ''}{skill.title[language]}",
                Command.SKILL,
                None,
                slug,
            ),
        )
        for slug, skill in context.skills.items()
    )
    return Decision(
        context.chat, posts=(reply(context, inbound, text("talk.skill_ask", language), *rows),)
    )


def set_up(context: Context, inbound: Inbound, now: float) -> Decision:
    """`/settings on`, `/settings language=zh skill=… daily=3 channels=1,2`: for the admins of a
    group or server."""
    language = context.chat.speaks
    if not inbound.place.space or not (
        inbound.sender.admin or named(context.settings.admins, inbound, inbound.user)
    ):
        return Decision(context.chat, posts=(phrase(context, inbound, "talk.settings_admins"),))
    space = context.space
    for word in inbound.text.split():
        name, _, value = word.partition("=")
        space = _set(space, name, value, context)
    words = text(
        "talk.settings",
        language,
        on="✓" if space.on else "✗",
        channels=len(space.channels) or "–",
        speaks=space.language or "–",
        skill=space.skill or context.settings.nemo_skill,
        daily=space.daily or "–",
    )
    return Decision(context.chat, posts=(reply(context, inbound, words),), space=space)


MOST_DAILY = 1_000_000
"""What a group may set as its daily limit."""


def _set(space: Space, name: str, value: str, context: Context) -> Space:
    """One setting; what cannot be used leaves everything as it is."""
    match name:
        case "on" | "off":
            return replace(space, on=name == "on")
        case "language" if i18n.named(value) or not value:
            return replace(space, language=i18n.named(value))
        case "skill" if value in context.skills or not value:
            return replace(space, skill=value)
        case "daily" if (daily := whole(value, MOST_DAILY)) is not None:
            return replace(space, daily=daily)
        case "channels":
            return replace(space, channels=tuple(filter(None, value.split(","))))
    return space
