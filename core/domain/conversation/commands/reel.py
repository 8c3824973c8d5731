"""/reel and its buttons: a request opened in a group, joined by others, made or closed by who
opened it."""

from dataclasses import replace

from core.domain import reels
from core.domain.conversation.chat import (
    Context,
    Decision,
    Start,
    afforded,
    queued,
    reply,
    to_job,
    toast,
)
from core.domain.conversation.commands.replies import owns, too_many
from core.domain.gathering import files_out_of_reach, oversize_files
from core.domain.reels import Reel, Reeled, Share
from core.domain.requests import (
    USUAL_CREDITS,
    Connection,
    Notice,
    Plan,
    Progress,
    ReelLimits,
    Step,
    Wish,
)
from core.domain.spans import DAY
from core.domain.understanding import (
    resolution_asked,
)
from core.i18n import text
from core.messages import Attachment, Inbound, Outbound, Payload, Pressed, Status, Subject
from core.skills import MB

LASTS = DAY
"""How long a reel is open, and its photos are kept, in seconds."""


def reel(context: Context, inbound: Inbound, now: float) -> Decision:
    """The command, or a button of a reel. Everywhere but in a group it says what it is for."""
    known = context.reel
    if not inbound.place.space or inbound.place.private:
        return _said(context, inbound, "reel.private")
    if not isinstance(inbound.happened, Pressed):
        return _called(context, inbound, now)
    if known is None or not known.open:
        return _said(context, inbound, "reel.over")
    if inbound.attachments or inbound.text == Payload.REEL_ADD:
        return add(context, inbound, known)
    if not owns(inbound, known.job):
        return _said(context, inbound, "reel.not_opener")
    if inbound.text == Payload.REEL_CLOSE:
        return close(context, inbound, known)
    return make(context, inbound, known, "", now)


def _called(context: Context, inbound: Inbound, now: float) -> Decision:
    """A reel begins, or the one that this person has open here gets its words."""
    known, words = context.reel, inbound.text.strip()
    if known is None or not known.open:
        return _opened(context, inbound, words, now)
    if inbound.attachments:
        return add(context, inbound, known)
    if words:
        return make(context, inbound, known, words, now)
    if known.making:
        return _said(context, inbound, "reel.too_late")
    there = reels.posted(known)
    again = replace(reply(context, inbound, there.text), words=there.words)
    again = replace(again, to=replace(again.to, ticket=None), about=Subject(known.job.id))
    return Decision(context.chat, posts=(again, *_heard(context, inbound, "reel.opened")))


def _opened(context: Context, inbound: Inbound, words: str, now: float) -> Decision:
    given = context.settings
    takes = ReelLimits(given.reel_photos_per_person, given.reel_photos, given.mb_per_request * MB)
    job = to_job(context, inbound, Plan.REEL, Progress(Wish(words=words, limits=takes)), now)
    job = replace(job, due=now + LASTS, ticket=None, about=None)
    added = Reel(job).adding(inbound.user, _reachable(context, inbound))
    begun = Reel(job, added.taken)
    return Decision(
        context.chat,
        posts=_heard(context, inbound, "reel.opened"),
        start=(Start(job, (reels.described(begun),)),),
        reel=Reeled(0, added.taken),
    )


def _reachable(context: Context, inbound: Inbound) -> tuple[Attachment, ...]:
    """The photos that are of use, and not too large."""
    files = reels.usable(inbound.attachments)
    over = oversize_files(files, context.skill.max_bytes)
    over += files_out_of_reach(files, context.largest_download)
    return tuple(file for file in files if file not in over)


def add(context: Context, inbound: Inbound, known: Reel) -> Decision:
    """Photos of anybody; without any, how to add them."""
    if known.making:
        return _said(context, inbound, "reel.too_late")
    if not inbound.attachments:
        return _said(context, inbound, "reel.add_how")
    files = _reachable(context, inbound)
    added = known.adding(inbound.user, files)
    words = _why_not(context, known, added, unusable=len(files) < len(inbound.attachments))
    told: tuple[Outbound, ...] = ()
    if words or inbound.ticket is not None:
        told = (_answer(context, inbound, known, words or _counted(context, known, added.taken)),)
    if not added.taken:
        return Decision(context.chat, posts=told)
    post = reels.posted(known.having(added.taken))
    reeled = Reeled(known.job.id, added.taken)
    return Decision(context.chat, posts=(post, *told), reel=reeled)


def _counted(context: Context, known: Reel, taken: tuple[Share, ...]) -> str:
    return text(
        "reel.added",
        context.chat.speaks,
        count=reels.count(known.having(taken), context.chat.speaks),
    )


def _why_not(context: Context, known: Reel, added: reels.Added, *, unusable: bool) -> str:
    """What of the photos did not go in, in words; empty where all did."""
    language, most = context.chat.speaks, known.limits
    lines = []
    if added.limit:
        key = f"reel.limit_{added.limit}"
        lines.append(text(key, language, each=most.each, most=most.most or "∞"))
    if added.again:
        lines.append(text("reel.twice", language, count=added.again))
    if unusable:
        lines.append(text("reel.unusable", language, limit=context.skill.max_mb))
    return "\n".join(lines)


def make(context: Context, inbound: Inbound, known: Reel, words: str, now: float) -> Decision:
    """One video of all, paid by who opened it: their own decision, by a tap or in clear words."""
    if known.making:
        return _said(context, inbound, "talk.pressed")
    if not known.shares:
        return _said(context, inbound, "reel.empty")
    verdict = afforded(context, inbound, now)
    if not verdict.allowed:
        return too_many(context, inbound.with_files(()), verdict, now)
    language = context.chat.speaks
    said = words or known.words or text("wish.default", language)
    wish = Wish(words=said, resolution=resolution_asked(said), reel=known.job.id)
    learnt = Progress(wish, Connection(fresh=True))
    job = to_job(context, inbound, Plan.MAKE, learnt, now)
    job = replace(job, step=Step.CONNECT, ticket=None, about=None, notified_at=now)
    count, needed = reels.count(known, language), USUAL_CREDITS[Plan.MAKE]
    begun = text("reel.begun", language, count=count, needed=needed)
    under_way = reels.posted(replace(known, making=True))
    return Decision(
        context.chat,
        posts=(under_way, *_heard(context, inbound, "status.on_it")),
        start=(Start(job, (Notice(begun, queue=queued(context)),)),),
    )


def close(context: Context, inbound: Inbound, known: Reel) -> Decision:
    """No video: the photos are let go."""
    if known.making:
        return _said(context, inbound, "reel.too_late")
    posts = (reels.closed(known.job, "reel.closed"), *_heard(context, inbound, "reel.closed"))
    return Decision(context.chat, posts=posts, cancel=(known.job.id,))


def keep_words(context: Context, inbound: Inbound, known: Reel) -> Decision:
    """Words of its opener that are not clear enough to be paid for: shown, and made by a tap."""
    said = known.saying(inbound.text.strip())
    words = text("reel.tap", context.chat.speaks, words=" ".join(said.words.split()))
    told = _answer(context, inbound, known, words)
    post = reels.posted(said)
    return Decision(context.chat, posts=(post, told), reel=Reeled(known.job.id, words=said.words))


def _heard(context: Context, inbound: Inbound, key: str) -> tuple[Outbound, ...]:
    """A word to who waits for the answer to a command or a button; a message needs none."""
    if inbound.ticket is None:
        return ()
    return (toast(context, inbound, text(key, context.chat.speaks)),)


def _said(context: Context, inbound: Inbound, key: str) -> Decision:
    words = text(key, context.chat.speaks)
    return Decision(context.chat, posts=(_answer(context, inbound, context.reel, words),))


def _answer(context: Context, inbound: Inbound, known: Reel | None, words: str) -> Outbound:
    """To who pressed alone; under a message in one place, however many photos an album has."""
    if inbound.ticket is not None:
        return toast(context, inbound, words)
    said = reply(context, inbound, words)
    if known is None:
        return said
    return replace(said, manner=Status(f"reel-{known.job.id}-{inbound.user}", silent=False))
