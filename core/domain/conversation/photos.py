"""What somebody sends: words, files with their limits, and links to files; into the request that
they belong to, or kept with words that say so."""

from dataclasses import replace

from core.domain import gathering
from core.domain.conversation import responding, words_alone
from core.domain.conversation.chat import Chat, Context, Decision, Grown, reply
from core.domain.conversation.new_requests import (
    JOINABLE,
    closing,
    got,
    open_request,
    pile_of,
    within,
)
from core.domain.gathering import files_too_late
from core.domain.limits import REPEATED_SECONDS
from core.domain.requests import Job, Kept, Step
from core.domain.understanding import Command as Free
from core.domain.understanding import (
    CommandKind,
    Question,
    Wish,
    links_in,
    read,
)
from core.i18n import text
from core.messages import (
    Attachment,
    Inbound,
    Status,
)
from core.net import is_public
from core.skills import MB


def said(context: Context, inbound: Inbound, now: float) -> Decision:
    """Words and files, as somebody sends them."""
    if not inbound.addressed and not inbound.album:
        return Decision(context.chat)
    inbound, private = _with_links(inbound)
    if private and not inbound.attachments:
        return _private_link(context, inbound, now)
    if inbound.attachments and inbound.text.strip():
        # a plain yes from here on is to what becomes of this
        return _captioned(replace(context, chat=context.chat.put_off()), inbound, now)
    if inbound.attachments:
        return _captioned(context, inbound, now)
    return words_alone.speak(context, inbound, now)


def _with_links(inbound: Inbound) -> tuple[Inbound, bool]:
    """A link to a file that the user typed is an attachment, sent on as upload by URL (D13).

    True where there was a link that may not be handed on.
    """
    found, rest = links_in(inbound.text)
    usable = tuple(link for link in found if is_public(link))
    if not usable:
        return (inbound.worded(rest), True) if found else (inbound, False)
    typed = tuple(
        Attachment(ref=f"url:{link}", name=link.rsplit("/", 1)[-1][:80]) for link in usable
    )
    files = inbound.attachments + typed
    return inbound.worded(rest).with_files(files), len(usable) < len(found)


def _private_link(context: Context, inbound: Inbound, now: float) -> Decision:
    """A link that only works in somebody's own network: said, and the words are kept for a
    photo."""
    wished = isinstance(read(inbound.text, context.chat.speaks), Wish)
    chat = context.chat.wishing(inbound.text, context.wanted, now) if wished else context.chat
    return Decision(chat, posts=(reply(context, inbound, text("talk.private_link", chat.speaks)),))


def _captioned(context: Context, inbound: Inbound, now: float) -> Decision:
    """Files as somebody sends them. A command as the caption is obeyed, and the files wait for
    words."""
    meaning = read(inbound.text, context.chat.speaks) if inbound.text.strip() else None
    if not isinstance(meaning, Free) or meaning.of_video or not inbound.addressed:
        return take(context, inbound, now)
    obeyed = responding.obey(context, inbound, meaning.kind, now)
    if meaning.kind is CommandKind.CANCEL and not (obeyed.cancel or obeyed.chat != context.chat):
        obeyed = Decision(
            context.chat
        )  # nothing to stop, and the photo is no reason to speak of that
    wished = responding.wish_beside_command(context, inbound, meaning.kind)
    left = inbound if wished else inbound.worded("")  # that is asked back once all is there
    decision = take(replace(context, chat=obeyed.chat), left, now)
    return replace(
        decision,
        posts=(*obeyed.posts, *decision.posts),
        start=(*obeyed.start, *decision.start),
        cancel=(*obeyed.cancel, *decision.cancel),
    )


def take(context: Context, inbound: Inbound, now: float, *, agreed: bool = False) -> Decision:
    """Files, with or without words, into the request they belong to; `agreed` words are not judged
    once more."""
    if inbound.addressed and (refused := _too_large(context, inbound)):
        kept = tuple(file for file in inbound.attachments if file not in refused)
        refusal = (reply(context, inbound, _why_too_large(context, refused)),)
        if not kept and isinstance(read(inbound.text, context.chat.speaks), Question):
            answered = words_alone.speak(context, inbound.with_files(()), now)
            return replace(answered, posts=refusal + answered.posts)
        if not kept:
            return Decision(
                _with_wish(context.chat, inbound.text, context.wanted, now), posts=refusal
            )
        decision = take(context, inbound.with_files(kept), now, agreed=agreed)
        return replace(decision, posts=refusal + decision.posts)
    job = pile_of(context, inbound, now)
    if (fitting := _fitting(context, inbound, job, now)) != inbound.attachments:
        return _beyond(context, inbound, fitting, now, agreed=agreed)
    if job is None and inbound.album and (late := _sealed(context, inbound.album)):
        return _announce_late(context, inbound, late, now)
    if job is None:
        return open_request(context, inbound, now, agreed=agreed)
    bundle = gathering.with_message(job.bundle, inbound, now, context.wanted)
    bundle = replace(bundle, agreed=bundle.agreed or agreed)
    due = closing(context, bundle, inbound, now) if job.step is Step.GATHER else job.due
    notice = got(context, bundle, job) if bundle.addressed else None
    return Decision(context.chat, grow=(Grown(within(context, job), bundle, due, notice),))


def _fitting(
    context: Context, inbound: Inbound, job: Job | None, now: float
) -> tuple[Attachment, ...]:
    """The files that still go into the request they belong to, or into what waits for words."""
    held = (*context.chat.holds(now).files, *(job.bundle.files if job else ()))
    return gathering.fitting_files(inbound.attachments, held, context.settings)


def _beyond(
    context: Context, inbound: Inbound, fitting: tuple[Attachment, ...], now: float, *, agreed: bool
) -> Decision:
    """More files than one request may have: those that fit are used, and the words come once for a
    whole flood."""
    decision = Decision(_with_wish(context.chat, inbound.text, context.wanted, now))
    if fitting:
        decision = take(context, inbound.with_files(fitting), now, agreed=agreed)
    if not inbound.addressed:
        return decision
    language, limits = context.chat.speaks, context.settings
    most, heaviest = limits.files_per_request, limits.mb_per_request
    key = "talk.too_many_files_one" if most == 1 else "talk.too_many_files"
    words = text(key, language, count=most or "∞", limit=heaviest or "∞")
    manner = Status(f"files-{now // REPEATED_SECONDS:.0f}", silent=False)
    told = replace(reply(context, inbound, words), manner=manner)
    return replace(decision, posts=(told, *decision.posts))


def _too_large(context: Context, inbound: Inbound) -> tuple[Attachment, ...]:
    """Files over the profile's limit, or over what the platform hands out: told before anything is
    tried."""
    over = gathering.oversize_files(inbound.attachments, context.skill.max_bytes)
    return over or gathering.files_out_of_reach(inbound.attachments, context.largest_download)


def _why_too_large(context: Context, refused: tuple[Attachment, ...]) -> str:
    name, language = refused[0].name or "📎", context.chat.speaks
    if gathering.oversize_files(refused, context.skill.max_bytes):
        return text("trouble.too_large", language, limit=context.skill.max_mb, name=name)
    return text("trouble.out_of_reach", language, limit=context.largest_download // MB, name=name)


def _with_wish(chat: Chat, said: str, skill: str, now: float) -> Chat:
    """The words of a refused file are kept for the one that replaces it."""
    return chat.wishing(said, skill, now) if isinstance(read(said, chat.speaks), Wish) else chat


def _sealed(context: Context, album: str) -> Job | None:
    """The running request that this album's earlier photos are already part of."""
    return next(
        (job for job in context.open if job.bundle.album == album and job.step not in JOINABLE),
        None,
    )


def _announce_late(context: Context, inbound: Inbound, job: Job, now: float) -> Decision:
    """A file that came after its album was sent: kept and said, never a second paid request."""
    kept = context.chat.holds(now)
    chat = context.chat.keeping(
        Kept(kept.files + inbound.attachments, kept.wish, context.wanted or kept.skill), now
    )
    words = files_too_late(inbound.attachments, chat.speaks)
    return Decision(chat, posts=(reply(context, inbound, words),))
