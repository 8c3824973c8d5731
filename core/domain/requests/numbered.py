"""Which of several videos that were asked for at once some words are about: "2 of 3"."""

from dataclasses import replace

from core.domain.requests.job import Job
from core.domain.requests.outcomes import Notice
from core.i18n import text


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
