"""What a write has left ready is told to whoever waits for it, once the write is on disk: nobody
looks in vain, or has to know what becomes of what was written."""

from typing import Protocol

from core.domain.limits import Rank


class Listener(Protocol):
    """Whoever looks for what is ready. Times are seconds since the epoch."""

    def job(self, due: float) -> None:
        """A request may be taken up at that time."""
        ...

    def post(self, due: float, platform: str = "", rank: Rank | None = None) -> None:
        """A message of this rank may go to this platform at that time; of any where none is
        named."""
        ...


class Nobody:
    """Listens to nothing."""

    def job(self, due: float) -> None:
        """Nothing."""

    def post(self, due: float, platform: str = "", rank: Rank | None = None) -> None:
        """Nothing."""
