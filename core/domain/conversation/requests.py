"""Requests: the one that still gathers takes in more, another one begins."""

from dataclasses import replace

from core.domain import gathering, limits
from core.domain.conversation import commands
from core.domain.conversation.chat import Context, Decision, Grown, Start, queued, reply, to_job
from core.domain.gathering import Bundle
from core.domain.requests import Facts, Job, Notice, Plan, Step
from core.i18n import text
from core.messages import Inbound, Outbound

JOINABLE = frozenset({Step.GATHER, Step.CONNECT, Step.BRING})
"""Steps at which a late photo still joins the request; from UPLOAD on it is sealed."""


def pile_of(known: Context, inbound: Inbound, now: float) -> Job | None:
    """The open request that this message belongs to: one that still gathers, or a late photo's own
    album."""
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


def agreed_to(known: Context, inbound: Inbound, now: float) -> Decision:
    """Words that their user has decided on by a tap, a command or a yes: made without being judged
    once more."""
    return begin(known, inbound, now, agreed=True)


def begin(known: Context, inbound: Inbound, now: float, *, agreed: bool = False) -> Decision:
    """Words that belong to the request being gathered, or begin one. What was asked back before is
    over."""
    known = replace(known, chat=replace(known.chat, offers=()))
    job = pile_of(known, inbound, now)
    if job is None:
        return open_request(known, inbound, now, agreed=agreed)
    pile = gathering.join(job.pile, inbound, now)
    pile = replace(pile, agreed=pile.agreed or agreed)
    return Decision(known.chat, grow=(Grown(job, pile, gathering.closes(pile, now, known.settle)),))


def open_request(known: Context, inbound: Inbound, now: float, *, agreed: bool = False) -> Decision:
    """Begin a request: its pile, on disk before the answer says so."""
    afforded = limits.afford(known.rules, known.space, known.spent, now)
    if not afforded.allowed and inbound.addressed:
        return commands.too_many(known, inbound, afforded, now)
    pile = replace(gathering.join(Bundle(), inbound, now), agreed=agreed)
    chat, say = known.chat, got(known, pile)
    if inbound.attachments and not chat.introduced and pile.addressed:
        hello = f"{say.text}\n{text('talk.third_party', chat.speaks)}"
        chat, say = replace(chat, introduced=True), replace(say, text=hello)
    job = to_job(known, inbound, Plan.MAKE, Facts(), now)
    job = replace(
        job,
        pile=pile,
        due=gathering.closes(pile, now, known.settle),
        told=now if pile.addressed else 0.0,
    )
    spoken = (say,) if pile.addressed else ()
    hint: tuple[Outbound, ...] = ()
    if inbound.partial_album and not chat.told_albums:
        chat, hint = (
            replace(chat, told_albums=True),
            (reply(known, inbound, text("talk.partial_album", chat.speaks)),),
        )
    # a question about the price that was never answered gives way to the next wish
    unanswered = tuple(job.id for job in known.open if job.facts.asked and not job.facts.confirmed)
    return Decision(chat, posts=hint, start=(Start(job, spoken),), cancel=unanswered)


def got(known: Context, pile: Bundle, itself: Job | None = None) -> Notice:
    """The first reaction, and the place in the queue where there is one."""
    language = known.chat.speaks
    if pile.items:
        count = len(pile.items)
        pictures = all(
            not item.file.mime or item.file.mime.startswith("image/") for item in pile.items
        )
        many = "status.got_many" if pictures else "status.got_files"
        said = text("status.got_one" if count == 1 and pictures else many, language, count=count)
    else:
        said = text("status.on_it", language)
    return Notice(said, queue=queued(known, itself))
