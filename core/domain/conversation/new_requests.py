"""Requests: the one that still gathers takes in more, another one begins, and what one is once all
is gathered."""

from dataclasses import replace
from typing import Any

from core.domain import gathering
from core.domain.conversation import commands
from core.domain.conversation.chat import (
    Chat,
    Context,
    Decision,
    Grown,
    Start,
    afforded,
    queued,
    reply,
    to_job,
)
from core.domain.gathering import Bundle, Split, are_photos, files_counted, is_sound
from core.domain.privacy import first_words
from core.domain.requests import (
    LINK,
    Connection,
    Job,
    Kept,
    Next,
    Notice,
    Plan,
    Progress,
    Step,
    Wish,
)
from core.domain.understanding import (
    asks_for_video,
    joins_project,
    names_voice_over,
)
from core.i18n import text
from core.messages import Album, Attachment, Called, Happened, Inbound, Outbound, Said

JOINABLE = frozenset({Step.GATHER, Step.CONNECT, Step.BRING})
"""Steps at which a late photo still joins the request; from UPLOAD on it is sealed."""


def pile_of(context: Context, inbound: Inbound, now: float) -> Job | None:
    """The open request that this message belongs to: one that still gathers, or a late photo's own
    album."""
    for job in reversed(context.open):
        if job.cancelled or job.plan not in (Plan.MAKE, Plan.EDIT):
            continue
        if inbound.album and job.bundle.album and inbound.album != job.bundle.album:
            continue
        if gathering.is_apart(job.bundle, inbound, context.settle) or _of_another(context, job):
            continue
        if job.step is Step.GATHER:
            return job
        if job.step in JOINABLE and inbound.album and inbound.album == job.bundle.album:
            return job
        if job.step in JOINABLE and _in_one_breath(context, job, inbound, now):
            return job
        late = inbound.attachments and not inbound.text.strip() and job.bundle.items
        if job.step in JOINABLE and late and now - job.bundle.opened < gathering.LATE_SECONDS:
            return job
    return None


def _in_one_breath(context: Context, job: Job, inbound: Inbound, now: float) -> bool:
    """Whether both would have been in one pile, had the first not been complete by itself."""
    photos = inbound.attachments and job.bundle.items
    return bool(photos) and now < job.bundle.opened + context.settle


def closing(context: Context, bundle: Bundle, inbound: Inbound, now: float) -> float:
    """When the pile closes that this message is in by now."""
    waiting = bool(context.chat.holds(now).files)
    if gathering.is_complete(bundle, inbound, photos_wait=waiting):
        return now
    return gathering.closes_at(bundle, now, context.settle)


def _of_another(context: Context, job: Job) -> bool:
    """Whether the words there are about another video than these, which name theirs."""
    named = job.about.session if job.about else ""
    return bool(context.about and job.bundle.words and named != context.about.session)


def agreed_to(
    context: Context, inbound: Inbound, now: float, split: Split = Split.OPEN
) -> Decision:
    """Words that their user has decided on by a tap, a command or a yes: made without being judged
    once more. `split` is what was tapped about several photos."""
    decision = begin(context, inbound, now, agreed=True)
    return with_bundle(decision, split=split) if split else decision


def with_bundle(decision: Decision, **changes: Any) -> Decision:
    """The decision whose requests have these changes in their bundles."""
    start = (
        replace(it, job=replace(it.job, bundle=replace(it.job.bundle, **changes)))
        for it in decision.start
    )
    grow = (replace(it, bundle=replace(it.bundle, **changes)) for it in decision.grow)
    return replace(decision, start=tuple(start), grow=tuple(grow))


def begin(context: Context, inbound: Inbound, now: float, *, agreed: bool = False) -> Decision:
    """Words that belong to the request being gathered, or begin one. What was asked back before is
    over."""
    context = replace(context, chat=replace(context.chat, offers=()))
    job = pile_of(context, inbound, now)
    if job is None:
        return open_request(context, inbound, now, agreed=agreed)
    bundle = gathering.with_message(job.bundle, inbound, now, context.wanted)
    bundle = replace(bundle, agreed=bundle.agreed or agreed)
    return Decision(
        context.chat,
        grow=(Grown(within(context, job), bundle, closing(context, bundle, inbound, now)),),
    )


def within(context: Context, job: Job) -> Job:
    """The job in the project that what joins it names."""
    return replace(job, about=context.about) if context.about else job


def open_request(
    context: Context, inbound: Inbound, now: float, *, agreed: bool = False
) -> Decision:
    """Begin a request: its pile, on disk before the answer says so."""
    verdict = afforded(context, inbound, now, Plan.EDIT)  # what is cheaper
    if not verdict.allowed and inbound.addressed:
        return commands.too_many(context, inbound, verdict, now)
    bundle = replace(gathering.with_message(Bundle(), inbound, now, context.wanted), agreed=agreed)
    chat, notice = context.chat, got(context, bundle)
    if inbound.attachments and not chat.introduced and bundle.addressed:
        whose = first_words(chat.speaks, sandbox=context.settings.sandbox)
        hello = f"{notice.text}\n{whose}"
        chat, notice = replace(chat, introduced=True), replace(notice, text=hello)
    job = to_job(context, inbound, Plan.MAKE, Progress(), now)
    job = replace(
        job,
        bundle=bundle,
        due=closing(context, bundle, inbound, now),
        notified_at=now if bundle.addressed else 0.0,
    )
    spoken = (notice,) if bundle.addressed else ()
    hint: tuple[Outbound, ...] = ()
    if _shown_in_part(inbound.happened) and not chat.told_albums:
        chat, hint = (
            replace(chat, told_albums=True),
            (reply(context, inbound, text("talk.partial_album", chat.speaks)),),
        )
    # a question about the price that was never answered gives way to the next wish
    unanswered = tuple(job.id for job in context.open if job.progress.price.unanswered)
    return Decision(chat, posts=hint, start=(Start(job, spoken),), cancel=unanswered)


def _shown_in_part(happened: Happened) -> bool:
    """Whether the platform hides the other items of this album."""
    match happened:
        case Said(album=Album(partial=True)) | Called(album=Album(partial=True)):
            return True
    return False


def got(context: Context, bundle: Bundle, itself: Job | None = None) -> Notice:
    """The first reaction, and the place in the queue where there is one."""
    language = context.chat.speaks
    if bundle.items:
        photos = are_photos(bundle.files)
        key = "got_files" if not photos else "got_one" if len(bundle.files) == 1 else "got_many"
        params = {"count": len(bundle.files), "files": files_counted(bundle.files, language)}
        said = text(f"status.{key}", language, **params)
    else:
        said = text("status.on_it", language)
    return Notice(said, queue=queued(context, itself))


def with_files(wish: Wish, files: tuple[Attachment, ...]) -> Wish:
    """The wish with these files, typed links apart from what the platform holds."""
    return replace(
        wish,
        files=tuple(file for file in files if not file.ref.startswith(LINK)),
        links=tuple(file.ref.removeprefix(LINK) for file in files if file.ref.startswith(LINK)),
    )


def settled(wish: Wish, files: tuple[Attachment, ...], job: Job, chat: Chat, wanted: str) -> Next:
    """New photos start a fresh project, unless the words add them to the one there is; words alone
    edit it.

    A project without a video was asked for one, so whatever is said about it ends with the video
    (D38). Photos with words of their own are a wish by themselves, unless it has asked for them: a
    turn that was lost must not mix its photos into the next one."""
    project, bundle = chat.project, job.bundle
    answers = project is not None and not project.made and (project.asks or not wish.words)
    heard = bool(files) and all(map(is_sound, files)) and not asks_for_video(wish.words)
    adds = (
        not bundle.anew and (answers or heard or joins_project(wish.words)) and project is not None
    )
    extends = project is not None and (not files or adds) and not bundle.anew
    makes = (
        bool(files)
        or project is None
        or not project.made
        or bundle.anew
        or asks_for_video(wish.words)
    )
    learnt = Progress(with_files(wish, files), Connection(fresh=not extends))
    with_voice = any(map(is_sound, files)) or names_voice_over(wish.words)
    suited = VOICE_OVER if with_voice and not all(map(is_sound, files)) and not chat.skill else ""
    plan = Plan.MAKE if makes else Plan.EDIT
    return Next(learnt, keep=Kept(), plan=plan, skill=wanted or suited, language=job.language)


VOICE_OVER = "how-to-create-ai-video"
"""The profile made for photos with a voice-over; it is taken where the user has chosen none."""
