"""What lies before somebody's words: the scene in which the policy decides about them."""

from core.domain.conversation.chat import Context, suggestions
from core.domain.gathering import is_sound
from core.domain.policy import Confirm, Scene, Situation
from core.domain.requests import Job, Plan, Step, files_of
from core.messages import Attachment, Inbound

PAID = (Plan.MAKE, Plan.EDIT)


def scene_of(context: Context, inbound: Inbound, now: float) -> Scene:
    """The scene for words that came alone; those with files are judged when their pile is
    complete."""
    waiting = context.chat.holds(now)
    spoken_for = any(job.bundle.words for job in gathering(context))
    photos = (
        0
        if spoken_for or context.about
        else len(waiting.files) + sum(len(job.bundle.items) for job in gathering(context))
    )
    situation = _situation(context, photos)
    return Scene(
        situation,
        photos=photos or _made_of(context),
        options=len(options_of(context, situation)),
        pending=bool(
            asked_for_price(context)
            or context.chat.offered(now)
            or asked_by_service(context, now)
            or (waiting.wish and not all(map(is_sound, waiting.files)))
        ),
        undone=_undone(context),
        heard=inbound.heard,
        confirm=Confirm(context.settings.nemo_confirm),
    )


def _undone(context: Context) -> bool:
    """Whether there is a later version to go to, or may be once what is asked for has been done."""
    number = context.about.version if context.about else 0
    later = context.versions.after(number or context.versions.shown)
    return bool(later) or any(job.plan is Plan.RESTORE for job in context.open)


def gathering(context: Context) -> list[Job]:
    """Requests whose photos and words still come in."""
    return [job for job in context.open if job.step is Step.GATHER and not job.cancelled]


def running(context: Context) -> list[Job]:
    """Videos and changes being made, from their words on; one that waits for an answer about its
    price is not."""
    unasked = (
        job for job in context.open if job not in asked_for_price(context) and not job.cancelled
    )
    return [
        job
        for job in unasked
        if job.plan in PAID and (job.step is not Step.GATHER or job.bundle.words)
    ]


def asked_for_price(context: Context) -> list[Job]:
    """Requests that wait for a yes to their price."""
    return [job for job in context.open if job.progress.price.unanswered and not job.cancelled]


def asked_by_service(context: Context, now: float) -> bool:
    """Whether the last words of the service were a question, so that the next ones are its answer.
    Who answers that very message means it however old it is."""
    asks = bool(context.chat.project and context.chat.project.asks)
    return asks and (context.about is not None or not context.chat.asked_long_ago(now))


def options_of(context: Context, situation: Situation) -> tuple[str, ...]:
    """What was offered last, each in the words that it begins with: suggestions, or answers to the
    service."""
    project = context.chat.project
    if situation is Situation.PROJECT and project is not None:
        return project.options
    proposed = situation is Situation.PHOTO
    return (
        tuple(words for _, words in suggestions(context.skill, context.chat.speaks))
        if proposed
        else ()
    )


def _situation(context: Context, photos: int) -> Situation:
    if photos:
        return Situation.PHOTO
    if running(context):
        return Situation.RUNNING
    return Situation.PROJECT if context.chat.project else Situation.NOTHING


def _made_of(context: Context) -> int:
    """Photos of the video in the making, as far as they are known here; of a finished one nobody
    counts them."""
    return max((len(job.progress.wish.everything) for job in running(context)), default=SEVERAL)


def used(context: Context) -> tuple[Attachment, ...]:
    """The files that the video at hand is made of, or the one whose message is answered, as far as
    they are known here."""
    subject = context.answered or next(reversed(running(context)), None)
    if subject is not None and (files := files_of(subject)):
        return tuple(files)
    number = context.about.version if context.about else 0
    way = context.versions.way(number or context.versions.shown)
    return tuple(file for version in way for file in version.files)


SEVERAL = 2
"""In place of a number that is not known: an order for several photos is then taken at its word."""
