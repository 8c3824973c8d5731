"""What lies before somebody's words: the scene in which the policy decides about them."""

from core.domain.conversation.chat import Context, suggestions
from core.domain.policy import Heard, Scene, Situation
from core.domain.requests import Job, Plan, Step
from core.messages import Inbound

PAID = (Plan.MAKE, Plan.EDIT)


def scene_of(known: Context, inbound: Inbound, now: float) -> Scene:
    """The scene for words that came alone; those with files are judged when their pile is
    complete."""
    waiting = known.chat.holds(now)
    spoken_for = any(job.pile.words for job in gathering(known))
    photos = (
        0
        if spoken_for
        else len(waiting.files) + sum(len(job.pile.items) for job in gathering(known))
    )
    situation = _situation(known, photos)
    return Scene(
        situation,
        photos=photos or _made_of(known),
        options=len(options_of(known, situation)),
        pending=bool(
            asked_for_price(known)
            or known.chat.offered(now)
            or asked_by_service(known)
            or (waiting.files and waiting.wish)
        ),
        heard=Heard.REPLY if inbound.replying else Heard.DIRECT,
        confirm=known.terms.confirm,
    )


def gathering(known: Context) -> list[Job]:
    """Requests whose photos and words still come in."""
    return [job for job in known.open if job.step is Step.GATHER and not job.cancelled]


def running(known: Context) -> list[Job]:
    """Videos and changes being made, from their words on; one that waits for an answer about its
    price is not."""
    unasked = (job for job in known.open if job not in asked_for_price(known) and not job.cancelled)
    return [
        job
        for job in unasked
        if job.plan in PAID and (job.step is not Step.GATHER or job.pile.words)
    ]


def asked_for_price(known: Context) -> list[Job]:
    """Requests that wait for a yes to their price."""
    return [
        job
        for job in known.open
        if job.facts.asked and not job.facts.confirmed and not job.cancelled
    ]


def asked_by_service(known: Context) -> bool:
    """Whether the last words of the service were a question, so that the next ones are its
    answer."""
    return bool(known.chat.project and known.chat.project.asks)


def options_of(known: Context, situation: Situation) -> tuple[str, ...]:
    """What was offered last, each in the words that it begins with: suggestions, or answers to the
    service."""
    project = known.chat.project
    if situation is Situation.PROJECT and project is not None:
        return project.options
    proposed = situation is Situation.PHOTO
    return (
        tuple(words for _, words in suggestions(known.skill, known.chat.speaks)) if proposed else ()
    )


def _situation(known: Context, photos: int) -> Situation:
    if photos:
        return Situation.PHOTO
    if running(known):
        return Situation.RUNNING
    return Situation.PROJECT if known.chat.project else Situation.NOTHING


def _made_of(known: Context) -> int:
    """Photos of the video in the making, as far as they are known here; of a finished one nobody
    counts them."""
    return max(
        (len(job.facts.files) + len(job.facts.links) for job in running(known)), default=SEVERAL
    )


SEVERAL = 2
"""In place of a number that is not known: an order for several photos is then taken at its word."""
