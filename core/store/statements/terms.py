"""What the statements know of the settings of the process that runs them."""

from dataclasses import dataclass

from core.settings import UNLIMITED, Limits

ALL = Limits(
    daily_per_user=UNLIMITED,
    daily_per_group=UNLIMITED,
    hourly_per_user=UNLIMITED,
    hourly_per_group=UNLIMITED,
)
"""Whatever has been asked for is counted."""


@dataclass(frozen=True, slots=True)
class Terms:
    """`egress` is the operator's name for the address from which the service is asked, "" where
    there is but one; up to the `limits` it is counted what people have asked for."""

    egress: str = ""
    limits: Limits = ALL


TERMS = Terms()
