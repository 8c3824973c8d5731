"""Files that come in, with their limits: into the request they belong to, or kept with words that
say so."""

from dataclasses import replace

from core.domain import gathering, limits
from core.domain.conversation import words
from core.domain.conversation.chat import Chat, Context, Decision, Grown, reply
from core.domain.conversation.requests import JOINABLE, got, open_request, pile_of
from core.domain.requests import Job, Kept, Step
from core.domain.understanding import Command as Free
from core.domain.understanding import CommandKind, Question, Wish, read
from core.i18n import text
from core.messages import Attachment, Inbound
from core.skills import MB


def captioned(known: Context, inbound: Inbound, now: float) -> Decision:
    """Files as somebody sends them. A command as the caption is obeyed, and the files wait for
    words."""
    meaning = read(inbound.text, known.chat.speaks) if inbound.text.strip() else None
    if not isinstance(meaning, Free) or not inbound.addressed:
        return take(known, inbound, now)
    obeyed = words.obey(known, inbound, meaning.kind, now)
    if meaning.kind is CommandKind.CANCEL and not (obeyed.cancel or obeyed.chat != known.chat):
        obeyed = Decision(
            known.chat
        )  # nothing to stop, and the photo is no reason to speak of that
    turn = take(replace(known, chat=obeyed.chat), replace(inbound, text=""), now)
    return replace(
        turn,
        posts=(*obeyed.posts, *turn.posts),
        start=(*obeyed.start, *turn.start),
        cancel=(*obeyed.cancel, *turn.cancel),
    )


def take(known: Context, inbound: Inbound, now: float, *, agreed: bool = False) -> Decision:
    """Files, with or without words, into the request they belong to; `agreed` words are not judged
    once more."""
    if inbound.addressed and (refused := _too_large(known, inbound)):
        kept = tuple(file for file in inbound.attachments if file not in refused)
        refusal = (reply(known, inbound, _why_too_large(known, refused)),)
        if not kept and isinstance(read(inbound.text, known.chat.speaks), Question):
            answered = words.speak(known, replace(inbound, attachments=()), now)
            return replace(answered, posts=refusal + answered.posts)
        if not kept:
            return Decision(_with_wish(known.chat, inbound.text, known.wanted, now), posts=refusal)
        turn = take(known, replace(inbound, attachments=kept), now, agreed=agreed)
        return replace(turn, posts=refusal + turn.posts)
    job = pile_of(known, inbound, now)
    if (fitting := _fitting(known, inbound, job, now)) != inbound.attachments:
        return _beyond(known, inbound, fitting, now)
    if job is None and inbound.album and (late := _sealed(known, inbound.album)):
        return _announce_late(known, inbound, late, now)
    if job is None:
        return open_request(known, inbound, now, agreed=agreed)
    pile = gathering.join(job.pile, inbound, now)
    due = gathering.closes(pile, now, known.settle) if job.step is Step.GATHER else job.due
    say = got(known, pile, job) if pile.addressed else None
    return Decision(known.chat, grow=(Grown(job, pile, due, say),))


def _fitting(
    known: Context, inbound: Inbound, job: Job | None, now: float
) -> tuple[Attachment, ...]:
    """The files that still go into the request they belong to, or into what waits for words."""
    held = (*known.chat.holds(now).files, *(job.pile.files if job else ()))
    return limits.fitting(inbound.attachments, held, known.rules)


def _beyond(
    known: Context, inbound: Inbound, fitting: tuple[Attachment, ...], now: float
) -> Decision:
    """More files than one request may have: those that fit are used, and the words come once for a
    whole flood."""
    turn = Decision(_with_wish(known.chat, inbound.text, known.wanted, now))
    if fitting:
        turn = take(known, replace(inbound, attachments=fitting), now)
    if not inbound.addressed:
        return turn
    rules, language = known.rules, known.chat.speaks
    key = "talk.too_many_files_one" if rules.files == 1 else "talk.too_many_files"
    words = text(key, language, count=rules.files or "∞", limit=rules.bytes // MB or "∞")
    told = replace(reply(known, inbound, words), slot=f"files-{now // limits.SOON:.0f}")
    return replace(turn, posts=(told, *turn.posts))


def _too_large(known: Context, inbound: Inbound) -> tuple[Attachment, ...]:
    """Files over the profile's limit, or over what the platform hands out: told before anything is
    tried."""
    over = limits.oversize(inbound.attachments, known.skill.max_bytes)
    return over or limits.out_of_reach(inbound.attachments, known.largest_download)


def _why_too_large(known: Context, refused: tuple[Attachment, ...]) -> str:
    name, language = refused[0].name or "📎", known.chat.speaks
    if limits.oversize(refused, known.skill.max_bytes):
        return text("trouble.too_large", language, limit=known.skill.max_mb, name=name)
    return text("trouble.out_of_reach", language, limit=known.largest_download // MB, name=name)


def _with_wish(chat: Chat, said: str, skill: str, now: float) -> Chat:
    """The words of a refused file are kept for the one that replaces it."""
    return chat.wishing(said, skill, now) if isinstance(read(said, chat.speaks), Wish) else chat


def _sealed(known: Context, album: str) -> Job | None:
    """The running request that this album's earlier photos are already part of."""
    return next(
        (job for job in known.open if job.pile.album == album and job.step not in JOINABLE), None
    )


def _announce_late(known: Context, inbound: Inbound, job: Job, now: float) -> Decision:
    """A photo that came after its album was sent: kept and said, never a second paid request."""
    kept = known.chat.holds(now)
    chat = known.chat.keeping(
        Kept(kept.files + inbound.attachments, kept.wish, known.wanted or kept.skill), now
    )
    return Decision(chat, posts=(reply(known, inbound, text("talk.late_photo", chat.speaks)),))
