"""What somebody chooses for their chat, and an admin sets for a group or server."""

import re
from dataclasses import replace

from core import i18n
from core.domain.conversation.answering import Rows, languages
from core.domain.conversation.chat import Context, Decision, reply, suggestion_buttons
from core.domain.conversation.commands.replies import phrase
from core.domain.limits import Space, is_named
from core.domain.numbers import whole
from core.i18n import text
from core.messages import Button, Command, Inbound, Status


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
        titles = {"title": chosen.title[language], "greeting": chosen.greeting[language]}
        words = text("talk.skill_set", language, **titles)
        post = reply(context, inbound, words, *suggestion_buttons(chosen, language))
        return Decision(replace(context.chat, skill=chosen.slug), posts=(post,))
    marks = {context.skill.slug: "✓ "}
    rows = tuple(
        (Button(f"{marks.get(skill.slug, '')}{skill.title[language]}", Command.SKILL, None, slug),)
        for slug, skill in context.skills.items()
    )
    told = (
        text("talk.skill_for", language, title=it.title[language], audience=it.audience[language])
        for it in context.skills.values()
    )
    words = "\n".join((text("talk.skill_ask", language), *told))
    return Decision(context.chat, posts=(reply(context, inbound, words, *rows),))


def set_up(context: Context, inbound: Inbound, now: float) -> Decision:
    """For the admins of a group or server, by buttons; `/settings on` and
    `/settings language=zh skill=… daily=3 channels=1,2` do the same in words."""
    language = context.chat.speaks
    if not inbound.place.space or not (
        inbound.sender.admin or is_named(context.settings.admins, inbound, inbound.user)
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
    key = _key(inbound.text) or f"{int(now)}"
    rows = _asked(inbound.text, context, key) or _rows(space, language, key)
    post = reply(context, inbound, words, *rows)
    post = replace(post, manner=Status(f"settings-{key}", prompt=True))
    return Decision(context.chat, posts=(post,), space=space)


DAILY = (0, 1, 3, 5, 10)
"""Videos a day for each that the buttons offer; 0 is no limit."""
KEY = re.compile(r"\bkey=(\d{1,12})\b")
"""Which message the buttons stand under, so that it changes in place."""


def _key(words: str) -> str:
    found = KEY.search(words)
    return found[1] if found else ""


def _button(label: str, words: str, key: str, *, now: bool = False) -> Button:
    mark = "✓ " if now else ""
    return Button(mark + label, Command.SETTINGS, None, f"{words} key={key}")


def _rows(space: Space, language: str, key: str) -> Rows:
    """What can be set, with what is set now."""
    return (
        (
            _button("🔊", "on", key, now=space.on),
            _button("🔇", "off", key, now=not space.on),
        ),
        tuple(
            _button(
                text("button.daily", language, count=many or "∞"), f"daily={many}", key,
                now=(space.daily or 0) == many,
            )
            for many in DAILY
        ),
        (
            _button(text("button.set_language", language), "ask=language", key),
            _button(text("button.set_skill", language), "ask=skill", key),
        ),
    )  # fmt: skip


def _asked(words: str, context: Context, key: str) -> Rows:
    """The languages, or the profiles, where they were asked for."""
    if "ask=language" in words:
        return tuple(
            tuple(_button(it.label, f"language={it.text}", key) for it in row)
            for row in languages()
        )
    if "ask=skill" in words:
        language = context.chat.speaks
        return tuple(
            (_button(skill.title[language], f"skill={slug}", key),)
            for slug, skill in context.skills.items()
        )
    return ()


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
