"""One message in, one decision out: which of the ways below answers it."""

from dataclasses import replace
from typing import assert_never

from core.domain import admission
from core.domain.conversation import amendments, choices, choosing, commands, looks, offers, photos
from core.domain.conversation.chat import Context, Decision, heard, reply, toast
from core.domain.conversation.pausing import held_back
from core.domain.conversation.photos import said
from core.domain.conversation.reeling import about_reel
from core.domain.conversation.requests import agreed_to, open_request, pile_of
from core.domain.conversation.scene import running, scene_of
from core.domain.conversation.subject import back, focused
from core.domain.conversation.words import keep_wish, leave, reply_to_service, take
from core.domain.numbers import whole
from core.domain.payloads import Carried, Payload, carried
from core.domain.policy import Situation
from core.domain.requests import READ_ONLY, Plan
from core.domain.understanding import Command as Free
from core.domain.understanding import read
from core.i18n import text
from core.messages import (
    Amended,
    Called,
    Command,
    Confided,
    Heard,
    Inbound,
    Moved,
    Outbound,
    Presence,
    Pressed,
    Said,
    Status,
)


def decide(context: Context, inbound: Inbound, now: float) -> Decision:
    """Answer one message. Pure; called inside the write lock, since five photos of an album arrive
    at once."""
    decision = held_back(context, inbound, _decided(context, inbound, now))
    most = admission.TOLD_WHO_WAITS if inbound.ticket is not None else admission.TOLD
    enough = bool(decision.refused) and context.refused.get(decision.refused, 0) >= most
    return replace(decision, posts=()) if enough else decision


def _decided(context: Context, inbound: Inbound, now: float) -> Decision:
    chosen = inbound.happened.skill if isinstance(inbound.happened, Called) else ""
    wanted = chosen if chosen in context.skills else ""
    before, context = (
        context.chat,
        replace(context, chat=heard(context.chat, inbound, context.space.language), wanted=wanted),
    )
    verdict = admission.admit(inbound, context.settings, context.space)
    spec = commands.ROWS[inbound.command] if inbound.command else None
    if context.banned and inbound.command not in THEIR_RIGHT:
        spec, reason = None, "" if inbound.place.space else BANNED
        context, verdict = replace(context, chat=before), admission.Verdict(False, reason)
    refused = not verdict.allowed and not (spec and spec.everywhere)
    if inbound.sender.masked:
        return (
            Decision(before)
            if refused
            else replace(commands.unnamed(context, inbound, now), chat=before)
        )
    if refused:
        return (
            _refusal(context, inbound, verdict.reason)
            if inbound.addressed
            else Decision(context.chat)
        )
    if (reeled := about_reel(context, inbound, now)) is not None:
        silent = reeled == Decision(context.chat)
        return Decision(before) if silent else _bounded(context, inbound, reeled, now)
    if inbound.job and context.named is not None and not commands.owns(inbound, context.named):
        return commands.not_yours(context, inbound)
    context = focused(context, inbound)
    decision = _bounded(
        context, inbound, _once(context, inbound, _route(context, inbound, now)), now
    )
    decision = back(before, inbound, decision)
    untouched = Decision(replace(context.chat, project=before.project))
    if inbound.heard is Heard.REPLY and decision == untouched:
        return Decision(
            before
        )  # talk among friends under a video: nothing is kept of who only remarked
    return commands.told_aside(context, inbound, _noticed(context, inbound, decision))


THEIR_RIGHT = frozenset({Command.FORGET, Command.MYDATA, Command.PRIVACY})
"""What is answered also to somebody who is banned: what is kept is still theirs."""
BANNED = "talk.banned"


def _once(context: Context, inbound: Inbound, decision: Decision) -> Decision:
    """A button pressed again begins nothing more while what it began is under way: nobody means to
    pay twice."""
    begins = decision.grow or any(start.job.plan not in REPEATABLE for start in decision.start)
    pressed = carried(inbound.text)
    offered = pressed is not None and pressed.payload is Payload.TAKE
    if (inbound.job is None and not offered) or inbound.command is None or not begins:
        return decision
    press = _press(inbound)
    if any(job.bundle.press == press and not job.cancelled for job in context.open):
        return Decision(
            context.chat, posts=(_toast(context, inbound, "talk.pressed"),), refused="talk.pressed"
        )
    marked = (
        replace(it, job=replace(it.job, bundle=replace(it.job.bundle, press=press)))
        for it in decision.start
    )
    return replace(decision, start=tuple(marked))


REPEATABLE = READ_ONLY - {Plan.COPY}
"""What may be begun again while it is under way: it is done in a moment."""


def _press(inbound: Inbound) -> str:
    return f"{inbound.command}:{inbound.job}:{inbound.text}"


def _noticed(context: Context, inbound: Inbound, decision: Decision) -> Decision:
    """What joins a request that gathers is answered there; whoever waits for an answer to a command
    is told so."""
    if inbound.ticket is None or not decision.grow or decision.posts:
        return decision
    return replace(decision, posts=(_toast(context, inbound, "talk.joined"),))


def _toast(context: Context, inbound: Inbound, key: str) -> Outbound:
    return toast(context, inbound, text(key, context.chat.speaks))


def _bounded(context: Context, inbound: Inbound, decision: Decision, now: float) -> Decision:
    """The decision, unless this user has too much coming. Ending requests, and forgetting all, is
    always possible."""
    verdict = admission.patient(context.waiting, context.owed)
    begins = any(start.job.plan is not Plan.ABANDON for start in decision.start)
    flooded = verdict.reason == SLOWLY and bool(decision.posts or begins)
    always = inbound.command is not None and commands.ROWS[inbound.command].always
    if verdict.allowed or always or not (begins or flooded):
        return decision
    if not inbound.addressed:
        return Decision(context.chat)
    refused = commands.too_many(context, inbound, verdict, now)
    if not flooded:
        return refused
    # one message for all of a flood, in place: it must not add to what is owed
    manner = Status(f"slowly-{now // admission.SOON:.0f}", silent=False)
    return replace(refused, posts=tuple(replace(post, manner=manner) for post in refused.posts))


SLOWLY = "talk.slowly"


def _refusal(context: Context, inbound: Inbound, reason: str) -> Decision:
    """With the user's id, as the owner of the bot has to write it into ALLOWED_USERS.

    In a group where the bot is off it is silent, unless somebody waits for the answer to a command
    or a button."""
    if not reason and inbound.ticket is not None:
        return Decision(context.chat, posts=(_toast(context, inbound, NOT_HERE),), refused=NOT_HERE)
    if not reason:
        return Decision(context.chat)
    words = text(reason, context.chat.speaks, id=f"{inbound.address.platform}:{inbound.user}")
    return Decision(context.chat, posts=(reply(context, inbound, words),), refused=reason)


NOT_HERE = "talk.not_here"


def _route(context: Context, inbound: Inbound, now: float) -> Decision:
    match inbound.happened:
        case Said():
            return said(context, inbound, now)
        case Pressed() as press if _makes(press):
            return _pressed(context, inbound, press, now)
        case Called() as call if _makes(call):
            return _wanted(context, inbound, now)
        case Pressed(command=Command.PRESETS) | Called(command=Command.PRESETS) if (
            look := commands.look_named(context, inbound.text)
        ):
            return looks.take(context, inbound, look, now)
        case Pressed(command=command) | Called(command=command):
            return commands.obey(context, inbound, command, now)
        case Confided() as secret:
            return commands.log_in(context, inbound, secret, now)
        case Amended():
            return amendments.amend(context, inbound, now)
        case Moved() | Presence() as told:
            here = not isinstance(told, Presence) or told.present
            away = context.chat.introduced and not here  # of a stranger nothing is kept
            return Decision(replace(context.chat, away=away))
        case _:
            assert_never(inbound.happened)


def _makes(asked: Pressed | Called) -> bool:
    """Whether it asks for a video, or for a change that it names."""
    return asked.command is Command.VIDEO or (
        asked.command is Command.EDIT and bool(asked.text.strip())
    )


def _pressed(context: Context, inbound: Inbound, press: Pressed, now: float) -> Decision:
    """A button that has words behind it, or names them."""
    found = carried(press.text)
    match found:
        case None:
            return _wanted(context, inbound, now)
        case Carried(Payload.TAKE | Payload.LEAVE):
            return _offered(context, inbound, found, now)
        case Carried(Payload.CHOOSE):
            return choosing.choose(context, inbound, now)
        case Carried(Payload.STRIP, kind) if context.named is not None:
            return _strip(context, inbound, kind, now)
        case Carried(Payload.STRIP | Payload.DO_IT) if press.job and context.named is None:
            # its request is forgotten, and these are no words to pay for
            return Decision(context.chat, posts=(_toast(context, inbound, "ask.stale"),))
        case Carried(Payload.ANSWER, which) if press.job:
            return _answered(context, inbound, which, now)
    return _wanted(context, inbound.worded(_meant(context, inbound, found, now)), now)


def _wanted(context: Context, inbound: Inbound, now: float) -> Decision:
    """`/video words`, `/edit words`, or the words of a button: what its user has decided on by
    that."""
    inbound = inbound.worded(inbound.text.strip())
    proposed = inbound.text in context.skill.suggestions[context.chat.speaks]
    if proposed and isinstance(read(inbound.text, context.chat.speaks), Free):
        return _route(
            context, inbound.saying(inbound.text), now
        )  # "export 1080p MP4" under a message of long ago
    if inbound.attachments:
        return photos.take(context, inbound, now, agreed=bool(inbound.text))
    if (
        pile_of(context, inbound, now) is None
        and scene_of(context, inbound, now).situation is Situation.NOTHING
    ):
        return keep_wish(context, inbound, inbound.text, now)
    return agreed_to(context, inbound, now)


def _answered(context: Context, inbound: Inbound, which: str, now: float) -> Decision:
    """An answer to a question of the service goes to the project that asked, while nothing else is
    made of it."""
    job, project = context.named, context.chat.project
    options = job.progress.turn.reply.options if job is not None else ()
    place = whole(which, len(options) - 1)
    asked = job is not None and project is not None and job.progress.works_in(project.session)
    if place is None or not asked:
        return Decision(context.chat, posts=(_toast(context, inbound, "ask.stale"),))
    if running(context):
        return Decision(context.chat, posts=(_toast(context, inbound, "talk.pressed"),))
    return reply_to_service(context, inbound.saying(options[place]), now)


def _meant(context: Context, inbound: Inbound, pressed: Carried, now: float) -> str:
    """The words behind a button: a suggestion, the kept wish, what the service told people to
    do."""
    language, suggested = context.chat.speaks, context.skill.suggestions[context.chat.speaks]
    match pressed:
        case Carried(Payload.SUGGESTION, which):
            place = whole(which, len(suggested) - 1)
            return inbound.text.strip() if place is None else suggested[place]
        case Carried(Payload.CHOSEN, code):
            said = choices.wished(code, language)
            made = text("wish.default", language) if inbound.command is Command.VIDEO else ""
            return " ".join(filter(None, (made, said)))
        case Carried(Payload.GO_ON):
            return context.chat.holds(now).wish
    told = context.named if pressed == Carried(Payload.DO_IT) else None
    words = inbound.text.strip()
    return text("wish.do_it", language, words=told.progress.turn.reply.raw) if told else words


def _offered(context: Context, inbound: Inbound, pressed: Carried, now: float) -> Decision:
    """A button under a question of ours; one that is over is told to be so, and does nothing."""
    offer = offers.found(context.chat.offers, pressed.which)
    if offer is None:
        begun = any(
            job.bundle.press == _press(inbound) and not job.cancelled for job in context.open
        )
        return Decision(
            context.chat,
            posts=(_toast(context, inbound, "talk.pressed" if begun else "ask.stale"),),
        )
    if pressed.payload is Payload.TAKE:
        return take(context, inbound, offer, now)
    return leave(context, inbound, now)


def _strip(context: Context, inbound: Inbound, kind: str, now: float) -> Decision:
    """Take out what the backend added by itself: a change like any other, at its price."""
    if kind not in ("audio", "text") or context.chat.project is None:
        return commands.obey(context, inbound, Command.EDIT, now)
    words = text(f"wish.strip_{kind}", context.chat.speaks)
    return open_request(context, inbound.saying(words), now, agreed=True)
