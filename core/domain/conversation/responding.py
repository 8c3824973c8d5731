"""A response to words, carried out: made, asked back, answered, or as the button under a question
would do."""

from dataclasses import replace
from typing import assert_never

from core.domain.conversation import commands, consent, offers
from core.domain.conversation.answering import Circumstances, answer
from core.domain.conversation.chat import (
    Context,
    Decision,
    asks,
    reply,
    suggestion_buttons,
    wished_beside,
)
from core.domain.conversation.new_requests import agreed_to, begin
from core.domain.conversation.scene import (
    options_of,
    used,
)
from core.domain.gathering import Line, files_still_here
from core.domain.policy import (
    About,
    Accept,
    Answer,
    Ask,
    Choose,
    Dismiss,
    Edit,
    Free,
    Make,
    Paid,
    React,
    Repeat,
    Response,
    Scene,
    Silent,
    Situation,
)
from core.domain.policy import Keep as KeepWish
from core.domain.requests import Does, Offer
from core.domain.understanding import (
    CommandKind,
    Topic,
    asks_for_video,
    named_in,
    needs_photo,
)
from core.i18n import named, text
from core.messages import Command, Inbound

FREE = {spec.words: spec.command for spec in commands.SPECS if spec.words}
"""Words that mean a command: these never reach the backend's chat (D37)."""


NAMING = frozenset({CommandKind.EXPORT, CommandKind.ELSEWHERE, CommandKind.UNDO, CommandKind.REDO})
"""Commands whose words may name what exactly is meant."""


def carry_out(
    context: Context, inbound: Inbound, response: Response, scene: Scene, now: float
) -> Decision:
    """One decision about words, as a turn."""
    match response:
        case Make() | Edit() | Repeat() | Choose():
            return _make(context, inbound, response, scene, now)
        case KeepWish():
            return keep_wish(context, inbound, inbound.text, now)
        case Accept():
            return consent.accept(context, inbound, now)
        case Dismiss():
            return consent.dismiss(context, inbound, now)
        case Free(command):
            obeyed = obey(context, inbound, command, now)
            wish = wish_beside_command(context, inbound, command)
            return _and_offered(context, inbound, obeyed, wish, scene, now) if wish else obeyed
        case Answer(topic):
            return _answer(context, inbound, topic, scene, now)
        case Ask():
            return _ask(context, inbound, response, scene, now)
        case React() | Silent():
            return Decision(context.chat)
        case _:
            assert_never(response)


SPARING = frozenset(
    {
        CommandKind.CREDITS,
        CommandKind.EXPORT,
        CommandKind.HELP,
        CommandKind.HISTORY,
        CommandKind.STATUS,
    }
)
"""Commands that leave what is made as it is, so that a wish beside one stands by itself."""


def wish_beside_command(context: Context, inbound: Inbound, command: CommandKind) -> str:
    """What is clearly wished for beside a command: "send me the file. And make it slower"."""
    if command not in SPARING:
        return ""
    return wished_beside(inbound.text, context.skill, context.chat.speaks)


def _and_offered(
    context: Context, inbound: Inbound, obeyed: Decision, wish: str, scene: Scene, now: float
) -> Decision:
    """What the command has come to, and the wish beside it: by one tap, or kept for a photo."""
    context, inbound = replace(context, chat=obeyed.chat), inbound.worded(wish)
    if scene.situation is Situation.NOTHING:
        then = keep_wish(context, inbound, wish, now)
    else:
        photos = scene.situation in (Situation.PHOTO, Situation.CAPTION)
        then = _offered(context, inbound, Make() if photos else Edit(), scene, now)
    return replace(obeyed, chat=then.chat, posts=(*obeyed.posts, *then.posts))


def _make(context: Context, inbound: Inbound, paid: Paid, scene: Scene, now: float) -> Decision:
    """What is paid for."""
    language = context.chat.speaks
    match paid:
        case Make(standard=True):
            return agreed_to(context, inbound.worded(text("wish.default", language)), now)
        case Make() | Edit():
            return begin(context, inbound, now)
        case Repeat(change):
            return commands.once_more(context, inbound, change, now)
        case Choose(number):
            return agreed_to(
                context,
                inbound.worded(options_of(context, scene.situation)[number - 1]),
                now,
            )
        case _:
            assert_never(paid)


def keep_wish(context: Context, inbound: Inbound, words: str, now: float) -> Decision:
    """A wish without a photo: kept, joined to what waits already, and the photo is asked for."""
    chat = context.chat.wishing(words, context.wanted, now)
    chat = replace(chat, wish_line=Line(inbound.order, words.strip()))
    post = asks(context, inbound, "talk.send_photo")
    if not asks_for_video(chat.wish) or needs_photo(chat.wish):
        return Decision(chat, posts=(post,))
    offer = Offer(f"{int(now * 1000):x}", Does.MAKE, chat.wish, now)
    button = offers.buttons(offer, chat.speaks)[0][0]
    row = (replace(button, label=text("button.without_photo", chat.speaks)),)
    # a plain yes is no answer to this: what was asked for is a photo
    return Decision(chat.offering(replace(offer, at=0.0)), posts=(post.offering(row),))


def obey(context: Context, inbound: Inbound, command: CommandKind, now: float) -> Decision:
    """A command in words; of the words only what it needs is handed on."""
    wanted = ""
    if command is CommandKind.LANGUAGE:
        wanted = named_in(inbound.text) or named(inbound.text)
    if command in NAMING:
        wanted = inbound.text
    return commands.obey(context, inbound.worded(wanted), FREE[command], now)


def circumstances(context: Context, scene: Scene, now: float) -> Circumstances:
    """Where and to whom something is answered."""
    photos = scene.photos if scene.situation in (Situation.PHOTO, Situation.CAPTION) else 0
    kept = context.chat.holds(now).files
    return Circumstances(
        scene.situation,
        context.chat.speaks,
        photos=photos,
        kept=kept if len(kept) == photos else (),
        used=used(context),
        files=context.settings.files_per_request,
        megabytes=context.skill.max_mb,
        web=context.settings.nemo_web_url,
        wished=bool(context.chat.holds(now).wish),
        sandbox=context.settings.sandbox,
        undoable=bool(context.versions.before(context.versions.shown)),
    )


def _answer(context: Context, inbound: Inbound, topic: Topic, scene: Scene, now: float) -> Decision:
    if topic is Topic.GREETING and scene.situation is Situation.NOTHING:
        return commands.obey(context, inbound.worded(""), Command.START, now)
    beside = wished_beside(inbound.text, context.skill, context.chat.speaks)
    if beside and topic is not Topic.MISTAKE:
        return _answered_first(context, inbound, topic, beside, scene, now)
    words, rows = answer(topic, circumstances(context, scene, now))
    chat = context.chat.put_off() if topic in PUT_OFF else context.chat
    return Decision(chat, posts=(reply(context, inbound, words, *rows),))


PUT_OFF = frozenset(
    {
        Topic.BYE,
        Topic.COMPLAINT,
        Topic.MISTAKE,
        Topic.PRAISE,
        Topic.PRIVACY,
        Topic.SCOPE,
        Topic.THANKS,
        Topic.WAITING,
    }
)
"""What is said in place of a yes or a no, "not now" or "wrong photo": an "ok" to the answer is none
to what was asked before."""


def _answered_first(
    context: Context, inbound: Inbound, topic: Topic, wish: str, scene: Scene, now: float
) -> Decision:
    """ "How much? Make it slow": the answer, and what is wished for by one tap, or once there is a
    photo."""
    if scene.situation is Situation.NOTHING:
        chat = context.chat.wishing(wish, context.wanted, now)
        chat = replace(chat, wish_line=Line(inbound.order, wish))
        words, rows = answer(topic, circumstances(replace(context, chat=chat), scene, now))
        return Decision(chat, posts=(reply(context, inbound, words, *rows),))
    paid = Make() if scene.situation in (Situation.PHOTO, Situation.CAPTION) else Edit()
    offer = replace(offers.to_offer(paid, wish, now), about=context.about)
    more = offers.way_to_more(context.chat, context.settings)
    words, rows = answer(topic, circumstances(context, scene, now))
    rows = (*rows, *offers.buttons(offer, context.chat.speaks, more=more))
    chat = context.chat.offering(offer)
    return Decision(chat, posts=(reply(context, inbound, words, *rows),))


def _ask(context: Context, inbound: Inbound, ask: Ask, scene: Scene, now: float) -> Decision:
    language = context.chat.speaks
    if isinstance(ask.offer, Edit) and offers.says_nothing(inbound.text, language):
        ask = Ask(About.WHAT)  # "2" or "hm" is nothing to change a video by
    if ask.offer is not None:
        return _offered(context, inbound, ask.offer, scene, now)
    match ask.about:
        case About.SEVERAL | About.NOTHING_MADE:
            key = f"ask.{ask.about}"
        case _:
            made = scene.situation in (Situation.PROJECT, Situation.RUNNING)
            key = "ask.what_project" if made else "ask.what_nothing"
    post = asks(context, inbound, key)
    files = context.chat.holds(now).files
    if files:
        left = files_still_here(files, language)
        post = post.saying(f"{post.text}\n\n{left}").offering(
            *suggestion_buttons(context.skill, language)
        )
    return Decision(context.chat, posts=(post,))


def _offered(
    context: Context, inbound: Inbound, offered: Paid, scene: Scene, now: float
) -> Decision:
    """Asked back, with one tap to go ahead."""
    language, said = context.chat.speaks, inbound.text.strip()
    standard = isinstance(offered, Make) and (
        offered.standard or offers.says_nothing(inbound.text, language)
    )
    if isinstance(offered, Choose):
        said = options_of(context, scene.situation)[offered.number - 1]
    offer = offers.to_offer(offered, "" if standard else said, now)
    offer = replace(offer, about=context.about)
    more = offers.way_to_more(context.chat, context.settings)
    words = offers.question(offer, language, standard=standard, more=more)
    post = reply(context, inbound, words, *offers.buttons(offer, language, more=more))
    return Decision(context.chat.offering(offer), posts=(post,))
