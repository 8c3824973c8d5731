"""The one table: which remedy a failure has, and which word stands for it, for the operator."""

from dataclasses import replace
from functools import partial

from core.adapter import DeliveryError, FileGone, Flooded, TooLarge, Unavailable, Unsent
from core.domain.recovery.failure import Failure, Remedy
from core.domain.recovery.files import (
    bad_file,
    not_fetched,
    paused,
    perhaps_gone,
    refused_upload,
)
from core.domain.recovery.paying import (
    export_blocked,
    no_credits,
    session_gone,
    token_rejected,
)
from core.domain.recovery.waiting import (
    bounded,
    busy,
    client_id,
    not_sent,
    ours,
    short,
    unclear,
)
from core.domain.requests import (
    Fail,
    Outcome,
    Plan,
    Retry,
    Why,
)
from core.media import (
    ConverterMissing,
    DamagedFile,
    MediaError,
    Occupied,
    PictureTooLarge,
    RawPhoto,
    SoundTooLong,
    TooMuchTogether,
    TooSlow,
    UnsupportedMedia,
)
from core.nemo import errors

REASONS: tuple[tuple[type[Exception], Why], ...] = (
    (errors.TokenRejected, Why.TOKEN),
    (errors.SessionGone, Why.SESSION),
    (errors.NoCredits, Why.CREDITS),
    (errors.UnsupportedFile, Why.FILE),
    (errors.FileTooLarge, Why.FILE),
    (errors.ClientIdMissing, Why.MISUNDERSTOOD),
    (errors.BadRequest, Why.MISUNDERSTOOD),
    (errors.Unknown, Why.MISUNDERSTOOD),
    (errors.ExportBlocked, Why.BLOCKED),
    (errors.Busy, Why.BUSY),
    (errors.NotSent, Why.AWAY),
    (errors.Cut, Why.CUT),
    (errors.Trouble, Why.CUT),
    (Flooded, Why.AWAY),
    (Unsent, Why.AWAY),
    (FileGone, Why.GONE),
    (Unavailable, Why.GONE),
    (TooLarge, Why.FILE),
    (DeliveryError, Why.GONE),
    (OSError, Why.MACHINE),
    (ConverterMissing, Why.CONVERTER),
    (TooSlow, Why.CONVERTER),
    (Occupied, Why.CONVERTER),
    (MediaError, Why.FILE),
)


def reason(error: Exception) -> Why:
    """The first that fits; what fits none is a defect of ours."""
    return next((why for kind, why in REASONS if isinstance(error, kind)), Why.DEFECT)


def recover(failure: Failure) -> Outcome:
    """The outcome for an error: the first row of REMEDIES that fits. What fits none is our defect.

    A token that could not be tried is given up with words of its own: nothing was asked for that
    could be kept."""
    outcome = next(
        (remedy(failure) for kind, remedy in REMEDIES if isinstance(failure.error, kind)),
        ours(failure),
    )
    if failure.job.plan is Plan.LOGIN and not isinstance(outcome, Retry):
        outcome = Fail(failure.say_aside("trouble.login_later"))
    outcome = bounded(outcome, failure)
    if isinstance(outcome, Fail) and outcome.why is Why.OTHER:
        return replace(outcome, why=reason(failure.error))
    return outcome


REMEDIES: tuple[tuple[type[Exception], Remedy], ...] = (
    (errors.TokenRejected, token_rejected),
    (errors.SessionGone, session_gone),
    (errors.NoCredits, no_credits),
    (errors.UnsupportedFile, partial(refused_upload, "trouble.unsupported")),
    (errors.FileTooLarge, partial(refused_upload, "trouble.too_large")),
    (errors.ClientIdMissing, client_id),
    (errors.ExportBlocked, export_blocked),
    (errors.Busy, busy),
    (errors.NotSent, not_sent),
    (errors.Cut, unclear),
    (errors.Trouble, unclear),
    (errors.BadRequest, ours),
    (errors.Unknown, ours),
    (Flooded, paused),
    (Unsent, not_fetched),
    (FileGone, partial(bad_file, "trouble.file_gone")),
    (TooLarge, partial(bad_file, "trouble.too_large_platform")),
    (DeliveryError, perhaps_gone),
    (OSError, short),
    (RawPhoto, partial(bad_file, "trouble.raw_photo")),
    (UnsupportedMedia, partial(bad_file, "trouble.unsupported")),
    (PictureTooLarge, partial(bad_file, "trouble.picture_too_large")),
    (TooMuchTogether, partial(bad_file, "trouble.too_much_together")),
    (SoundTooLong, partial(bad_file, "trouble.sound_too_long")),
    (TooSlow, partial(bad_file, "trouble.no_converter")),
    (DamagedFile, partial(bad_file, "trouble.damaged")),
    (Occupied, lambda failure: failure.over("trouble.converter_busy")),
    (ConverterMissing, partial(bad_file, "trouble.no_converter")),
)
