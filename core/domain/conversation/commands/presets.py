"""/presets: ready-made looks to choose from, in one picture with a button for each."""

from dataclasses import replace

from core.domain.conversation.chat import Context, Decision, reply
from core.domain.numbers import whole
from core.i18n import text
from core.messages import (
    Button,
    Carried,
    Command,
    Gallery,
    Inbound,
    Payload,
    payload_words,
    read_payload,
)
from core.skills import Preset, Presets

MOST = 10
"""Looks on one page, where there is only one: two in a row, and five rows are what Discord
shows."""
MANY = 8
"""The same where a row is needed for going on."""
IN_A_ROW = 2


def offered(context: Context) -> Presets:
    """The looks of the profile in force."""
    return tuple(preset for preset in context.presets if preset.fits(context.skill.slug))


def look_named(context: Context, words: str) -> Preset | None:
    """The look that a button, or the words behind the command, name; None where they name none."""
    found = read_payload(words)
    if found is not None and found.payload is Payload.LOOK:
        return next((it for it in context.presets if it.slug == found.which), None)
    said = " ".join(words.casefold().split())
    names = (
        (preset, {preset.slug, preset.name[context.chat.speaks].casefold()})
        for preset in offered(context)
    )
    return next((preset for preset, known in names if said in known), None)


def choose_preset(context: Context, inbound: Inbound, now: float) -> Decision:
    """A page of looks. A look that is chosen is taken elsewhere: it may begin a video."""
    looks, language = offered(context), context.chat.speaks
    each = MOST if len(looks) <= MOST else MANY
    pages = max(1, -(-len(looks) // each))
    page = _page(inbound.text, pages)
    shown = looks[page * each : (page + 1) * each]
    buttons = [
        Button(
            f"{number} · {preset.name[language]}",
            Command.PRESETS,
            None,
            payload_words(Payload.LOOK, preset.slug),
        )
        for number, preset in enumerate(shown, page * each + 1)
    ]
    rows = [tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW)]
    if pages > 1:
        following = payload_words(Payload.PAGE, (page + 1) % pages)
        rows.append((Button(text("preset.more", language), Command.PRESETS, None, following),))
    names = ", ".join(preset.name[language] for preset in shown)
    alt = text("preset.alt", language, names=names)
    post = reply(context, inbound, text("preset.gallery", language), *rows)
    gallery = Gallery(tuple(preset.slug for preset in shown), page * each + 1, alt)
    return Decision(context.chat, posts=(replace(post, media=gallery),))


def _page(words: str, pages: int) -> int:
    match read_payload(words):
        case Carried(Payload.PAGE, which):
            return whole(which, pages - 1) or 0
    return 0
