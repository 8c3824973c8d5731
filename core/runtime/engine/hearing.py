"""Shows in the status message what the backend says while it works."""

from core.domain.formatting import read
from core.domain.requests import Job, Notice, to_outbound
from core.i18n import text
from core.nemo import draft, gui
from core.runtime.engine.runtime import Runtime

SHOWN, READ = 600, 4_000
"""Characters at the end of what the backend says that are shown, and that are looked through for
button talk."""
LOOK_AGAIN = 1.0
"""Seconds until it is looked at again if there was nothing new to show."""


def ending(words: str) -> str:
    """The last lines of what was said: of a long answer all would be read at every word that
    comes."""
    return words if len(words) <= READ else words[-READ:].partition("\n")[2] or words[-READ:]


def plain(words: str) -> str:
    """The same without signs of formatting, also of what is set apart and has not ended yet."""
    for mark in ("**", "`"):
        if words.count(mark) % 2:
            head, _, tail = words.rpartition(mark)
            words = head + tail
    return read(words).text


class Hearing:
    """The voice of one step (core.runtime.steps.Voice)."""

    def __init__(self, runtime: Runtime, job: Job) -> None:
        self._runtime, self._job = runtime, job
        adapter = runtime.adapters.get(job.address.platform)
        self._every = adapter.edit_seconds if adapter else 3.0
        self._next, self._shown = 0.0, ""

    async def heard(self, words: str) -> None:
        """Show the end of what was said, no faster than the platform likes."""
        now = self._runtime.clock()
        if now < self._next:
            return
        self._next = now + min(self._every, LOOK_AGAIN)
        said = draft.for_people(plain(gui.translate(ending(words)).text), self._job.language)
        if not said or said == self._shown:
            return
        self._next, self._shown = now + self._every, said
        await self.tell(text("status.said", self._job.language, words=said[-SHOWN:]))

    async def tell(self, words: str) -> None:
        """Put words into the status message at once."""
        await self._runtime.store.post(
            to_outbound(self._job, Notice(words)), self._runtime.clock(), self._job.id
        )
