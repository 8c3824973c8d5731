"""One message in, one decision out: which of the ways below answers it."""

from dataclasses import replace

from core import gathering, limits
from core.conversation import commands, edits
from core.conversation.chat import (
    Chat,
    Grown,
    Known,
    Start,
    Turn,
    asks,
    heard,
    queued,
    reply,
    suggestion_buttons,
    to_job,
    toast,
    what_now,
)
from core.gathering import Pile
from core.i18n import text
from core.intents import Intent, asks_for_video, classify, links, needs_photo
from core.jobs import READ_ONLY, Facts, Job, Keep, Plan, Say, Step
from core.messages import Attachment, Command, Inbound, Outbound
from core.numbers import whole
from core.skills import MB

FREE = {
    Intent.EXPORT: Command.EXPORT,
    Intent.CREDITS: Command.CREDITS,
    Intent.STATUS: Command.STATUS,
    Intent.UNDO: Command.UNDO,
    Intent.NEW: Command.NEW,
    Intent.HELP: Command.HELP,
    Intent.CANCEL: Command.CANCEL,
    Intent.GREETING: Command.START,
}
"""Words that mean a command: these never reach the backend's chat (D37)."""
JOINABLE = frozenset({Step.GATHER, Step.CONNECT, Step.BRING})
"""Steps at which a late photo still joins the request; from UPLOAD on it is sealed."""


def decide(known: Known, inbound: Inbound, now: float) -> Turn:
    """Answer one message. Pure; called inside the write lock, since five photos of an album arrive at once."""
    turn = _decided(known, inbound, now)
    most = limits.TOLD_WHO_WAITS if inbound.ticket is not None else limits.TOLD
    enough = bool(turn.refused) and known.refused.get(turn.refused, 0) >= most
    return replace(turn, posts=()) if enough else turn


def _decided(known: Known, inbound: Inbound, now: float) -> Turn:
    wanted = inbound.skill if inbound.skill in known.skills else ""
    inbound = replace(inbound, skill=wanted)
    before, known = known.chat, replace(known, chat=heard(known.chat, inbound, known.space.language), wanted=wanted)
    verdict = limits.admit(inbound, known.rules, known.space)
    refused = not verdict.allowed and inbound.command is not Command.SETTINGS
    if inbound.masked:
        return Turn(before) if refused else replace(commands.unnamed(known, inbound, now), chat=before)
    if refused:
        return _refusal(known, inbound, verdict.reason) if inbound.addressed else Turn(known.chat)
    if inbound.job and known.named is not None and not commands.owns(inbound, known.named):
        return commands.not_yours(known, inbound)
    turn = _bounded(known, inbound, _once(known, inbound, _route(known, inbound, now)), now)
    return commands.told_aside(known, inbound, _noticed(known, inbound, turn))


def _once(known: Known, inbound: Inbound, turn: Turn) -> Turn:
    """A button pressed again begins nothing more while what it began is under way: nobody means to pay twice."""
    begins = turn.grow or any(start.job.plan not in READ_ONLY for start in turn.start)
    if inbound.job is None or inbound.command is None or not begins:
        return turn
    press = f"{inbound.command}:{inbound.job}:{inbound.text}"
    if any(job.pile.press == press and not job.cancelled for job in known.open):
        return Turn(known.chat, posts=(_toast(known, inbound, "talk.pressed"),), refused="talk.pressed")
    marked = (replace(it, job=replace(it.job, pile=replace(it.job.pile, press=press))) for it in turn.start)
    return replace(turn, start=tuple(marked))


def _noticed(known: Known, inbound: Inbound, turn: Turn) -> Turn:
    """What joins a request that gathers is answered there; whoever waits for an answer to a command is told so."""
    if inbound.ticket is None or not turn.grow or turn.posts:
        return turn
    return replace(turn, posts=(_toast(known, inbound, "talk.joined"),))


def _toast(known: Known, inbound: Inbound, key: str) -> Outbound:
    return toast(known, inbound, text(key, known.chat.speaks))


def _bounded(known: Known, inbound: Inbound, turn: Turn, now: float) -> Turn:
    """The decision, unless this user has too much coming. Ending requests, and forgetting all, is always possible."""
    verdict = limits.patient(known.waiting, known.owed)
    begins = any(start.job.plan is not Plan.ABANDON for start in turn.start)
    flooded = verdict.reason == SLOWLY and bool(turn.posts or begins)
    if verdict.allowed or inbound.command in ENDING or not (begins or flooded):
        return turn
    if not inbound.addressed:
        return Turn(known.chat)
    refused = commands.too_many(known, inbound, verdict, now)
    if not flooded:
        return refused
    # one message for all of a flood, in place: it must not add to what is owed
    slot = f"slowly-{now // limits.SOON:.0f}"
    return replace(refused, posts=tuple(replace(post, slot=slot) for post in refused.posts))


SLOWLY = "talk.slowly"
ENDING = frozenset({Command.CANCEL, Command.FORGET, Command.CONFIRM})


def _refusal(known: Known, inbound: Inbound, reason: str) -> Turn:
    """With the user's id, as the owner of the bot has to write it into ALLOWED_USERS.

    In a group where the bot is off it is silent, unless somebody waits for the answer to a command or a button.
    """
    if not reason and inbound.ticket is not None:
        return Turn(known.chat, posts=(_toast(known, inbound, NOT_HERE),), refused=NOT_HERE)
    if not reason:
        return Turn(known.chat)
    words = text(reason, known.chat.speaks, id=f"{inbound.address.platform}:{inbound.user}")
    return Turn(known.chat, posts=(reply(known, inbound, words),), refused=reason)


NOT_HERE = "talk.not_here"


def _route(known: Known, inbound: Inbound, now: float) -> Turn:
    if inbound.token and (inbound.addressed or inbound.edited):
        return commands.log_in(known, inbound, now)
    if inbound.edited:
        return edits.amend(known, inbound, now)
    if inbound.present is not None:
        return Turn(known.chat)
    if inbound.command is Command.VIDEO or (inbound.command is Command.EDIT and inbound.text.strip()):
        return _asked_for(known, inbound, now)
    if inbound.command is not None:
        return commands.obey(known, inbound, inbound.command, now)
    if not inbound.addressed and not inbound.album:
        return Turn(known.chat)
    inbound, private = _with_links(inbound)
    if private and not inbound.attachments:
        return _private_link(known, inbound, now)
    if inbound.attachments:
        return _files(known, inbound, now)
    return _words(known, inbound, now)


GO_ON = "go"
"""What the button `Go on without it` carries: the kept wish with the photos that are left."""


def _asked_for(known: Known, inbound: Inbound, now: float) -> Turn:
    """`/video words`, `/edit words`, or a suggestion button (`s0`, `s1` …): words that the router need not read."""
    words = inbound.text.strip()
    suggestions = known.skill.suggestions[known.chat.speaks]
    waiting = known.chat.holds(now)
    number = whole(words[1:], len(suggestions) - 1) if words[:1] == "s" else None
    if number is not None:
        words = suggestions[number]
    elif words == GO_ON:
        words = waiting.wish
    elif words.startswith("strip:") and known.named is not None:
        return _strip(known, inbound, words.removeprefix("strip:"), now)
    elif words == "do-it" and known.named is not None:
        words = text("wish.do_it", known.chat.speaks, words=known.named.facts.raw)
    inbound = replace(inbound, text=words, addressed=True)
    if inbound.attachments:
        return _files(known, inbound, now)
    if _pile_of(known, inbound, now) is None and _wants_photo(known, words, now):
        still = known.chat.keeping(replace(waiting, skill=known.wanted or waiting.skill), now)
        chat = known.chat.wishing(words, known.wanted, now) if words else still
        return Turn(chat, posts=(asks(known, inbound, "talk.send_photo"),))
    return _request(known, inbound, now)


def _strip(known: Known, inbound: Inbound, kind: str, now: float) -> Turn:
    """Take out what the backend added by itself, and send the video without it."""
    if kind not in ("audio", "text") or known.chat.project is None:
        return commands.obey(known, inbound, Command.EDIT, now)
    words = text(f"wish.strip_{kind}", known.chat.speaks)
    turn = _open(known, replace(inbound, command=None, text=words, addressed=True), now)
    begun = tuple(
        replace(start, job=replace(start.job, pile=replace(start.job.pile, deliver=True))) for start in turn.start
    )
    return replace(turn, start=begun)


def _with_links(inbound: Inbound) -> tuple[Inbound, bool]:
    """A link to a file that the user typed is an attachment, sent on as upload by URL (D13).

    True where there was a link that may not be handed on.
    """
    found, rest = links(inbound.text)
    usable = tuple(link for link in found if limits.public(link))
    if not usable:
        return (replace(inbound, text=rest), True) if found else (inbound, False)
    typed = tuple(Attachment(ref=f"url:{link}", name=link.rsplit("/", 1)[-1][:80]) for link in usable)
    return replace(inbound, text=rest, attachments=inbound.attachments + typed), len(usable) < len(found)


def _private_link(known: Known, inbound: Inbound, now: float) -> Turn:
    """A link that only works in somebody's own network: said, and the words are kept for a photo."""
    chat = known.chat.wishing(inbound.text, known.wanted, now)
    return Turn(chat, posts=(reply(known, inbound, text("talk.private_link", chat.speaks)),))


def _pile_of(known: Known, inbound: Inbound, now: float) -> Job | None:
    """The open request that this message belongs to: one that still gathers, or a late photo's own album."""
    for job in reversed(known.open):
        if job.cancelled or job.plan not in (Plan.MAKE, Plan.EDIT):
            continue
        if inbound.album and job.pile.album and inbound.album != job.pile.album:
            continue
        if gathering.apart(job.pile, inbound, known.settle):
            continue
        if job.step is Step.GATHER:
            return job
        if job.step in JOINABLE and inbound.album and inbound.album == job.pile.album:
            return job
        late = inbound.attachments and not inbound.text.strip() and job.pile.items
        if job.step in JOINABLE and late and now - job.pile.opened < gathering.LATE_SECONDS:
            return job
    return None


def _files(known: Known, inbound: Inbound, now: float) -> Turn:
    if inbound.addressed and (refused := _too_large(known, inbound)):
        kept = tuple(file for file in inbound.attachments if file not in refused)
        refusal = (reply(known, inbound, _why_too_large(known, refused)),)
        if not kept:
            return Turn(_with_wish(known.chat, inbound.text, known.wanted, now), posts=refusal)
        turn = _files(known, replace(inbound, attachments=kept), now)
        return replace(turn, posts=refusal + turn.posts)
    job = _pile_of(known, inbound, now)
    if (fitting := _fitting(known, inbound, job, now)) != inbound.attachments:
        return _beyond(known, inbound, fitting, now)
    if job is None and inbound.album and (late := _sealed(known, inbound.album)):
        return _announce_late(known, inbound, late, now)
    if job is None:
        return _open(known, inbound, now)
    pile = gathering.join(job.pile, inbound, now)
    due = gathering.closes(pile, now, known.settle) if job.step is Step.GATHER else job.due
    say = _got(known, pile, job) if pile.addressed else None
    return Turn(known.chat, grow=(Grown(job, pile, due, say),))


def _fitting(known: Known, inbound: Inbound, job: Job | None, now: float) -> tuple[Attachment, ...]:
    """The files that still go into the request they belong to, or into what waits for words."""
    held = (*known.chat.holds(now).files, *(job.pile.files if job else ()))
    return limits.fitting(inbound.attachments, held, known.rules)


def _beyond(known: Known, inbound: Inbound, fitting: tuple[Attachment, ...], now: float) -> Turn:
    """More files than one request may have: those that fit are used, and the words come once for a whole flood."""
    turn = Turn(_with_wish(known.chat, inbound.text, known.wanted, now))
    if fitting:
        turn = _files(known, replace(inbound, attachments=fitting), now)
    if not inbound.addressed:
        return turn
    rules, language = known.rules, known.chat.speaks
    key = "talk.too_many_files_one" if rules.files == 1 else "talk.too_many_files"
    words = text(key, language, count=rules.files or "∞", limit=rules.bytes // MB or "∞")
    told = replace(reply(known, inbound, words), slot=f"files-{now // limits.SOON:.0f}")
    return replace(turn, posts=(told, *turn.posts))


def _too_large(known: Known, inbound: Inbound) -> tuple[Attachment, ...]:
    """Files over the profile's limit, or over what the platform hands out: told before anything is tried."""
    over = limits.oversize(inbound.attachments, known.skill.max_bytes)
    return over or limits.out_of_reach(inbound.attachments, known.largest_download)


def _why_too_large(known: Known, refused: tuple[Attachment, ...]) -> str:
    name, language = refused[0].name or "📎", known.chat.speaks
    if limits.oversize(refused, known.skill.max_bytes):
        return text("trouble.too_large", language, limit=known.skill.max_mb, name=name)
    return text("trouble.out_of_reach", language, limit=known.largest_download // MB, name=name)


def _with_wish(chat: Chat, words: str, skill: str, now: float) -> Chat:
    """The words of a refused file are kept for the one that replaces it."""
    return chat.wishing(words.strip(), skill, now) if words.strip() else chat


def _sealed(known: Known, album: str) -> Job | None:
    """The running request that this album's earlier photos are already part of."""
    return next((job for job in known.open if job.pile.album == album and job.step not in JOINABLE), None)


def _announce_late(known: Known, inbound: Inbound, job: Job, now: float) -> Turn:
    """A photo that came after its album was sent: kept and said, never a second paid request."""
    kept = known.chat.holds(now)
    chat = known.chat.keeping(Keep(kept.files + inbound.attachments, kept.wish, known.wanted or kept.skill), now)
    return Turn(chat, posts=(reply(known, inbound, text("talk.late_photo", chat.speaks)),))


def _words(known: Known, inbound: Inbound, now: float) -> Turn:
    words = inbound.text.strip()
    if not words and inbound.unusable:
        return Turn(known.chat, posts=(asks(known, inbound, "talk.unusable"),))
    if not words:
        return commands.obey(known, inbound, Command.START, now)
    job = _pile_of(known, inbound, now)
    intent = classify(words, False)
    if intent in FREE and (job is None or intent is not Intent.GREETING):
        return commands.obey(known, inbound, FREE[intent], now)
    if intent in (Intent.THANKS, Intent.REPLY) and job is None and not _answers(known):
        return _bare_reply(known, inbound, intent, now)
    if intent is Intent.UPLOAD:
        return Turn(known.chat, posts=(asks(known, inbound, "talk.upload"),))
    if job is None and _wants_photo(known, words, now):
        chat = known.chat.wishing(words, known.wanted, now)
        return Turn(chat, posts=(asks(known, inbound, "talk.send_photo"),))
    return _request(known, inbound, now)


def _bare_reply(known: Known, inbound: Inbound, intent: Intent, now: float) -> Turn:
    """Yes, ok, thanks: the go-ahead for photos and words that wait, else no request at all."""
    waiting, language = known.chat.holds(now), known.chat.speaks
    if intent is Intent.REPLY and waiting.files and waiting.wish:
        return _request(known, replace(inbound, text=waiting.wish), now)
    if waiting.files:
        words, rows = (
            what_now(len(waiting.files), language, inbound.address, private=inbound.private),
            suggestion_buttons(known.skill, language),
        )
        return Turn(known.chat, posts=(reply(known, inbound, words, *rows),))
    return Turn(known.chat, posts=(asks(known, inbound, "talk.welcome"),))


def _answers(known: Known) -> bool:
    """Whether a bare yes or no can be the answer to something: the backend's question, or ours about kept photos."""
    return bool(known.chat.project and known.chat.project.asks)


def _request(known: Known, inbound: Inbound, now: float) -> Turn:
    """Words that belong to the request being gathered, or begin one."""
    job = _pile_of(known, inbound, now)
    if job is None:
        return _open(known, inbound, now)
    pile = gathering.join(job.pile, inbound, now)
    return Turn(known.chat, grow=(Grown(job, pile, gathering.closes(pile, now, known.settle)),))


def _wants_photo(known: Known, words: str, now: float) -> bool:
    """Whether these words make sense only with a photo, and there is none: `animate this`, `add music`.

    What is said while a video is being made is about that video.
    """
    makes = any(job.plan is Plan.MAKE and not job.cancelled for job in known.open)
    if known.chat.holds(now).files or known.chat.project is not None or makes:
        return False
    question = words.rstrip().endswith(("?", "？"))
    return needs_photo(words) or not (asks_for_video(words) or question)


def _open(known: Known, inbound: Inbound, now: float) -> Turn:
    """Begin a request: its pile, on disk before the answer says so."""
    afforded = limits.afford(known.rules, known.space, known.spent, now)
    if not afforded.allowed and inbound.addressed:
        return commands.too_many(known, inbound, afforded, now)
    pile = gathering.join(Pile(), inbound, now)
    chat, say = known.chat, _got(known, pile)
    if inbound.attachments and not chat.introduced and pile.addressed:
        hello = f"{say.text}\n{text('talk.third_party', chat.speaks)}"
        chat, say = replace(chat, introduced=True), replace(say, text=hello)
    job = to_job(known, inbound, Plan.MAKE, Facts(), now)
    job = replace(job, pile=pile, due=gathering.closes(pile, now, known.settle), told=now if pile.addressed else 0.0)
    spoken = (say,) if pile.addressed else ()
    hint: tuple[Outbound, ...] = ()
    if inbound.partial_album and not chat.told_albums:
        chat, hint = replace(chat, told_albums=True), (reply(known, inbound, text("talk.partial_album", chat.speaks)),)
    # a question about the price that was never answered gives way to the next wish
    unanswered = tuple(job.id for job in known.open if job.facts.asked and not job.facts.confirmed)
    return Turn(chat, posts=hint, start=(Start(job, spoken),), cancel=unanswered)


def _got(known: Known, pile: Pile, itself: Job | None = None) -> Say:
    """The first reaction, and the place in the queue where there is one."""
    language = known.chat.speaks
    if pile.items:
        count = len(pile.items)
        pictures = all(not item.file.mime or item.file.mime.startswith("image/") for item in pile.items)
        many = "status.got_many" if pictures else "status.got_files"
        got = text("status.got_one" if count == 1 and pictures else many, language, count=count)
    else:
        got = text("status.on_it", language)
    return Say(got, queue=queued(known, itself))
