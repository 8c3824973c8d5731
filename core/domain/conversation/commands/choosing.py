"""What somebody chooses for their chat."""

from dataclasses import replace

from core import i18n
from core.domain.conversation.answering import languages
from core.domain.conversation.chat import Context, Decision, reply, suggestion_buttons
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
    told = (
        text("talk.skill_for", language, title=it.title[language], audience=it.audience[language])
        for it in context.skills.values()
    )
    words = "\n".join((text("talk.skill_ask", language), *told))
    return Decision(context.chat, posts=(reply(context, inbound, words, *rows),))
