"""Words for whoever has heard nothing new of a request for a while: that it is still worked on."""

import asyncio
from functools import partial

from core.domain.requests import Job, Notice, cancel_buttons, to_outbound
from core.i18n import text
from core.messages import Outbound
from core.runtime.engine.runtime import Runtime


async def remind(runtime: Runtime) -> None:
    """Words for everyone who has seen nothing new for the set time. A lost tick does no harm."""
    every = runtime.settings.still_working_seconds
    await asyncio.sleep(min(every / 4, 10.0))
    now = runtime.clock()
    await runtime.store.remind(now, every, partial(_still_working, now))


def _still_working(now: float, job: Job) -> Outbound:
    minutes = round((now - job.created) / 60)
    waited = text("status.minutes", job.language, minutes=minutes) if minutes else ""
    said = f"{text('bot.still_working', job.language)} {waited}".strip()
    return to_outbound(job, Notice(said, cancel_buttons(job.language)))
