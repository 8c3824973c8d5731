"""Files that cannot be had or cannot be used: by whom they are refused, and what is kept."""

from dataclasses import replace

from core.adapter import Flooded
from core.domain.recovery.failure import FORMATS, Failure, after_paid, begun
from core.domain.recovery.waiting import backoff, patience, patient
from core.domain.requests import (
    Fail,
    Kept,
    Notice,
    Outcome,
    Retry,
    Step,
)
from core.i18n import text
from core.media import (
    SoundTooLong,
    TooMuchTogether,
)
from core.messages import Command, Payload

LONGEST_PLATFORM_PAUSE = 3600.0
"""Seconds that a platform's pause is kept before it is asked again, however long it was said to
be."""


ASKED_FOR = 12
"""Times that a file is asked for which may be gone, or not there only for now: about seven
minutes."""


WORTH_TELLING = 10.0
"""Seconds; shorter pauses are everyday."""


def bad_file(key: str, failure: Failure) -> Outcome:
    """One file cannot be used: nothing is paid for, the others and the words are kept, a button
    goes on without it."""
    number = len(failure.job.progress.upload.parts)
    bad = failure.files[number] if number < len(failure.files) else None
    others = (
        *(file for file in failure.files if file is not bad),
        *failure.job.progress.wish.linked,
    )
    words = failure.notice(
        key,
        name=(bad.name if bad else "")
        or text("trouble.numbered", failure.job.language, number=number + 1),
        accepted=FORMATS,
        limit=_limit_of(failure),
    )
    if others and failure.job.progress.wish.words:
        more = text("trouble.others_kept", failure.job.language, count=len(others))
        row = (failure.button("go_on", Command.VIDEO, Payload.GO_ON),)
        words = replace(words, text=f"{words.text}\n\n{more}", buttons=(row,))
    return Fail(words, Kept(others, failure.job.progress.wish.words))


def _limit_of(failure: Failure) -> int:
    """Minutes of sound; else megabytes, of all files together or of one."""
    match failure.error:
        case TooMuchTogether(limit=limit):
            return limit
        case SoundTooLong(seconds=seconds):
            return round(seconds / 60)
    return failure.skill.max_mb


def refused_upload(key: str, failure: Failure) -> Outcome:
    """The backend itself refused a file. Which one is not said, so all of them go back to the
    user."""
    if failure.job.step is Step.BRING:
        return bad_file(key, failure)
    one = text("trouble.a_file", failure.job.language)
    params = {"name": one, "accepted": FORMATS, "limit": failure.skill.max_mb}
    keep = None if after_paid(failure.job) else Kept((), failure.job.progress.wish.words)
    return Fail(failure.notice(key, **params), keep, project=begun(failure.job))


def not_fetched(failure: Failure) -> Outcome:
    """The platform does not hand a file out at present: it is the one to name, not the video
    service."""
    if patient(failure):
        return patience(failure, "status.platform_away")
    return failure.over("trouble.platform_away", platform=failure.platform)


def paused(failure: Failure) -> Outcome:
    """The platform asks for a pause while a file is fetched: kept as a due time, then the request
    goes on by itself."""
    job, error = failure.job, failure.error
    assert isinstance(error, Flooded)
    if not patient(failure):
        return failure.over("trouble.platform_away", platform=failure.platform)
    pause = min(
        max(
            error.seconds, backoff(job.attempts, failure.settings.nemo_retry_seconds, failure.luck)
        ),
        LONGEST_PLATFORM_PAUSE,
    )
    notice = Notice(text("status.platform_pause", job.language, platform=failure.platform))
    return Retry(pause, notice if pause >= WORTH_TELLING else None)


def perhaps_gone(failure: Failure) -> Outcome:
    """A sentence with two meanings is read as the one that costs its user nothing: asked again
    first."""
    if failure.job.attempts + 1 < ASKED_FOR:
        return patience(failure, "status.platform_away")
    return bad_file("trouble.file_gone", failure)
