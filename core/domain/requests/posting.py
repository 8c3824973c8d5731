"""The words of a request as messages to its user: the status in place, the result, and what becomes
of the status after it."""

from dataclasses import replace

from core.domain.formatting.rich import some_of
from core.domain.requests.job import Job, State
from core.domain.requests.outcomes import Notice
from core.domain.requests.showing import restored, still, to_card
from core.i18n import text
from core.messages import RINGING, Button, Command, Outbound, Recipient, Status, Subject, Words

SELF = 0
"""In a button's `job`: the job whose words carry the button (its id is not known before it is
stored)."""


def slot(job: Job | int) -> str:
    """The slot of a job's status message."""
    return f"job-{job if isinstance(job, int) else job.id}"


TAKEN_AWAY = "⤵️"
"""What is left of a status that cannot be taken away."""


def afterwards(message: Outbound) -> Outbound | None:
    """What becomes of a job's status once this message is posted: after its last words it tells
    what was paid, or goes. None where nothing does.

    It is owed in the same write that notes the message as posted: whatever is killed when, the
    status never goes before the result is there, and is never left behind."""
    about = message.about
    if message.slot or message.toast or about is None or not about.last:
        return None
    to = replace(message.to, reply_to="", discreet=False)
    manner = Status(slot(about.job), over=not about.receipt)
    words = Words(about.receipt or TAKEN_AWAY)
    return Outbound(to, words, manner=manner, about=Subject(about.job, last=True))


def cancel_buttons(language: str) -> tuple[tuple[Button, ...], ...]:
    """The one button under a running status."""
    return ((Button(text("button.cancel", language), Command.CANCEL, SELF),),)


def _naming(button: Button, job: Job) -> Button:
    return replace(button, job=job.id) if button.job == SELF else button


def _with_still(job: Job, words: str) -> str:
    """The words about a film that is not there, and about the picture in its place: what it would
    show, and what has changed."""
    told = text("result.still", job.language)
    new = job.progress.turn.changes.summary or job.progress.export.outline
    return "\n\n".join(filter(None, (words, told, restored(job), some_of(new))))


def to_outbound(job: Job, notice: Notice) -> Outbound:
    """The words of a job as a message to its user: the status in place and silent, or the ringing
    result.

    The status of a running job always offers to cancel it.
    """
    notice = numbered(job, notice)
    picture = still(job) if notice.final else None
    running = not notice.final and job.state is State.OPEN
    buttons = notice.buttons or (cancel_buttons(job.language) if running else ())
    aside = job.aside if notice.discreet else None
    return Outbound(
        Recipient(
            aside or job.address,
            job.user,
            job.language,
            job.ticket,
            reply_to="" if aside else job.reply_to,
            discreet=notice.discreet,
        ),
        Words(
            _with_still(job, notice.words) if picture else notice.words,
            tuple(tuple(_naming(button, job) for button in row) for row in buttons),
            notice.spans,
        ),
        notice.video or picture,
        manner=RINGING
        if notice.final
        else Status(slot(job), working=running, card=to_card(job, notice)),
        about=Subject(job.id, job.state is not State.OPEN, notice.receipt),
    )


def numbered(job: Job, notice: Notice) -> Notice:
    """The words with a line above that says which of the set they are about, and which photo that
    is made of; those of a video by itself stay as they are."""
    member = job.progress.wish.member
    if member is None:
        return notice
    number, count, photo = member.number, member.of, member.photo
    head = text("batch.head", job.language, number=number, count=count, photo=photo) + "\n"
    spans = (
        replace(span, start=span.start + len(head), stop=span.stop + len(head))
        for span in notice.spans
    )
    return replace(notice, text=f"{head}{notice.text}", spans=tuple(spans))


def doubtful(message: Outbound) -> Outbound:
    """The message with a line that says so, in its own language."""
    key = "result.maybe_twice" if message.video else "result.maybe_twice_words"
    return message.saying(f"{message.text}\n\n{text(key, message.language)}", message.spans)
