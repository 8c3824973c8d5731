"""Carry out: the steps of one job, as long as one follows at once, each with its tools, its outcome
and its commit (write 2)."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import structlog

from core.adapter import DeliveryError, FileGone, Unavailable
from core.domain.conversation import chat_after_step, chat_for_step
from core.domain.limits import Scarce, scarce_for_step
from core.domain.requests import (
    Advanced,
    Job,
    Notice,
    Outcome,
    Rewind,
    State,
    Step,
    advance,
    advanced_together,
    leads_on,
    to_outbound,
)
from core.domain.tokens import PaymentOptions
from core.media import MediaError
from core.messages import SPOOL, Attachment
from core.nemo.errors import Cut, NemoError
from core.ops import machine
from core.runtime.engine.failed_steps import answered, remedy, rewound
from core.runtime.engine.runtime import Runtime, delete_copies
from core.runtime.engine.shelf import WORK
from core.runtime.steps import STEPS, Files, StepContext, Voice
from core.store import Buried, Claimed, LostLease
from core.vault import WrongKey

log = structlog.get_logger()

MayGoOn = Callable[[Scarce], bool]
"""Whether a step that takes this may follow at once: not in a process that is to end, nor where it
would hold something else's place."""


async def carry_out(runtime: Runtime, claimed: Claimed | None, may_go_on: MayGoOn) -> None:
    """Run the steps of a claimed job, as long as the next is due at once, and commit what came of
    each. While one runs, for minutes perhaps, nothing of those before is kept.

    Each step has its place from its claim to its outcome: the first comes with one."""
    while claimed is not None:
        claimed = await _carried(runtime, claimed, may_go_on)


async def _carried(runtime: Runtime, claimed: Claimed, may_go_on: MayGoOn) -> Claimed | None:
    """One stretch, and the claim of what follows."""
    stretch = Stretch(claimed)
    try:
        await _take(runtime, stretch, may_go_on)
        written, following = await _commit(runtime, stretch, may_go_on)
    except Buried:
        raise  # others have it; whoever keeps this process alive ends it
    except Exception as error:  # the one guard for steps: a defect of ours must not silence anybody
        if stretch.whole:  # what cannot be written is given up
            stretch = Stretch(claimed)
        context = _context(runtime, stretch.claimed)
        if machine.short(error):
            outcome = answered(runtime, context, error)
        else:
            log.exception("a defect in a step", job=claimed.job.id, step=stretch.claimed.job.step)
            outcome = remedy(runtime, context, _unreported(stretch.claimed.job, error))
        stretch.add(outcome, runtime.clock())
        written, following = await _commit(runtime, stretch, may_go_on)
    if written:
        await _finish(runtime, stretch)
    return following


def _unreported(job: Job, error: Exception) -> Exception:
    """A paid request may have been sent, whatever has gone wrong since, also where no store can
    write what it has brought: the state tells what became of it (D20). Without a key none was."""
    sent = job.step is Step.GENERATE and not isinstance(error, WrongKey)
    return Cut("its outcome is not known") if sent else error


class Stretch:
    """Steps whose outcomes are written together: those that are over, each as the job before it,
    its outcome and the job after it; what they have come to, and the claim of the one under way.
    It is `whole` when none is left to be taken."""

    def __init__(self, claimed: Claimed) -> None:
        self.claimed, self.whole = claimed, False
        self.taken = list[tuple[Job, Outcome, Job]]()
        self._so_far: Advanced | None = None

    def add(self, outcome: Outcome, now: float) -> Advanced:
        """The step under way is over; what it alone has come to."""
        advanced = advance(self.claimed.job, outcome, now)
        self.taken.append((self.claimed.job, outcome, advanced.job))
        so_far = self._so_far
        self._so_far = advanced if so_far is None else advanced_together(so_far, advanced)
        return advanced

    @property
    def advanced(self) -> Advanced:
        """What is to be written."""
        assert self._so_far is not None, "one step is over"
        return self._so_far


async def _take(runtime: Runtime, stretch: Stretch, may_go_on: MayGoOn) -> None:
    """Take the claimed step, and those that follow before anything is written
    (core.domain.requests.advancing)."""
    first = stretch.claimed.job.step
    try:
        while True:
            job, outcome = stretch.claimed.job, await _stepped(runtime, stretch.claimed)
            now = runtime.clock()
            advanced = stretch.add(outcome, now)
            needed = scarce_for_step(advanced.job.step)
            if not (leads_on(job, outcome, advanced) and may_go_on(needed)):
                break
            stretch.claimed = led_on(stretch.claimed, advanced, now)
        stretch.whole = True
    finally:
        runtime.places.leave(scarce_for_step(first))


def led_on(claimed: Claimed, advanced: Advanced, now: float) -> Claimed:
    """The claim as the next step of a stretch would find it."""
    job = replace(advanced.job, claims=1)
    chat = chat_for_step(chat_after_step(claimed.chat, advanced, now), job)
    if advanced.history is None:
        return replace(claimed, job=job, chat=chat)
    return replace(claimed, job=job, chat=chat, versions=advanced.history.versions, draft="")


async def _commit(
    runtime: Runtime, stretch: Stretch, may_go_on: MayGoOn
) -> tuple[bool, Claimed | None]:
    """Write what the steps have come to, and claim the next one with it if there is room for that.
    Whether it is written."""
    job, advanced = stretch.claimed.job, stretch.advanced
    if runtime.shelf is not None:
        for name in _to_be_posted(advanced):
            await runtime.shelf.put(WORK, name, runtime.work / name)
    try:
        written, following = await write_down(runtime, advanced, may_go_on)
    except LostLease:
        log.warning("a job was moved on by somebody else, or forgotten", job=job.id, step=job.step)
        await asyncio.to_thread(delete_copies, runtime, job.id)
        return False, None
    if not written:
        log.info("more came while a request was being closed", job=job.id)
    return written, following


async def write_down(
    runtime: Runtime, advanced: Advanced, may_go_on: MayGoOn
) -> tuple[bool, Claimed | None]:
    """Write 2. The next step's place is taken before it is claimed: others claim at the same
    time."""
    now, store, places, job = runtime.clock(), runtime.store, runtime.places, advanced.job
    needed = scarce_for_step(job.step)
    at_once = job.state is State.OPEN and job.due <= now and may_go_on(needed)
    if not at_once or not places.room(now)[needed]:
        return await store.commit(advanced, now), None
    places.take(needed)
    following: Claimed | None = None
    try:
        written, following = await store.go_on(advanced, now)
    finally:
        if following is None:
            places.leave(needed)
    return written, following


async def _finish(runtime: Runtime, stretch: Stretch) -> None:
    """Count what is written. Of a job that is over, nothing is left but what goes out."""
    job, advanced = stretch.claimed.job, stretch.advanced
    for before, outcome, after in stretch.taken:
        _count(runtime, before, after)
        came_to = type(outcome).__name__
        log.info("step", job=job.id, plan=before.plan, step=before.step, outcome=came_to)
    if advanced.job.state is not State.OPEN:
        await asyncio.to_thread(delete_copies, runtime, job.id, keep=_to_be_posted(advanced))
        if job.secret:  # it is in no row any more: let it be in no page either
            await runtime.store.settle()


def _to_be_posted(advanced: Advanced) -> frozenset[str]:
    """The names of files that go out with the words."""
    clips = (post.video for post in advanced.posts)
    return frozenset(clip.copy for clip in clips if clip is not None and clip.copy)


def _count(runtime: Runtime, before: Job, after: Job) -> None:
    """What the operator's figures know of a step."""
    meter, now, over = runtime.meter, runtime.clock(), after.state is not State.OPEN
    if over or after.step is not before.step:
        meter.moved(after.id, before.step, over, now)
    if not over:
        return
    meter.requests.labels(after.plan, after.state).inc()
    meter.request_seconds.labels(after.plan).observe(max(0.0, now - after.created))
    if spent := after.progress.price.spent:
        meter.credits.labels(after.progress.connection.payer or "").inc(max(0, spent))


async def _stepped(runtime: Runtime, claimed: Claimed) -> Outcome:
    """What the step of a claimed job has come to. What nobody has foreseen is raised."""
    job, context = claimed.job, _context(runtime, claimed)
    try:
        outcome = await STEPS[job.step](job, context)
        return rewound(runtime, context, outcome) if isinstance(outcome, Rewind) else outcome
    except (NemoError, DeliveryError, MediaError) as error:
        return answered(runtime, context, error)


def _context(runtime: Runtime, claimed: Claimed) -> StepContext:
    """The tools for one step of this job."""
    job, settings, now = claimed.job, runtime.settings, runtime.clock()
    adapter = runtime.adapters.get(job.address.platform)
    every = adapter.edit_seconds if adapter else 3.0
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
        voice=Voice(job, partial(_say, runtime, job), runtime.clock, every),
        now=now,
        identifier=runtime.identifier,
    )


async def _say(runtime: Runtime, job: Job, notice: Notice) -> None:
    await runtime.store.post(to_outbound(job, notice), runtime.clock(), job.id)


async def _fetch(runtime: Runtime, platform: str, attachment: Attachment, folder: Path) -> Path:
    if runtime.shelf is not None and attachment.ref.startswith(SPOOL):
        return await runtime.shelf.fetch(platform, attachment, folder)
    adapter = runtime.adapters.get(platform)
    if adapter is None and runtime.shared is not None:
        raise Unavailable("another process has this platform")
    if adapter is None:
        raise FileGone("this platform is not served at present")
    return await adapter.fetch(attachment, folder)
