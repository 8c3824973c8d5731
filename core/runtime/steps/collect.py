"""A group reel whose day is over."""

from core.domain.reels import closed
from core.domain.requests import Job, Next, Notice, Outcome, Wait
from core.runtime.steps.context import StepContext

MEANWHILE = 600.0
"""Seconds until another look at a reel whose video is under way."""


async def collect(job: Job, context: StepContext) -> Outcome:
    """Nobody has said what to make of the photos: they go, and its message says so."""
    if context.claimed.making:
        return Wait(job.progress, MEANWHILE)
    return Next(job.progress, Notice(closed(job, "reel.expired").text), last=True)
