"""Which word stands for an error, for the operator: by its kind, never by what it says."""

from core.adapter import DeliveryError, FileGone, Flooded, TooLarge, Unavailable, Unsent
from core.domain.requests import Why
from core.media import ConverterMissing, MediaError, Occupied, TooSlow
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
