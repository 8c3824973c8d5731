"""Carry out: one step of one job, its outcome or its remedy, and the commit (write 2)."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

import structlog

from core.adapter import DeliveryError, FileGone
from core.domain.accounts import PaymentOptions, identified
from core.domain.admission import room
from core.domain.formatting import read
from core.domain.recovery import Failure, Restless, bounded, recover
from core.domain.requests import Job, Notice, Outcome, Payer, State, advance, to_outbound
from core.domain.requests.sent import files_of
from core.i18n import text
from core.media import MediaError
from core.messages import Attachment
from core.nemo import gui
from core.nemo.errors import (
    BadRequest,
    ClientIdMissing,
    ExportBlocked,
    NemoError,
    NoCredits,
    TokenRejected,
)
from core.nemo.wire import ACCEPTED, Attribution
from core.ops import machine
from core.runtime.engine.runtime import Runtime, rules_of
from core.runtime.engine.tidying import delete_copies
from core.runtime.steps import STEPS, StepContext
from core.skills import Skill
from core.store import Claimed, LostLease

log = structlog.get_logger()


Wake = Callable[[], None]


def nobody() -> None:
    """For steps that say nothing on their way."""


async def carry_out(runtime: Runtime, claimed: Claimed, owed: Wake) -> None:
    """Run the step of a claimed job and commit what came of it; `owed` is called for words on the
    way."""
    job = claimed.job
    outcome = await _outcome(runtime, claimed, owed)
    advanced = advance(job, outcome, runtime.clock())
    try:
        if not await runtime.store.commit(advanced, runtime.clock()):
            log.info("more came while a request was being closed", job=job.id)
            return
    except LostLease:
        log.warning("a job was moved on by somebody else, or forgotten", job=job.id, step=job.step)
        await asyncio.to_thread(delete_copies, runtime, job.id)
        return
    log.info("step", job=job.id, plan=job.plan, step=job.step, outcome=type(outcome).__name__)
    if advanced.job.state is not State.OPEN:
        await asyncio.to_thread(delete_copies, runtime, job.id)
        if job.secret:  # it is in no row any more: let it be in no page either
            await runtime.store.settle()


async def _outcome(runtime: Runtime, claimed: Claimed, owed: Wake) -> Outcome:
    job, context = claimed.job, to_kit(runtime, claimed, owed)
    try:
        return bounded(
            await STEPS[job.step](job, context), _situation(runtime, claimed, context, Restless())
        )
    except (NemoError, DeliveryError, MediaError) as error:
        _note(job, context, error)
        return recover(_situation(runtime, claimed, context, error))
    except Exception as error:  # the one guard for steps: a defect of ours must not silence anybody
        if machine.short(error):
            _note(job, context, error)
        else:
            log.exception("a defect in a step", job=job.id, step=job.step)
        return recover(_situation(runtime, claimed, context, error))


def _note(job: Job, context: StepContext, error: Exception) -> None:
    """One line for the log; an error where only the operator, or we, can mend it."""
    what = {"job": job.id, "step": job.step, "error": type(error).__name__, "detail": str(error)}
    match error:
        case TokenRejected() | NoCredits() if job.progress.connection.payer is Payer.OPERATOR:
            log.error("NEMO_TOKEN is refused or used up: nobody it pays for is served", **what)
        case BadRequest() | ClientIdMissing():
            log.error("the backend does not understand a request of ours", **what)
        case ExportBlocked():  # 402 is also what forgotten headers look like (D7)
            sent = context.attribution
            log.warning(
                "an export is blocked",
                attributed=all((sent.slug, sent.version, sent.platform)),
                **what,
            )
        case _:
            log.warning("a step failed", **what)


def to_kit(runtime: Runtime, claimed: Claimed, owed: Wake = nobody) -> StepContext:
    """The tools for one step of this job."""
    job, settings = claimed.job, runtime.settings
    skill = _skill(runtime, job)
    payment_options = PaymentOptions(
        operator=settings.nemo_token is not None,
        sole=settings.nemo_token_mode == "sole",  # noqa: S105  (a mode, no token)
        grants=claimed.grants,
        closed_until=claimed.closed_until,
    )

    async def fetch(attachment: Attachment, folder: Path) -> Path:
        adapter = runtime.adapters.get(job.address.platform)
        if adapter is None:
            raise FileGone("this platform is not served at present")
        return await adapter.fetch(attachment, folder)

    hearing = _Hearing(runtime, job, owed)
    return StepContext(
        nemo=runtime.nemo,
        vault=runtime.vault,
        settings=settings,
        skill=skill,
        attribution=Attribution(skill.slug, skill.version, runtime.skill_platform),
        fetch=fetch,
        prepare=partial(runtime.workshop.prepare, person=f"{job.address.platform}:{job.user}"),
        heard=hearing,
        tell=hearing.tell,
        work=runtime.work,
        chat=claimed.chat,
        account=identified(claimed.account, job.address, settings.nemo_client_id),
        payment_options=payment_options,
        now=runtime.clock(),
        usual=claimed.usual,
        price=claimed.price,
        identifier=runtime.identifier,
        room=room(rules_of(settings), claimed.space, claimed.spent, runtime.clock()),
        spending=claimed.spending,
    )


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


class _Hearing:
    """Shows what the backend says while it works, in the status message, no faster than the
    platform likes."""

    def __init__(self, runtime: Runtime, job: Job, owed: Wake) -> None:
        self._runtime, self._job, self._owed = runtime, job, owed
        adapter = runtime.adapters.get(job.address.platform)
        self._every = adapter.edit_seconds if adapter else 3.0
        self._next, self._shown = 0.0, ""

    async def __call__(self, words: str) -> None:
        now = self._runtime.clock()
        if now < self._next:
            return
        self._next = now + min(self._every, LOOK_AGAIN)
        said = plain(gui.translate(ending(words)).text)
        if not said or said == self._shown:
            return
        self._next, self._shown = now + self._every, said
        await self.tell(text("status.said", self._job.language, words=said[-SHOWN:]))

    async def tell(self, words: str) -> None:
        """Put words into the status message at once."""
        await self._runtime.store.post(
            to_outbound(self._job, Notice(words)), self._runtime.clock(), self._job.id
        )
        self._owed()


def _skill(runtime: Runtime, job: Job) -> Skill:
    return runtime.skills.get(job.skill) or runtime.skills[runtime.settings.nemo_skill]


def _situation(
    runtime: Runtime, claimed: Claimed, context: StepContext, error: Exception
) -> Failure:
    settings, job = runtime.settings, claimed.job
    session = job.progress.connection.session
    return Failure(
        job=job,
        error=error,
        now=runtime.clock(),
        skill=context.skill,
        payment_options=context.payment_options,
        web_url=settings.nemo_web_url,
        bind=session.bind if session and session.bind else claimed.account.anonymous,
        busy_seconds=settings.nemo_busy_seconds,
        retry_seconds=settings.nemo_retry_seconds,
        luck=runtime.luck(),
        poll_seconds=settings.nemo_render_poll_seconds,
        render_limit=settings.nemo_render_limit_seconds,
        files=tuple(files_of(job)),
        accepted=", ".join(ACCEPTED).upper(),
        maker=claimed.chat.project.maker if claimed.chat.project else 0,
    )
