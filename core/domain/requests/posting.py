"""What people see of a request, as messages: its status in place and in parts, its result with the
version and the picture that stand with it, and what becomes of the status after it."""

from dataclasses import replace

from core import sanitize
from core.domain.formatting import first_lines
from core.domain.requests.job import Job, State, files_of, words_of
from core.domain.requests.outcomes import Notice
from core.domain.requests.plans import LINK, Plan, Step
from core.domain.versions import Versions
from core.i18n import text
from core.messages import (
    RINGING,
    Attachment,
    Button,
    Card,
    Command,
    Gallery,
    Outbound,
    Recipient,
    Status,
    Subject,
    Words,
)

STAGES: tuple[tuple[str, frozenset[Step]], ...] = (
    ("photos", frozenset({Step.GATHER, Step.CONNECT})),
    ("upload", frozenset({Step.BRING, Step.UPLOAD})),
    ("create", frozenset({Step.PRICE, Step.SNAPSHOT, Step.GENERATE, Step.CHECK})),
    ("export", frozenset({Step.NAME, Step.RENDER, Step.POLL, Step.LINK})),
)
"""The way of a request as people see it. What has only one part (an edit, an export) shows none."""

PICTURES = (
    *(".jpg", ".jpeg", ".jfif", ".png", ".webp", ".gif"),
    *(".heic", ".heif", ".avif", ".bmp", ".tif", ".tiff"),
)


def to_card(job: Job, notice: Notice) -> Card:
    """The status in parts. What is over shows no way and no time any more, only what it was
    about."""
    running = job.state is State.OPEN
    photo = first_photo(job)
    on_its_way = running and job.plan is Plan.MAKE and photo is not None
    return Card(
        phase=notice.text,
        stages=tuple(text(f"status.stage_{name}", job.language) for name, _ in STAGES)
        if on_its_way
        else (),
        reached=_reached(job.step) if on_its_way else 0,
        percent=notice.percent,
        queue=notice.queue,
        time=notice.time,
        expected=(notice.expected or job.expected) if running else 0.0,
        photo=photo,
    )


def _reached(step: Step) -> int:
    return next(place for place, (_, steps) in enumerate(STAGES) if step in steps)


def first_photo(job: Job) -> Attachment | None:
    """The first picture that the user sent for this request, as far as its sender's claims go; no
    link they typed."""
    return next(filter(is_picture, (*job.progress.wish.files, *job.bundle.files)), None)


def is_picture(file: Attachment) -> bool:
    """Whether its sender claims that it is one; a link that was typed is none."""
    claimed = file.mime.startswith("image/") or (
        not file.mime and file.name.lower().endswith(PICTURES)
    )
    return claimed and not file.ref.startswith(LINK)


LONGEST = 1000
"""Characters; Discord takes 1,024."""


def alt_text(job: Job) -> str:
    """The wish, and what is on the timeline, as one line."""
    shown = text("result.alt", job.language, words=words_of(job))
    said = " ".join(sanitize.words(f"{shown}\n{job.progress.export.timeline}").split())
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1].rstrip()}…"


MOST = 4
"""Photos in one picture."""
EXPORTS = (Step.RENDER, Step.POLL, Step.LINK)
CHANGES = (Plan.MAKE, Plan.EDIT, Plan.RESTORE)
"""Plans that bring something new: who asks for an export once more has seen the picture."""


def photos_shown(job: Job, versions: Versions) -> tuple[Attachment, ...]:
    """The first photos of the version that it shows, as far as they are known; those of a group
    reel stand with nobody's request."""
    if job.progress.wish.reel:
        return ()
    number = job.progress.export.shown.number if job.progress.export.shown else 0
    files = [file for version in versions.way(number) for file in version.files]
    return tuple(filter(is_picture, files or files_of(job)))[:MOST]


def still(job: Job) -> Gallery | None:
    """The picture; None where a film may still come of it, or no photo is known."""
    failed = job.state is State.FAILED and job.step in EXPORTS and job.plan in CHANGES
    photos = job.progress.export.photos
    return Gallery(first=0, alt=alt_text(job), photos=photos) if failed and photos else None


QUOTED = 60
"""Characters of an undone change that are repeated."""


def restored_line(job: Job) -> str:
    """Which version it is, and what the next change builds on; nothing where it is the newest."""
    known, language = job.progress.export.shown, job.language
    if known is None or not known.restored:
        return ""
    if not known.without:
        return text("result.restored", language, number=known.number)
    if len(known.without) > 1:
        return text("result.restored_without_all", language, number=known.number)
    words = " ".join(known.without[-1].split())
    words = words if len(words) <= QUOTED else f"{words[:QUOTED]}…"
    return text("result.restored_without", language, number=known.number, words=words)


SELF = 0
"""In a button's `job`: the job whose words carry the button (its id is not known before it is
stored)."""


def status_slot(job: Job | int) -> str:
    """The slot of a job's status message."""
    return f"job-{job if isinstance(job, int) else job.id}"


TAKEN_AWAY = "⤵️"
"""What is left of a status that cannot be taken away."""


def status_afterwards(message: Outbound) -> Outbound | None:
    """What becomes of a job's status once this message is posted: after its last words it tells
    what was paid, or goes. None where nothing does.

    It is owed in the same write that notes the message as posted: whatever is killed when, the
    status never goes before the result is there, and is never left behind."""
    about = message.about
    if message.slot or message.toast or about is None or not about.last:
        return None
    to = replace(message.to, reply_to="", discreet=False)
    manner = Status(status_slot(about.job), over=not about.receipt)
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
    return "\n\n".join(filter(None, (words, told, restored_line(job), first_lines(new))))


def to_outbound(job: Job, notice: Notice) -> Outbound:
    """The words of a job as a message to its user: the status in place and silent, or the ringing
    result.

    The status of a running job always offers to cancel it.
    """
    notice = numbered(job, notice)
    picture = still(job) if notice.final else None
    running = not notice.final and job.state is State.OPEN
    buttons = notice.buttons or (cancel_buttons(job.language) if running else ())
    rows = tuple(tuple(_naming(button, job) for button in row) for row in buttons)
    words = _with_still(job, notice.words) if picture else notice.words
    return Outbound(
        _recipient(job, discreet=notice.discreet),
        Words(words, rows, notice.spans),
        notice.video or picture,
        manner=RINGING
        if notice.final
        else Status(status_slot(job), working=running, card=to_card(job, notice)),
        about=Subject(job.id, job.state is not State.OPEN, notice.receipt),
    )


def _recipient(job: Job, *, discreet: bool) -> Recipient:
    aside = job.aside if discreet else None
    return Recipient(
        aside or job.address,
        job.user,
        job.language,
        job.ticket,
        reply_to="" if aside else job.reply_to,
        discreet=discreet,
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
