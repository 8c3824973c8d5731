"""A running export: when to look at it again, soon enough that a finished one hardly lies, and
until when. Times are seconds."""

from dataclasses import replace

from core.domain.requests.job import Job
from core.domain.requests.outcomes import Fail, Notice, Outcome, Wait
from core.domain.requests.posting import SELF
from core.domain.requests.why import Why
from core.i18n import text
from core.messages import Button, Command, Payload

FIRST_LOOK = 10.0
"""After the start: hardly any export is ready before."""
UNTOLD = 10.0
"""Between two looks where the service tells no progress."""
SOONEST, LATEST = 2.0, 15.0
"""Between two looks where it does: as long as the rest should take, within these."""
LONG, SELDOM = 300.0, 30.0
"""After so long an export is no usual one any more, and this is often enough."""


def next_render_look(elapsed: float, percent: int | None, longest: float) -> float:
    """Seconds until the next look at an export that runs for `elapsed` and has done `percent` of
    its work (None or 0: it does not tell); never more than `longest`, which the operator sets."""
    most = LATEST if elapsed < LONG else SELDOM
    if not percent:
        return min(UNTOLD if elapsed < LONG else SELDOM, longest)
    rest = elapsed * (100 - percent) / percent
    return min(max(rest, SOONEST), most, longest)


def first_render_look(longest: float) -> float:
    """Seconds from the start of an export until the first look at it."""
    return min(FIRST_LOOK, longest)


def still_rendering(job: Job, limit: float, every: float, percent: int | None = None) -> Outcome:
    """Look at the same id again in `every` seconds, until the limit: then the id is kept and a
    button looks again (D28)."""
    render = job.progress.render
    waited = render.waited + every
    if waited > limit:
        row = (
            Button(text("button.check_again", job.language), Command.EXPORT, SELF, Payload.CHECK),
        )
        return Fail(
            Notice(text("trouble.render_slow", job.language), (row,), final=True), why=Why.RENDER
        )
    notice = (
        None
        if percent is None
        else Notice(text("status.rendering", job.language, percent=percent), percent=percent)
    )
    export = replace(job.progress.export, render=replace(render, waited=waited))
    return Wait(replace(job.progress, export=export), every, notice)


def render_lasted(job: Job, now: float) -> float:
    """Seconds for which its export has been running, as far as is known."""
    render = job.progress.render
    return max(now - render.began, 0.0) if render.began else render.waited
