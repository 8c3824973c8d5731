"""One step of one job: its tools, its outcome, and its words on the way."""

from functools import partial
from pathlib import Path

import structlog

from core.adapter import DeliveryError, FileGone, Unavailable
from core.domain.formatting import read_markdown
from core.domain.limits import budgets_in_force, videos_in_budgets, videos_left_today
from core.domain.recovery import Restless, bounded
from core.domain.requests import Job, Notice, Outcome, Payer, Rewind, Step, to_outbound
from core.domain.tokens import PaymentOptions, Pays, choose_payer
from core.i18n import text
from core.media import MediaError
from core.messages import SPOOL, Attachment
from core.nemo import draft, gui
from core.nemo.errors import NemoError
from core.ops import machine
from core.runtime.engine.failed_steps import answered, failure, remedy
from core.runtime.engine.runtime import Runtime
from core.runtime.steps import STEPS, Files, StepContext
from core.settings import Settings
from core.store import Claimed

log = structlog.get_logger()


async def stepped(runtime: Runtime, claimed: Claimed) -> Outcome:
    """What the step of a claimed job has come to."""
    job, context = claimed.job, _context(runtime, claimed)
    try:
        outcome = await STEPS[job.step](job, context)
        if not isinstance(outcome, Rewind):
            return outcome
        return bounded(outcome, failure(runtime, context, Restless()))
    except (NemoError, DeliveryError, MediaError) as error:
        return answered(runtime, context, error)
    except Exception as error:  # the one guard for steps: a defect of ours must not silence anybody
        if machine.short(error):
            return answered(runtime, context, error)
        log.exception("a defect in a step", job=job.id, step=job.step)
        return remedy(runtime, context, error)


def _context(runtime: Runtime, claimed: Claimed) -> StepContext:
    """The tools for one step of this job."""
    job, settings, now = claimed.job, runtime.settings, runtime.clock()
    person = f"{job.address.platform}:{job.user}"
    payment_options = PaymentOptions(settings, claimed.grants, claimed.closed_until)
    return StepContext(
        claimed=claimed,
        settings=settings,
        skill=runtime.skill_of(job),
        anybody=runtime.anybody(job),
        wallet=runtime.wallet(job, claimed.account),
        payment_options=payment_options,
        files=Files(
            fetch=partial(_fetch, runtime, job.address.platform),
            prepare=partial(runtime.workshop.prepare, person=person),
            copy=partial(runtime.workshop.copy, person=person),
            folder=runtime.work,
        ),
        voice=Hearing(runtime, job),
        now=now,
        identifier=runtime.identifier,
        room=_room(settings, claimed, payment_options, now) if job.step is Step.GATHER else None,
    )


def _room(
    settings: Settings, claimed: Claimed, payment_options: PaymentOptions, now: float
) -> int | None:
    """How many videos the daily limits leave, and the budgets where the operator is to pay."""
    limits = [videos_left_today(settings, claimed.space, claimed.spent, now)]
    if choose_payer(claimed.account, payment_options, now) == Pays(Payer.OPERATOR):
        charged, group = claimed.charged, bool(claimed.job.space)
        in_force = budgets_in_force(settings, charged, group=group, now=now)
        limits.append(videos_in_budgets(in_force, charged.make, held=charged.make))
    return min((limit for limit in limits if limit is not None), default=None)


async def _fetch(runtime: Runtime, platform: str, attachment: Attachment, folder: Path) -> Path:
    if runtime.shelf is not None and attachment.ref.startswith(SPOOL):
        return await runtime.shelf.fetch(platform, attachment, folder)
    adapter = runtime.adapters.get(platform)
    if adapter is None and runtime.shared is not None:
        raise Unavailable("another process has this platform")
    if adapter is None:
        raise FileGone("this platform is not served at present")
    return await adapter.fetch(attachment, folder)


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
    return read_markdown(words).text


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
