"""What a running request says about itself."""

from math import ceil

from core.domain.requests import Job, Notice, Plan, files_of
from core.i18n import text

MINUTE = 60.0


def first_status(job: Job, usual: float, now: float) -> Notice | None:
    """The first words once there is a session: its files go up, or the turn begins."""
    files = files_of(job)
    if files:
        return uploading(job, 1, len(files))
    return None if job.progress.wish.links else creating(job, usual, now)


def uploading(job: Job, number: int, count: int) -> Notice:
    """Which of the files is on its way."""
    return Notice(text("status.uploading", job.language, number=number, count=count))


def creating(job: Job, usual: float, now: float) -> Notice:
    """The paid turn begins, with an honest estimate where this bot has a history of its own to go
    by: `usual` is how many seconds such a request takes, 0 if unknown."""
    words = working(job)
    left = usual - (now - job.created)
    if not usual:
        return Notice(words, time=text("status.few_minutes", job.language))
    expected = now + max(left, 0.0)
    if left < MINUTE:
        return Notice(words, time=text("status.under_a_minute", job.language), expected=expected)
    minutes = ceil(left / MINUTE)
    return Notice(
        words, time=text("status.about_minutes", job.language, minutes=minutes), expected=expected
    )


def working(job: Job) -> str:
    """What is being done."""
    return text("status.creating" if job.plan is Plan.MAKE else "status.editing", job.language)


def unusually_long(changed: bool, language: str) -> str:
    """Words for a turn that has said nothing for ten minutes: what the state shows, and that we go
    on waiting (D17)."""
    return text("status.long_changed" if changed else "status.long", language)


def raw_clip(language: str) -> str:
    """The service has something on its timeline, and works on it."""
    return text("status.raw_clip", language)


def recovering(language: str) -> Notice:
    """The connection was lost; the state will tell."""
    return Notice(text("status.recovering", language))


def rendering(language: str, percent: int = 0) -> Notice:
    """How much of the export is done."""
    return Notice(text("status.rendering", language, percent=percent), percent=percent)


def export_waits(language: str) -> Notice:
    """Its start does not arrive, and is tried on."""
    return Notice(text("status.export_waits", language))
