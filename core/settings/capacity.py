"""How much is done at the same time."""

from core.settings.fields import variable
from core.settings.reading import UNLIMITED, FromEnvironment


class Capacity(FromEnvironment):
    """How much is done at the same time. What only waits, as a running export does, counts
    nowhere."""

    turns_at_once: int = variable(
        default=10_000,
        ge=1,
        le=UNLIMITED,
        description="Generations and edits under way at the same time; fewer for a while where the "
        "service refuses more, or this machine has too few file handles",
        examples=["10000"],
    )
    uploads_at_once: int = variable(
        default=32,
        ge=1,
        le=UNLIMITED,
        description="Requests whose files are fetched or uploaded at the same time",
        examples=["32"],
    )
    conversions_at_once: int = variable(
        default=1,
        ge=1,
        le=UNLIMITED,
        description="Files converted at the same time, of each of pictures, sounds and copies; "
        "each takes a processor, a picture up to 1.5 GB",
        examples=["2"],
    )
    deliveries_at_once: int = variable(
        default=8,
        ge=1,
        le=UNLIMITED,
        description="Finished files on their way to one chat platform at the same time",
        examples=["8"],
    )
